/* A container instance: what ECS says of it, and when. The cases on services are tests/cases/G*.yaml. */
#include "tests/unit/ecs_run.h"

static const struct container_instance *host_named(const struct ecs_run *seen, const char *name)
{
    const struct world *world = seen->run->world;
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i] && !strcmp(world->hosts[i]->name, name))
            return world->hosts[i];
    return NULL;
}

/* --- states that people set ------------------------------------------------------------------- */

/* [API:UpdateContainerInstancesState] */
static void an_update_of_states_names_what_it_could_not_set(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "failures: [{instanceFailure: {at: 1m, mode: terminate, containerInstance: fleet-1}}]\n"
        "timeline:\n"
        "  - {at: 2m, updateContainerInstancesState: {containerInstances: [fleet-1, nobody, fleet-2], "
        "status: DRAINING}}\n"
        "  - {at: 3m, updateContainerInstancesState: {containerInstances: [fleet-2], status: ACTIVE}}\n");
    ASSERT_PARTS(seen->calls.bytes,
                 "\"request\":{\"containerInstances\":[\"fleet-1\",\"nobody\",\"fleet-2\"],\"status\":"
                 "\"DRAINING\"}",
                 "[{\"containerInstanceArn\":\"fleet-2\",\"status\":\"DRAINING\"}]",
                 "\"failures\":[{\"arn\":\"fleet-1\",\"reason\":\"INACTIVE\"},{\"arn\":\"nobody\",\"reason\":"
                 "\"MISSING\"}]",
                 "[{\"containerInstanceArn\":\"fleet-2\",\"status\":\"ACTIVE\"}],\"failures\":[]");
    ecs_run_free(seen);
}

static void a_selector_means_hosts_that_can_be_set(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "timeline:\n"
        "  - {at: 1m, every: 1m, times: 2, updateContainerInstancesState: {containerInstances: "
        "[{autoScalingGroup: fleet}], status: DRAINING}}\n"
        "  - {at: 3m, updateContainerInstancesState: {containerInstances: [{autoScalingGroup: fleet, "
        "pick: newest}], status: ACTIVE}}\n");
    ASSERT_PARTS(seen->calls.bytes, "\"fleet-1\",\"status\":\"DRAINING\"",
                 "\"fleet-2\",\"status\":\"DRAINING\"", "\"fleet-2\",\"status\":\"ACTIVE\"");
    ecs_run_free(seen);
}

static void each_state_is_an_event(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "timeline:\n"
        "  - {at: 10m, updateContainerInstancesState: {containerInstances: [c5.large-1], status: DRAINING}}\n"
        "  - {at: 40m, deregisterContainerInstance: {containerInstance: c5.large-1}}\n");
    ASSERT_PARTS(seen->events.bytes, "\"status\":\"DRAINING\"", "\"updatedAt\":\"2026-01-01T00:10:00Z\"",
                 "\"status\":\"INACTIVE\"", "\"updatedAt\":\"2026-01-01T00:40:00Z\"");
    ecs_run_free(seen);
}

/* [ODG:ecs_cwe_events] */
static void an_event_lists_the_ports_in_use(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(
        "duration: 10m\n"
        "containerInstances: [{instanceType: m5.large, simulation: {ecsConfig: {ECS_RESERVED_PORTS: [22], "
        "ECS_RESERVED_PORTS_UDP: [53]}}}]\n"
        "taskDefinitions: [{family: batch, containerDefinitions: [{name: main, memory: 512, portMappings: "
        "[{containerPort: 80, hostPort: 8080}]}]}]\n"
        "timeline: [{at: 1m, runTask: {taskDefinition: batch}}]\n");
    ASSERT_PARTS(
        seen->events.bytes, "\"registeredResources\":[",
        "{\"name\":\"PORTS\",\"type\":\"STRINGSET\",\"stringSetValue\":[\"22\"]},{\"name\":\"PORTS_UDP\","
        "\"type\":\"STRINGSET\",\"stringSetValue\":[\"53\"]}]",
        "\"stringSetValue\":[\"22\",\"8080\"]}");
    ecs_run_free(seen);
}

/* Its remaining resources are news too. [ODG:ecs_cwe_events] */
static void a_task_that_comes_or_goes_is_an_event_of_its_host(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "timeline:\n"
        "  - {at: 10m, startTask: {taskDefinition: batch, containerInstances: [c5.large-2]}}\n"
        "  - {at: 20m, stopTask: {task: batch-1}}\n");
    ASSERT_PARTS(seen->events.bytes, "2026-01-01T00:10:00Z",
                 "\"remainingResources\":[{\"name\":\"CPU\",\"type\":\"INTEGER\",\"integerValue\":1792}",
                 "2026-01-01T00:10:00Z",
                 "\"remainingResources\":[{\"name\":\"CPU\",\"type\":\"INTEGER\",\"integerValue\":2048}",
                 "2026-01-01T00:20:00Z");
    ecs_run_free(seen);
}

/* --- deregistered ----------------------------------------------------------------------------- */

/* [API:DeregisterContainerInstanceRequest.force] */
static void an_instance_with_tasks_is_deregistered_by_force_only(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "timeline:\n"
        "  - {at: 1m, deregisterContainerInstance: {containerInstance: fleet-1}}\n"
        "  - {at: 2m, deregisterContainerInstance: {containerInstance: fleet-1, force: true}}\n"
        "  - {at: 3m, deregisterContainerInstance: {containerInstance: fleet-1, force: true}}\n");
    ASSERT_PARTS(seen->calls.bytes,
                 "\"error\":\"InvalidParameterException: Found running tasks on the instance.\"",
                 "\"response\":{\"containerInstances\":[\"fleet-1\"]}",
                 "\"error\":\"InvalidParameterException: The referenced container instance was not found.\"");
    const struct world *world = seen->run->world;
    assert_int_equal(world->services[0].counts.healthy, 6);
    assert_int_equal(host_named(seen, "fleet-1")->status, INSTANCE_INACTIVE);
    assert_true(host_named(seen, "fleet-1")->host_up); /* EC2 has it still, and so has its group */
    assert_int_equal(world->groups[0].launched, 4);
    assert_int_equal(world->groups[0].tally.hosts, 4);
    ecs_run_free(seen);
}

static void a_deregistered_host_can_still_be_terminated(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "timeline:\n"
        "  - {at: 2m, deregisterContainerInstance: {containerInstance: fleet-1, force: true}}\n"
        "  - {at: 3m, terminateInstanceInAutoScalingGroup: {instanceId: fleet-1}}\n");
    const struct world *world = seen->run->world;
    assert_null(host_named(seen, "fleet-1"));
    assert_int_equal(world->groups[0].launched, 5);
    assert_int_equal(world->groups[0].tally.hosts, 4);
    ecs_run_free(seen);
}

/* [DG:deregister_container_instance] */
static void start_task_knows_an_inactive_instance_for_an_hour(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(
        "duration: 2h\n"
        "taskDefinitions: [{family: batch, containerDefinitions: [{name: main, memory: 512}]}]\n"
        "containerInstances: [{instanceType: m5.large}]\n"
        "failures: [{instanceFailure: {at: 1m, mode: terminate}}]\n"
        "timeline:\n"
        "  - {at: 3659s, startTask: {taskDefinition: batch, containerInstances: [m5.large-1]}}\n"
        "  - {at: 3660s, startTask: {taskDefinition: batch, containerInstances: [m5.large-1]}}\n");
    ASSERT_PARTS(seen->calls.bytes, "{\"arn\":\"m5.large-1\",\"reason\":\"INACTIVE\"}",
                 "{\"arn\":\"m5.large-1\",\"reason\":\"MISSING\"}");
    ecs_run_free(seen);
}

/* --- terminated unheard ----------------------------------------------------------------------- */

/* [ODG:ECS_instances] */
static void who_is_terminated_without_its_agent_stays_in_the_books(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "failures: [{instanceFailure: {at: 1m, mode: agentLost, containerInstance: fleet-1}}]\n"
        "timeline:\n"
        "  - {at: 10m, terminateInstanceInAutoScalingGroup: {instanceId: fleet-1}}\n");
    const struct world *world = seen->run->world;
    const struct container_instance *ghost = host_named(seen, "fleet-1");
    assert_int_equal(ghost->status, INSTANCE_ACTIVE);
    assert_false(ghost->agent_connected);
    assert_false(ghost->host_up);
    assert_int_equal(world->groups[0].launched, 5); /* the group replaces the host, ECS none of its tasks */
    assert_int_equal(world->groups[0].tally.hosts, 4);
    assert_int_equal(world->services[0].counts.running, 6);
    assert_true(world->services[0].counts.serving < 6);
    ecs_run_free(seen);
}

static void until_it_is_deregistered(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "failures: [{instanceFailure: {at: 1m, mode: agentLost, containerInstance: fleet-1}}]\n"
        "timeline:\n"
        "  - {at: 10m, terminateInstanceInAutoScalingGroup: {instanceId: fleet-1}}\n"
        "  - {at: 20m, deregisterContainerInstance: {containerInstance: fleet-1, force: true}}\n");
    const struct world *world = seen->run->world;
    assert_null(host_named(seen, "fleet-1"));
    assert_int_equal(world->services[0].counts.serving, 6);
    ecs_run_free(seen);
}

/* A group replaces a stopped host at once; ECS hears of it when the agent's silence is noticed. */
static void what_was_stopped_loses_its_tasks_when_it_is_missed(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "failures: [{instanceFailure: {at: 10m, mode: stop, containerInstance: fleet-1}}]\n");
    const struct world *world = seen->run->world;
    const struct container_instance *ghost = host_named(seen, "fleet-1");
    assert_int_equal(ghost->status, INSTANCE_ACTIVE);
    assert_false(ghost->agent_connected);
    assert_null(ghost->first_task);
    assert_int_equal(world->groups[0].launched, 5);
    assert_int_equal(world->services[0].counts.serving, 6);
    ecs_run_free(seen);
}

/* --- trunks ----------------------------------------------------------------------------------- */

static const char trunked[] = "duration: 30m\n"
                              "start: empty\n"
                              "accountSettings: [{name: awsvpcTrunking, value: enabled}]\n"
                              "timing: {instanceLaunch: 30s, trunkAttach: 10s, trunkDetach: 5s}\n"
                              "containerInstances: [{instanceType: m5.large}]\n"
                              "timeline: [{at: 10m, deregisterContainerInstance: {containerInstance: "
                              "m5.large-1}}]\n";

/* [API:ContainerInstance.status] */
static void a_trunk_comes_before_the_instance_is_active_and_goes_after(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(trunked);
    ASSERT_PARTS(seen->events.bytes, "\"status\":\"REGISTERING\"", "T00:00:30Z", "\"status\":\"ACTIVE\"",
                 "T00:00:40Z", "\"status\":\"DEREGISTERING\"", "T00:10:00Z", "\"status\":\"INACTIVE\"",
                 "T00:10:05Z");
    ecs_run_free(seen);
}

static void an_instance_that_registers_can_be_deregistered(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play("duration: 30m\n"
                                        "start: empty\n"
                                        "accountSettings: {awsvpcTrunking: enabled}\n"
                                        "timing: {instanceLaunch: 30s, trunkAttach: 10s, trunkDetach: 5s}\n"
                                        "containerInstances: [{instanceType: m5.large}]\n"
                                        "timeline: [{at: 35s, deregisterContainerInstance: "
                                        "{containerInstance: m5.large-1}}]\n");
    ASSERT_PARTS(seen->events.bytes, "\"status\":\"REGISTERING\"", "\"status\":\"DEREGISTERING\"",
                 "\"status\":\"INACTIVE\"", "T00:00:40Z");
    assert_int_equal(host_named(seen, "m5.large-1")->active_at, SIMTIME_NEVER);
    ecs_run_free(seen);
}

/* Cut off, or without power, when it has just registered. */
static void a_trunk_waits_for_the_zone(void **state)
{
    (void)state;
    static const char *const kinds[] = {"network", "power"};
    static const simtime active_at[] = {100 * SIMTIME_SECOND, 125 * SIMTIME_SECOND};
    for (size_t i = 0; i < 2; i++) {
        struct text text = {0};
        text_add_format(&text,
                        "%sfailures: [{zoneOutage: {at: 35s, for: 65s, availabilityZone: us-east-1a, kind: "
                        "%s}}]\n",
                        trunked, kinds[i]);
        struct ecs_run *seen = ecs_run_play(text.bytes);
        assert_int_equal(host_named(seen, "m5.large-1")->active_at, active_at[i]);
        ecs_run_free(seen);
        text_free(&text);
    }
}

/* --- where ------------------------------------------------------------------------------------ */

/* P20 [DG:api_failures_messages] */
static void start_task_in_another_zone_than_its_subnets_says_location(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(
        "duration: 10m\n"
        "subnets:\n"
        "  - {subnetId: subnet-a, availabilityZone: us-east-1a}\n"
        "  - {subnetId: subnet-b, availabilityZone: us-east-1b}\n"
        "containerInstances:\n"
        "  - {instanceType: m5.large, availabilityZone: us-east-1a}\n"
        "  - {instanceType: m5.large, availabilityZone: us-east-1b}\n"
        "taskDefinitions:\n"
        "  - {family: batch, networkMode: awsvpc, containerDefinitions: [{name: main, memory: 512}]}\n"
        "timeline:\n"
        "  - at: 1m\n"
        "    startTask:\n"
        "      taskDefinition: batch\n"
        "      containerInstances: [m5.large-1, m5.large-2]\n"
        "      networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-b]}}\n");
    ASSERT_PARTS(seen->calls.bytes,
                 "\"tasks\":[{\"taskArn\":\"batch-1\",\"containerInstanceArn\":\"m5.large-2\"}]",
                 "\"failures\":[{\"arn\":\"m5.large-1\",\"reason\":\"LOCATION\"}]");
    ecs_run_free(seen);
}

/* A task counts from its placement on: its desired status is RUNNING.
 * [API:ContainerInstance.runningTasksCount] */
static void a_pending_task_is_of_those_that_run(void **state)
{
    (void)state;
    struct ecs_run *seen =
        ecs_run_play("duration: 10m\n"
                     "containerInstances: [{instanceType: m5.large, count: 2}]\n"
                     "taskDefinitions: [{family: batch, containerDefinitions: [{name: main, memory: 512}]}]\n"
                     "timeline:\n"
                     "  - at: 1m\n"
                     "    runTask:\n"
                     "      taskDefinition: batch\n"
                     "      count: 3\n"
                     "      placementStrategy: [{type: binpack, field: memory}]\n"
                     "      placementConstraints: [{type: memberOf, expression: runningTasksCount == 0}]\n");
    ASSERT_PARTS(seen->calls.bytes, "{\"taskArn\":\"batch-1\",\"containerInstanceArn\":\"m5.large-1\"}",
                 "{\"taskArn\":\"batch-2\",\"containerInstanceArn\":\"m5.large-2\"}",
                 "\"reason\":\"MemberOf placement constraint unsatisfied.\"");
    ecs_run_free(seen);
}

/* --- attributes ------------------------------------------------------------------------------- */

static const char *attribute_of(const struct ecs_run *seen, const char *host, const char *name)
{
    const struct world *world = seen->run->world;
    const struct attribute *attribute =
        placement_find_attribute(placement_see(world->placement, host_named(seen, host)->placement), name);
    return attribute ? attribute->value : NULL;
}

/* [DG:task-placement-constraints] */
static void attributes_of_ecs_are_there_where_they_are_known(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(
        "duration: 1m\n"
        "accountSettings: {awsvpcTrunking: enabled}\n"
        "subnets:\n"
        "  - {subnetId: subnet-a, availabilityZone: us-east-1a, vpcId: vpc-1}\n"
        "  - {subnetId: subnet-b1, availabilityZone: us-east-1b}\n"
        "  - {subnetId: subnet-b2, availabilityZone: us-east-1b}\n"
        "containerInstances:\n"
        "  - {instanceType: m5.large, availabilityZone: us-east-1a, attributes: {ecs.ami-id: ami-1}}\n"
        "  - {instanceType: t3.large, availabilityZone: us-east-1b}\n");
    assert_string_equal(attribute_of(seen, "m5.large-1", "ecs.subnet-id"), "subnet-a");
    assert_string_equal(attribute_of(seen, "m5.large-1", "ecs.vpc-id"), "vpc-1");
    assert_string_equal(attribute_of(seen, "m5.large-1", "ecs.ami-id"), "ami-1");
    assert_string_equal(attribute_of(seen, "m5.large-1", "ecs.availability-zone"), "us-east-1a");
    assert_memory_equal(attribute_of(seen, "m5.large-1", "ecs.awsvpc-trunk-id"), "eni-", 4);
    assert_null(attribute_of(seen, "t3.large-1", "ecs.subnet-id"));
    assert_null(attribute_of(seen, "t3.large-1", "ecs.awsvpc-trunk-id"));
    ecs_run_free(seen);
}

/* --- Spot ------------------------------------------------------------------------------------- */

static void an_agent_that_is_told_to_sees_the_notice_within_a_second(void **state)
{
    (void)state;
    struct ecs_run *seen =
        ecs_run_play("duration: 30m\n"
                     "containerInstances:\n"
                     "  - instanceType: m5.large\n"
                     "    instanceLifecycle: spot\n"
                     "    simulation: {ecsConfig: {ECS_ENABLE_SPOT_INSTANCE_DRAINING: true}}\n"
                     "failures: [{spotInterruption: {at: 90500ms}}]\n");
    ASSERT_PARTS(seen->events.bytes, "\"status\":\"DRAINING\"", "T00:01:31Z", "\"status\":\"INACTIVE\"",
                 "T00:03:30.500Z");
    assert_null(host_named(seen, "m5.large-1"));
    ecs_run_free(seen);
}

static void only_spot_hosts_are_interrupted(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play_small(
        "failures: [{spotInterruption: {at: 1m, count: 6}}, {spotInterruption: {timeBetween: 20m, "
        "autoScalingGroup: fleet, kind: stop}}]\n");
    const struct world *world = seen->run->world;
    assert_non_null(host_named(seen, "c5.large-1"));
    assert_non_null(host_named(seen, "c5.large-2"));
    assert_int_equal(world->groups[0].launched, 4 + 4 + 4 + 4);
    ecs_run_free(seen);
}

/* --- launches and outages --------------------------------------------------------------------- */

/* Nobody would launch it again, so it boots when the power is back. */
static void a_host_of_nobody_that_loses_power_while_it_launches_comes_up_later(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(
        "duration: 30m\n"
        "start: empty\n"
        "timing: {instanceLaunch: 2m, instanceBoot: 25s}\n"
        "containerInstances: [{instanceType: m5.large, availabilityZone: us-east-1a}]\n"
        "failures: [{zoneOutage: {at: 1m, for: 10m, availabilityZone: us-east-1a, kind: power}}]\n");
    assert_int_equal(host_named(seen, "m5.large-1")->status, INSTANCE_ACTIVE);
    assert_int_equal(host_named(seen, "m5.large-1")->active_at, 685 * SIMTIME_SECOND);
    ecs_run_free(seen);
}

/* --- GPUs ------------------------------------------------------------------------------------- */

/* A whole device for each task; the second one comes when the first has stopped. [DG:api_failures_messages]
 */
static void gpus_are_reserved_and_freed_whole(void **state)
{
    (void)state;
    struct ecs_run *seen =
        ecs_run_play("duration: 30m\n"
                     "instanceTypes: [{instanceType: gpu, vcpu: 8, memoryMiB: 8192, gpus: 4}]\n"
                     "containerInstances: [{instanceType: gpu}]\n"
                     "taskDefinitions:\n"
                     "  - family: train\n"
                     "    containerDefinitions:\n"
                     "      - {name: a, memory: 128, resourceRequirements: [{type: GPU, value: \"2\"}]}\n"
                     "      - {name: b, memory: 128, resourceRequirements: [{type: GPU, value: \"1\"}]}\n"
                     "    simulation: {stopTime: 20s}\n"
                     "timeline:\n"
                     "  - {at: 1m, runTask: {taskDefinition: train, count: 2}}\n"
                     "  - {at: 10m, stopTask: {task: train-1}}\n"
                     "  - {at: 601s, runTask: {taskDefinition: train}}\n");
    ASSERT_PARTS(seen->calls.bytes, "train-1", "{\"arn\":\"gpu-1\",\"reason\":\"RESOURCE:GPU\"}", "train-2");
    const struct container_instance *host = host_named(seen, "gpu-1");
    assert_int_equal(host->held_gpus, 3);
    assert_int_equal(host->first_task->pull_started_at, 620 * SIMTIME_SECOND);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_update_of_states_names_what_it_could_not_set),
        cmocka_unit_test(a_selector_means_hosts_that_can_be_set),
        cmocka_unit_test(each_state_is_an_event),
        cmocka_unit_test(an_event_lists_the_ports_in_use),
        cmocka_unit_test(a_task_that_comes_or_goes_is_an_event_of_its_host),
        cmocka_unit_test(an_instance_with_tasks_is_deregistered_by_force_only),
        cmocka_unit_test(a_deregistered_host_can_still_be_terminated),
        cmocka_unit_test(start_task_knows_an_inactive_instance_for_an_hour),
        cmocka_unit_test(who_is_terminated_without_its_agent_stays_in_the_books),
        cmocka_unit_test(until_it_is_deregistered),
        cmocka_unit_test(what_was_stopped_loses_its_tasks_when_it_is_missed),
        cmocka_unit_test(a_trunk_comes_before_the_instance_is_active_and_goes_after),
        cmocka_unit_test(an_instance_that_registers_can_be_deregistered),
        cmocka_unit_test(a_trunk_waits_for_the_zone),
        cmocka_unit_test(start_task_in_another_zone_than_its_subnets_says_location),
        cmocka_unit_test(a_pending_task_is_of_those_that_run),
        cmocka_unit_test(attributes_of_ecs_are_there_where_they_are_known),
        cmocka_unit_test(an_agent_that_is_told_to_sees_the_notice_within_a_second),
        cmocka_unit_test(only_spot_hosts_are_interrupted),
        cmocka_unit_test(a_host_of_nobody_that_loses_power_while_it_launches_comes_up_later),
        cmocka_unit_test(gpus_are_reserved_and_freed_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
