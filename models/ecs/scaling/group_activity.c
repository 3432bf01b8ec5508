#include "models/ecs/scaling/group_activity.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/world.h"

void group_activity_ends(const struct world *world, struct auto_scaling_group *group)
{
    if (!world->starting)
        group->activity = (struct group_activity){true, world->run->now};
}

int64_t group_terminating(const struct auto_scaling_group *group)
{
    return group->roster.terminating;
}

simtime group_idle_since(const struct auto_scaling_group *group)
{
    bool launches = group->tally.hosts > group->tally.in_service;
    if (launches || group_terminating(group) > 0)
        return SIMTIME_NEVER;
    return group->activity.any ? group->activity.ended_at : ABSENT;
}

simtime group_next_warm(const struct auto_scaling_group *group, simtime from, simtime warmup)
{
    simtime next = SIMTIME_NEVER;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (each->lifecycle == LIFECYCLE_IN_SERVICE && !instance_has_warmed_up(each, warmup, from))
            next = simtime_earlier(next, simtime_after(each->in_service_at, warmup));
    return next;
}

int64_t group_warm_capacity(const struct auto_scaling_group *group, simtime now, simtime warmup)
{
    int64_t warm = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (instance_has_warmed_up(each, warmup, now))
            warm += each->weight;
    return warm;
}
