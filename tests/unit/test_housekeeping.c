/* The agent's tidying up, in a world: how often it is called for, and when containers go. */
#include "models/ecs/events.h"
#include "models/ecs/image/housekeeping.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

#define ONE_HOST(duration, config)                                                                           \
    "duration: " duration "\n"                                                                               \
    "containerInstances: [{instanceType: m5.large, simulation: {ecsConfig: {" config "}}}]\n"                \
    "images: [{image: \"web:1\", imageSizeInBytes: 1GB}, {image: \"web:2\", imageSizeInBytes: 1GB}]\n"       \
    "taskDefinitions:\n"                                                                                     \
    "  - {family: web, containerDefinitions: [{name: app, image: \"web:1\", memory: 64}]}\n"                 \
    "  - {family: web, containerDefinitions: [{name: app, image: \"web:2\", memory: 64}]}\n"                 \
    "  - {family: job, containerDefinitions: [{name: app, memory: 64}], simulation: {runtime: 1s}}\n"        \
    "services: [{serviceName: web, taskDefinition: \"web:1\", desiredCount: 1}]\n"

struct counter {
    struct observer observer; /* first: events find it by it */
    int64_t events;
};

static void count_event(struct observer *observer, const struct event *event)
{
    struct counter *counter = (struct counter *)observer;
    counter->events += event->kind == EVENT_HOUSEKEEPING;
}

static int64_t count_housekeeping(const char *text)
{
    struct ecs_run *seen = ecs_run_new(text);
    struct counter counter = {.observer = {.event = count_event}};
    run_observe(seen->run, &counter.observer);
    run_play(seen->run);
    ecs_run_free(seen);
    return counter.events;
}

/* The container of the first task goes, then its image; ten years have no third event. */
static void years_of_quiet_cost_nothing(void **state)
{
    (void)state;
    assert_int_equal(
        count_housekeeping(ONE_HOST("3650d", "") "timeline: [{at: 1h, updateService: "
                                                 "{service: web, taskDefinition: \"web:2\"}}]\n"),
        2);
    assert_int_equal(count_housekeeping(ONE_HOST("3650d", "")), 0);
}

/* The containers of the job go when they have waited, and not earlier. */
static void kept_containers_wait_for_their_time(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(ONE_HOST("4h", "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: 1h") //
                                       "timeline: [{at: 1m, every: 1m, times: 3, runTask: {taskDefinition: "
                                       "job}}]\n");
    run_begin(seen->run);
    struct world *world = seen->run->world;
    run_advance(seen->run, 10 * SIMTIME_MINUTE);
    const struct host_disk *disk = world->hosts[0]->disk;
    assert_int_equal(disk->kept_count, 3);
    simtime first = disk->kept[0].until;
    assert_true(first > 61 * SIMTIME_MINUTE && first < 62 * SIMTIME_MINUTE + 30 * SIMTIME_SECOND);
    assert_int_equal(disk->due_at, first);
    run_advance(seen->run, first - 1);
    assert_int_equal(disk->kept_count, 3);
    run_advance(seen->run, first);
    assert_int_equal(disk->kept_count, 2);
    run_advance(seen->run, 2 * SIMTIME_HOUR);
    assert_int_equal(disk->kept_count, 0);
    assert_int_equal(disk->due_at, SIMTIME_NEVER);
    run_finish(seen->run);
    ecs_run_free(seen);
}

/* Each waits longer by its own draw, up to the jitter; they go in the order of their time. */
static void a_jitter_spreads_them(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_new(ONE_HOST("2h", "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION: 1h, "
                                                      "ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION_JITTER: 30m") //
                                       "timeline: [{at: 1m, runTask: {taskDefinition: job, count: 10}}]\n");
    run_begin(seen->run);
    struct world *world = seen->run->world;
    run_advance(seen->run, 10 * SIMTIME_MINUTE);
    const struct host_disk *disk = world->hosts[0]->disk;
    assert_int_equal(disk->kept_count, 10);
    for (size_t i = 1; i < disk->kept_count; i++)
        assert_true(disk->kept[i - 1].until <= disk->kept[i].until);
    simtime spread = disk->kept[9].until - disk->kept[0].until;
    assert_true(spread > 10 * SIMTIME_MINUTE && spread <= 30 * SIMTIME_MINUTE);
    assert_true(disk->kept[9].until <= 92 * SIMTIME_MINUTE + 30 * SIMTIME_SECOND);
    run_finish(seen->run);
    ecs_run_free(seen);
}

/* Nor are there any on Fargate. */
static void without_images_hosts_have_no_disks(void **state)
{
    (void)state;
    struct ecs_run *seen = ecs_run_play(SMALL_CLUSTER);
    const struct world *world = seen->run->world;
    assert_false(world->disks.any);
    for (uint32_t i = 0; i < world->host_count; i++)
        assert_null(world->hosts[i]->disk);
    ecs_run_free(seen);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_of_quiet_cost_nothing),
        cmocka_unit_test(kept_containers_wait_for_their_time),
        cmocka_unit_test(a_jitter_spreads_them),
        cmocka_unit_test(without_images_hosts_have_no_disks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
