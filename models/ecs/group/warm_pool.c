#include "models/ecs/group/warm_pool.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/group/purchase.h"
#include "models/ecs/group/warm_pool_size.h"
#include "models/ecs/group/zonal_shift.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/results/cost.h"

static const struct warm_pool_settings *settings_of(const struct auto_scaling_group *group)
{
    return group->settings->maintenance.warm_pool;
}

bool instance_is_warmed(const struct container_instance *instance)
{
    return instance->lifecycle == LIFECYCLE_WARMED;
}

/* --- out of it -------------------------------------------------------------------------------- */

static bool may_start(const struct auto_scaling_group *group, const struct container_instance *instance)
{
    bool runs = settings_of(group)->pool_state == POOL_RUNNING;
    return instance_is_warmed(instance) && instance->maintenance.prepared &&
           (runs || !instance->zone->launch_refusals) && !zone_is_shifted(group, instance->zone) &&
           !instance_refresh_outdates(group, instance);
}

static int64_t held_in(const struct auto_scaling_group *group, const struct zone *zone)
{
    int64_t held = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        held += each->zone == zone && may_start(group, each);
    return held;
}

static const struct zone *fullest_zone(const struct world *world, const struct auto_scaling_group *group)
{
    const struct zone *fullest = NULL;
    int64_t most = 0;
    for (uint32_t i = 0; i < world->zone_count; i++) {
        int64_t held = held_in(group, &world->zones[i]);
        if (held > most)
            most = held, fullest = &world->zones[i];
    }
    return fullest;
}

static struct container_instance *oldest_in(const struct auto_scaling_group *group, const struct zone *zone)
{
    for (struct container_instance *each = group->first; each; each = each->next_in_group)
        if (each->zone == zone && may_start(group, each))
            return each;
    return NULL;
}

static simtime start_takes(struct world *world, const struct container_instance *instance)
{
    const struct timing_settings *timing = &world->settings->timing;
    const struct dist *const dists[] = {
        [POOL_STOPPED] = &timing->warm_start_stopped,
        [POOL_RUNNING] = &timing->warm_start_running,
        [POOL_HIBERNATED] = &timing->warm_start_hibernated,
    };
    return run_draw(world->run, dists[settings_of(instance->group)->pool_state], DRAW_WARM_START,
                    instance->who, 0);
}

bool warm_pool_take(struct world *world, struct auto_scaling_group *group, const struct zone *zone)
{
    if (!group->maintenance.warmed)
        return false;
    struct container_instance *instance = oldest_in(group, zone);
    if (!instance)
        instance = oldest_in(group, fullest_zone(world, group));
    if (!instance)
        return false;
    instance_leave_pool(world, instance, start_takes(world, instance));
    return true;
}

/* --- into it ---------------------------------------------------------------------------------- */

static void stop(struct world *world, struct container_instance *instance)
{
    instance->maintenance.cost_of_pauses += instance_cost(instance, world->run->now);
    cost_instance_stops(world, instance);
    instance->running_at = SIMTIME_NEVER;
}

void warm_pool_prepared(struct world *world, struct container_instance *instance)
{
    instance->maintenance.prepared = true;
    if (settings_of(instance->group)->pool_state != POOL_RUNNING)
        stop(world, instance);
}

/* Balanced over the zones together with the group; NO_ZONE: all refuse. */
static int choose_zone(const struct world *world, struct auto_scaling_group *group)
{
    group_look_at_zones(world, group);
    for (uint32_t i = 0; i < world->zone_count; i++)
        group->views[i].hosts += group->zones[i].warmed;
    return zone_for_launch(group->views, (int)world->zone_count, DISTRIBUTION_BALANCED_BEST_EFFORT);
}

static void retry(struct world *world, struct auto_scaling_group *group, simtime at)
{
    if (!group->maintenance.pool_retry)
        group->maintenance.pool_retry =
            run_schedule(world->run, at, PHASE_CONTROL, EVENT_WARM_POOL_ACTS, group->index, 0);
}

static bool find_offer(struct world *world, struct auto_scaling_group *group, struct zone **zone,
                       struct purchase *purchase)
{
    int chosen = choose_zone(world, group);
    if (chosen == NO_ZONE)
        return false;
    *zone = &world->zones[chosen];
    *purchase = group_purchase(world, group, *zone);
    purchase->warms = true;
    return purchase->type;
}

static bool launch_one(struct world *world, struct auto_scaling_group *group)
{
    struct zone *zone;
    struct purchase purchase;
    simtime now = world->run->now;
    if (!find_offer(world, group, &zone, &purchase)) {
        retry(world, group, simtime_after(now, world->settings->timing.group_retry));
        return false;
    }
    if (!ec2_lets_launch(world)) {
        retry(world, group, token_bucket_ready_at(&world->ec2_launches, now, 1));
        return false;
    }
    struct container_instance *instance = instance_launch(world, group, zone, &purchase, NULL);
    run_decide(world->run, &(struct decision){DECISION_LAUNCH_INSTANCE, 1, group->who, instance->ref});
    return true;
}

/* --- its size --------------------------------------------------------------------------------- */

static int64_t wanted(const struct auto_scaling_group *group)
{
    return warm_pool_size(&(struct warm_pool_terms){
        .desired = group->desired,
        .max_size = group->most,
        .max_group_prepared_capacity = settings_of(group)->max_group_prepared_capacity,
        .min_size = settings_of(group)->min_size,
    });
}

static void give_up(struct world *world, struct auto_scaling_group *group,
                    struct container_instance *instance, const char *reason)
{
    run_decide(world->run, &(struct decision){DECISION_TERMINATE_INSTANCE, 1, group->who, instance->ref});
    instance_terminate(world, instance, reason);
}

static void give_up_outdated(struct world *world, struct auto_scaling_group *group)
{
    if (group->maintenance.refresh.status != REFRESH_SUCCESSFUL)
        return;
    for (struct container_instance *each = group->first, *next; each; each = next) {
        next = each->next_in_group;
        if (instance_is_warmed(each) && instance_refresh_outdates(group, each))
            give_up(world, group, each, "instance refresh");
    }
}

/* The newest go, which may not even be prepared (AWS does not say). */
static void give_up_surplus(struct world *world, struct auto_scaling_group *group)
{
    int64_t surplus = group->maintenance.warmed - wanted(group);
    for (struct container_instance *each = group->last, *next; each && surplus > 0; each = next) {
        next = each->previous_in_group;
        if (!instance_is_warmed(each))
            continue;
        give_up(world, group, each, "warm pool shrinks");
        surplus--;
    }
}

void warm_pool_keep(struct world *world, struct auto_scaling_group *group)
{
    if (!settings_of(group))
        return;
    if (!group_suspends(group, PROCESS_TERMINATE)) {
        give_up_outdated(world, group);
        give_up_surplus(world, group);
    }
    while (!group_suspends(group, PROCESS_LAUNCH) && group->maintenance.warmed < wanted(group))
        if (!launch_one(world, group))
            return;
}

void warm_pool_acts(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct auto_scaling_group *group = &world->groups[index];
    group->maintenance.pool_retry = 0;
    warm_pool_keep(world, group);
}
