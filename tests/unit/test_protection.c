/* UpdateTaskProtection: what is answered, task by task. What it does is in tests/cases/K8.yaml, X1.yaml and
 * X2.yaml. */
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

/* The n-th call, from 0, is answered so. */
static void assert_answer(const char *timeline, int nth, const char *wanted)
{
    struct text text = {0};
    text_add(&text, SMALL_CLUSTER);
    text_add(&text, timeline);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    const char *line = seen->calls.bytes;
    while (nth-- > 0)
        line = strchr(line, '\n') + 1;
    size_t length = strcspn(line, "\n");
    if (length < strlen(wanted) || strncmp(line + length - strlen(wanted), wanted, strlen(wanted)))
        fail_msg("%.*s\ndoes not end in\n%s", (int)length, line, wanted);
    ecs_run_free(seen);
    text_free(&text);
}

static void it_says_until_when(void **state)
{
    (void)state;
    assert_answer("timeline: [{at: 1m, updateTaskProtection: {tasks: [web-1], protectionEnabled: true}}]\n",
                  0,
                  "\"protectedTasks\":[{\"taskArn\":\"web-1\",\"protectionEnabled\":true,\"expirationDate\":"
                  "\"2026-01-01T02:01:00Z\"}],\"failures\":[]}}");
    assert_answer(
        "timeline: [{at: 1m, updateTaskProtection: {tasks: [web-1], protectionEnabled: false}}]\n", 0,
        "\"protectedTasks\":[{\"taskArn\":\"web-1\",\"protectionEnabled\":false}],\"failures\":[]}}");
}

static void only_tasks_of_services_that_should_run(void **state)
{
    (void)state;
    assert_answer("timeline:\n"
                  "  - {at: 1m, runTask: {taskDefinition: batch}}\n"
                  "  - {at: 2m, stopTask: {task: web-1}}\n"
                  "  - {at: 2m, updateTaskProtection: {tasks: [web-1, web-99, batch-1, {service: web}], "
                  "protectionEnabled: true}}\n",
                  2,
                  "[{\"arn\":\"web-1\",\"reason\":\"MISSING\"},{\"arn\":\"web-99\",\"reason\":\"MISSING\"},{"
                  "\"arn\":\"batch-1\",\"reason\":\"TASK_NOT_VALID\"}]}}");
}

/* Four of six go, two are held: a seventh may not hold more, and a held one may be held for longer. */
static void no_more_where_protection_holds_back(void **state)
{
    (void)state;
    static const char timeline[] =
        "timeline:\n"
        "  - {at: 1m, updateTaskProtection: {tasks: [web-1, web-2], protectionEnabled: true}}\n"
        "  - {at: 2m, updateService: {service: web, taskDefinition: \"app:2\"}}\n"
        "  - {at: 10m, updateTaskProtection: {tasks: [{service: web, taskDefinition: \"app:2\"}, web-1], "
        "protectionEnabled: true}}\n"
        "  - {at: 11m, updateTaskProtection: {tasks: [web-1, web-2], protectionEnabled: false}}\n"
        "  - {at: 20m, updateTaskProtection: {tasks: [{service: web}], protectionEnabled: true}}\n";
    assert_answer(timeline, 2,
                  "{\"protectedTasks\":[{\"taskArn\":\"web-1\",\"protectionEnabled\":true,\"expirationDate\":"
                  "\"2026-01-01T02:10:00Z\"}],\"failures\":[{\"arn\":\"web-7\",\"reason\":\"DEPLOYMENT_"
                  "BLOCKED\"}]}}");
    assert_answer(timeline, 4, "\"failures\":[]}}");
}

/* Desired 1, of which the second protected task is one too many. */
static void no_more_where_more_are_protected_than_desired(void **state)
{
    (void)state;
    assert_answer(
        "timeline:\n"
        "  - {at: 2m, updateService: {service: web, desiredCount: 1}}\n"
        "  - {at: 2m, updateTaskProtection: {tasks: [web-1, web-2, web-3], protectionEnabled: true}}\n",
        1, "\"failures\":[{\"arn\":\"web-3\",\"reason\":\"DEPLOYMENT_BLOCKED\"}]}}");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_until_when),
        cmocka_unit_test(only_tasks_of_services_that_should_run),
        cmocka_unit_test(no_more_where_protection_holds_back),
        cmocka_unit_test(no_more_where_more_are_protected_than_desired),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
