/* Tasks on Fargate as their callers and EventBridge see them. */
#include "tests/unit/ecs_run.h"

#define ON_FARGATE                                                                                           \
    "duration: 10m\n"                                                                                        \
    "taskDefinitions:\n"                                                                                     \
    "  - {family: app, networkMode: awsvpc, cpu: 256, memory: 512, ephemeralStorage: {sizeInGiB: 30}, "      \
    "containerDefinitions: [{name: main}]}\n"                                                                \
    "  - {family: app, cpu: 256, memory: 512, containerDefinitions: [{name: main}]}\n"                       \
    "services: [{serviceName: web, taskDefinition: \"app:1\", desiredCount: 1, launchType: FARGATE}]\n"

static void assert_calls(const char *scenario, const char *expected)
{
    struct ecs_run *seen = ecs_run_play(scenario);
    if (!strstr(seen->calls.bytes, expected))
        assert_string_equal(seen->calls.bytes, expected);
    ecs_run_free(seen);
}

static void another_strategy_needs_a_forced_deployment(void **state)
{
    (void)state;
    assert_calls(ON_FARGATE "timeline: [{at: 1m, updateService: {service: web, capacityProviderStrategy: "
                            "[{capacityProvider: FARGATE, weight: 2}]}}]\n",
                 "\"error\":\"InvalidParameterException: When switching from launch type to capacity "
                 "provider strategy");
}

static void a_definition_that_fargate_cannot_run_is_refused(void **state)
{
    (void)state;
    assert_calls(ON_FARGATE
                 "timeline: [{at: 1m, updateService: {service: web, taskDefinition: \"app:2\"}}]\n",
                 "\"error\":\"InvalidParameterException: Task definition does not support launch_type "
                 "FARGATE.\"");
}

static void run_task_beyond_the_launch_rate_is_throttled(void **state)
{
    (void)state;
    assert_calls(ON_FARGATE "quotas: {fargateLaunchBurst: 3}\n"
                            "timeline: [{at: 1m, runTask: {taskDefinition: \"app:1\", launchType: FARGATE, "
                            "count: 4}}]\n",
                 "\"request\":{\"taskDefinition\":\"app:1\",\"count\":4,\"launchType\":\"FARGATE\"},"
                 "\"error\":\"ThrottlingException: Rate exceeded\"");
}

/* --- EventBridge ------------------------------------------------------------------------------ */

struct listener {
    struct observer observer;
    struct text events;
};

static void listen(struct observer *observer, size_t series, const struct value *values)
{
    struct listener *listener = (struct listener *)observer;
    if (series == SERIES_EVENTS && strstr(values[0].text, "Task State Change"))
        text_add_format(&listener->events, "%s\n", values[0].text);
}

/* The last event of the task, that it is STOPPED. */
static void events_say_where_a_task_ran(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "\"launchType\":\"FARGATE\"",
        "\"platformVersion\":\"1.4.0\"",
        "\"capacityProviderName\":\"FARGATE\"",
        "\"ephemeralStorage\":{\"sizeInGiB\":30}",
        "\"type\":\"eni\",\"status\":\"DELETED\"",
        "\"connectivity\":\"CONNECTED\"",
        "\"lastStatus\":\"STOPPED\"",
    };
    struct ecs_run *seen = ecs_run_new(ON_FARGATE "timeline: [{at: 1m, deleteService: {service: web, force: "
                                                  "true}}]\n");
    struct listener listener = {.observer = {.row = listen, .wants = UINT64_C(1) << SERIES_EVENTS}};
    run_observe(seen->run, &listener.observer);
    run_play(seen->run);
    const char *last = listener.events.bytes;
    for (const char *next = last; (next = strchr(next, '\n')) && next[1];)
        last = ++next;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(last, parts[i]))
            fail_msg("%s lacks %s", last, parts[i]);
    assert_null(strstr(last, "containerInstanceArn"));
    text_free(&listener.events);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(another_strategy_needs_a_forced_deployment),
        cmocka_unit_test(a_definition_that_fargate_cannot_run_is_refused),
        cmocka_unit_test(run_task_beyond_the_launch_rate_is_throttled),
        cmocka_unit_test(events_say_where_a_task_ran),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
