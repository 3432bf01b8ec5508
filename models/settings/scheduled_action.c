/* scheduledActions, scheduledUpdateGroupActions: limits and sizes that change by the clock. */
#include "models/scaling/schedule.h"
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

#define ROW_SCHEDULE(name, parser, text)                                                                     \
    {                                                                                                        \
        .key = name, .type = PARAM_PARSED, .offset = PARAM_OFFSET(OF, schedule, struct schedule *),          \
        .parse = parser, .meaning = text                                                                     \
    }
#define ROW_TIME(name, field, text, ...)                                                                     \
    {                                                                                                        \
        .key = name, .type = PARAM_UTC, .offset = PARAM_OFFSET(OF, field, int64_t), .meaning = text,         \
        __VA_ARGS__                                                                                          \
    }

/* --- of services ------------------------------------------------------------------------------- */

#define OF struct scalable_target_action_settings
static const struct param scalable_target_action_params[] = {
    ROW("minCapacity", INTEGER, min_capacity, "minCapacity from then on (default: as it is)",
        RANGE(0, MOST_COUNT)),
    ROW("maxCapacity", INTEGER, max_capacity, "maxCapacity from then on (default: as it is)",
        RANGE(0, MOST_COUNT)),
    PARAM_END,
};
#undef OF

static const struct shape scalable_target_action_shape = {
    .name = "scalable target action",
    .size = sizeof(struct scalable_target_action_settings),
    .params = scalable_target_action_params,
};

#define OF struct scheduled_action_settings
static const struct param scheduled_action_params[] = {
    ROW("scheduledActionName", NAME, name, "its name", REQUIRED),
    ROW("resourceId", REFERENCE, service, "service/CLUSTER/NAME, or its name", REQUIRED, IN("services"),
        ALIAS("service")),
    ROW_SCHEDULE("schedule", schedule_parse,
                 "at(2026-03-02T08:00:00), rate(1 hour) or cron(0 8 ? * MON-FRI *), in UTC"),
    ROW("timezone", TEXT, time_zone, "UTC only", DEFAULT("UTC")),
    ROW_TIME("startTime", start_time_us,
             "not before it (default: from the start of the run on; a rate counts "
             "from it, or begins one rate after the start of the run)"),
    ROW_TIME("endTime", end_time_us, "not after it"),
    ROW_OPTIONAL("scalableTargetAction", action, struct scalable_target_action_settings,
                 scalable_target_action_shape, "what it sets"),
    PARAM_END,
};
#undef OF

/* --- of groups --------------------------------------------------------------------------------- */

#define OF struct scheduled_action_settings
static const struct param group_action_params[] = {
    ROW("scheduledActionName", NAME, name, "its name", REQUIRED),
    ROW("autoScalingGroupName", REFERENCE, auto_scaling_group, "the group", REQUIRED,
        IN("autoScalingGroups")),
    ROW_SCHEDULE("recurrence", schedule_parse_recurrence,
                 "minute, hour, day of the month, month, day of the week, in UTC: 0 8 * * 1-5"),
    ROW("timeZone", TEXT, time_zone, "UTC only", DEFAULT("UTC")),
    ROW_TIME("startTime", start_time_us, "when it is done, or is done first"),
    ROW_TIME("endTime", end_time_us, "not after it"),
    ROW("minSize", INTEGER, min_capacity, "minSize from then on (default: as it is)", RANGE(0, MOST_COUNT)),
    ROW("maxSize", INTEGER, max_capacity, "maxSize from then on (default: as it is)", RANGE(0, MOST_COUNT)),
    ROW("desiredCapacity", INTEGER, desired_capacity, "desiredCapacity from then on (default: as it is)",
        RANGE(0, MOST_COUNT)),
    PARAM_END,
};
#undef OF

/* --- what AWS refuses -------------------------------------------------------------------------- */

static bool is_utc(const char *zone)
{
    return !strcmp(zone, "UTC") || !strcmp(zone, "Etc/UTC");
}

static bool ends_early(const struct scheduled_action_settings *action)
{
    return action->start_time_us != ABSENT && action->end_time_us != ABSENT &&
           action->start_time_us >= action->end_time_us;
}

static void check_times(struct mistakes *mistakes, const struct scheduled_action_settings *action,
                        const char *zone_key)
{
    if (action->time_zone && !is_utc(action->time_zone))
        mistake(mistakes, action, zone_key, "time zone `%s`: only UTC is known", action->time_zone);
    if (ends_early(action))
        mistake(mistakes, action, "endTime", "it ends before it begins");
}

struct limit {
    const char *key;
    int64_t value; /* ABSENT: as it is */
};

static void check_limits(struct mistakes *mistakes, const void *object, struct limit low, struct limit high)
{
    if (low.value != ABSENT && high.value != ABSENT && low.value > high.value)
        mistake(mistakes, object, low.key, "%s %" PRId64 " is more than %s %" PRId64, low.key, low.value,
                high.key, high.value);
}

/* A schedule that has no time left in the run is a warning. */
static void warn_if_never(struct mistakes *mistakes, const struct scheduled_action_settings *action,
                          const char *key, const struct run_settings *run)
{
    if (ends_early(action) || (action->schedule && action->schedule->kind == SCHEDULE_UNREAD))
        return;
    int64_t at = scheduled_action_next(action, run->start_time_us, run->start_time_us);
    if (run->duration != ABSENT && (at == SCHEDULE_NEVER || at - run->start_time_us > run->duration))
        warn(mistakes, action, key, "it is never due within the run");
}

enum { MOST_ACTIONS_OF_SERVICE = 200, MOST_ACTIONS_OF_GROUP = 125 }; /* [Q] */

static void number(struct arena *arena, const struct list *actions)
{
    struct symbols resources = {.arena = arena};
    for (size_t i = 0; i < actions->count; i++) {
        struct scheduled_action_settings *action = LIST_AT(struct scheduled_action_settings, *actions, i);
        action->nth =
            settings_nth(&resources, action->service ? action->service : action->auto_scaling_group);
    }
}

void settings_index_scheduled_actions(struct ecs_settings *settings)
{
    number(settings->by_name->arena, &settings->scheduled_actions);
    number(settings->by_name->arena, &settings->scheduled_update_group_actions);
}

static void check_quota(struct mistakes *mistakes, const struct scheduled_action_settings *action,
                        int64_t most)
{
    if (action->nth == most + 1)
        mistake(mistakes, action, "scheduledActionName",
                "a resource has at most %" PRId64 " scheduled actions", most);
}

/* [API application-autoscaling:PutScheduledAction] */
static void check_scheduled_action(struct mistakes *mistakes, void *object, void *root)
{
    struct scheduled_action_settings *action = object;
    const struct ecs_settings *settings = root;
    const struct scalable_target_action_settings *sets = action->action;
    action->min_capacity = sets ? sets->min_capacity : ABSENT;
    action->max_capacity = sets ? sets->max_capacity : ABSENT;
    action->desired_capacity = ABSENT;
    check_times(mistakes, action, "timezone");
    check_limits(mistakes, sets, (struct limit){"minCapacity", action->min_capacity},
                 (struct limit){"maxCapacity", action->max_capacity});
    check_quota(mistakes, action, MOST_ACTIONS_OF_SERVICE);
    if (action->min_capacity == ABSENT && action->max_capacity == ABSENT)
        mistake(mistakes, action, "scheduledActionName",
                "a scheduled action has a scalableTargetAction with minCapacity, maxCapacity or both");
    if (action->service && !settings_named(settings, NAMED_SCALABLE_TARGET, action->service))
        mistake(mistakes, action, "resourceId", "service `%s` is not among the scalableTargets",
                action->service);
    if (!action->schedule)
        mistake(mistakes, action, "scheduledActionName", "a scheduled action has a schedule");
    else
        warn_if_never(mistakes, action, "schedule", &settings->run);
}

const struct shape scheduled_action_shape = {
    .name = "scheduled action",
    .size = sizeof(struct scheduled_action_settings),
    .params = scheduled_action_params,
    .check = check_scheduled_action,
};

/* [API autoscaling:PutScheduledUpdateGroupAction] */
static void check_group_action(struct mistakes *mistakes, void *object, void *root)
{
    const struct scheduled_action_settings *action = object;
    const struct ecs_settings *settings = root;
    struct limit least = {"minSize", action->min_capacity}, most = {"maxSize", action->max_capacity};
    struct limit desired = {"desiredCapacity", action->desired_capacity};
    check_times(mistakes, action, "timeZone");
    check_limits(mistakes, action, least, most);
    check_limits(mistakes, action, least, desired);
    check_limits(mistakes, action, desired, most);
    check_quota(mistakes, action, MOST_ACTIONS_OF_GROUP);
    if (action->min_capacity == ABSENT && action->max_capacity == ABSENT &&
        action->desired_capacity == ABSENT)
        mistake(mistakes, action, "scheduledActionName",
                "a scheduled action has one of minSize, maxSize, desiredCapacity");
    if (!action->schedule && action->start_time_us == ABSENT)
        mistake(mistakes, action, "scheduledActionName",
                "a scheduled action has a startTime or a recurrence");
    else
        warn_if_never(mistakes, action, action->schedule ? "recurrence" : "startTime", &settings->run);
}

const struct shape scheduled_update_group_action_shape = {
    .name = "scheduled action of a group",
    .size = sizeof(struct scheduled_action_settings),
    .params = group_action_params,
    .check = check_group_action,
};

/* --- when it is due ---------------------------------------------------------------------------- */

/* A rate without a start time begins one rate after the start of the run; AWS does not say. */
static int64_t origin_of(const struct scheduled_action_settings *action, int64_t run_start_us)
{
    bool from_run = action->start_time_us == ABSENT && action->schedule->kind == SCHEDULE_RATE;
    return from_run ? run_start_us + action->schedule->rate : action->start_time_us;
}

int64_t scheduled_action_next(const struct scheduled_action_settings *action, int64_t run_start_us,
                              int64_t from_us)
{
    int64_t start = action->start_time_us, at = start;
    if (action->schedule)
        at = schedule_next(action->schedule, origin_of(action, run_start_us),
                           start != ABSENT && start > from_us ? start : from_us);
    bool over = at < from_us || (action->end_time_us != ABSENT && at > action->end_time_us);
    return over ? SCHEDULE_NEVER : at;
}
