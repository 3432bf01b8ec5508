/* Every template of a service's messages, letter by letter. */
#include "models/ecs/service/service_messages.h"
#include "tests/group.h"
#include <stddef.h>

static void assert_said(const char *wanted, const char *task_set, const char *format, ...)
{
    struct text said = {0};
    va_list arguments;
    va_start(arguments, format);
    service_message_write(&said, "web", task_set, format, arguments);
    va_end(arguments);
    assert_string_equal(said.bytes, wanted);
    text_free(&said);
}

static void tasks_come_and_go(void **state)
{
    (void)state;
    assert_said("(service web) has started 2 tasks: (task web-1) (task web-2).", NULL, SAYS_STARTED, 2L,
                " (task web-1) (task web-2)");
    assert_said("(service web) has stopped 1 running tasks: (task web-1).", NULL, SAYS_STOPPED, 1L,
                " (task web-1)");
    assert_said("(service web) has reached a steady state.", NULL, SAYS_STEADY);
    assert_said("(service web) (deployment ecs-svc/2) deployment completed.", NULL, SAYS_COMPLETED,
                "ecs-svc/2");
    assert_said("(service web) (deployment ecs-svc/2) deployment failed: tasks failed to start.", NULL,
                SAYS_FAILED, "ecs-svc/2", "tasks failed to start.");
    assert_said("(service web) rolling back to deployment ecs-svc/1.", NULL, SAYS_ROLLING_BACK, "ecs-svc/1");
}

static void load_balancers_are_told_of(void **state)
{
    (void)state;
    assert_said("(service web) registered 1 targets in (target-group web)", NULL, SAYS_REGISTERED, 1L,
                "targets", "target-group", "web");
    assert_said("(service web) deregistered 3 instances in (elb front)", NULL, SAYS_DEREGISTERED, 3L,
                "instances", "elb", "front");
    assert_said("(service web, taskSet ecs-svc/1) has begun draining connections on 3 tasks.", "ecs-svc/1",
                SAYS_DRAINING, 3L);
    assert_said("(service web) (task web-1) (port 80) is unhealthy in (target-group web) due to (reason "
                "Health checks failed)",
                NULL, SAYS_UNHEALTHY, "web-1", 80L, "web", "Health checks failed");
    assert_said("(service web) (task web-1) (instance host-1) is unhealthy in (elb front) due to (reason "
                "Instance has failed at least the UnhealthyThreshold number of health checks consecutively.)",
                NULL, SAYS_UNHEALTHY_INSTANCE, "web-1", "host-1", "front");
}

static void what_holds_a_service_back(void **state)
{
    (void)state;
    assert_said(
        "(service web) was unable to place a task because no container instance met all of its requirements. "
        "Reason: No Container Instances were found in your cluster. For more information, see the "
        "Troubleshooting section of the Amazon ECS Developer Guide.",
        NULL, SAYS_NOT_PLACED, SAYS_NO_INSTANCES);
    assert_said(
        "(service web) was unable to place a task because no container instance met all of its requirements. "
        "Reason: No Container Instances were found in your capacity provider. For more information, see the "
        "Troubleshooting section of the Amazon ECS Developer Guide.",
        NULL, SAYS_NOT_PLACED, SAYS_NO_INSTANCES_OF_PROVIDER);
    assert_said(
        "(service web) was unable to place a task. Reason: Capacity is unavailable at this time. Please try "
        "again later or in a different availability zone",
        NULL, SAYS_NOT_PLACED_ON_FARGATE, SAYS_NO_FARGATE);
    assert_said("(service web) The closest matching (container-instance host-1) has insufficient CPU units "
                "available.",
                NULL, SAYS_CLOSEST, "host-1", "has insufficient CPU units available");
    assert_said("(service web) could not launch 2 tasks for deployment ecs-svc/2. Reason: No Container "
                "Instances were found in your cluster.",
                NULL, SAYS_NOT_ALL_LAUNCHED, 2L, "ecs-svc/2", SAYS_NO_INSTANCES);
    assert_said("(service web) is unable to consistently start tasks successfully.", NULL,
                SAYS_START_IMPAIRED);
    assert_said("(service web) was unable to stop or start tasks during a deployment because of the service "
                "deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try "
                "again.",
                NULL, SAYS_UNABLE_TO_MOVE);
    assert_said(
        "(service web) was unable to reach steady state because task set (ecs-svc/1) was unable to scale in. "
        "Reason: The number of protected tasks are more than the desired count of tasks",
        NULL, SAYS_PROTECTED, "ecs-svc/1");
}

/* A thousand names are more than any buffer would have held. */
static void a_long_message_is_said_to_its_end(void **state)
{
    (void)state;
    struct text names = {0}, wanted = {0};
    for (int i = 1; i <= 1000; i++)
        text_add_format(&names, " (task web-%d)", i);
    text_add_format(&wanted, "(service web) has started 1000 tasks:%s.", names.bytes);
    assert_said(wanted.bytes, NULL, SAYS_STARTED, 1000L, names.bytes);
    text_free(&names);
    text_free(&wanted);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tasks_come_and_go),
        cmocka_unit_test(load_balancers_are_told_of),
        cmocka_unit_test(what_holds_a_service_back),
        cmocka_unit_test(a_long_message_is_said_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
