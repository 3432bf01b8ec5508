/* When jobs arrive: whatever becomes of them, so that two settings are compared on the same days. */
#include "models/ecs/events.h"
#include "models/ecs/job/job.h"
#include "tests/unit/ecs_run.h"
#include <stdlib.h>

/* By chance, half a job a second, to a function that is run again and again where there is no room. */
#define JOBS(hosts, function)                                                                                \
    "duration: 10m\n" hosts                                                                                  \
    "taskDefinitions: [{family: app, containerDefinitions: [{name: main, cpu: 512, memory: 1024}]}]\n"       \
    "load:\n"                                                                                                \
    "  - name: orders\n"                                                                                     \
    "    runTask: {taskDefinition: app}\n"                                                                   \
    "    requestsPerSecond: 0.5\n"                                                                           \
    "    trigger: {event: {function: " function "}}\n"
#define HOSTS "containerInstances: [{instanceType: m5.large, count: 40}]\n"

enum { MOST_ARRIVALS = 1000 };

struct witness {
    struct observer observer; /* first: events find it by it */
    simtime at[MOST_ARRIVALS];
    size_t count;
};

static void see_event(struct observer *observer, const struct event *event)
{
    struct witness *witness = (struct witness *)observer;
    if (event->kind == EVENT_JOB_ARRIVES && witness->count < MOST_ARRIVALS)
        witness->at[witness->count++] = event->at;
}

static void see_arrivals(struct witness *witness, const char *text)
{
    struct ecs_run *seen = ecs_run_new(text);
    *witness = (struct witness){.observer = {.event = see_event}};
    run_observe(seen->run, &witness->observer);
    run_play(seen->run);
    ecs_run_free(seen);
}

static void they_arrive_at_the_same_times(void **state)
{
    (void)state;
    static struct witness room, no_room, no_time;
    see_arrivals(&room, JOBS(HOSTS, "{}"));
    see_arrivals(&no_room, JOBS("", "{}"));
    see_arrivals(&no_time, JOBS(HOSTS, "{reservedConcurrentExecutions: 1, duration: 2s}"));
    assert_in_range(room.count, 250, 350);
    assert_int_equal(room.count, no_room.count);
    assert_memory_equal(room.at, no_room.at, sizeof room.at);
    assert_memory_equal(room.at, no_time.at, sizeof room.at);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(they_arrive_at_the_same_times)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
