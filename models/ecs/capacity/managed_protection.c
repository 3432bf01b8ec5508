#include "models/ecs/capacity/managed_protection.h"
#include "models/ecs/group/membership.h"

/* A host that is on its way into service or out of it is nobody's to protect. */
static void protect(struct world *world, struct container_instance *host, bool is_empty)
{
    if (host->lifecycle == LIFECYCLE_IN_SERVICE && (host->own_tasks == 0) == is_empty &&
        host->protected_from_scale_in == is_empty)
        instance_protect(world, host, !is_empty);
}

void managed_protection_returns(struct world *world, struct auto_scaling_group *group)
{
    for (struct container_instance *host = group->first; host; host = host->next_in_group)
        protect(world, host, false);
}

void managed_protection_leaves(struct world *world, struct auto_scaling_group *group)
{
    for (struct container_instance *host = group->first; host; host = host->next_in_group)
        protect(world, host, true);
}
