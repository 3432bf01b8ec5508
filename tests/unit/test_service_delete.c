/* DeleteService: ACTIVE, DRAINING, INACTIVE, as the calls answer. */
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

/* Tasks that drain for 30 s and then take 20 s to stop. */
static const char world[] =
    "duration: 30m\n"
    "containerInstances: [{instanceType: m5.large}]\n"
    "taskDefinitions:\n"
    "  - {family: app, containerDefinitions: [{name: main, memory: 128, portMappings: [{containerPort: "
    "80}]}],\n"
    "     simulation: {stopTime: 20s}}\n"
    "targetGroups: [{name: web, attributes: [{key: deregistration_delay.timeout_seconds, value: \"30\"}]}]\n"
    "services:\n"
    "  - &web {serviceName: web, taskDefinition: app, desiredCount: 2, loadBalancers: [{targetGroupArn: web, "
    "containerName: main, containerPort: 80}]}\n"
    "timing: {serviceTick: 1s}\n"
    "timeline:\n";

/* The n-th line, from 0, holds the text. */
static void assert_answers(const char *timeline, const char *const *wanted)
{
    struct text text = {0};
    text_add_format(&text, "%s%s", world, timeline);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    char *line = strtok(seen->calls.bytes, "\n");
    for (; *wanted; wanted++, line = strtok(NULL, "\n")) {
        assert_non_null(line);
        if (!strstr(line, *wanted))
            fail_msg("no `%s` in %s", *wanted, line);
    }
    ecs_run_free(seen);
    text_free(&text);
}

#define ASSERT_ANSWERS(timeline, ...) assert_answers(timeline, (const char *const[]){__VA_ARGS__, NULL})

static void it_drains_until_all_tasks_are_stopping(void **state)
{
    (void)state;
    ASSERT_ANSWERS("  - {at: 60s, deleteService: {service: web}}\n"
                   "  - {at: 60s, deleteService: {service: web, force: true}}\n"
                   "  - {at: 61s, updateService: {service: web, desiredCount: 1}}\n"
                   "  - {at: 61s, deleteService: {service: web}}\n"
                   "  - {at: 85s, createService: *web}\n"
                   "  - {at: 95s, createService: *web}\n"
                   "  - {at: 96s, createService: *web}\n",
                   "\"error\":\"InvalidParameterException: The service cannot be stopped while it is scaled",
                   "\"status\":\"DRAINING\"",
                   "\"error\":\"ServiceNotActiveException: ", "\"error\":\"ServiceNotActiveException: ",
                   "\"error\":\"InvalidParameterException: Unable to Start a service that is still Draining.",
                   "\"status\":\"ACTIVE\"",
                   "\"error\":\"InvalidParameterException: Creation of service was not idempotent.");
}

/* Scaled to nothing first, as the guide says; long after, nothing is left to drain. */
static void one_without_tasks_is_inactive_at_once(void **state)
{
    (void)state;
    ASSERT_ANSWERS("  - {at: 60s, updateService: {service: web, desiredCount: 0}}\n"
                   "  - {at: 70s, deleteService: {service: web}}\n",
                   "\"status\":\"ACTIVE\"", "\"status\":\"DRAINING\"");
    ASSERT_ANSWERS("  - {at: 60s, updateService: {service: web, desiredCount: 0}}\n"
                   "  - {at: 5m, deleteService: {service: web}}\n"
                   "  - {at: 5m, createService: *web}\n",
                   "\"status\":\"ACTIVE\"", "\"status\":\"INACTIVE\"", "\"status\":\"ACTIVE\"");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_drains_until_all_tasks_are_stopping),
        cmocka_unit_test(one_without_tasks_is_inactive_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
