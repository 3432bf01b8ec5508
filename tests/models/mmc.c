/* A second client of the engine, whose truth is known: c servers, one queue, exponential times between
 * arrivals and of service. Erlang's formula gives the probability that a customer waits and the mean wait.
 * The draws are named, so that a weak mixing of names shows as a wrong answer. */
#include "sim/engine/check.h"
#include "sim/engine/run.h"
#include "tests/models/erlang.h"
#include "tests/unit/given_dist.h"
#include <stdlib.h>

enum { BATCHES = 20, CUSTOMERS_PER_BATCH = 20000, SERVICE_US = 1000000 };

struct mmc_settings {
    struct run_settings run;
    struct dist between_arrivals, service;
    int servers;
};

/* One more batch than is judged: the first fills the empty system. */
struct mmc {
    struct run *run;
    const struct mmc_settings *settings;
    uint64_t arrived, served; /* customers so far; those in between wait, in order */
    int busy;
    simtime arrived_at[(BATCHES + 1) * CUSTOMERS_PER_BATCH];
    double wait_us[BATCHES + 1];
    double waiting[BATCHES + 1];
};

enum { ARRIVAL, DEPARTURE };
enum { PURPOSE_ARRIVAL = 11, PURPOSE_SERVICE = 22 };

static void expect_arrival(struct mmc *mmc)
{
    simtime gap = run_draw(mmc->run, &mmc->settings->between_arrivals, PURPOSE_ARRIVAL, 0, mmc->arrived);
    run_schedule(mmc->run, mmc->run->now + gap, PHASE_WORLD, ARRIVAL, mmc->arrived, 0);
}

static void serve_next(struct mmc *mmc)
{
    uint64_t customer = mmc->served++;
    uint64_t batch = customer / CUSTOMERS_PER_BATCH;
    simtime wait = mmc->run->now - mmc->arrived_at[customer];
    mmc->wait_us[batch] += (double)wait / CUSTOMERS_PER_BATCH;
    mmc->waiting[batch] += (wait > 0) / (double)CUSTOMERS_PER_BATCH;
    mmc->busy++;
    simtime lasts = run_draw(mmc->run, &mmc->settings->service, PURPOSE_SERVICE, 0, customer);
    run_schedule(mmc->run, mmc->run->now + lasts, PHASE_WORLD, DEPARTURE, customer, 0);
}

static void serve_waiting(struct mmc *mmc)
{
    while (mmc->busy < mmc->settings->servers && mmc->served < mmc->arrived)
        serve_next(mmc);
}

static void arrive(void *world, uint64_t customer, uint64_t argument)
{
    (void)argument;
    struct mmc *mmc = world;
    mmc->arrived_at[customer] = mmc->run->now;
    mmc->arrived++;
    serve_waiting(mmc);
    if (mmc->arrived < (BATCHES + 1) * CUSTOMERS_PER_BATCH)
        expect_arrival(mmc);
}

static void depart(void *world, uint64_t customer, uint64_t argument)
{
    (void)customer;
    (void)argument;
    struct mmc *mmc = world;
    mmc->busy--;
    serve_waiting(mmc);
}

static void *begin(struct run *run, const void *settings)
{
    struct mmc *mmc = arena_alloc(run->arena, sizeof *mmc);
    mmc->run = run;
    mmc->settings = settings;
    expect_arrival(mmc);
    return mmc;
}

static const struct event_kind events[] = {{"arrival", arrive}, {"departure", depart}};
static const struct model model = {.events = events, .event_count = 2, .begin = begin};

static void assert_agrees(int servers, double load)
{
    struct arena *arena = arena_new();
    struct mmc_settings settings = {
        .run = {.seed = 1,
                .duration = 100 * 366 * SIMTIME_DAY,
                .limits = {.events = INT64_MAX, .tasks = INT64_MAX, .bytes = INT64_MAX}},
        .between_arrivals = given_dist(arena, "exponential", (int64_t)(SERVICE_US / load / servers), ABSENT),
        .service = given_dist(arena, "exponential", SERVICE_US, ABSENT),
        .servers = servers,
    };
    struct run *run = run_new(&model, &settings);
    run_play(run);
    const struct mmc *mmc = run->world;
    double probability = erlang_c(servers, load * servers);
    assert_int_equal(mmc->served, (BATCHES + 1) * CUSTOMERS_PER_BATCH);
    assert_estimates(mmc->waiting + 1, BATCHES, probability, 0.1, "probability of waiting");
    assert_estimates(mmc->wait_us + 1, BATCHES, probability * SERVICE_US / (servers * (1 - load)), 0.1,
                     "mean wait");
    run_free(run);
    arena_free(arena);
}

static void one_server_at_half_load(void **state)
{
    (void)state;
    assert_agrees(1, 0.5);
}

static void one_server_at_high_load(void **state)
{
    (void)state;
    assert_agrees(1, 0.8);
}

static void three_servers(void **state)
{
    (void)state;
    assert_agrees(3, 0.7);
}

static void ten_servers(void **state)
{
    (void)state;
    assert_agrees(10, 0.8);
}

static void erlang_c_of_one_server_is_its_load(void **state)
{
    (void)state;
    assert_true(fabs(erlang_c(1, 0.8) - 0.8) < 1e-12);
    assert_true(fabs(erlang_c(2, 1) - 1.0 / 3) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(erlang_c_of_one_server_is_its_load),
        cmocka_unit_test(one_server_at_half_load),
        cmocka_unit_test(one_server_at_high_load),
        cmocka_unit_test(three_servers),
        cmocka_unit_test(ten_servers),
    };
    return RUN_TESTS(tests);
}
