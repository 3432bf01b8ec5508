/* ECS Task State Change: every field, on a host and on Fargate. */
#include "tests/unit/ecs_run.h"

#define TASK                                                                                                 \
    "cpu: 256, memory: 512, containerDefinitions: [{name: main, image: \"app:1\", cpu: 10, memory: 100}]"

static const char scenario[] =
    "duration: 10m\n"
    "containerInstances: [{instanceType: m6g.large}]\n"
    "taskDefinitions:\n"
    "  - {family: app, networkMode: awsvpc, " TASK "}\n"
    "  - {family: plain, " TASK "}\n"
    "services:\n"
    "  - {serviceName: web, taskDefinition: app, desiredCount: 0}\n"
    "  - {serviceName: fargate, taskDefinition: app, desiredCount: 0, launchType: FARGATE}\n"
    "  - {serviceName: plain, taskDefinition: plain, desiredCount: 0}\n"
    "timeline:\n"
    "  - {at: 1m, updateService: {service: web, desiredCount: 1}}\n"
    "  - {at: 3m, updateService: {service: fargate, desiredCount: 1}}\n"
    "  - {at: 5m, updateService: {service: plain, desiredCount: 1}}\n"
    "  - {at: 7m, updateService: {service: web, desiredCount: 0}}\n";

/* From the first event of a task of this service that has this status on. */
static const char *event_of(const struct ecs_run *seen, const char *group, const char *status)
{
    struct text wanted = {0};
    text_add_format(&wanted, "\"group\":\"service:%s\",\"launchType\":", group);
    for (const char *line = strstr(seen->events.bytes, "ECS Task State Change"); line;
         line = strstr(line + 1, "ECS Task State Change")) {
        const char *end = strchr(line, '\n'), *its = strstr(line, wanted.bytes),
                   *last = strstr(its ? its : line, "\"lastStatus\":\"");
        if (its && its < end && !strncmp(last + strlen("\"lastStatus\":\""), status, strlen(status))) {
            text_free(&wanted);
            return line;
        }
    }
    fail_msg("no task of %s is told to be %s", group, status);
    return NULL;
}

static void a_task_on_a_host_says_all_that_it_has(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(scenario);
    ASSERT_PARTS(event_of(seen, "web", "RUNNING"),
                 "\"attachments\":[{\"id\":", "\"type\":\"eni\",\"status\":\"ATTACHED\"",
                 "\"attributes\":[{\"name\":\"ecs.cpu-architecture\",\"value\":\"arm64\"}]",
                 "\"availabilityZone\":", "\"clusterArn\":", "\"connectivity\":\"CONNECTED\"",
                 "\"connectivityAt\":", "\"containerInstanceArn\":", "\"containers\":[{\"containerArn\":",
                 "\"name\":\"main\"", "\"lastStatus\":\"RUNNING\"", "\"image\":\"app:1\"",
                 "\"imageDigest\":\"sha256:", "\"runtimeId\":", "\"taskArn\":",
                 "\"networkInterfaces\":[{\"attachmentId\":", "\"privateIpv4Address\":", "\"cpu\":\"10\"",
                 "\"memory\":\"100\"", "\"cpu\":\"256\"", "\"memory\":\"512\"",
                 "\"createdAt\":", "\"pullStartedAt\":", "\"pullStoppedAt\":", "\"startedAt\":",
                 "\"updatedAt\":", "\"desiredStatus\":\"RUNNING\"", "\"enableExecuteCommand\":false",
                 "\"overrides\":{\"containerOverrides\":[{\"name\":\"main\"}]}", "\"group\":\"service:web\"",
                 "\"launchType\":\"EC2\"", "\"lastStatus\":\"RUNNING\"", "\"startedBy\":\"ecs-svc/1\"",
                 "\"taskArn\":", "\"taskDefinitionArn\":", "\"version\":");
    ecs_run_free(seen);
}

static void one_that_stops_says_why(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(scenario);
    ASSERT_PARTS(event_of(seen, "web", "STOPPED"), "\"status\":\"DELETED\"", "\"lastStatus\":\"STOPPED\"",
                 "\"stoppingAt\":", "\"stoppedAt\":", "\"desiredStatus\":\"STOPPED\"",
                 "\"stopCode\":\"ServiceSchedulerInitiated\"",
                 "\"stoppedReason\":\"Scaling activity initiated by (deployment ecs-svc/1)\"");
    ecs_run_free(seen);
}

static void a_task_on_fargate_has_a_platform_and_no_host(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(scenario);
    const char *event = event_of(seen, "fargate", "RUNNING");
    ASSERT_PARTS(event, "\"value\":\"x86_64\"", "\"capacityProviderName\":\"FARGATE\"",
                 "\"ephemeralStorage\":{\"sizeInGiB\":20}", "\"platformVersion\":\"1.4.0\"",
                 "\"launchType\":\"FARGATE\"");
    const char *end = strchr(event, '\n'), *host = strstr(event, "containerInstanceArn");
    assert_true(!host || host > end);
    ecs_run_free(seen);
}

static void without_awsvpc_there_is_no_interface(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(scenario);
    ASSERT_PARTS(event_of(seen, "plain", "RUNNING"), "\"attachments\":[],", "\"networkInterfaces\":[],");
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_on_a_host_says_all_that_it_has),
        cmocka_unit_test(one_that_stops_says_why),
        cmocka_unit_test(a_task_on_fargate_has_a_platform_and_no_host),
        cmocka_unit_test(without_awsvpc_there_is_no_interface),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
