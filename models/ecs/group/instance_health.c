#include "models/ecs/group/instance_health.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/maintenance_policy.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/group/zonal_shift.h"
#include "models/ecs/instance/container_instance.h"

/* --- how a group looks ------------------------------------------------------------------------ */

static simtime status_check_patience(const struct world *world, const struct container_instance *instance)
{
    return instance->host_up ? SIMTIME_NEVER : world->settings->timing.status_check_patience;
}

static simtime load_balancer_patience(const struct container_instance *instance)
{
    return instance_serves(instance) ? SIMTIME_NEVER : instance->group->health.load_balancer_patience;
}

/* SIMTIME_NEVER: nothing is wrong with it. */
static simtime patience(const struct world *world, const struct container_instance *instance)
{
    return simtime_earlier(status_check_patience(world, instance), load_balancer_patience(instance));
}

static simtime grace_ends(const struct container_instance *instance)
{
    return simtime_after(instance->in_service_at, instance->group->health.grace_period);
}

void instance_health_look(struct world *world, struct container_instance *instance)
{
    if (!instance->group || instance->lifecycle != LIFECYCLE_IN_SERVICE || instance->health.unhealthy)
        return;
    simtime now = world->run->now, wait = patience(world, instance);
    if (wait == SIMTIME_NEVER) {
        run_cancel(world->run, &instance->health.verdict);
    } else if (!instance->health.verdict) {
        instance->health.of_load_balancer =
            load_balancer_patience(instance) < status_check_patience(world, instance);
        instance->health.verdict =
            run_schedule(world->run, simtime_later(simtime_after(now, wait), grace_ends(instance)),
                         PHASE_WORLD, EVENT_INSTANCE_UNHEALTHY, instance->ref, 0);
    }
}

void instance_is_unhealthy(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->health.verdict = 0;
    if (instance->lifecycle != LIFECYCLE_IN_SERVICE || group_suspends(instance->group, PROCESS_HEALTH_CHECK))
        return;
    instance_set_unhealthy(instance, true, false);
    group_replace_unhealthy(world, instance->group);
}

void group_health_resumes(struct world *world, struct auto_scaling_group *group)
{
    for (struct container_instance *each = group->first; each; each = each->next_in_group)
        instance_health_look(world, each);
}

/* --- replacement ------------------------------------------------------------------------------ */

static bool may_replace(const struct auto_scaling_group *group)
{
    return !group_suspends(group, PROCESS_REPLACE_UNHEALTHY) && !group_suspends(group, PROCESS_TERMINATE);
}

static void replace(struct world *world, struct container_instance *instance)
{
    const char *reason = instance->stopped                   ? "stopped"
                         : instance->health.goes_at_once     ? "set unhealthy by user"
                         : instance->health.of_load_balancer ? "failed ELB health checks"
                                                             : "failed status checks";
    group_terminate(world, instance, reason);
}

static bool is_to_be_replaced(const struct container_instance *instance)
{
    return instance->health.unhealthy && lifecycle_counts(instance->lifecycle) &&
           !zonal_shift_ignores(instance->group, instance->zone->index);
}

/* Those that are to be replaced: all, and of these, those that go at once. */
static void count_unhealthy(const struct auto_scaling_group *group, int64_t *all, int64_t *at_once)
{
    *all = *at_once = 0;
    for (uint32_t i = 0; i < group->purchasing.zone_count; i++) {
        if (zonal_shift_ignores(group, i))
            continue;
        *all += group->zones[i].tally.unhealthy;
        *at_once += group->zones[i].tally.at_once;
    }
}

/* Hosts of a group, where those that are missing count as hosts of weight 1. */
static struct maintenance_view view_of(struct auto_scaling_group *group, int64_t unhealthy, simtime now)
{
    const struct group_tally *tally = &group->tally;
    int64_t missing = group->desired - tally->capacity, warming_up = roster_warming_up(group, now);
    return (struct maintenance_view){
        .desired = tally->hosts - group_present_ahead(group) + (missing > 0 ? missing : 0),
        .in_service = tally->in_service - warming_up,
        .pending = tally->hosts - tally->in_service + warming_up,
        .outdated = unhealthy,
    };
}

/* While Launch is suspended nothing is missing: ReplaceUnhealthy goes on to terminate. */
static struct maintenance_step next_step(const struct auto_scaling_group *group,
                                         const struct maintenance_view *view, bool all_by_load_balancer)
{
    if (group_suspends(group, PROCESS_LAUNCH))
        return (struct maintenance_step){.terminations = view->outdated};
    struct maintenance_step step = maintenance_step(group_maintenance_policy(group), view);
    if (all_by_load_balancer && step.terminations > 0)
        step.terminations = view->in_service >= view->desired; /* else the last one's successor is awaited */
    return step;
}

static bool load_balancer_finds_all_unhealthy(const struct auto_scaling_group *group)
{
    return group->tally.unhealthy >= group->tally.in_service && !group->roster.unhealthy_otherwise;
}

/* In order of launch: all that go at once, and as many of the others. */
static void replace_some(struct world *world, struct auto_scaling_group *group, int64_t others,
                         int64_t at_once)
{
    struct container_instance *each = NULL;
    int64_t launch = 0;
    while ((others > 0 || at_once > 0) && (each = roster_next_unhealthy(group, launch))) {
        launch = each->places.launch;
        if (!each->health.goes_at_once && others <= 0)
            continue;
        --*(each->health.goes_at_once ? &at_once : &others);
        replace(world, each);
    }
}

void group_replace_unhealthy(struct world *world, struct auto_scaling_group *group)
{
    int64_t *ahead = &group->maintenance.ahead[REPLACED_UNHEALTHY], before = *ahead;
    if (!group->tally.unhealthy || !may_replace(group)) {
        *ahead = 0;
        return;
    }
    int64_t unhealthy, at_once;
    count_unhealthy(group, &unhealthy, &at_once);
    struct maintenance_view view = view_of(group, unhealthy, world->run->now);
    struct maintenance_step step = next_step(group, &view, load_balancer_finds_all_unhealthy(group));
    *ahead = step.ahead;
    if (*ahead > before)
        group_wake(world, group);
    replace_some(world, group, step.terminations, at_once);
}

/* It is no part of what the limit allows. */
static void replace_at_once(struct world *world, struct container_instance *instance)
{
    run_cancel(world->run, &instance->health.verdict);
    instance_set_unhealthy(instance, true, true);
    if (may_replace(instance->group) && is_to_be_replaced(instance))
        replace(world, instance);
}

void instance_not_running(struct world *world, struct container_instance *instance)
{
    const struct auto_scaling_group *group = instance->group;
    if (group && lifecycle_counts(instance->lifecycle) && !group_suspends(group, PROCESS_HEALTH_CHECK))
        replace_at_once(world, instance);
}

/* The process HealthCheck is about checks, not about people. [EAS as-suspend-resume-processes] */
void instance_set_health(struct world *world, struct container_instance *instance, bool healthy,
                         bool respects_grace_period)
{
    bool is_heard = !respects_grace_period || world->run->now >= grace_ends(instance);
    if (healthy) {
        instance_set_unhealthy(instance, false, false);
        instance_health_look(world, instance);
    } else if (is_heard) {
        replace_at_once(world, instance);
    }
}
