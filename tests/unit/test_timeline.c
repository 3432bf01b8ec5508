/* The timeline: when calls are made, in which order, and how they are answered. */
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

/* The calls hold these parts, in this order. */
static void assert_calls(const char *rest, const char *const *parts)
{
    struct ecs_run *seen = ecs_run_play_small(rest);
    assert_parts(seen->calls.bytes, parts);
    ecs_run_free(seen);
}

#define ASSERT_CALLS(rest, ...) assert_calls(rest, (const char *const[]){__VA_ARGS__, NULL})

static void entries_of_one_instant_come_in_the_order_of_the_file(void **state)
{
    (void)state;
    /* The first repeats, so at 10m it was scheduled long after the second. */
    ASSERT_CALLS("timeline:\n"
                 "  - {at: 5m, every: 5m, times: 2, runTask: {taskDefinition: batch}}\n"
                 "  - {at: 10m, stopTask: {task: web-1}}\n",
                 "{\"time_s\":300,\"action\":\"RunTask\"", "{\"time_s\":600,\"action\":\"RunTask\"",
                 "{\"time_s\":600,\"action\":\"StopTask\"");
}

static void an_entry_repeats_as_often_as_it_says(void **state)
{
    (void)state;
    struct ecs_run *seen =
        ecs_run_play_small("timeline: [{at: 1s, every: 1ms, times: 3, stopTask: {task: {service: web}}}]\n");
    assert_non_null(strstr(seen->calls.bytes, "{\"time_s\":1.002,"));
    assert_null(strstr(seen->calls.bytes, "{\"time_s\":1.003,"));
    ecs_run_free(seen);
}

/* The last hosts go at 10m, by a strike that was scheduled after the timeline's; the tick of 10m sees all
 * of it. */
static void failures_come_first_and_the_scheduler_last(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "timeline:\n"
        "  - {at: 595s, stopTask: {task: web-1}}\n"
        "  - {at: 10m, runTask: {taskDefinition: app, count: 1}}\n"
        "  - {at: 10m, updateService: {service: web, desiredCount: 0}}\n"
        "failures: [{instanceFailure: {at: 599s, every: 1s, times: 2, mode: terminate, count: 3}}]\n");
    assert_non_null(strstr(seen->calls.bytes, "No Container Instances were found in your cluster."));
    const struct world *world = seen->run->world;
    assert_int_equal(world->services[0].tasks_created, 6); /* web-1 was not replaced before the update */
    ecs_run_free(seen);
}

static void run_task_succeeds_in_part(void **state)
{
    (void)state;
    ASSERT_CALLS("instanceTypes: [{instanceType: m5.large, vcpu: 1, memoryMiB: 1200}]\n"
                 "timeline:\n"
                 "  - {at: 1m, runTask: {taskDefinition: batch, count: 10, placementConstraints: [{type: "
                 "distinctInstance}]}}\n",
                 "batch-1", "\"failures\":[{\"arn\":\"",
                 "\"reason\":\"DistinctInstance placement constraint unsatisfied.\"}");
}

static void start_task_places_where_it_is_told_or_says_why_not(void **state)
{
    (void)state;
    ASSERT_CALLS(
        "timeline:\n"
        "  - {at: 1m, startTask: {taskDefinition: batch, containerInstances: [c5.large-2, fleet-9]}}\n",
        "{\"taskArn\":\"batch-1\",\"containerInstanceArn\":\"c5.large-2\"}",
        "\"failures\":[{\"arn\":\"fleet-9\",\"reason\":\"MISSING\"}]");
}

static void what_aws_would_refuse_is_answered_as_aws_answers(void **state)
{
    (void)state;
    ASSERT_CALLS("timeline:\n"
                 "  - {at: 1m, stopTask: {task: web-9}}\n"
                 "  - {at: 1m, setDesiredCapacity: {autoScalingGroupName: fleet, desiredCapacity: 7}}\n"
                 "  - {at: 1m, deleteService: {service: web}}\n"
                 "  - {at: 1m, deleteService: {service: web, force: true}}\n"
                 "  - {at: 1m, updateService: {service: web, desiredCount: 1}}\n",
                 "\"error\":\"InvalidParameterException: The referenced task was not found.\"",
                 "\"error\":\"ValidationError: ", "\"error\":\"InvalidParameterException: ",
                 "\"status\":\"DRAINING\"", "\"error\":\"ServiceNotActiveException: ");
}

static void a_group_gives_up_a_host_for_good_down_to_its_minimum(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "timeline: [{at: 1m, every: 1m, times: 4, terminateInstanceInAutoScalingGroup: "
        "{instanceId: {autoScalingGroup: fleet}, shouldDecrementDesiredCapacity: true}}]\n");
    const struct world *world = seen->run->world;
    assert_int_equal(world->groups[0].desired, 1);
    assert_int_equal(world->groups[0].tally.hosts, 1);
    assert_int_equal(world->groups[0].launched, 4);
    assert_non_null(strstr(seen->calls.bytes, "ValidationError: Currently, desiredSize equals minSize (1)."));
    ecs_run_free(seen);
}

/* The hook awaits its action from 2m, at the latest, to 5m, and for one call only. */
static void a_pause_is_answered_once_by_whom_it_concerns(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "timeline:\n"
        "  - at: 1m\n"
        "    updateService:\n"
        "      service: web\n"
        "      taskDefinition: app:2\n"
        "      deploymentConfiguration:\n"
        "        strategy: BLUE_GREEN\n"
        "        bakeTimeInMinutes: 0\n"
        "        lifecycleHooks: [{targetType: PAUSE, lifecycleStages: [PRE_SCALE_UP, POST_SCALE_UP]}]\n"
        "  - {at: 30s, continueServiceDeployment: {service: web}}\n"
        "  - {at: 2m, continueServiceDeployment: {service: web, hookId: other}}\n"
        "  - {at: 5m, continueServiceDeployment: {service: web}}\n"
        "  - {at: 10m, continueServiceDeployment: {service: web, action: ROLLBACK}}\n"
        "  - {at: 15m, continueServiceDeployment: {service: web}}\n");
    const struct world *world = seen->run->world;
    const char *calls = seen->calls.bytes;
    const char *const answers[] = {"\"time_s\":30,\"action\":\"ContinueServiceDeployment\",\"request\":{"
                                   "\"service\":\"web\",\"action\":\"CONTINUE\"},\"error\"",
                                   "\"hookId\":\"other\",\"action\":\"CONTINUE\"},\"error\"",
                                   "\"time_s\":300,",
                                   "\"response\":{\"serviceDeploymentArn\"",
                                   "\"action\":\"ROLLBACK\"},\"response\":{\"serviceDeploymentArn\"",
                                   "\"time_s\":900,",
                                   "\"error\":\"ClientException: "};
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        calls = strstr(calls, answers[i]);
        assert_non_null(calls);
    }
    assert_int_equal(world->services[0].tasks_created, 12); /* six more, once it went on at 5m */
    assert_string_equal(world->services[0].primary->definition->name, "app:1");
    ecs_run_free(seen);
}

static void a_service_deployment_is_found_by_its_name_or_its_arn(void **state)
{
    (void)state;
    ASSERT_CALLS("timeline:\n"
                 "  - {at: 1m, stopServiceDeployment: {serviceDeploymentArn: web}}\n"
                 "  - {at: 2m, updateService: {service: web, taskDefinition: app:2}}\n"
                 "  - {at: 2m, stopServiceDeployment: {serviceDeploymentArn: web/3}}\n"
                 "  - {at: 2m, stopServiceDeployment: {serviceDeploymentArn: "
                 "\"arn:aws:ecs:us-east-1:123456789012:service-deployment/demo/web/2\"}}\n"
                 "  - {at: 2m, stopServiceDeployment: {serviceDeploymentArn: web}}\n",
                 "ConflictException", "\"UpdateService\"", "ServiceDeploymentNotFoundException",
                 "{\"serviceDeploymentArn\":\"web/2\"}}\n", "ConflictException");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_of_one_instant_come_in_the_order_of_the_file),
        cmocka_unit_test(an_entry_repeats_as_often_as_it_says),
        cmocka_unit_test(failures_come_first_and_the_scheduler_last),
        cmocka_unit_test(run_task_succeeds_in_part),
        cmocka_unit_test(start_task_places_where_it_is_told_or_says_why_not),
        cmocka_unit_test(what_aws_would_refuse_is_answered_as_aws_answers),
        cmocka_unit_test(a_pause_is_answered_once_by_whom_it_concerns),
        cmocka_unit_test(a_group_gives_up_a_host_for_good_down_to_its_minimum),
        cmocka_unit_test(a_service_deployment_is_found_by_its_name_or_its_arn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
