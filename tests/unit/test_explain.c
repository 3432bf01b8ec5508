/* Explanations: the arithmetic of the percentages, the table of the hosts, the story of a task. */
#include "models/ecs/results/explain_service.h"
#include "sim/engine/text_table.h"
#include "tests/unit/ecs_run.h"

/* --- the table -------------------------------------------------------------------------------- */

static void columns_are_as_wide_as_their_widest_cell(void **state)
{
    (void)state;
    struct text_table table = {.columns = 3, .numbers = 2};
    struct text out = {0};
    static const char *const cells[] = {"a", "1", "x", "größer", "1000", ""};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        text_table_cell(&table, "%s", cells[i]);
    text_table_write(&table, "> ", &out);
    assert_string_equal(out.bytes, "> a          1  x\n> größer  1000\n");
    text_free(&out);
}

/* --- the arithmetic --------------------------------------------------------------------------- */

static void explain(struct text *text, struct percentages percentages, struct revision_counts *revisions,
                    int count, int64_t stopping)
{
    static const char *const names[] = {"App:2", "App:1"};
    struct rollout_decision decision;
    struct rollout_view view = {
        .minimum_healthy = rollout_minimum(percentages.desired, percentages.minimum_healthy_percent),
        .maximum_total = rollout_maximum(percentages.desired, percentages.maximum_percent),
        .stopping = stopping,
        .leaving = stopping,
        .revisions = revisions,
        .count = count,
    };
    rollout_decide(&view, &decision);
    text_clear(text);
    explain_percentages(&percentages, &view, text);
    explain_decision(&percentages, &view, &decision, names, text);
}

static void what_may_be_stopped_and_started_is_counted_out(void **state)
{
    (void)state;
    struct text text = {0};
    struct revision_counts revisions[] = {{.desired = 4}, {.desired = 4, .alive = 4, .healthy = 4}};
    explain(&text, (struct percentages){4, 50, 100}, revisions, 2, 0);
    ASSERT_PARTS(text.bytes,
                 "minimumHealthyPercent 50: of 4 desired at least 2 must stay healthy, rounded up "
                 "[API:DeploymentConfiguration]; 4 are, so 2 healthy tasks may be stopped\n",
                 "maximumPercent 100: of 4 desired at most 4 may exist, rounded down "
                 "[API:DeploymentConfiguration]; 4 do, so no task may be started\n",
                 "To be done: stop 2 of App:1\n");
    revisions[1] = (struct revision_counts){.desired = 2, .alive = 2, .healthy = 2};
    explain(&text, (struct percentages){4, 50, 100}, revisions, 2, 1);
    ASSERT_PARTS(text.bytes, "2 are, so no healthy task may be stopped\n",
                 "2 do, and 1 that still stops counts too, so 1 task may be started\n",
                 "To be done: start 1 of App:2\n");
    text_free(&text);
}

static void odd_shares_round_up_and_down(void **state)
{
    (void)state;
    struct text text = {0};
    struct revision_counts revisions[] = {{.desired = 3, .alive = 3, .healthy = 3}};
    explain(&text, (struct percentages){3, 50, 150}, revisions, 1, 0);
    ASSERT_PARTS(text.bytes, "of 3 desired at least 2 must stay healthy", "so 1 healthy task may be stopped",
                 "of 3 desired at most 4 may exist", "so 1 task may be started",
                 "Nothing is to be stopped or started\n");
    text_free(&text);
}

static void one_task_at_100_150_is_stuck(void **state)
{
    (void)state;
    struct text text = {0};
    struct revision_counts revisions[] = {{.desired = 1}, {.desired = 1, .alive = 1, .healthy = 1}};
    explain(&text, (struct percentages){1, 100, 150}, revisions, 2, 0);
    ASSERT_PARTS(text.bytes, "so no healthy task may be stopped", "so no task may be started",
                 "It is stuck: to stop one would leave 0 healthy of the 1 that must be, to start one would "
                 "make 2 of the 1 that may be");
    text_free(&text);
}

/* --- hosts ------------------------------------------------------------------------------------ */

/* What is answered of the service, or of the task if there is one. */
static struct text answer(const char *yaml, const char *service, const char *task, simtime at)
{
    struct ecs_run *seen = ecs_run_new(yaml);
    struct text answer = {0}, mistake = {0};
    struct question question = {service, task, at};
    void *listener = ecs_model.listen(seen->run, &question, &mistake);
    if (listener) {
        run_begin(seen->run);
        run_advance(seen->run, at);
        ecs_model.look(listener);
        run_finish(seen->run);
    }
    if (!listener || !ecs_model.answer(listener, &answer, &mistake))
        text_add_format(&answer, "%s", mistake.bytes);
    text_free(&mistake);
    ecs_run_free(seen);
    return answer;
}

#define ASSERT_ANSWER(yaml, service, task, at, ...)                                                          \
    do {                                                                                                     \
        struct text said = answer(yaml, service, task, at);                                                  \
        ASSERT_PARTS(said.bytes, __VA_ARGS__);                                                               \
        text_free(&said);                                                                                    \
    } while (0)

/* These words and no more, of the begin. */
static void assert_answer(const char *yaml, const char *service, const char *task, const char *expected)
{
    struct text said = answer(yaml, service, task, 0);
    assert_string_equal(said.bytes, expected);
    text_free(&said);
}

#define THREE_HOSTS                                                                                          \
    "duration: 30m\n"                                                                                        \
    "availabilityZones: [us-east-1a, us-east-1b]\n"                                                          \
    "instanceTypes: [{instanceType: small, vcpu: 1, memoryMiB: 2048}]\n"                                     \
    "containerInstances:\n"                                                                                  \
    "  - {instanceType: small, availabilityZone: us-east-1a, simulation: {attributes: {stack: prod}}}\n"     \
    "  - {instanceType: small, availabilityZone: us-east-1b, simulation: {attributes: {stack: prod}}}\n"     \
    "  - {instanceType: small, availabilityZone: us-east-1b, simulation: {attributes: {stack: test}}}\n"

/* Each host lacks something else. */
static const char refused[] = THREE_HOSTS
    "taskDefinitions:\n"
    "  - {family: Web, containerDefinitions: [{name: main, cpu: 512, memory: 256, portMappings: "
    "[{containerPort: 80, hostPort: 8080}]}]}\n"
    "  - {family: Cpu, containerDefinitions: [{name: main, cpu: 768, memory: 256}]}\n"
    "services:\n"
    "  - {serviceName: port, taskDefinition: Web, desiredCount: 1, placementConstraints: [{type: memberOf, "
    "expression: \"attribute:ecs.availability-zone == us-east-1a\"}]}\n"
    "  - {serviceName: cpu, taskDefinition: Cpu, desiredCount: 1, placementConstraints: [{type: memberOf, "
    "expression: \"attribute:ecs.availability-zone == us-east-1b and attribute:stack == prod\"}]}\n"
    "  - {serviceName: web, taskDefinition: Web, desiredCount: 1, placementConstraints: [{type: memberOf, "
    "expression: \"attribute:stack == prod\"}]}\n";

static void each_host_says_what_refuses_it(void **state)
{
    (void)state;
    ASSERT_ANSWER(refused, "web", NULL, 10 * SIMTIME_MINUTE, "A task of Web:1 is wanted",
                  "Web:1 asks for CPU 512, memory 256 MiB, host port 8080/tcp",
                  "constraints: memberOf attribute:stack == prod", "-     small-1  us-east-1a",
                  "RESOURCE:PORTS: in use: 8080\n", "-     small-2  us-east-1b",
                  "RESOURCE:CPU: needs 512, 256 of 1024 left\n", "-     small-3  us-east-1b",
                  "memberOf: not attribute:stack == prod\n");
}

static void many_hosts_end_in_counts_by_reason(void **state)
{
    (void)state;
    ASSERT_ANSWER(
        "duration: 10m\n"
        "containerInstances: [{instanceType: m5.large, count: 1500}, {instanceType: t3.small, count: "
        "20, simulation: {attributes: {stack: test}}}]\n"
        "taskDefinitions: [{family: App, containerDefinitions: [{name: main, cpu: 2000, memory: "
        "256}]}]\n"
        "services: [{serviceName: web, taskDefinition: App, desiredCount: 1501, "
        "placementConstraints: [{type: memberOf, expression: \"not(attribute:stack == test)\"}]}]\n",
        "web", NULL, SIMTIME_MINUTE, "m5.large-12  us-east-1a  RESOURCE:CPU: needs 2000, 48 of 2048 left\n",
        "  and 1,508 more: 1,488 RESOURCE:CPU, 20 MemberOf placement constraint unsatisfied.\n");
}

static void a_task_that_never_came_is_told_why(void **state)
{
    (void)state;
    ASSERT_ANSWER(refused, NULL, "web-1", 10 * SIMTIME_MINUTE, "web-1 does not exist at 10m\n",
                  "it was wanted and found no place, last at 0s:\n", "RESOURCE:PORTS", "RESOURCE:CPU",
                  "memberOf");
    ASSERT_ANSWER(refused, NULL, "web-2", 10 * SIMTIME_MINUTE, "there is no task web-2");
}

/* small-3 has 512 MiB less than the others; the first of web goes there, as the zones are alike, and the
 * second to the other zone, though there is more left. */
static const char ranked[] = THREE_HOSTS
    "taskDefinitions:\n"
    "  - {family: Fill, containerDefinitions: [{name: main, cpu: 64, memory: 512}]}\n"
    "  - {family: Web, containerDefinitions: [{name: main, cpu: 128, memory: 256}]}\n"
    "services:\n"
    "  - {serviceName: fill, taskDefinition: Fill, desiredCount: 1, placementConstraints: [{type: memberOf, "
    "expression: \"attribute:stack == test\"}]}\n"
    "  - serviceName: web\n"
    "    taskDefinition: Web\n"
    "    desiredCount: 1\n"
    "    placementStrategy: [{type: spread, field: \"attribute:ecs.availability-zone\"}, {type: binpack, "
    "field: memory}]\n"
    "timeline: [{at: 5m, updateService: {service: web, desiredCount: 2}}]\n";

static void a_placed_task_tells_the_ranks_just_before(void **state)
{
    (void)state;
    ASSERT_ANSWER(ranked, NULL, "web-1", 10 * SIMTIME_MINUTE, "web-1 at 10m: RUNNING and healthy\n",
                  "at 0s: web: start web-1 of Web:1 on small-3 (us-east-1b)\n",
                  "since ecs-svc/1 (Web:1) was to have 1 and had 0\n", "just before that:\n",
                  "strategies: spread attribute:ecs.availability-zone, then binpack memory",
                  "1     small-3  us-east-1b", "0            1536  chosen\n", "2     small-1  us-east-1a",
                  "0            2048  behind by binpack memory\n", "2     small-2  us-east-1b",
                  "0            2048  behind by binpack memory\n");
    ASSERT_ANSWER(
        ranked, "web", "web-2", 10 * SIMTIME_MINUTE,
        "at 5m: web: start web-2 of Web:1 on small-1 (us-east-1a)\n", "1     small-1  us-east-1a",
        "0            2048  chosen\n", "2     small-3  us-east-1b",
        "1            1280  behind by spread attribute:ecs.availability-zone\n", "3     small-2  us-east-1b",
        "1            2048  behind by spread attribute:ecs.availability-zone\n", "created 5m, placed 5m");
}

static void a_task_before_its_time_says_when_it_comes(void **state)
{
    (void)state;
    ASSERT_ANSWER(ranked, NULL, "web-2", SIMTIME_MINUTE, "web-2 does not exist at 1m: it is started at 5m\n");
}

static void a_stopped_task_says_why(void **state)
{
    (void)state;
    ASSERT_ANSWER("duration: 30m\ncontainerInstances: [{instanceType: m5.large}]\n"
                  "taskDefinitions:\n"
                  "  - {family: Web, containerDefinitions: [{name: main, cpu: 128, memory: 256}]}\n"
                  "services:\n  - {serviceName: web, taskDefinition: Web, desiredCount: 1}\n"
                  "timeline:\n  - {at: 5m, updateService: {service: web, forceNewDeployment: true}}\n",
                  NULL, "web-1", 20 * SIMTIME_MINUTE, "web-1 at 20m: STOPPED\n",
                  ": web: stop web-1 of Web:1 on m5.large-1", "created 0s", "STOPPED ",
                  "it stops for ServiceSchedulerInitiated: Scaling activity initiated by");
}

/* 195 MB are 185 MiB; of the disk's 4 GiB the system has 2. */
static void a_task_tells_the_disk_of_its_host(void **state)
{
    (void)state;
    ASSERT_ANSWER("duration: 30m\ncontainerInstances: [{instanceType: m5.large, simulation: {disk: 4GiB}}]\n"
                  "images: [{image: \"web:1\", imageSizeInBytes: 195MB}]\n"
                  "taskDefinitions:\n"
                  "  - {family: Web, containerDefinitions: [{name: main, image: \"web:1\", memory: 256}], "
                  "simulation: {disk: 100MiB}}\n"
                  "services:\n  - {serviceName: web, taskDefinition: Web, desiredCount: 1}\n"
                  "failures: [{diskFull: {at: 15m}}]\n",
                  NULL, "web-1", 10 * SIMTIME_MINUTE, "web-1 at 10m: RUNNING",
                  "on the disk of m5.large-1: 1 images of 185 MiB, containers of 100 MiB, 1762 MiB free\n");
}

/* Twelve starts of web, then two of shop: the last ten are listed, and of web alone. */
static void the_last_decisions_are_listed(void **state)
{
    (void)state;
    struct text said =
        answer(THREE_HOSTS "taskDefinitions:\n"
                           "  - {family: App, containerDefinitions: [{name: main, cpu: 64, memory: 64}]}\n"
                           "services:\n"
                           "  - {serviceName: web, taskDefinition: App, desiredCount: 12}\n"
                           "  - {serviceName: shop, taskDefinition: App, desiredCount: 2}\n",
               "web", NULL, SIMTIME_MINUTE);
    const char *last = strstr(said.bytes, "What was decided of it last:\n");
    assert_non_null(last);
    ASSERT_PARTS(last, "0s  web: start web-3 of App:1", "0s  web: start web-12 of App:1");
    assert_null(strstr(last, "start web-2 "));
    assert_null(strstr(last, "start shop-"));
    text_free(&said);
}

static void a_task_that_waited_tells_the_ranks_when_it_was_placed(void **state)
{
    (void)state;
    ASSERT_ANSWER(
        "duration: 10m\n"
        "autoScalingGroups: [{autoScalingGroupName: fleet, instanceType: m5.large, minSize: 0, maxSize: 9}]\n"
        "capacityProviders: [{name: hosts, autoScalingGroupProvider: {autoScalingGroupArn: fleet, "
        "managedScaling: {status: ENABLED}}}]\n"
        "taskDefinitions: [{family: App, containerDefinitions: [{name: main, cpu: 1024, memory: 512}]}]\n"
        "services: [{serviceName: web, taskDefinition: App, desiredCount: 0, "
        "capacityProviderStrategy: [{capacityProvider: hosts, weight: 1}]}]\n"
        "timeline: [{at: 30s, updateService: {service: web, desiredCount: 3}}]\n",
        NULL, "web-1", 5 * SIMTIME_MINUTE, "web: place web-1 of App:1 on fleet-",
        ", for which it has waited\n", "just before that:\n", "chosen\n");
}

static void a_service_that_is_not_there_says_why(void **state)
{
    (void)state;
    static const char passing[] =
        "duration: 30m\ncontainerInstances: [{instanceType: m5.large}]\n"
        "taskDefinitions: [{family: App, containerDefinitions: [{name: main, cpu: 128, memory: 256}]}]\n"
        "timeline:\n"
        "  - {at: 5m, createService: {serviceName: web, taskDefinition: App, desiredCount: 1}}\n"
        "  - {at: 10m, deleteService: {service: web, force: true}}\n"
        "  - {at: 20m, createService: {serviceName: web, taskDefinition: App, desiredCount: 1}}\n";
    ASSERT_ANSWER(passing, "web", NULL, SIMTIME_MINUTE,
                  "web does not exist at 1m: it has not been created yet\n");
    ASSERT_ANSWER(passing, "web", NULL, 15 * SIMTIME_MINUTE, "web does not exist at 15m: it was deleted\n");
    assert_answer(passing, NULL, NULL, "of which service? there are web");
}

static void wrong_names_are_told_with_the_nearest(void **state)
{
    (void)state;
    assert_answer(ranked, "wbe", NULL, "there is no service `wbe`; did you mean `web`?");
    assert_answer(ranked, NULL, NULL, "of which service? there are fill, web");
    assert_answer(ranked, NULL, "web-7", "there is no task web-7; web has had web-1 to web-2");
    ASSERT_ANSWER(ranked, NULL, "wbe-1", 0, "there is no task wbe-1; did you mean web-1?");
    ASSERT_ANSWER(ranked, "fill", "web-1", 0, "web-1 is no task of fill but web");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_their_widest_cell),
        cmocka_unit_test(what_may_be_stopped_and_started_is_counted_out),
        cmocka_unit_test(odd_shares_round_up_and_down),
        cmocka_unit_test(one_task_at_100_150_is_stuck),
        cmocka_unit_test(each_host_says_what_refuses_it),
        cmocka_unit_test(many_hosts_end_in_counts_by_reason),
        cmocka_unit_test(a_task_that_never_came_is_told_why),
        cmocka_unit_test(a_placed_task_tells_the_ranks_just_before),
        cmocka_unit_test(a_task_before_its_time_says_when_it_comes),
        cmocka_unit_test(a_stopped_task_says_why),
        cmocka_unit_test(a_task_tells_the_disk_of_its_host),
        cmocka_unit_test(the_last_decisions_are_listed),
        cmocka_unit_test(a_task_that_waited_tells_the_ranks_when_it_was_placed),
        cmocka_unit_test(a_service_that_is_not_there_says_why),
        cmocka_unit_test(wrong_names_are_told_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
