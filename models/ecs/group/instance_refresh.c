#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/purchase.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/results/rows.h"
#include <string.h>

static const simtime patience = SIMTIME_HOUR, longest = 14 * SIMTIME_DAY; /* [EAS asg-instance-refresh] */

const char *const refresh_status_names[] = {
    [REFRESH_IN_PROGRESS] = "InProgress",
    [REFRESH_BAKING] = "Baking",
    [REFRESH_CANCELLING] = "Cancelling",
    [REFRESH_ROLLBACK_IN_PROGRESS] = "RollbackInProgress",
    [REFRESH_CANCELLED] = "Cancelled",
    [REFRESH_SUCCESSFUL] = "Successful",
    [REFRESH_FAILED] = "Failed",
    [REFRESH_ROLLBACK_SUCCESSFUL] = "RollbackSuccessful",
    [REFRESH_ROLLBACK_FAILED] = "RollbackFailed",
};

bool refresh_is_active(const struct instance_refresh *refresh)
{
    return refresh->status > REFRESH_NONE && refresh->status < REFRESH_CANCELLED;
}

/* --- what it is about ------------------------------------------------------------------------- */

/* [API autoscaling:RefreshPreferences] */
static struct maintenance_policy policy_of(const struct auto_scaling_group *group,
                                           const struct refresh_preferences_settings *preferences)
{
    struct maintenance_policy policy = group_maintenance_policy(group);
    if (preferences->min_healthy_percentage != ABSENT)
        policy.min_healthy = preferences->min_healthy_percentage;
    if (preferences->max_healthy_percentage != ABSENT)
        policy.max_healthy = preferences->max_healthy_percentage;
    return policy;
}

static const struct refresh_preferences_settings *preferences_of(const struct auto_scaling_group *group)
{
    return &group->maintenance.refresh.settings->preferences;
}

/* [API autoscaling:RefreshPreferences.InstanceWarmup] */
static simtime warmup_of(const struct auto_scaling_group *group)
{
    simtime own = preferences_of(group)->instance_warmup;
    simtime by_default = group->settings->maintenance.default_instance_warmup;
    return own != ABSENT ? own : by_default >= 0 ? by_default : group->health.grace_period;
}

static struct checkpoints checkpoints_of(const struct instance_refresh *refresh)
{
    _Static_assert(sizeof(struct checkpoint_settings) == sizeof(int64_t), "a checkpoint is its percentage");
    const struct list *percentages = &refresh->settings->preferences.checkpoint_percentages;
    if (refresh->status == REFRESH_ROLLBACK_IN_PROGRESS)
        return (struct checkpoints){0};
    return (struct checkpoints){percentages->items, percentages->count};
}

static bool is_new(const struct auto_scaling_group *group, const struct container_instance *instance)
{
    const struct instance_refresh *refresh = &group->maintenance.refresh;
    int64_t epoch = instance->maintenance.epoch;
    if (refresh->status == REFRESH_ROLLBACK_IN_PROGRESS)
        return epoch != refresh->epoch - 1;
    return epoch >= refresh->epoch ||
           (refresh->settings->preferences.skip_matching && group_launches_like(group, instance));
}

bool instance_refresh_outdates(const struct auto_scaling_group *group,
                               const struct container_instance *instance)
{
    const struct instance_refresh *refresh = &group->maintenance.refresh;
    bool matters = refresh_is_active(refresh) || refresh->status == REFRESH_SUCCESSFUL;
    return matters && !is_new(group, instance);
}

void instance_refresh_looks_ahead(const struct world *world, struct auto_scaling_group *group)
{
    if (!refresh_is_active(&group->maintenance.refresh))
        return;
    for (uint32_t i = 0; i < world->zone_count; i++)
        group->views[i].hosts = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (lifecycle_counts(each->lifecycle) && !instance_refresh_outdates(group, each))
            group->views[each->zone->index].hosts++;
}

static bool is_ignored(const struct auto_scaling_group *group, const struct container_instance *instance)
{
    return instance->protected_from_scale_in && !is_new(group, instance) &&
           preferences_of(group)->protected_instances == PROTECTED_IGNORE;
}

static bool may_be_replaced(const struct auto_scaling_group *group, const struct container_instance *instance,
                            simtime now)
{
    (void)now;
    bool is_held =
        instance->protected_from_scale_in && preferences_of(group)->protected_instances != PROTECTED_REFRESH;
    return !is_new(group, instance) && !is_held;
}

/* Whether it has warmed up; those that the refresh has not launched have. */
static bool serves(const struct auto_scaling_group *group, const struct container_instance *instance,
                   simtime now)
{
    bool warms_up = instance->maintenance.epoch >= group->maintenance.refresh.epoch;
    return instance_has_warmed_up(instance, warms_up ? warmup_of(group) : 0, now);
}

/* What the group is about to launch is new. */
static struct refresh_census take_census(const struct auto_scaling_group *group, simtime now)
{
    int64_t missing = group->desired - group->tally.capacity;
    struct refresh_census census = {
        .pending = missing > 0 ? missing : 0,
        .ahead = group_present_ahead(group),
    };
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        if (!lifecycle_counts(each->lifecycle) || is_ignored(group, each))
            continue;
        *(!is_new(group, each)       ? &census.outdated
          : serves(group, each, now) ? &census.updated
                                     : &census.pending) += each->weight;
    }
    return census;
}

/* --- what is said of it, and its end ----------------------------------------------------------- */

static bool is_told(const struct refresh_told *told, const struct refresh_told *now)
{
    return told->status == now->status && told->percentage == now->percentage &&
           told->to_update == now->to_update && told->reason == now->reason;
}

static void tell(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    struct refresh_told now = {refresh->status, refresh_percentage_complete(&refresh->seen),
                               refresh_instances_to_update(&refresh->seen), refresh->reason};
    if (is_told(&refresh->told, &now))
        return;
    refresh->told = now;
    row_instance_refresh(world, group);
}

/* The group keeps the desired configuration of one that succeeds, and of no other. [EAS
 * asg-instance-refresh] */
static void end(struct world *world, struct auto_scaling_group *group, enum refresh_status status)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    refresh->status = status;
    group->maintenance.ahead[REPLACED_BY_REFRESH] = 0;
    if (status != REFRESH_SUCCESSFUL && status != REFRESH_BAKING)
        group_adopt_plan(world, group, refresh->plan_before);
}

static void begin_rollback(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    refresh->status = REFRESH_ROLLBACK_IN_PROGRESS;
    group_adopt_plan(world, group, refresh->plan_before);
    refresh->epoch = ++group->maintenance.epoch;
    refresh->reached = 0;
    refresh->started_at = refresh->progress_at = refresh->waits_until = world->run->now;
    group_wake(world, group);
}

static void fail(struct world *world, struct auto_scaling_group *group, const char *reason)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    refresh->reason = reason;
    if (refresh->status == REFRESH_ROLLBACK_IN_PROGRESS)
        end(world, group, REFRESH_ROLLBACK_FAILED);
    else if (refresh->settings->preferences.auto_rollback)
        begin_rollback(world, group);
    else
        end(world, group, REFRESH_FAILED);
}

/* --- its way ---------------------------------------------------------------------------------- */

static void succeed(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    if (refresh->status == REFRESH_ROLLBACK_IN_PROGRESS) {
        end(world, group, REFRESH_ROLLBACK_SUCCESSFUL);
    } else if (refresh->settings->preferences.bake_time > 0) {
        end(world, group, REFRESH_BAKING);
        refresh->waits_until = simtime_after(world->run->now, refresh->settings->preferences.bake_time);
    } else {
        end(world, group, REFRESH_SUCCESSFUL);
    }
}

/* A checkpoint that is reached once more, since the group has grown, is waited at again. */
static void note_checkpoints(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    struct checkpoints checkpoints = checkpoints_of(refresh);
    size_t reached = refresh_checkpoints_reached(checkpoints, &refresh->seen), before = refresh->reached;
    refresh->reached = reached;
    if (reached == refresh_checkpoint_count(checkpoints)) {
        refresh->reason = refresh->status == REFRESH_ROLLBACK_IN_PROGRESS ? refresh->reason : NULL;
        succeed(world, group);
    } else if (reached > before) {
        refresh->waits_until =
            simtime_after(world->run->now, refresh->settings->preferences.checkpoint_delay);
        refresh->reason = arena_format(world->arena, "checkpoint of %ld %% reached",
                                       (long)checkpoints.percentages[reached - 1]);
    }
}

static bool is_paused(const struct instance_refresh *refresh, simtime now)
{
    return now < refresh->waits_until;
}

/* [EAS as-suspend-resume-processes] */
static bool is_suspended(const struct auto_scaling_group *group)
{
    return group_suspends(group, PROCESS_INSTANCE_REFRESH) || group_suspends(group, PROCESS_TERMINATE);
}

/* Returns whether it has. */
static bool replace_some(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    int64_t due = refresh_due(checkpoints_of(refresh), refresh->reached, &refresh->seen);
    int64_t replaced = group_replace(
        world, group,
        &(struct replacement){
            .cause = REPLACED_BY_REFRESH,
            .policy = policy_of(group, &refresh->settings->preferences),
            .warmup = warmup_of(group),
            .epoch = refresh->epoch,
            .due = is_paused(refresh, world->run->now) || is_suspended(group) ? 0 : due,
            .means = may_be_replaced,
            .reason = refresh->status == REFRESH_ROLLBACK_IN_PROGRESS ? "instance refresh rolled back"
                                                                      : "instance refresh",
        });
    if (replaced)
        refresh->seen = take_census(group, world->run->now);
    if (replaced && refresh->status == REFRESH_IN_PROGRESS)
        refresh->reason = NULL;
    return replaced > 0;
}

static bool is_replacing(const struct instance_refresh *refresh)
{
    return refresh->status == REFRESH_IN_PROGRESS || refresh->status == REFRESH_ROLLBACK_IN_PROGRESS;
}

static void go_on(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    switch (refresh->status) {
    case REFRESH_CANCELLING:
        if (!refresh->seen.pending)
            end(world, group, REFRESH_CANCELLED);
        break;
    case REFRESH_BAKING:
        if (!is_paused(refresh, world->run->now))
            end(world, group, REFRESH_SUCCESSFUL);
        break;
    default:
        note_checkpoints(world, group);
        if (is_replacing(refresh) && replace_some(world, group))
            note_checkpoints(world, group); /* successors may have waited for that */
    }
}

/* --- calls ------------------------------------------------------------------------------------ */

const char *instance_refresh_id(struct world *world, const struct auto_scaling_group *group)
{
    return arena_format(world->arena, "%s/%ld", group->name, (long)group->maintenance.refresh.number);
}

static const char *alarm_in_alarm(const struct world *world,
                                  const struct start_instance_refresh_settings *settings)
{
    EACH(struct alarm_name_settings, each, settings->preferences.alarm_specification.alarms) {
        if (alarm_find(world, each->name)->state == ALARM_ALARM)
            return each->name;
    }
    return NULL;
}

static void fail_for_alarm(struct world *world, struct auto_scaling_group *group, const char *alarm)
{
    fail(world, group, arena_format(world->arena, "alarm %s is in ALARM", alarm));
    tell(world, group);
    group_wake(world, group);
}

static void begin(struct world *world, struct auto_scaling_group *group,
                  const struct start_instance_refresh_settings *settings)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    simtime now = world->run->now;
    *refresh = (struct instance_refresh){
        .number = refresh->number + 1,
        .status = REFRESH_IN_PROGRESS,
        .settings = settings,
        .plan_before = group->purchasing.plan,
        .epoch = ++group->maintenance.epoch,
        .started_at = now,
        .progress_at = now,
        .waits_until = now,
    };
    if (settings->desired_configuration)
        group_adopt_plan(world, group, &settings->desired_configuration->plan);
    refresh->seen = take_census(group, now);
    tell(world, group);
}

const char *instance_refresh_start(struct world *world, struct auto_scaling_group *group,
                                   const struct start_instance_refresh_settings *settings)
{
    struct maintenance_policy policy = policy_of(group, &settings->preferences);
    if (refresh_is_active(&group->maintenance.refresh))
        return "InstanceRefreshInProgress: An Instance Refresh is already in progress and blocks the "
               "execution of this Instance Refresh.";
    if (policy.max_healthy - policy.min_healthy > 100)
        return "ValidationError: The difference between MaxHealthyPercentage and MinHealthyPercentage "
               "cannot be greater than 100.";
    begin(world, group, settings);
    const char *alarm = alarm_in_alarm(world, settings);
    if (alarm)
        fail_for_alarm(world, group, alarm);
    group_wake(world, group);
    return NULL;
}

static const char *not_found(struct world *world, const struct auto_scaling_group *group)
{
    return arena_format(world->arena,
                        "ActiveInstanceRefreshNotFound: No in progress or pending Instance Refresh found "
                        "for Auto Scaling group %s.",
                        group->name);
}

const char *instance_refresh_cancel(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    if (!refresh_is_active(refresh))
        return not_found(world, group);
    end(world, group, REFRESH_CANCELLING);
    refresh->reason = "cancelled by user";
    refresh->progress_at = refresh->waits_until = world->run->now;
    tell(world, group);
    group_wake(world, group);
    return NULL;
}

const char *instance_refresh_roll_back(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    if (refresh->status != REFRESH_IN_PROGRESS && refresh->status != REFRESH_BAKING)
        return not_found(world, group);
    if (!refresh->settings->desired_configuration)
        return "IrreversibleInstanceRefresh: The Instance Refresh has no desired configuration, so it "
               "cannot be rolled back.";
    refresh->reason = "rolled back by user";
    begin_rollback(world, group);
    tell(world, group);
    return NULL;
}

static bool watches(const struct instance_refresh *refresh, const char *alarm)
{
    if (refresh->status != REFRESH_IN_PROGRESS && refresh->status != REFRESH_BAKING)
        return false;
    EACH(struct alarm_name_settings, each, refresh->settings->preferences.alarm_specification.alarms) {
        if (!strcmp(each->name, alarm))
            return true;
    }
    return false;
}

void instance_refreshes_alarm(struct world *world, const char *alarm)
{
    for (uint32_t i = 0; i < world->group_count; i++)
        if (watches(&world->groups[i].maintenance.refresh, alarm))
            fail_for_alarm(world, &world->groups[i], alarm);
}

/* --- time ------------------------------------------------------------------------------------- */

/* When the first of those that warm up will have; SIMTIME_NEVER: none does. */
static simtime next_warm(const struct auto_scaling_group *group, simtime now)
{
    simtime next = SIMTIME_NEVER;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (each->lifecycle == LIFECYCLE_IN_SERVICE && !serves(group, each, now))
            next = simtime_earlier(next, simtime_after(each->in_service_at, warmup_of(group)));
    return next;
}

static simtime stuck_at(const struct instance_refresh *refresh)
{
    simtime since = refresh->waits_until > refresh->progress_at ? refresh->waits_until : refresh->progress_at;
    return simtime_after(since, patience);
}

static void check_time(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    simtime now = world->run->now;
    bool is_stuck = now >= stuck_at(refresh) && next_warm(group, now) == SIMTIME_NEVER;
    if (refresh->status == REFRESH_CANCELLING && is_stuck)
        end(world, group, REFRESH_CANCELLED);
    else if (now >= simtime_after(refresh->started_at, longest))
        fail(world, group, "it took longer than 14 days");
    else if (is_stuck && refresh->status != REFRESH_BAKING)
        fail(world, group, "nothing could be replaced for an hour");
}

static simtime next_look(const struct auto_scaling_group *group, simtime now)
{
    const struct instance_refresh *refresh = &group->maintenance.refresh;
    simtime next = simtime_earlier(next_warm(group, now), simtime_after(refresh->started_at, longest));
    if (is_paused(refresh, now))
        next = simtime_earlier(next, refresh->waits_until);
    return stuck_at(refresh) > now ? simtime_earlier(next, stuck_at(refresh)) : next;
}

static bool has_moved(const struct refresh_census *before, const struct refresh_census *now)
{
    return now->updated > before->updated || now->outdated < before->outdated;
}

simtime instance_refresh_look(struct world *world, struct auto_scaling_group *group)
{
    struct instance_refresh *refresh = &group->maintenance.refresh;
    if (!refresh_is_active(refresh))
        return SIMTIME_NEVER;
    struct refresh_census before = refresh->seen;
    refresh->seen = take_census(group, world->run->now);
    go_on(world, group);
    if (has_moved(&before, &refresh->seen) || group_suspends(group, PROCESS_INSTANCE_REFRESH))
        refresh->progress_at = world->run->now;
    if (refresh_is_active(refresh))
        check_time(world, group);
    tell(world, group);
    return refresh_is_active(refresh) ? next_look(group, world->run->now) : SIMTIME_NEVER;
}
