#include "models/ecs/group/upkeep.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/capacity_rebalancing.h"
#include "models/ecs/group/instance_lifetime.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/group/zonal_shift.h"

/* --- hosts ------------------------------------------------------------------------------------ */

struct host_maintenance host_maintenance_of(const struct world *world, const struct auto_scaling_group *group,
                                            bool pooled)
{
    return (struct host_maintenance){
        .seasoned = world->starting,
        .pooled = pooled,
        .epoch = group ? group->maintenance.epoch : 0,
    };
}

bool instance_has_warmed_up(const struct container_instance *instance, simtime warmup, simtime now)
{
    return instance->lifecycle == LIFECYCLE_IN_SERVICE &&
           (instance->maintenance.seasoned || simtime_after(instance->in_service_at, warmup) <= now);
}

bool instance_is_warming_up(const struct container_instance *instance, simtime now)
{
    simtime warmup = instance->group ? instance->group->settings->maintenance.default_instance_warmup : 0;
    return warmup > 0 && instance->lifecycle == LIFECYCLE_IN_SERVICE &&
           !instance_has_warmed_up(instance, warmup, now);
}

/* --- replacing -------------------------------------------------------------------------------- */

struct maintenance_policy group_maintenance_policy(const struct auto_scaling_group *group)
{
    const struct instance_maintenance_policy_settings *policy = group->settings->maintenance.policy;
    if (!policy || policy->max_healthy_percentage < 0)
        return maintenance_by_default;
    return (struct maintenance_policy){policy->min_healthy_percentage, policy->max_healthy_percentage};
}

int64_t group_ahead(const struct auto_scaling_group *group)
{
    int64_t most = group_capacity_ahead(group);
    for (int cause = 0; cause < REPLACEMENT_CAUSES; cause++)
        if (group->maintenance.ahead[cause] > most)
            most = group->maintenance.ahead[cause];
    return most;
}

int64_t group_present_ahead(const struct auto_scaling_group *group)
{
    int64_t ahead = group->tally.capacity - group->desired, asked = group_ahead(group);
    return ahead < 0 ? 0 : ahead < asked ? ahead : asked;
}

static bool serves(const struct replacement *replacement, const struct container_instance *instance,
                   simtime now)
{
    bool is_new = instance->maintenance.epoch >= replacement->epoch;
    return instance_has_warmed_up(instance, is_new ? replacement->warmup : 0, now);
}

static struct maintenance_view view_of(const struct auto_scaling_group *group,
                                       const struct replacement *replacement, simtime now)
{
    struct maintenance_view view = {.desired = group->desired};
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        if (!lifecycle_counts(each->lifecycle))
            continue;
        bool is_serving = serves(replacement, each, now);
        *(is_serving ? &view.in_service : &view.pending) += each->weight;
        if (is_serving && replacement->means(group, each, now))
            view.outdated += each->weight;
    }
    if (view.outdated > replacement->due)
        view.outdated = replacement->due;
    return view;
}

static int64_t terminate(struct world *world, struct auto_scaling_group *group,
                         const struct replacement *replacement, int64_t capacity, bool nothing_is_pending)
{
    int64_t terminated = 0;
    simtime now = world->run->now;
    for (struct container_instance *each = group->first, *next; each && terminated < capacity; each = next) {
        next = each->next_in_group;
        if (!serves(replacement, each, now) || !replacement->means(group, each, now))
            continue;
        if (each->weight > capacity - terminated && (terminated || !nothing_is_pending))
            break;
        terminated += each->weight;
        run_decide(world->run, &(struct decision){DECISION_TERMINATE_INSTANCE, 0, group->who, each->ref});
        group_terminate(world, each, replacement->reason);
    }
    return terminated;
}

int64_t group_replace(struct world *world, struct auto_scaling_group *group,
                      const struct replacement *replacement)
{
    struct maintenance_view view = view_of(group, replacement, world->run->now);
    struct maintenance_step step = maintenance_step(replacement->policy, &view);
    group->maintenance.ahead[replacement->cause] = step.ahead;
    return terminate(world, group, replacement, step.terminations, !view.pending);
}

/* --- the group -------------------------------------------------------------------------------- */

/* An unhealthy instance whose successor comes first waits until that one has warmed up. */
static simtime next_warm(struct auto_scaling_group *group, simtime now)
{
    return group->maintenance.ahead[REPLACED_UNHEALTHY] ? roster_next_warm(group, now) : SIMTIME_NEVER;
}

void group_maintain(struct world *world, struct auto_scaling_group *group)
{
    simtime next = simtime_earlier(zonal_shift_look(world, group), next_warm(group, world->run->now));
    next = simtime_earlier(next, instance_refresh_look(world, group));
    next = simtime_earlier(next, instance_lifetime_look(world, group));
    run_cancel(world->run, &group->maintenance.timer);
    if (next < SIMTIME_NEVER)
        group->maintenance.timer =
            run_schedule(world->run, next, PHASE_CONTROL, EVENT_GROUP_IS_DUE, group->index, 0);
}

void group_is_due(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    world->groups[index].maintenance.timer = 0;
    group_wake(world, &world->groups[index]);
}
