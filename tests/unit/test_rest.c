/* Metrics at rest: few events, and the same rows as where an event a minute, which changes nothing, keeps
 * them from it. */
#include "models/ecs/events.h"
#include "models/ecs/metric/rest.h"
#include "tests/unit/ecs_run.h"
#include "tests/unit/unit.h"

struct witness {
    struct observer observer; /* first: rows find their witness by it */
    struct text rows[SERIES_COUNT];
};

static void add_value(struct text *text, const struct value *value)
{
    if (value->type == VALUE_TEXT)
        text_add(text, value->text);
    else if (value->type != VALUE_EMPTY)
        text_add_decimal(text, value->integer, 6);
    text_add(text, ",");
}

static void see_row(struct observer *observer, size_t series, const struct value *values)
{
    struct text *text = &((struct witness *)observer)->rows[series];
    for (size_t i = 0; i < ecs_series[series].column_count; i++)
        add_value(text, &values[i]);
    text_add(text, "\n");
}

static const uint64_t tables = (UINT64_C(1) << SERIES_METRICS) | (UINT64_C(1) << SERIES_MANAGED_SCALING) |
                               (UINT64_C(1) << SERIES_ALARMS) | (UINT64_C(1) << SERIES_SCALING_ACTIVITIES) |
                               (UINT64_C(1) << SERIES_FORECASTS) | (UINT64_C(1) << SERIES_REQUESTS) |
                               (UINT64_C(1) << SERIES_GROUPS) | (UINT64_C(1) << SERIES_TIMESERIES);

static void disturb(struct run *run)
{
    for (simtime at = 0; at <= run->settings->duration; at += SIMTIME_MINUTE)
        run_schedule(run, at + SIMTIME_SECOND, PHASE_WORLD, EVENT_METRICS_REST_ENDS, 0, 0);
}

/* Returns how many events there were. */
static uint64_t play(const char *text, struct witness *witness, bool restless)
{
    struct scenario *scenario = scenario_read_text(&ecs_model, "test.yaml", text, strlen(text), NULL, 0);
    if (scenario->errors)
        scenario_print_mistakes(scenario, stderr);
    assert_int_equal(scenario->errors, 0);
    struct run *run = run_new(&ecs_model, scenario->settings);
    *witness = (struct witness){.observer = {.row = see_row, .wants = tables}};
    run_observe(run, &witness->observer);
    run_begin(run);
    if (restless)
        disturb(run);
    run_finish(run);
    uint64_t events = run->event_number;
    run_free(run);
    scenario_free(scenario);
    return events;
}

static void forget(struct witness *witness)
{
    for (size_t i = 0; i < SERIES_COUNT; i++)
        text_free(&witness->rows[i]);
}

/* It takes so many events at most, and rows are what they are without any rest. */
static void assert_rests(const char *text, uint64_t most_events)
{
    struct witness resting, restless;
    uint64_t events = play(text, &resting, false);
    play(text, &restless, true);
    for (size_t i = 0; i < SERIES_COUNT; i++) {
        text_add(&resting.rows[i], "");
        text_add(&restless.rows[i], "");
        assert_string_equal(resting.rows[i].bytes, restless.rows[i].bytes);
    }
    assert_true(resting.rows[SERIES_METRICS].length > 0);
    assert_in_range(events, 1, most_events);
    forget(&resting);
    forget(&restless);
}

#define CLUSTER_WITH(service)                                                                                \
    "autoScalingGroups:\n"                                                                                   \
    "  - {autoScalingGroupName: fleet, instanceType: m5.large, minSize: 2, desiredCapacity: 3, maxSize: "    \
    "9}\n"                                                                                                   \
    "capacityProviders:\n"                                                                                   \
    "  - {name: fleet, autoScalingGroupProvider: {autoScalingGroupArn: fleet, managedScaling: {status: "     \
    "ENABLED}}}\n"                                                                                           \
    "taskDefinitions:\n"                                                                                     \
    "  - family: app\n"                                                                                      \
    "    containerDefinitions: [{name: main, cpu: 512, memory: 2048, portMappings: [{containerPort: "        \
    "80}]}]\n"                                                                                               \
    "    simulation: {startup: 8s, cpuPerRequest: 10ms}\n"                                                   \
    "targetGroups: [{targetGroupName: web}]\n"                                                               \
    "services:\n"                                                                                            \
    "  - serviceName: web\n"                                                                                 \
    "    taskDefinition: app\n"                                                                              \
    "    desiredCount: 2\n"                                                                                  \
    "    capacityProviderStrategy: [{capacityProvider: fleet, weight: 1}]\n"                                 \
    "    loadBalancers: [{targetGroupArn: web, containerName: main, containerPort: 80}]\n" service           \
    "scalableTargets: [{resourceId: service/default/web, minCapacity: 1, maxCapacity: 9}]\n"
#define POLICIES(type)                                                                                       \
    "scalingPolicies:\n"                                                                                     \
    "  - policyName: cpu\n"                                                                                  \
    "    resourceId: service/default/web\n"                                                                  \
    "    policyType: TargetTrackingScaling\n"                                                                \
    "    targetTrackingScalingPolicyConfiguration: {targetValue: 42, predefinedMetricSpecification: "        \
    "{predefinedMetricType: " type "}}\n"
#define CLUSTER CLUSTER_WITH("") POLICIES("ECSServiceAverageCPUUtilization")
#define TWO_SERVICES                                                                                         \
    CLUSTER_WITH("  - {serviceName: api, taskDefinition: app, desiredCount: 2, loadBalancers: "              \
                 "[{targetGroupArn: web, containerName: main, containerPort: 80}]}\n")
#define MONITORED                                                                                            \
    CLUSTER_WITH("    monitoring: {metricConfigurations: [{metricNames: [CPUUtilization], "                  \
                 "resolutionSeconds: 20}]}\n")                                                               \
    POLICIES("ECSServiceAverageCPUUtilizationHighResolution")

static void a_quiet_year_takes_few_events(void **state)
{
    (void)state;
    struct witness witness;
    uint64_t events =
        play("duration: 365d\n" CLUSTER "load: [{service: web, requestsPerSecond: 40}]\n", &witness, false);
    assert_in_range(events, 1, 99);
    forget(&witness);
}

static void what_is_known_beforehand_ends_a_rest(void **state)
{
    (void)state;
    assert_rests("duration: 2d\n" CLUSTER
                 "load: [{service: web, requestsPerSecond: {steps: [[0s, 40], [9h, 90], [30.005h, "
                 "12.3456]]}}]\n",
                 1000);
    assert_rests("duration: 1d\n" CLUSTER
                 "load: [{service: web, requestsPerSecond: {burst: {base: 20, high: 70, at: 5h, for: 2h, "
                 "every: 8h}}}]\n",
                 1500);
}

static void what_happens_ends_a_rest(void **state)
{
    (void)state;
    assert_rests("duration: 1d\n" CLUSTER "recordMetrics: true\n"
                 "load: [{service: web, requestsPerSecond: 40}]\n"
                 "timeline:\n"
                 "  - {at: 8h, updateService: {service: web, desiredCount: 3}}\n"
                 "  - {at: 50403s, updateService: {service: web, desiredCount: 2}}\n"
                 "  - {at: 20h, updateService: {service: web, desiredCount: 4}}\n",
                 1000);
}

/* 25.35 requests a second are 1521 a minute, and 25.353 now 1521 and now 1522. */
static void a_count_that_is_not_whole_is_no_rest(void **state)
{
    (void)state;
    assert_rests("duration: 6h\n" CLUSTER "recordMetrics: true\n"
                 "load: [{service: web, requestsPerSecond: 25.35}]\n",
                 99);
    assert_rests("duration: 6h\n" CLUSTER "recordMetrics: true\n"
                 "load: [{service: web, requestsPerSecond: 25.353}]\n",
                 6 * 60 * 4);
}

/* What web asks of api in a minute is whole millionths with a share of a half, and not with the other. */
static void services_that_ask_rest_where_that_is_whole(void **state)
{
    (void)state;
    assert_rests("duration: 6h\n" TWO_SERVICES "recordMetrics: RequestCountPerTarget\n"
                 "load: [{service: web, requestsPerSecond: 2.000003}, {service: api, requestsOf: web, "
                 "share: 0.5}]\n",
                 99);
    assert_rests("duration: 6h\n" TWO_SERVICES "recordMetrics: RequestCountPerTarget\n"
                 "load: [{service: web, requestsPerSecond: 2.000003}, {service: api, requestsOf: web, "
                 "share: 0.150111}]\n",
                 6 * 60 * 4);
}

/* Each minute below the target is in a row until there are fifteen. */
static void a_group_whose_minutes_are_counted_does_not_rest(void **state)
{
    (void)state;
    assert_rests("duration: 6h\n" CLUSTER_WITH(
                     "") "load: [{service: web, requestsPerSecond: 40}]\n"
                         "timeline: [{at: 2h, updateService: {service: web, desiredCount: 0}}]\n",
                 300);
}

static void a_cooldown_that_ends_ends_a_rest(void **state)
{
    (void)state;
    assert_rests(
        "duration: 1d\n" CLUSTER_WITH(
            "") "scalingPolicies:\n"
                "  - {policyName: more, resourceId: service/default/web, policyType: StepScaling, "
                "stepScalingPolicyConfiguration: {adjustmentType: ChangeInCapacity, cooldown: 7000s, "
                "stepAdjustments: [{metricIntervalLowerBound: 0, scalingAdjustment: 1}]}}\n"
                "metrics: [{namespace: Own, metricName: Depth, value: {steps: [[0s, 3], [5h, 20], [17h, "
                "3]]}}]\n"
                "alarms:\n"
                "  - {alarmName: deep, namespace: Own, metricName: Depth, statistic: Average, period: 5m, "
                "evaluationPeriods: 3, datapointsToAlarm: 2, threshold: 10, comparisonOperator: "
                "GreaterThanThreshold, alarmActions: [more]}\n",
        1000);
}

/* One that looks back over more than a day is evaluated once an hour. */
static void an_alarm_that_somebody_has_set_is_evaluated_first(void **state)
{
    (void)state;
    assert_rests(
        "duration: 3d\n" CLUSTER_WITH(
            "") "metrics: [{namespace: Own, metricName: Depth, value: 3}]\n"
                "alarms:\n"
                "  - {alarmName: deep, namespace: Own, metricName: Depth, statistic: Average, period: 1h, "
                "evaluationPeriods: 25, threshold: 10, comparisonOperator: GreaterThanThreshold}\n"
                "timeline: [{at: 40.1h, setAlarmState: {alarmName: deep, stateValue: ALARM}}]\n",
        3 * 24 * 60 * 2);
}

/* Points of 20 s end with those of a minute, and between them the group's minutes are counted. */
static void two_resolutions_rest_together(void **state)
{
    (void)state;
    assert_rests("duration: 12h\n" MONITORED "load: [{service: web, requestsPerSecond: 40}]\n"
                 "timeline: [{at: 4h, updateService: {service: web, desiredCount: 0}}]\n",
                 1000);
}

static void forecasts_remember_what_was_left_out(void **state)
{
    (void)state;
    assert_rests("duration: 4d\ntiming: {metricDelay: 0s}\n" CLUSTER
                 "  - {policyName: ahead, resourceId: service/default/web, policyType: PredictiveScaling, "
                 "predictiveScalingPolicyConfiguration: {mode: ForecastAndScale, metricSpecifications: "
                 "[{targetValue: 42, predefinedMetricPairSpecification: {predefinedMetricType: "
                 "ECSServiceCPUUtilization}}]}}\n"
                 "load: [{service: web, requestsPerSecond: {burst: {base: 20, high: 70, at: 18030s, for: 2h, "
                 "every: 24h}}}]\n",
                 4 * 24 * 40);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quiet_year_takes_few_events),
        cmocka_unit_test(what_is_known_beforehand_ends_a_rest),
        cmocka_unit_test(what_happens_ends_a_rest),
        cmocka_unit_test(a_count_that_is_not_whole_is_no_rest),
        cmocka_unit_test(services_that_ask_rest_where_that_is_whole),
        cmocka_unit_test(a_group_whose_minutes_are_counted_does_not_rest),
        cmocka_unit_test(a_cooldown_that_ends_ends_a_rest),
        cmocka_unit_test(an_alarm_that_somebody_has_set_is_evaluated_first),
        cmocka_unit_test(two_resolutions_rest_together),
        cmocka_unit_test(forecasts_remember_what_was_left_out),
    };
    return RUN_TESTS(tests);
}
