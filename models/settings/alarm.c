/* alarms: CloudWatch's. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

const char *const alarm_state_names[] = {
    [ALARM_INSUFFICIENT_DATA] = "INSUFFICIENT_DATA", [ALARM_OK] = "OK", [ALARM_ALARM] = "ALARM", NULL};

static const char *const statistics[] = {
    [STATISTIC_NOT_SAID] = "",
    [STATISTIC_AVERAGE] = "Average",
    [STATISTIC_SUM] = "Sum",
    [STATISTIC_MINIMUM] = "Minimum",
    [STATISTIC_MAXIMUM] = "Maximum",
    [STATISTIC_SAMPLE_COUNT] = "SampleCount",
    NULL,
};

static const char *const comparisons[] = {
    [COMPARE_NOT_SAID] = "",
    [COMPARE_GREATER] = "GreaterThanThreshold",
    [COMPARE_GREATER_OR_EQUAL] = "GreaterThanOrEqualToThreshold",
    [COMPARE_LESS] = "LessThanThreshold",
    [COMPARE_LESS_OR_EQUAL] = "LessThanOrEqualToThreshold",
    [COMPARE_OUTSIDE_BAND] = "LessThanLowerOrGreaterThanUpperThreshold",
    [COMPARE_BELOW_BAND] = "LessThanLowerThreshold",
    [COMPARE_ABOVE_BAND] = "GreaterThanUpperThreshold",
    NULL,
};

static const char *const missing_data_names[] = {
    [MISSING_IS_MISSING] = "missing",
    [MISSING_IS_NOT_BREACHING] = "notBreaching",
    [MISSING_IS_BREACHING] = "breaching",
    [MISSING_IS_IGNORED] = "ignore",
    NULL,
};

#define OF struct alarm_action_settings
static const struct param alarm_action_params[] = {
    ROW("action", NAME, name, "name or ARN of a scaling policy; others are accepted and do nothing",
        REQUIRED),
    PARAM_END,
};
#undef OF

static const struct shape alarm_action_shape = {
    .name = "action of an alarm",
    .size = sizeof(struct alarm_action_settings),
    .params = alarm_action_params,
    .shorthand = "action",
};

#define OF struct alarm_settings
static const struct param alarm_params[] = {
    ROW("alarmName", NAME, name, "its name", REQUIRED),
    ROW("stateValue", CHOICE, state,
        "its state at t = 0 (default: that of a new alarm [API cloudwatch:PutMetricAlarm])",
        DEFAULT("INSUFFICIENT_DATA"), ONE_OF(alarm_state_names)),
    ROW("namespace", TEXT, metric.namespace, "of the metric that it watches"),
    ROW("metricName", TEXT, metric.name, "the metric; without one, only setAlarmState moves the alarm"),
    ROW_LIST("dimensions", metric.dimensions, dimension_shape,
             "{name, value}, all that belong to the metric"),
    ROW("statistic", CHOICE, statistic, "of the points of a period", ONE_OF(statistics)),
    ROW("extendedStatistic", TEXT, extended_statistic, "a percentile; not modelled"),
    ROW("period", DURATION, period, "seconds that one datapoint is of: 20 or whole minutes",
        RANGE(10 * SIMTIME_SECOND, MOST_ALARM_TIME)),
    ROW("evaluationPeriods", INTEGER, evaluation_periods, "datapoints that are compared with the threshold",
        RANGE(1, MOST_ALARM_TIME / SIMTIME_MINUTE)),
    ROW("datapointsToAlarm", INTEGER, datapoints_to_alarm,
        "how many of these must breach it for ALARM (default: all)",
        RANGE(1, MOST_ALARM_TIME / SIMTIME_MINUTE)),
    ROW("threshold", NUMBER, threshold, "what a datapoint is compared with",
        RANGE(-(MILLION *MILLION *MILLION), MILLION *MILLION *MILLION)),
    ROW("comparisonOperator", CHOICE, comparison, "how a datapoint breaches the threshold",
        ONE_OF(comparisons)),
    ROW("treatMissingData", CHOICE, treat_missing_data,
        "what a period without a point counts as [CW:alarms-and-missing-data]", DEFAULT("missing"),
        ONE_OF(missing_data_names)),
    ROW_LIST("alarmActions", alarm_actions, alarm_action_shape,
             "the scaling policies that it drives while it is in ALARM"),
    ROW("actionsEnabled", FLAG, actions_enabled, "whether it drives any [API cloudwatch:PutMetricAlarm]",
        DEFAULT("true")),
    ROW("metrics", UNREAD, metrics, "metric math; not modelled"),
    PARAM_END,
};
#undef OF

static const char *unmodelled_part(const struct alarm_settings *alarm)
{
    if (alarm->metrics)
        return "metrics";
    if (alarm->extended_statistic)
        return "extendedStatistic";
    return alarm->comparison >= COMPARE_OUTSIDE_BAND ? "comparisonOperator" : NULL;
}

static void need(struct mistakes *mistakes, const struct alarm_settings *alarm, bool given, const char *key)
{
    if (!given)
        mistake(mistakes, alarm, NULL, "alarm `%s` lacks `%s`", alarm->name, key);
}

/* [API cloudwatch:PutMetricAlarm.Period, .EvaluationPeriods] */
static void check_times(struct mistakes *mistakes, const struct alarm_settings *alarm)
{
    static const simtime short_periods[] = {10 * SIMTIME_SECOND, 20 * SIMTIME_SECOND, 30 * SIMTIME_SECOND};
    bool is_short = false;
    for (size_t i = 0; i < sizeof short_periods / sizeof *short_periods; i++)
        is_short |= alarm->period == short_periods[i];
    if (alarm->period % SIMTIME_MINUTE && !is_short)
        mistake(mistakes, alarm, "period", "a period is 10, 20 or 30 seconds, or whole minutes");
    simtime most = alarm->period < SIMTIME_HOUR ? SIMTIME_DAY : MOST_ALARM_TIME;
    if (alarm->evaluation_periods > most / alarm->period)
        mistake(mistakes, alarm, "evaluationPeriods",
                "an alarm looks back at most a day, or a week with periods of an hour and more");
    if (alarm->datapoints_to_alarm > alarm->evaluation_periods)
        mistake(mistakes, alarm, "datapointsToAlarm",
                "datapointsToAlarm %" PRId64 " is more than evaluationPeriods %" PRId64,
                alarm->datapoints_to_alarm, alarm->evaluation_periods);
}

static bool has_subject(struct mistakes *mistakes, const struct metric_reference *reference)
{
    static const char *const collections[] = {
        [METRIC_OF_SERVICE] = "services",
        [METRIC_OF_TARGET_GROUP] = "targetGroups",
        [METRIC_OF_GROUP] = "autoScalingGroups",
        [METRIC_OF_CAPACITY_PROVIDER] = "capacityProviders",
    };
    const char *nearest;
    return !reference->subject ||
           collection_has(mistakes, collections[metric_definitions[reference->name].kind], reference->subject,
                          &nearest);
}

/* An alarm of the account that watches something else is no mistake. */
static void find_metric(struct mistakes *mistakes, struct alarm_settings *alarm,
                        const struct ecs_settings *settings)
{
    struct metric_reference found = settings_metric(mistakes_arena(mistakes), settings, &alarm->metric);
    if (found.name == METRIC_COUNT)
        warn(mistakes, alarm, "metricName",
             "no such metric is modelled (`ecsim list metrics`): only setAlarmState moves `%s`", alarm->name);
    else if (!has_subject(mistakes, &found))
        warn(mistakes, alarm, "dimensions", "there is no `%s` here: `%s` has no data", found.subject,
             alarm->name);
    else
        alarm->watched = found;
}

/* The metric's points are of a minute, or of 20 seconds. */
static void choose_resolution(struct mistakes *mistakes, struct alarm_settings *alarm,
                              const struct ecs_settings *settings)
{
    enum metric_name name = settings_high_resolution(alarm->watched.name);
    if (alarm->period >= SIMTIME_MINUTE)
        return;
    if (alarm->period == 20 * SIMTIME_SECOND && name != METRIC_COUNT &&
        settings_monitored_every_20s(settings, alarm->watched.subject, alarm->metric.name)) {
        alarm->watched.name = name;
        return;
    }
    warn(mistakes, alarm, "period",
         "only a service's metrics under `monitoring` have points of less than a minute, every 20 seconds: "
         "`%s` has no data",
         alarm->name);
    alarm->watched.name = METRIC_COUNT;
}

static void check_rule(struct mistakes *mistakes, struct alarm_settings *alarm)
{
    need(mistakes, alarm, alarm->statistic != STATISTIC_NOT_SAID, "statistic");
    need(mistakes, alarm, alarm->period != ABSENT, "period");
    need(mistakes, alarm, alarm->evaluation_periods != ABSENT, "evaluationPeriods");
    need(mistakes, alarm, alarm->threshold != ABSENT, "threshold");
    need(mistakes, alarm, alarm->comparison != COMPARE_NOT_SAID, "comparisonOperator");
    if (alarm->datapoints_to_alarm == ABSENT)
        alarm->datapoints_to_alarm = alarm->evaluation_periods;
    if (alarm->period != ABSENT && alarm->evaluation_periods != ABSENT)
        check_times(mistakes, alarm);
}

static void check_evaluated(struct mistakes *mistakes, struct alarm_settings *alarm,
                            const struct ecs_settings *settings)
{
    find_metric(mistakes, alarm, settings);
    if (alarm->watched.name == METRIC_COUNT)
        return;
    check_rule(mistakes, alarm);
    if (alarm->period != ABSENT)
        choose_resolution(mistakes, alarm, settings);
}

void settings_check_alarms(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    for (size_t i = 0; i < settings->alarms.count; i++) {
        struct alarm_settings *alarm = LIST_AT(struct alarm_settings, settings->alarms, i);
        const char *unmodelled = unmodelled_part(alarm);
        alarm->watched.name = METRIC_COUNT;
        if (unmodelled)
            warn(mistakes, alarm, unmodelled, "`%s` is not modelled: only setAlarmState moves `%s`",
                 unmodelled, alarm->name);
        else if (alarm->metric.name)
            check_evaluated(mistakes, alarm, settings);
    }
}

const struct shape alarm_shape = {
    .name = "alarm",
    .size = sizeof(struct alarm_settings),
    .params = alarm_params,
    .collection = "alarms",
    .name_key = "alarmName",
};
