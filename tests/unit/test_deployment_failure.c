/* A deployment that fails and is rolled back, as EventBridge tells of it. */
#include "models/ecs/ecs.h"
#include "models/ecs/results/rows.h"
#include "sim/scenario/scenario.h"
#include "tests/group.h"
#include <stdlib.h>
#include <string.h>

static const char world_text[] =
    "duration: 20m\n"
    "recordEvents: [deployment]\n"
    "containerInstances: [{count: 2, instanceType: m5.large}]\n"
    "taskDefinitions:\n"
    "  - {family: app, containerDefinitions: [{name: main, memory: 256}]}\n"
    "  - {family: app, containerDefinitions: [{name: main, memory: 256}], simulation: {startFailure: 1}}\n"
    "  - {family: app, containerDefinitions: [{name: main, memory: 256}]}\n"
    "alarms: [{alarmName: errors}]\n"
    "services:\n"
    "  - serviceName: web\n"
    "    taskDefinition: app:1\n"
    "    desiredCount: 4\n"
    "    deploymentConfiguration:\n"
    "      deploymentCircuitBreaker: {enable: true, rollback: true}\n"
    "      alarms: {enable: true, rollback: true, alarmNames: [errors]}\n"
    "timeline:\n"
    "  - {at: 5m, updateService: {service: web, taskDefinition: app:2}}\n"
    "  - {at: 10m, updateService: {service: web, taskDefinition: app:3}}\n"
    "  - {at: 10m20s, setAlarmState: {alarmName: errors, stateValue: ALARM}}\n";

struct listener {
    struct observer observer; /* first: rows find their listener by it */
    struct text events;
};

static void listen(struct observer *observer, size_t series, const struct value *values)
{
    struct listener *listener = (struct listener *)observer;
    if (series == SERIES_EVENTS)
        text_add_format(&listener->events, "%s\n", values[0].text);
}

static char *events_of(const char *text)
{
    struct listener listener = {
        .observer = {.row = listen, .wants = UINT64_C(1) << SERIES_EVENTS},
    };
    struct scenario *scenario = scenario_read_text(&ecs_model, "test.yaml", text, strlen(text), NULL, 0);
    assert_int_equal(scenario->errors, 0);
    struct run *run = run_new(&ecs_model, scenario->settings);
    run_observe(run, &listener.observer);
    run_play(run);
    run_free(run);
    scenario_free(scenario);
    return listener.events.bytes;
}

struct told {
    const char *name, *deployment, *reason;
};

/* The texts of ECS: "task failed" in the event, whatever the rollout state says.
 * [DG:ecs_service_deployment_events] */
static const struct told story[] = {
    {"SERVICE_DEPLOYMENT_IN_PROGRESS", "ecs-svc/2", "ECS deployment ecs-svc/2 in progress."},
    {"SERVICE_DEPLOYMENT_FAILED", "ecs-svc/2", "ECS deployment circuit breaker: task failed to start."},
    {"SERVICE_DEPLOYMENT_IN_PROGRESS", "ecs-svc/1",
     "ECS deployment circuit breaker: rolling back to deploymentId ecs-svc/1."},
    {"SERVICE_DEPLOYMENT_COMPLETED", "ecs-svc/1", "ECS deployment ecs-svc/1 completed."},
    {"SERVICE_DEPLOYMENT_IN_PROGRESS", "ecs-svc/3", "ECS deployment ecs-svc/3 in progress."},
    {"SERVICE_DEPLOYMENT_FAILED", "ecs-svc/3", "ECS deployment alarms: alarm detected."},
    {"SERVICE_DEPLOYMENT_IN_PROGRESS", "ecs-svc/1",
     "ECS deployment alarms: rolling back to deploymentId ecs-svc/1."},
    {"SERVICE_DEPLOYMENT_COMPLETED", "ecs-svc/1", "ECS deployment ecs-svc/1 completed."},
};

/* `part` is the value of `key` in the first of the events. */
static void find_value(const char *event, const char *key, const char *part)
{
    struct text wanted = {0};
    text_add_format(&wanted, "\"%s\":\"%s\"", key, part);
    const char *found = strstr(event, wanted.bytes);
    if (!found || memchr(event, '\n', (size_t)(found - event)))
        fail_msg("no %s in:\n%s", wanted.bytes, event);
    text_free(&wanted);
}

static void failures_and_rollbacks_are_told_in_the_words_of_ecs(void **state)
{
    (void)state;
    char *events = events_of(world_text);
    const char *event = events;
    for (size_t i = 0; i < sizeof story / sizeof *story; i++) {
        find_value(event, "eventName", story[i].name);
        find_value(event, "deploymentId", story[i].deployment);
        find_value(event, "reason", story[i].reason);
        event = strchr(event, '\n') + 1;
    }
    assert_string_equal(event, "");
    free(events);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures_and_rollbacks_are_told_in_the_words_of_ecs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
