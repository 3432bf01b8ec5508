/* Who is in a group, and as what: the one door through which its counts change (lifecycle.h). */
#ifndef MODELS_ECS_MEMBERSHIP_H
#define MODELS_ECS_MEMBERSHIP_H

#include "models/ecs/world.h"

/* The host is linked as the last of its group, or unlinked from it. */
void group_add(struct auto_scaling_group *, struct container_instance *);
void group_remove(struct auto_scaling_group *, struct container_instance *);

/* For a host outside any group, too. */
void instance_set_lifecycle(struct container_instance *, enum lifecycle_state);
void instance_set_unhealthy(struct container_instance *, bool unhealthy, bool goes_at_once);
void instance_set_at_risk(struct container_instance *); /* of interruption (capacity_rebalancing.h) */
void instance_protect(struct world *, struct container_instance *, bool protected_from_scale_in);
/* It has one task more or less that is not a daemon's. */
void instance_count_task(struct container_instance *, int change);

int64_t group_in_service(const struct auto_scaling_group *);

#endif
