#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/scaling/group_activity.h"
#include "models/ecs/scaling/scalable.h"

static struct auto_scaling_group *group_of(const struct world *world, const struct scalable *scalable)
{
    return &world->groups[scalable->subject];
}

static bool group_exists(const struct world *world, const struct scalable *scalable)
{
    (void)world, (void)scalable;
    return true;
}

static int64_t group_desired(const struct world *world, const struct scalable *scalable)
{
    return group_of(world, scalable)->desired;
}

/* An instance counts when it has warmed up. [EAS:ec2-auto-scaling-default-instance-warmup] */
static int64_t group_running(const struct world *world, const struct scalable *scalable, simtime warmup)
{
    return group_warm_capacity(group_of(world, scalable), world->run->now, warmup);
}

static simtime group_steady_until(const struct world *world, const struct scalable *scalable, simtime warmup,
                                  simtime from)
{
    return group_next_warm(group_of(world, scalable), from, warmup);
}

static void group_limits(const struct world *world, const struct scalable *scalable, int64_t *least,
                         int64_t *most)
{
    *least = group_of(world, scalable)->least;
    *most = group_of(world, scalable)->most;
}

/* While a scale-out is under way, its instances warming up included, there is no scale-in.
 * [EAS:as-scaling-simple-step] */
static enum scaling_why group_scale_in_held_by(const struct world *world, const struct scalable *scalable,
                                               simtime warmup)
{
    const struct auto_scaling_group *group = group_of(world, scalable);
    if (group_suspends(group, PROCESS_ALARM_NOTIFICATION))
        return WHY_SUSPENDED;
    return group_warm_capacity(group, world->run->now, warmup) < group->tally.capacity ? WHY_WARMING_UP
                                                                                       : WHY_OK;
}

static enum scaling_why group_scale_out_held_by(const struct world *world, const struct scalable *scalable)
{
    return group_suspends(group_of(world, scalable), PROCESS_ALARM_NOTIFICATION) ? WHY_SUSPENDED : WHY_OK;
}

static simtime idle_since(const struct world *world, const struct scalable *scalable)
{
    return group_idle_since(group_of(world, scalable));
}

static bool group_scheduled_suspended(const struct world *world, const struct scalable *scalable)
{
    return group_suspends(group_of(world, scalable), PROCESS_SCHEDULED_ACTIONS);
}

static void set_group(struct world *world, struct scalable *scalable, int64_t desired, const char *reason)
{
    (void)reason;
    const char *refused = group_set_desired(world, group_of(world, scalable), desired);
    CHECK(!refused);
}

static void set_group_limits(struct world *world, struct scalable *scalable, int64_t least, int64_t most)
{
    struct auto_scaling_group *group = group_of(world, scalable);
    (void)world;
    group->least = least;
    group->most = most;
}

static const struct scalable_verbs group_verbs = {
    .exists = group_exists,
    .desired = group_desired,
    .running = group_running,
    .steady_until = group_steady_until,
    .limits = group_limits,
    .scale_in_held_by = group_scale_in_held_by,
    .scale_out_held_by = group_scale_out_held_by,
    .idle_since = idle_since,
    .scheduled_suspended = group_scheduled_suspended,
    .set = set_group,
    .set_limits = set_group_limits,
};

struct scalable scalable_of_group(struct world *world, const struct auto_scaling_group *group)
{
    return (struct scalable){
        .verbs = &group_verbs,
        .name = group->name,
        .is_group = true,
        .subject = group->index,
        .resource_id = arena_format(world->arena, "autoScalingGroupName/%s", group->name),
        .who = group->who,
    };
}
