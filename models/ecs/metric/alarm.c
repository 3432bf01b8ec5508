#include "models/ecs/metric/alarm.h"
#include "models/ecs/deployment/deployment_failure.h"
#include "models/ecs/events.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/service.h"
#include <string.h>

/* --- which there are -------------------------------------------------------------------------- */

static struct alarm_rule rule_of(const struct alarm_settings *settings)
{
    return (struct alarm_rule){
        .evaluation_periods = (size_t)settings->evaluation_periods,
        .datapoints_to_alarm = (size_t)settings->datapoints_to_alarm,
        .missing = (enum missing_data)settings->treat_missing_data,
    };
}

static simtime resolution_of(const struct alarm_settings *settings)
{
    return resolution_period(metric_resolution(settings->watched.name));
}

static size_t points_of_period(const struct alarm_settings *settings)
{
    return (size_t)(settings->period / resolution_of(settings));
}

static struct alarm *add(struct world *world, const char *name)
{
    struct alarm *alarm = arena_alloc(world->arena, sizeof *alarm);
    *alarm = (struct alarm){.name = name, .state = ALARM_INSUFFICIENT_DATA};
    *(world->last_alarm ? &world->last_alarm->next : &world->first_alarm) = alarm;
    world->last_alarm = alarm;
    symbol_enter(&world->alarm_names, name, alarm);
    return alarm;
}

struct alarm *alarm_behind(struct world *world, const char *resource_id, const char *policy, const char *side)
{
    return add(world, arena_format(world->arena, "TargetTracking-%s-%s-Alarm%s", resource_id, policy, side));
}

static void watch(struct world *world, struct alarm *alarm)
{
    struct alarm_rule rule = rule_of(alarm->settings);
    size_t range = alarm_range(&rule);
    alarm->metric =
        metric_watch_named(world, &alarm->settings->watched, range * points_of_period(alarm->settings));
    alarm->datapoints = arena_array(world->arena, range, sizeof *alarm->datapoints);
}

void alarms_begin(struct world *world)
{
    world->alarm_names.arena = world->arena;
    EACH(struct alarm_settings, each, world->settings->alarms) {
        struct alarm *alarm = add(world, each->name);
        alarm->state = (enum scaling_alarm)each->state;
        alarm->settings = each;
        if (each->watched.name != METRIC_COUNT)
            watch(world, alarm);
    }
}

struct alarm *alarm_find(const struct world *world, const char *name)
{
    return symbol_entered(&world->alarm_names, name);
}

/* --- deployments ------------------------------------------------------------------------------ */

static bool is_listed(const struct deployment_alarms_settings *alarms, const char *name)
{
    EACH(struct alarm_name_settings, each, alarms->alarm_names) {
        if (!strcmp(each->name, name))
            return true;
    }
    return false;
}

bool alarms_any_in_alarm(const struct world *world, const struct deployment_alarms_settings *alarms)
{
    if (!alarms || !alarms->enable)
        return false;
    EACH(struct alarm_name_settings, each, alarms->alarm_names) {
        if (alarm_find(world, each->name)->state == ALARM_ALARM)
            return true;
    }
    return false;
}

static void trip(struct world *world, const struct alarm *alarm)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (!service->exists || !deployment_watches_alarms(service->primary) ||
            !is_listed(service->deployment_alarms, alarm->name))
            continue;
        deployment_trips(service->primary, TRIP_ALARM);
        service_wake(world, service);
    }
}

/* --- turning ---------------------------------------------------------------------------------- */

/* Those behind policies turn with every wave of the load, and would hide the rest of the picture. */
static void mark(struct world *world, const struct alarm *alarm)
{
    struct text label = {0};
    if (!alarm->settings)
        return;
    text_add_format(&label, "%s %s", alarm->name, alarm_state_names[alarm->state]);
    row_mark(world, NULL, "alarm", label.bytes);
    text_free(&label);
}

void alarm_turn(struct world *world, struct alarm *alarm, enum scaling_alarm state, const char *reason)
{
    enum scaling_alarm before = alarm->state;
    if (state == before)
        return;
    alarm->state = state;
    alarm->alike = 0;
    row_alarm(world, alarm, reason);
    mark(world, alarm);
    event_alarm_changed(world, alarm, before, reason);
    if (state == ALARM_ALARM) {
        trip(world, alarm);
        instance_refreshes_alarm(world, alarm->name);
    }
}

/* --- evaluating ------------------------------------------------------------------------------- */

static enum datapoint datapoint_of(const struct alarm *alarm, size_t ago)
{
    const struct alarm_settings *settings = alarm->settings;
    size_t points = points_of_period(settings);
    return alarm_datapoint(
        (enum comparison)settings->comparison,
        metric_value_over(alarm->metric, ago * points, points, (enum statistic)settings->statistic),
        settings->threshold);
}

static void see(struct alarm *alarm)
{
    struct alarm_rule rule = rule_of(alarm->settings);
    for (size_t i = 0; i < alarm_range(&rule); i++)
        alarm->datapoints[i] = datapoint_of(alarm, i);
}

static const char *const comparison_words[] = {
    [COMPARE_GREATER] = "greater than",
    [COMPARE_GREATER_OR_EQUAL] = "greater than or equal to",
    [COMPARE_LESS] = "less than",
    [COMPARE_LESS_OR_EQUAL] = "less than or equal to",
};

/* As DescribeAlarms words it, without the values. */
static void add_reason(struct text *text, const struct alarm_settings *settings,
                       const struct alarm_verdict *verdict)
{
    if (verdict->state == ALARM_INSUFFICIENT_DATA) {
        text_add(text, "Insufficient Data: too few datapoints");
        return;
    }
    text_add_format(text, "Threshold Crossed: %zu of the last %zu datapoints %s %s the threshold (",
                    verdict->breaching, verdict->judged, verdict->breaching == 1 ? "was" : "were",
                    comparison_words[settings->comparison]);
    text_add_decimal(text, settings->threshold, 6);
    text_add(text, ")");
}

static void evaluate(struct world *world, struct alarm *alarm)
{
    struct alarm_rule rule = rule_of(alarm->settings);
    see(alarm);
    struct alarm_verdict verdict = alarm_evaluate(&rule, alarm->datapoints, alarm->state);
    if (verdict.state == alarm->state)
        return;
    struct text reason = {0};
    add_reason(&reason, alarm->settings, &verdict);
    alarm_turn(world, alarm, verdict.state, reason.bytes);
    text_free(&reason);
}

/* One that looks back over more than a day is evaluated once an hour. */
static bool is_due(const struct alarm *alarm)
{
    const struct alarm_settings *settings = alarm->settings;
    uint64_t points_an_hour = (uint64_t)(SIMTIME_HOUR / resolution_of(settings));
    return settings->period * settings->evaluation_periods <= SIMTIME_DAY ||
           *alarm->metric->visible % points_an_hour == 0;
}

/* A range of a day of minutes would be read again each minute, for ever the same. */
static bool is_settled(struct alarm *alarm)
{
    struct alarm_rule rule = rule_of(alarm->settings);
    enum datapoint newest = datapoint_of(alarm, 0);
    alarm->alike = newest == alarm->newest ? alarm->alike + 1 : 0;
    alarm->newest = newest;
    return alarm->alike > alarm_range(&rule) * points_of_period(alarm->settings);
}

void alarms_evaluate(struct world *world, enum metric_visibility visibility)
{
    for (struct alarm *each = world->first_alarm; each; each = each->next)
        if (each->metric && metric_definitions[each->metric->name].visibility == visibility && is_due(each) &&
            !is_settled(each))
            evaluate(world, each);
}

static bool is_steady(struct alarm *alarm)
{
    struct alarm_rule rule = rule_of(alarm->settings);
    see(alarm);
    return alarm_evaluate(&rule, alarm->datapoints, alarm->state).state == alarm->state;
}

bool alarms_are_steady(const struct world *world)
{
    for (struct alarm *each = world->first_alarm; each; each = each->next)
        if (each->metric && !is_steady(each))
            return false;
    return true;
}
