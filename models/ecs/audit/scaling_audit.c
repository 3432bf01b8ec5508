#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/scaling/forecaster.h"
#include "models/ecs/scaling/scaling_controller.h"

/* Nobody is asked between two events, and a group is as large as it may be. */
static void audit_controller(const struct world *world, const struct scaling_controller *controller)
{
    const struct scalable *scalable = &controller->scalable;
    int64_t least, most, desired = scalable->verbs->desired(world, scalable);
    scalable->verbs->limits(world, scalable, &least, &most);
    CHECK(least <= most && (!scalable->is_group || (desired >= least && desired <= most)));
    for (size_t i = 0; i < controller->count; i++) {
        const struct scaling_policy *policy = &controller->policies[i];
        int64_t forecast = policy->forecaster ? forecaster_capacity(world, policy->forecaster) : ABSENT;
        CHECK(!policy->fired_by && (forecast == ABSENT || forecast >= 0));
        CHECK((policy->last_out_at == SIMTIME_NEVER || policy->last_out_at <= controller->out_at) &&
              policy->last_out_by >= 0);
    }
}

void audit_scaling(const struct world *world)
{
    for (size_t i = 0; i < world->scaling->count; i++)
        audit_controller(world, &world->scaling->controllers[i]);
}
#endif
