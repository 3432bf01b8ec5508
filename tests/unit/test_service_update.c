/* UpdateService, field by field: which change starts a deployment, and that the same again starts none. */
#include "models/ecs/service/service_update.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

static const char world[] =
    "duration: 30m\n"
    "instanceTypes: [{instanceType: roomy, vcpu: 16, memoryMiB: 16384}]\n"
    "containerInstances: [{instanceType: roomy}]\n"
    "taskDefinitions:\n"
    "  - &app {family: app, networkMode: awsvpc, containerDefinitions: [{name: main, memory: 128, "
    "portMappings: [{containerPort: "
    "80}, "
    "{containerPort: 81}]}]}\n"
    "  - *app\n"
    "targetGroups: [{name: one, healthCheckIntervalSeconds: 5}, {name: two, healthCheckIntervalSeconds: 5}]\n"
    "services:\n"
    "  - serviceName: web\n"
    "    taskDefinition: app:1\n"
    "    desiredCount: 2\n"
    "    loadBalancers: [{targetGroupArn: one, containerName: main, containerPort: 80}]\n"
    "    networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-1]}}\n"
    "    serviceRegistries: [{registryArn: one}]\n"
    "    serviceConnectConfiguration: {enabled: true, namespace: one}\n"
    "    volumeConfigurations: [{name: one}]\n"
    "    vpcLatticeConfigurations: [{portName: one}]\n"
    "    platformVersion: 1.4.0\n";

/* Deployments after the update, the one that came with the service included. */
static int64_t deployments_after(const char *fields)
{
    struct text text = {0};
    text_add_format(&text, "%stimeline: [{at: 1m, updateService: {service: web, %s}}]\n", world, fields);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    const struct world *then = seen->run->world;
    int64_t deployments = then->services[0].deployments_created;
    assert_null(strstr(seen->calls.bytes, "\"error\""));
    ecs_run_free(seen);
    text_free(&text);
    return deployments;
}

static void assert_each(const char *const *updates, int64_t deployments)
{
    for (; *updates; updates++)
        if (deployments_after(*updates) != deployments)
            fail_msg("%s: not %ld deployments", *updates, (long)deployments);
}

static void what_a_revision_is_made_of_is_deployed(void **state)
{
    (void)state;
    assert_each(
        (const char *const[]){
            "taskDefinition: app:2",
            "networkConfiguration: {awsvpcConfiguration: {subnets: [subnet-2]}}",
            "loadBalancers: [{targetGroupArn: two, containerName: main, containerPort: 80}]",
            "loadBalancers: [{targetGroupArn: one, containerName: main, containerPort: 81}]",
            "loadBalancers: [{targetGroupArn: one, containerName: main, containerPort: 80}, {targetGroupArn: "
            "two, containerName: main, containerPort: 80}]",
            "serviceRegistries: [{registryArn: two}]",
            "serviceRegistries: []",
            "serviceConnectConfiguration: {enabled: true, namespace: two}",
            "volumeConfigurations: [{name: two}]",
            "vpcLatticeConfigurations: [{portName: two}]",
            "platformVersion: 1.3.0",
            "forceNewDeployment: true",
            "forceNewDeployment: true, taskDefinition: app:1",
            NULL,
        },
        2);
}

static void what_is_the_same_again_is_not(void **state)
{
    (void)state;
    assert_each(
        (const char *const[]){
            "taskDefinition: app:1",
            "networkConfiguration: {awsvpcConfiguration: {subnets: [\"subnet-1\"]}}",
            "loadBalancers: [{targetGroupArn: one, containerName: main, containerPort: \"80\"}]",
            "serviceRegistries: [{registryArn: one}]",
            "serviceConnectConfiguration: {enabled: true, namespace: one}",
            "volumeConfigurations: [{name: one}]",
            "vpcLatticeConfigurations: [{portName: one}]",
            "platformVersion: \"1.4.0\"",
            "forceNewDeployment: false",
            NULL,
        },
        1);
}

static void how_a_service_is_run_is_not_deployed(void **state)
{
    (void)state;
    assert_each(
        (const char *const[]){
            "desiredCount: 4",
            "deploymentConfiguration: {minimumHealthyPercent: 50, maximumPercent: 150}",
            "placementConstraints: [{type: distinctInstance}]",
            "placementStrategy: [{type: binpack, field: memory}]",
            "healthCheckGracePeriodSeconds: 60",
            "enableExecuteCommand: true",
            "enableECSManagedTags: true",
            "propagateTags: SERVICE",
            NULL,
        },
        1);
}

/* After the deployment the same update again is no change. */
static void a_second_update_is_held_against_the_first(void **state)
{
    (void)state;
    struct text text = {0};
    text_add_format(&text,
                    "%stimeline: [{at: 1m, every: 5m, times: 3, updateService: {service: web, "
                    "serviceRegistries: [{registryArn: two}], loadBalancers: [{targetGroupArn: two, "
                    "containerName: main, containerPort: 80}]}}]\n",
                    world);
    struct ecs_run *seen = ecs_run_play(text.bytes);
    const struct world *then = seen->run->world;
    assert_int_equal(then->services[0].deployments_created, 2);
    assert_string_equal(then->services[0].primary->registrations[0].name, "two");
    ecs_run_free(seen);
    text_free(&text);
}

/* The quotas are lifted by the scenario alone; the service has serviceRegistries, so that both hold. */
static void no_more_tasks_than_the_quota_allows(void **state)
{
    (void)state;
    static const char *const quotas[] = {
        "", "quotas: {tasksPerService: 6000}\n", "quotas: {tasksPerServiceWithDiscovery: 6000}\n",
        "quotas: {tasksPerService: 6000, tasksPerServiceWithDiscovery: 6000}\n"};
    for (int i = 0; i < 4; i++) {
        struct text text = {0};
        text_add_format(&text,
                        "%s%stimeline: [{at: 30m, updateService: {service: web, desiredCount: 5001}}]\n",
                        world, quotas[i]);
        struct ecs_run *seen = ecs_run_play(text.bytes);
        assert_int_equal(!strstr(seen->calls.bytes, "\"error\":\"InvalidParameterException: "), i == 3);
        ecs_run_free(seen);
        text_free(&text);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_revision_is_made_of_is_deployed),
        cmocka_unit_test(what_is_the_same_again_is_not),
        cmocka_unit_test(how_a_service_is_run_is_not_deployed),
        cmocka_unit_test(a_second_update_is_held_against_the_first),
        cmocka_unit_test(no_more_tasks_than_the_quota_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
