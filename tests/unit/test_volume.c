/* Volumes: what is said of a task that waits for one, and what its events hold. The cases are
 * tests/cases/volume-*.yaml. */
#include "models/ecs/results/explain_task.h"
#include "tests/unit/ecs_run.h"

#define ONE_HOST(duration)                                                                                   \
    "duration: " duration "\ncontainerInstances: [{count: 1, instanceType: m5.large}]\n"
#define MANAGED                                                                                              \
    "taskDefinitions: [{family: db, containerDefinitions: [{name: db, memory: 512, mountPoints: "            \
    "[{sourceVolume: data}]}], volumes: [{name: data, configuredAtLaunch: true}]}]\n"
#define PLUGIN                                                                                               \
    "volumes: [{volumeId: vol-1, availabilityZone: us-east-1a, tags: {Name: data}}]\n"                       \
    "taskDefinitions: [{family: db, containerDefinitions: [{name: db, memory: 512, mountPoints: "            \
    "[{sourceVolume: data}]}], volumes: [{name: data, dockerVolumeConfiguration: {scope: shared, driver: "   \
    "rexray/ebs}}]}]\n"
#define RUN_AND_STOP                                                                                         \
    "timeline: [{at: 60s, runTask: {taskDefinition: db}}, {at: 200s, stopTask: {task: db-1}}]\n"
#define IMPAIRED "failures: [{volumeFailure: {at: 50s, for: 10m, availabilityZone: us-east-1a}}]\n"

/* What is said of the one task at the end. */
static void assert_state(const char *scenario, const char *expected)
{
    struct ecs_run *seen = ecs_run_play(scenario);
    const struct world *world = seen->run->world;
    struct text text = {0};
    assert_non_null(world->families[0].first);
    explain_task_state(world, world->families[0].first, &text);
    assert_string_equal(text.bytes, expected);
    text_free(&text);
    ecs_run_free(seen);
}

static void a_task_tells_what_it_waits_for(void **state)
{
    (void)state;
    assert_state(ONE_HOST("65s") MANAGED RUN_AND_STOP, "PROVISIONING: its volume is attached");
    assert_state(ONE_HOST("65s") MANAGED RUN_AND_STOP IMPAIRED,
                 "PROVISIONING: EBS does not answer, from which it gets a volume");
    assert_state(ONE_HOST("70s") PLUGIN RUN_AND_STOP, "ACTIVATING: its volumes are mounted");
    assert_state(ONE_HOST("70s") PLUGIN RUN_AND_STOP IMPAIRED,
                 "ACTIVATING: a volume that it mounts does not answer");
    assert_state(ONE_HOST("75500ms") PLUGIN RUN_AND_STOP, "ACTIVATING: its containers start");
    assert_state(ONE_HOST("212s") MANAGED RUN_AND_STOP,
                 "DEPROVISIONING, told to stop at 3m20s: its volume is detached");
}

static void a_volume_of_ecs_is_an_attachment(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(ONE_HOST("5m") MANAGED RUN_AND_STOP);
    ASSERT_PARTS(seen->events.bytes, "\"type\":\"AmazonElasticBlockStorage\",\"status\":\"ATTACHING\"",
                 "\"name\":\"volumeId\",\"value\":\"vol-", "\"lastStatus\":\"PROVISIONING\"",
                 "\"status\":\"ATTACHED\"", "\"lastStatus\":\"PENDING\"", "\"status\":\"DELETED\"",
                 "\"lastStatus\":\"STOPPED\"");
    ecs_run_free(seen);
    seen = ecs_run_play(ONE_HOST("5m") PLUGIN RUN_AND_STOP);
    assert_null(strstr(seen->events.bytes, "AmazonElasticBlockStorage"));
    ecs_run_free(seen);
}

/* In awsvpc mode beside the interface, at the same time: the later of both counts. */
static void interface_and_volume_are_attached_together(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(ONE_HOST(
        "5m") "timing: {ebsAttach: 4s, ebsDetach: 1s}\n"
              "taskDefinitions: [{family: db, networkMode: awsvpc, containerDefinitions: [{name: db, "
              "memory: 512, mountPoints: [{sourceVolume: data}]}], volumes: [{name: data, "
              "configuredAtLaunch: true}]}]\n"
              "timeline: [{at: 60s, runTask: {taskDefinition: db}}]\n");
    const struct task *task = ((struct world *)seen->run->world)->families[0].first;
    assert_int_equal(task->pull_started_at, 71200 * SIMTIME_MILLISECOND);
    ASSERT_PARTS(seen->events.bytes, "\"type\":\"eni\"", "\"type\":\"AmazonElasticBlockStorage\"");
    ecs_run_free(seen);
}

/* A standalone task has no service whose tally it would be. */
static void standalone_tasks_leave_data_too(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(
        "duration: 5m\ncontainerInstances: [{count: 2, instanceType: m5.large}]\n"
        "taskDefinitions: [{family: db, containerDefinitions: [{name: db, memory: 512, mountPoints: "
        "[{sourceVolume: data}]}], volumes: [{name: data, dockerVolumeConfiguration: {scope: shared}, "
        "simulation: {keepsData: true}}]}]\n"
        "timeline:\n"
        "  - {at: 60s, startTask: {taskDefinition: db, containerInstances: [m5.large-1]}}\n"
        "  - {at: 90s, startTask: {taskDefinition: db, containerInstances: [m5.large-1]}}\n"
        "  - {at: 120s, startTask: {taskDefinition: db, containerInstances: [m5.large-2]}}\n");
    assert_string_equal(seen->marks.bytes, "125 db-3 started without its data\n");
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_tells_what_it_waits_for),
        cmocka_unit_test(a_volume_of_ecs_is_an_attachment),
        cmocka_unit_test(interface_and_volume_are_attached_together),
        cmocka_unit_test(standalone_tasks_leave_data_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
