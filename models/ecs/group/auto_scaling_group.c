#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/events.h"
#include "models/ecs/group/purchase.h"
#include "models/ecs/instance/container_instance.h"
#include <string.h>

/* The zone with fewest that does not refuse; the first in the scenario's order among equals (AWS does not
 * say). NULL if all refuse. */
static struct zone *zone_for_launch(struct world *world, const struct auto_scaling_group *group)
{
    struct zone *best = NULL;
    int64_t fewest = 0;
    for (uint32_t i = 0; i < world->zone_count; i++) {
        struct zone *zone = &world->zones[i];
        if (!group->zones[i].used || zone->launch_refusals)
            continue;
        int64_t count = group->zones[i].tally.hosts;
        if (!best || count < fewest)
            best = zone, fewest = count;
    }
    return best;
}

static void retry_later(struct world *world, struct auto_scaling_group *group)
{
    if (!group->retry_event)
        group->retry_event = run_schedule(world->run, world->run->now + world->settings->timing.group_retry,
                                          PHASE_CONTROL, EVENT_GROUP_ACTS, group->index, 1);
}

static bool launch_one(struct world *world, struct auto_scaling_group *group)
{
    struct zone *zone = zone_for_launch(world, group);
    if (!zone)
        return false;
    struct purchase purchase = group_purchase(world, group, zone);
    if (!purchase.type)
        return false;
    struct container_instance *instance = instance_launch(world, group, zone, &purchase, NULL);
    run_decide(world->run, &(struct decision){DECISION_LAUNCH_INSTANCE, 0, group->who, instance->ref});
    return true;
}

static uint32_t fullest_zone(const struct world *world, const struct auto_scaling_group *group)
{
    uint32_t fullest = 0;
    int64_t most = -1;
    for (uint32_t i = 0; i < world->zone_count; i++) {
        int64_t count = group->zones[i].tally.unprotected ? group->zones[i].tally.hosts : -1;
        if (count > most)
            most = count, fullest = i;
    }
    return fullest;
}

static bool may_be_scaled_in(const struct container_instance *instance)
{
    return lifecycle_counts(instance->lifecycle) && !instance->protected_from_scale_in;
}

/* The default termination policy as far as hosts of one launch template differ: the zone with most instances,
 * then at random. Hosts are billed by the second, so none is closer to its next billing hour. [EAS
 * termination-policies] */
static struct container_instance *choose_victim(struct world *world, struct auto_scaling_group *group)
{
    const struct zone *zone = &world->zones[fullest_zone(world, group)];
    uint64_t nth = rng_below(run_key(world->run, DRAW_GROUP_CHOICE, group->who, ++group->choices), 0,
                             (uint64_t)group->zones[zone->index].tally.unprotected);
    for (struct container_instance *each = group->first; each; each = each->next_in_group)
        if (each->zone == zone && may_be_scaled_in(each) && nth-- == 0)
            return each;
    CHECK(!"a zone has as many hosts as were counted");
    return NULL;
}

static void terminate_one(struct world *world, struct auto_scaling_group *group)
{
    struct container_instance *victim = choose_victim(world, group);
    run_decide(world->run, &(struct decision){DECISION_TERMINATE_INSTANCE, 0, group->who, victim->ref});
    group_terminate(world, victim, "scale-in");
}

void group_terminate(struct world *world, struct container_instance *instance, const char *reason)
{
    instance_terminate(world, instance, reason);
}

static void act(struct world *world, struct auto_scaling_group *group)
{
    while (group->tally.capacity > group->desired && group->tally.unprotected)
        terminate_one(world, group);
    while (group->tally.capacity < group->desired)
        if (!launch_one(world, group)) {
            retry_later(world, group);
            return;
        }
}

void group_acts(void *context, uint64_t index, uint64_t is_retry)
{
    struct world *world = context;
    struct auto_scaling_group *group = &world->groups[index];
    if (is_retry)
        group->retry_event = 0;
    else
        group->woken = false;
    act(world, group);
}

void group_wake(struct world *world, struct auto_scaling_group *group)
{
    index_set_add(group->touched, group->index);
    if (group->woken)
        return;
    group->woken = true;
    run_schedule(world->run, world->run->now, PHASE_CONTROL, EVENT_GROUP_ACTS, group->index, 0);
}

void group_launch_all(struct world *world, struct auto_scaling_group *group)
{
    act(world, group);
}

const char *group_set_desired(struct world *world, struct auto_scaling_group *group, int64_t desired)
{
    if (desired < group->least)
        return "ValidationError: New SetDesiredCapacity value is below min value for the AutoScalingGroup.";
    if (desired > group->most)
        return "ValidationError: New SetDesiredCapacity value is above max value for the AutoScalingGroup.";
    group->desired = desired;
    group_wake(world, group);
    return NULL;
}

struct auto_scaling_group *group_find(struct world *world, const char *name)
{
    for (uint32_t i = 0; i < world->group_count; i++)
        if (!strcmp(world->groups[i].name, name))
            return &world->groups[i];
    return NULL;
}
