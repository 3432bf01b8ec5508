/* Which metric a scenario means, and what the points of one are together. */
#include "models/ecs/metric/metric.h"
#include "tests/unit/ecs_run.h"

/* --- names ------------------------------------------------------------------------------------ */

static const char scenario[] =
    "duration: 1h\n"
    "taskDefinitions: [{family: app, containerDefinitions: [{name: main, cpu: 1, memory: 6}]}]\n"
    "services: [{serviceName: web, taskDefinition: app, desiredCount: 0}]\n"
    "metrics:\n"
    "  - {namespace: Orders, metricName: Depth, value: 1}\n"
    "  - {namespace: Orders, metricName: Depth, dimensions: [{name: Queue, value: jobs}], value: 2}\n";

struct named_metric {
    const char *namespace, *name;
    struct dimension_settings dimensions[3];
    size_t dimension_count;
    enum metric_name expected;
    const char *subject;
    size_t index;
};

static const struct named_metric all[] = {
    {"AWS/ECS", "CPUUtilization", {{"ClusterName", "c"}}, 1, METRIC_CLUSTER_CPU, NULL, 0},
    {"AWS/ECS",
     "CPUUtilization",
     {{"ServiceName", "web"}, {"ClusterName", "c"}},
     2,
     METRIC_SERVICE_CPU,
     "web",
     0},
    {"AWS/ECS", "CPUUtilization", {{"ServiceName", "web"}}, 1, METRIC_COUNT, NULL, 0},
    {"AWS/ECS", "CPUUtilization", {{0}}, 0, METRIC_COUNT, NULL, 0},
    {"AWS/ECS", "CPUUtilization", {{"ClusterName", "c"}, {"Zone", "a"}}, 2, METRIC_COUNT, NULL, 0},
    {"AWS/EC2", "CPUUtilization", {{"AutoScalingGroupName", "f"}}, 1, METRIC_GROUP_CPU, "f", 0},
    {"AWS/ApplicationELB", "RequestCount", {{"TargetGroup", "t"}}, 1, METRIC_REQUEST_COUNT, "t", 0},
    {"AWS/ApplicationELB",
     "RequestCount",
     {{"LoadBalancer", "l"}, {"TargetGroup", "t"}},
     2,
     METRIC_REQUEST_COUNT,
     "t",
     0},
    {"AWS/ApplicationELB", "RequestCount", {{"LoadBalancer", "l"}}, 1, METRIC_COUNT, NULL, 0},
    {"Orders", "Depth", {{0}}, 0, METRIC_CUSTOM, NULL, 0},
    {"Orders", "Depth", {{"Queue", "jobs"}}, 1, METRIC_CUSTOM, NULL, 1},
    {"Orders", "Depth", {{"Queue", "mail"}}, 1, METRIC_COUNT, NULL, 0},
};

static void a_metric_is_named_by_all_of_its_dimensions(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(scenario);
    struct world *world = ecs_run_begin(seen);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const struct named_metric *each = &all[i];
        struct metric_selector selector = {
            each->namespace, each->name, {each->dimension_count, (void *)each->dimensions}};
        struct metric_reference found = settings_metric(world->arena, world->settings, &selector);
        if (found.name != each->expected || found.index != each->index)
            fail_msg("number %zu is %d", i, (int)found.name);
        if (each->subject)
            assert_string_equal(found.subject, each->subject);
    }
    ecs_run_free(seen);
}

/* --- points ----------------------------------------------------------------------------------- */

/* Seven periods have been taken and six can be seen; the third of these had no point, and the oldest two have
 * made room. */
static void points_are_taken_together(void **state)
{
    (void)state;
    struct metric_point points[5] = {
        {50, 10, 20, 3}, /* the sixth */
        {99, 99, 99, 1}, /* the seventh, not visible */
        {0},             /* the third */
        {8, 1, 7, 2},    /* the fourth */
        {6, 6, 6, 1},    /* the fifth */
    };
    uint64_t visible = 6;
    struct metric metric = {.visible = &visible, .capacity = 5, .points = points};
    assert_int_equal(metric_value(&metric, 0, STATISTIC_AVERAGE), 50 / 3);
    assert_int_equal(metric_value(&metric, 0, STATISTIC_SAMPLE_COUNT), 3 * MILLION);
    assert_int_equal(metric_value(&metric, 1, STATISTIC_SUM), 6);
    assert_true(metric_value(&metric, 3, STATISTIC_SUM) == ABSENT);
    assert_int_equal(metric_value_over(&metric, 0, 3, STATISTIC_SUM), 64);
    assert_int_equal(metric_value_over(&metric, 0, 3, STATISTIC_AVERAGE), 64 / 6);
    assert_int_equal(metric_value_over(&metric, 1, 3, STATISTIC_MINIMUM), 1);
    assert_int_equal(metric_value_over(&metric, 1, 3, STATISTIC_MAXIMUM), 7);
    assert_int_equal(metric_value_over(&metric, 2, 2, STATISTIC_SAMPLE_COUNT), 2 * MILLION);
}

static void before_the_start_there_are_no_points(void **state)
{
    (void)state;
    struct metric_point points[4] = {{5, 5, 5, 1}};
    uint64_t visible = 1;
    struct metric metric = {.visible = &visible, .capacity = 4, .points = points};
    assert_int_equal(metric_value(&metric, 0, STATISTIC_SUM), 5);
    assert_true(metric_value(&metric, 1, STATISTIC_SUM) == ABSENT);
    assert_int_equal(metric_value_over(&metric, 0, 3, STATISTIC_SUM), 5);
}

/* --- means ------------------------------------------------------------------------------------ */

static const struct workload *value_of(const struct world *world, size_t index)
{
    return &LIST_AT(struct metric_settings, world->settings->metrics, index)->value;
}

static void a_value_is_its_mean_not_what_it_adds_up_to(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new("duration: 1h\n"
                                       "metrics:\n"
                                       "  - {namespace: N, metricName: A, value: 7.5}\n"
                                       "  - {namespace: N, metricName: B, value: {steps: [[30s, 40]]}}\n");
    struct world *world = ecs_run_begin(seen);
    simtime minute = SIMTIME_MINUTE;
    assert_int_equal(workload_mean(value_of(world, 0), 0, minute, 0), 7500000);
    assert_int_equal(workload_mean(value_of(world, 1), 0, minute, 0), 20 * MILLION);
    assert_int_equal(workload_mean(value_of(world, 1), minute, 2 * minute, 0), 40 * MILLION);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_metric_is_named_by_all_of_its_dimensions),
        cmocka_unit_test(points_are_taken_together),
        cmocka_unit_test(before_the_start_there_are_no_points),
        cmocka_unit_test(a_value_is_its_mean_not_what_it_adds_up_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
