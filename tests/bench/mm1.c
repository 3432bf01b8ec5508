/* An M/M/1 queue at load 0.9 as a model of the engine, which does the work of `yardstick mm1`: two events a
 * customer, each with a draw of its own name.
 *
 *   mm1 CUSTOMERS   prints the seconds, and the mean time in the system, which is 10 in the long run */
#include "sim/engine/run.h"
#include "tests/bench/clock.h"
#include "tests/unit/given_dist.h"
#include <stdio.h>
#include <stdlib.h>

enum { SERVICE_US = 1000000 };
enum { ARRIVAL, DEPARTURE };
enum { PURPOSE_ARRIVAL = 1, PURPOSE_SERVICE };

struct mm1_settings {
    struct run_settings run;
    struct dist between_arrivals, service;
    uint64_t customers;
};

struct mm1 {
    struct run *run;
    const struct mm1_settings *settings;
    uint64_t arrived, served;
    bool busy;
    int64_t in_system_us; /* of all who have left */
    simtime *arrived_at;
};

static void expect_arrival(struct mm1 *mm1)
{
    simtime gap = run_draw(mm1->run, &mm1->settings->between_arrivals, PURPOSE_ARRIVAL, 0, mm1->arrived);
    run_schedule(mm1->run, mm1->run->now + gap, PHASE_WORLD, ARRIVAL, mm1->arrived, 0);
}

static void serve(struct mm1 *mm1)
{
    simtime lasts = run_draw(mm1->run, &mm1->settings->service, PURPOSE_SERVICE, 0, mm1->served);
    run_schedule(mm1->run, mm1->run->now + lasts, PHASE_WORLD, DEPARTURE, mm1->served, 0);
    mm1->busy = true;
}

static void arrive(void *world, uint64_t customer, uint64_t argument)
{
    (void)argument;
    struct mm1 *mm1 = world;
    mm1->arrived_at[customer] = mm1->run->now;
    mm1->arrived++;
    if (!mm1->busy)
        serve(mm1);
    if (mm1->arrived < mm1->settings->customers)
        expect_arrival(mm1);
}

static void depart(void *world, uint64_t customer, uint64_t argument)
{
    (void)argument;
    struct mm1 *mm1 = world;
    mm1->in_system_us += mm1->run->now - mm1->arrived_at[customer];
    mm1->served++;
    mm1->busy = false;
    if (mm1->served < mm1->arrived)
        serve(mm1);
}

static void *begin(struct run *run, const void *settings)
{
    struct mm1 *mm1 = arena_alloc(run->arena, sizeof *mm1);
    *mm1 = (struct mm1){.run = run, .settings = settings};
    mm1->arrived_at = arena_alloc(run->arena, mm1->settings->customers * sizeof *mm1->arrived_at);
    expect_arrival(mm1);
    return mm1;
}

static const struct event_kind events[] = {{"arrival", arrive}, {"departure", depart}};
static const struct model model = {.events = events, .event_count = 2, .begin = begin};

static void play(const struct mm1_settings *settings)
{
    struct run *run = run_new(&model, settings);
    double start = processor_seconds();
    run_play(run);
    double seconds = processor_seconds() - start;
    const struct mm1 *mm1 = run->world;
    printf("mm1 seconds=%.4f mean_time_in_system=%.3f\n", seconds,
           1e-6 * (double)mm1->in_system_us / (double)mm1->served);
    run_free(run);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return fprintf(stderr, "usage: mm1 CUSTOMERS\n"), 2;
    struct arena *arena = arena_new();
    struct mm1_settings settings = {
        .run = {.seed = 1,
                .duration = 100 * 366 * SIMTIME_DAY,
                .limits = {.events = INT64_MAX, .tasks = INT64_MAX, .bytes = INT64_MAX}},
        .between_arrivals = given_dist(arena, "exponential", (int64_t)(SERVICE_US / 0.9), ABSENT),
        .service = given_dist(arena, "exponential", SERVICE_US, ABSENT),
        .customers = strtoull(argv[1], NULL, 10),
    };
    play(&settings);
    arena_free(arena);
    return 0;
}
