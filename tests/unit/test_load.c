/* How the requests of a service are divided over its deployments and their tasks, and what of them is served:
 * 100 a second for ten seconds. */
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/load_balancer/slow_start.h"
#include "tests/unit/ecs_run.h"

#define S SIMTIME_SECOND
#define FRAME                                                                                                \
    "duration: 1h\n"                                                                                         \
    "taskDefinitions:\n"                                                                                     \
    "  - family: app\n"                                                                                      \
    "    containerDefinitions: [{name: main, memory: 512, portMappings: [{containerPort: 80}]}]\n"           \
    "    simulation: {cpuPerRequest: 10ms, memoryIdle: 100, memoryPerRequest: 2}\n"                          \
    "  - family: app\n"                                                                                      \
    "    containerDefinitions: [{name: main, memory: 512, portMappings: [{containerPort: 80}]}]\n"           \
    "    simulation: {maxRequestsPerSecond: 5, cpuPerRequest: 40ms}\n"                                       \
    "targetGroups:\n"                                                                                        \
    "  - {name: web, attributes: [{key: slow_start.duration_seconds, value: 30}]}\n"                         \
    "services:\n"                                                                                            \
    "  - serviceName: web\n"                                                                                 \
    "    taskDefinition: app:1\n"                                                                            \
    "    desiredCount: 0\n"                                                                                  \
    "    loadBalancers: [{targetGroupArn: web, containerName: main, containerPort: 80}]\n"                   \
    "load: [{service: web, requestsPerSecond: 100}]\n"

/* Two deployments without tasks: the old of app:1, the new of app:2. */
struct split_world {
    struct ecs_run *seen;
    struct world *world;
    struct service *service;
    struct deployment *old, *new;
};

static int set_up(void **state)
{
    struct split_world *split = memory_alloc(sizeof *split);
    split->seen = ecs_run_new(FRAME);
    split->world = ecs_run_begin(split->seen);
    split->service = &split->world->services[0];
    split->old = split->service->primary;
    split->new = deployment_begin(split->world, split->service, split->world->definitions[1]);
    *state = split;
    return 0;
}

static int tear_down(void **state)
{
    struct split_world *split = *state;
    ecs_run_free(split->seen);
    free(split);
    return 0;
}

static struct receivers healthy(int64_t tasks)
{
    return (struct receivers){.present = tasks, .registered = {tasks, tasks}, .routed = {tasks, tasks}};
}

static struct receivers unhealthy(int64_t tasks, int64_t answering)
{
    return (struct receivers){.present = tasks, .registered = {tasks, answering}};
}

/* Requests served, in all, when ten seconds more have passed. */
static int64_t served_after_ten_seconds(struct split_world *split)
{
    split->world->run->now += 10 * S;
    load_advance(split->world, split->service);
    assert_int_equal((int64_t)(split->service->load->total.requests * S / split->world->run->now),
                     100 * MILLION);
    return (int64_t)(split->service->load->total.served / MILLION);
}

static void each_target_gets_the_same_and_has_its_own_limit(void **state)
{
    struct split_world *split = *state;
    split->old->receivers = healthy(3);
    split->new->receivers = healthy(2);
    /* 20 a second each: 3 x 20 and 2 x 5 */
    assert_int_equal(served_after_ten_seconds(split), 700);
    /* 100 MiB of each of three, and 2 for each of their 60 requests a second */
    assert_int_equal((int64_t)(split->service->load->total.memory_used / (10 * S)),
                     (3 * 100 + 2 * 60) * MILLION);
    /* 60 of 10 ms and 10 of 40 ms make one vCPU */
    assert_int_equal((int64_t)(split->service->load->total.cpu_used / (10 * S)), 1024);
}

static void fails_open_only_while_no_target_of_the_service_is_healthy(void **state)
{
    struct split_world *split = *state;
    split->old->receivers = unhealthy(3, 1);
    split->new->receivers = unhealthy(1, 1);
    assert_int_equal(served_after_ten_seconds(split), 250 + 50);
    split->new->receivers = healthy(1);
    assert_int_equal(served_after_ten_seconds(split), 300 + 50);
}

static void parts_come_before_targets(void **state)
{
    struct split_world *split = *state;
    split->old->receivers = healthy(1);
    split->new->receivers = healthy(4);
    load_split(split->world, split->old, 900);
    load_split(split->world, split->new, 100);
    assert_int_equal(served_after_ten_seconds(split), 900 + 100);
    load_split(split->world, split->old, 700);
    load_split(split->world, split->new, 300);
    assert_int_equal(served_after_ten_seconds(split), 1000 + 700 + 200);
}

static void a_deployment_without_a_part_gets_nothing_while_another_has_one(void **state)
{
    struct split_world *split = *state;
    split->old->receivers = healthy(1);
    split->new->receivers = healthy(1);
    load_split(split->world, split->new, 1000);
    assert_int_equal(served_after_ten_seconds(split), 50);
    load_split(split->world, split->new, ABSENT);
    assert_int_equal(served_after_ten_seconds(split), 50 + 500 + 50);
}

static void a_part_is_lost_where_there_is_no_target_and_fails_open_by_itself(void **state)
{
    struct split_world *split = *state;
    split->old->receivers = healthy(2);
    load_split(split->world, split->old, 750);
    load_split(split->world, split->new, 250);
    assert_int_equal(served_after_ten_seconds(split), 750);
    split->new->receivers = unhealthy(2, 1);
    assert_int_equal(served_after_ten_seconds(split), 750 + 750 + 50);
}

static void a_slow_start_shifts_requests_second_by_second(void **state)
{
    struct split_world *split = *state;
    split->old->receivers = healthy(2);
    split->old->receivers.routed.answering = split->old->receivers.registered.answering = 1;
    split->old->receivers.ramping.tasks = 1; /* it began in second 0, and does not answer */
    int64_t served = 0;
    for (int64_t part = 1; part <= 10; part++)
        served += 100 * MILLION * 30 / (30 + part);
    served_after_ten_seconds(split);
    assert_int_equal((int64_t)split->service->load->total.served, served);
}

static void a_target_receives_until_it_is_deregistered(void **state)
{
    (void)state;
    struct container_instance host = {.status = INSTANCE_ACTIVE};
    struct task task = {.instance = &host,
                        .target_count = 1,
                        .last_status = TASK_DEACTIVATING,
                        .stopping = true,
                        .serving = true};
    task.registered = task.routed = true;
    struct receivers one = load_receivers(&task);
    assert_int_equal(one.present, 1);
    assert_int_equal(one.registered.answering, 1);
    assert_int_equal(one.routed.answering, 1);
    task.registered = task.routed = false;
    one = load_receivers(&task);
    assert_int_equal(one.present, 0);
    assert_int_equal(one.registered.tasks, 0);
    assert_int_equal(one.routed.tasks, 0);
}

static void a_target_starts_slowly_only_beside_others_of_its_group(void **state)
{
    struct split_world *split = *state;
    struct task task = {.service = split->service, .deployment = split->new};
    slow_start_registers(split->world, &task);
    assert_false(task.starts_slowly);
    split->old->receivers = healthy(1);
    slow_start_registers(split->world, &task);
    assert_true(task.starts_slowly);
    load_split(split->world, split->new, 0);
    slow_start_registers(split->world, &task);
    assert_false(task.starts_slowly);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        TEST(each_target_gets_the_same_and_has_its_own_limit),
        TEST(fails_open_only_while_no_target_of_the_service_is_healthy),
        TEST(parts_come_before_targets),
        TEST(a_deployment_without_a_part_gets_nothing_while_another_has_one),
        TEST(a_part_is_lost_where_there_is_no_target_and_fails_open_by_itself),
        TEST(a_slow_start_shifts_requests_second_by_second),
        TEST(a_target_receives_until_it_is_deregistered),
        TEST(a_target_starts_slowly_only_beside_others_of_its_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
