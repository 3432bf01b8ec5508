/* What is measured of a deployment from the update to its end, on hosts where each task takes a vCPU and
 * 256 MiB. A task stops within 10 s, runs 6 s after its start and counts 40 s later; the scheduler acts on a
 * grid of 10 s. */
#include "models/ecs/results/history.h"
#include "tests/unit/ecs_run.h"
#include "tests/unit/unit.h"

#define FOUR_TASKS(vcpus)                                                                                    \
    "duration: 30m\n"                                                                                        \
    "instanceTypes: [{instanceType: roomy, vcpu: " #vcpus ", memoryMiB: 16384}]\n"                           \
    "containerInstances: [{instanceType: roomy}]\n"                                                          \
    "taskDefinitions:\n"                                                                                     \
    "  - {family: app, containerDefinitions: [{name: main, image: a, cpu: 1024, memory: 256}]}\n"            \
    "  - {family: app, containerDefinitions: [{name: main, image: b, cpu: 1024, memory: 256}]}\n"            \
    "  - {family: app, containerDefinitions: [{name: main, image: c, cpu: 1024, memory: 256}],\n"            \
    "     simulation: {startFailure: 1}}\n"

#define WEB(minimum, maximum)                                                                                \
    "services:\n"                                                                                            \
    "  - {serviceName: web, taskDefinition: \"app:1\", desiredCount: 4,\n"                                   \
    "     deploymentConfiguration: {minimumHealthyPercent: " #minimum ", maximumPercent: " #maximum ",\n"    \
    "       deploymentCircuitBreaker: {enable: true, rollback: true}}}\n"

struct wanted {
    const char *outcome;
    int64_t most_desired, least_healthy, most_tasks, extra_tasks, extra_cpu, extra_memory_mib;
};

static void assert_deployment(const struct past_deployment *past, struct wanted wanted)
{
    assert_string_equal(past->outcome, wanted.outcome);
    assert_int_equal(past->most_desired, wanted.most_desired);
    assert_int_equal(past->least_healthy, wanted.least_healthy);
    assert_int_equal(past->most_tasks, wanted.most_tasks);
    assert_int_equal(past->extra_tasks, wanted.extra_tasks);
    assert_int_equal(past->extra_cpu, wanted.extra_cpu);
    assert_int_equal(past->extra_memory_mib, wanted.extra_memory_mib);
}

static void assert_deployments(const char *text, const struct wanted *wanted, int64_t count)
{
    struct ecs_run *seen = ecs_run_play(text);
    const struct world *world = seen->run->world;
    const struct service *web = &world->services[0];
    struct past_deployment past = history_next_deployment(world, web, NULL);
    for (int64_t i = 0; i < count; i++) {
        assert_int_equal(past.number, i + 2);
        assert_deployment(&past, wanted[i]);
        past = history_next_deployment(world, web, &past);
    }
    assert_int_equal(past.number, 0);
    ecs_run_free(seen);
}

#define ASSERT_DEPLOYMENTS(text, ...)                                                                        \
    assert_deployments(text, (const struct wanted[]){__VA_ARGS__},                                           \
                       sizeof((const struct wanted[]){__VA_ARGS__}) / sizeof(struct wanted))

/* Floor 2, ceiling 6: two make way, which takes until 310 s; then four start beside the two that are left. */
static void room_beyond_the_desired_count(void **state)
{
    (void)state;
    ASSERT_DEPLOYMENTS(
        FOUR_TASKS(16)
            WEB(50, 150) "timeline: [{at: 5m, updateService: {service: web, taskDefinition: app:2}}]\n",
        {"COMPLETED", 4, 2, 6, 2, 2048, 512});
}

/* Floor 0, ceiling 4: nothing is left while all four are replaced, and no room is needed beyond theirs. */
static void no_room_but_its_own(void **state)
{
    (void)state;
    ASSERT_DEPLOYMENTS(
        FOUR_TASKS(16)
            WEB(0, 100) "timeline: [{at: 5m, updateService: {service: web, taskDefinition: app:2}}]\n",
        {"COMPLETED", 4, 0, 4, 0, 0, 0});
}

/* Four may start, and none fits. */
static void stuck_for_want_of_room(void **state)
{
    (void)state;
    ASSERT_DEPLOYMENTS(
        FOUR_TASKS(4)
            WEB(100, 200) "timeline: [{at: 5m, updateService: {service: web, taskDefinition: app:2}}]\n",
        {"STUCK", 4, 4, 4, 0, 0, 0});
}

/* Two of four fit at a time, and two make way for two. */
static void as_much_as_there_is(void **state)
{
    (void)state;
    ASSERT_DEPLOYMENTS(
        FOUR_TASKS(6)
            WEB(100, 200) "timeline: [{at: 5m, updateService: {service: web, taskDefinition: app:2}}]\n",
        {"COMPLETED", 4, 4, 6, 2, 2048, 512});
}

/* Eight start beside the four: four more than are desired from then on, eight more than were held. */
static void with_another_desired_count(void **state)
{
    (void)state;
    ASSERT_DEPLOYMENTS(
        FOUR_TASKS(16)
            WEB(100, 200) "timeline: [{at: 5m, updateService: {service: web, taskDefinition: app:2, "
                          "desiredCount: 8}}]\n",
        {"COMPLETED", 8, 4, 12, 4, 8192, 2048});
}

/* The first is watched until the second comes: its four tasks run and do not count yet. They are stopped
 * at 320 s, and four of the second start at 330 s beside the four of the revision before. */
static void until_the_next_one(void **state)
{
    (void)state;
    ASSERT_DEPLOYMENTS(
        FOUR_TASKS(16)
            WEB(100, 200) "timeline:\n"
                          "  - {at: 5m, updateService: {service: web, taskDefinition: app:2}}\n"
                          "  - {at: 5m20s, updateService: {service: web, forceNewDeployment: true}}\n",
        {"SUPERSEDED", 4, 4, 8, 4, 4096, 1024}, {"COMPLETED", 4, 4, 8, 4, 0, 0});
}

/* It has lasted no time: what is said of it is what there was. */
static void superseded_at_once(void **state)
{
    (void)state;
    ASSERT_DEPLOYMENTS(
        FOUR_TASKS(16) WEB(0, 100) "timeline:\n"
                                   "  - {at: 5m, updateService: {service: web, taskDefinition: app:2}}\n"
                                   "  - {at: 5m, updateService: {service: web, forceNewDeployment: true}}\n",
        {"SUPERSEDED", 4, 4, 4, 0, 0, 0}, {"COMPLETED", 4, 0, 4, 0, 0, 0});
}

/* Floor 3: one makes way, and three starts in its place fail. The crash comes after it has FAILED. */
static void until_it_fails(void **state)
{
    (void)state;
    ASSERT_DEPLOYMENTS(
        FOUR_TASKS(16)
            WEB(75, 100) "timeline: [{at: 5m, updateService: {service: web, taskDefinition: app:3}}]\n"
                         "failures: [{instanceFailure: {at: 25m, count: 1}}]\n",
        {"FAILED", 4, 3, 4, 0, 0, 0});
}

static void there_is_none(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(FOUR_TASKS(16) WEB(100, 200));
    const struct world *world = seen->run->world;
    struct past_deployment last = history_last_deployment(world, &world->services[0]);
    assert_int_equal(last.number, 0);
    assert_int_equal(last.most_desired, ABSENT);
    assert_int_equal(last.least_healthy, ABSENT);
    assert_int_equal(last.extra_memory_mib, ABSENT);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(room_beyond_the_desired_count),
        cmocka_unit_test(no_room_but_its_own),
        cmocka_unit_test(stuck_for_want_of_room),
        cmocka_unit_test(as_much_as_there_is),
        cmocka_unit_test(with_another_desired_count),
        cmocka_unit_test(until_the_next_one),
        cmocka_unit_test(superseded_at_once),
        cmocka_unit_test(until_it_fails),
        cmocka_unit_test(there_is_none),
    };
    return RUN_TESTS(tests);
}
