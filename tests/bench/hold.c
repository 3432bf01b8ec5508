/* The hold model: pop the least event, push it again Exp(1) later; so many are pending at all times. To be
 * compared with `yardstick hold`, which draws with the same generator.
 *
 *   queue    the queue alone
 *   engine   a run: queue, dispatch, fingerprint, named draw with exact logarithm */
#include "sim/engine/exact.h"
#include "sim/engine/run.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { EVENTS = 4000000 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void print_row(const char *what, size_t pending, double seconds)
{
    printf("%s pending=%zu seconds=%.4f Mevents/s=%.2f\n", what, pending, seconds, EVENTS / seconds / 1e6);
    fflush(stdout);
}

/* xoshiro256** and libm's logarithm, as in yardstick.c. */
struct generator {
    uint64_t state[4];
};

static inline uint64_t rotated(uint64_t word, int by)
{
    return word << by | word >> (64 - by);
}

static inline uint64_t next(struct generator *generator)
{
    uint64_t *state = generator->state, result = rotated(state[1] * 5, 7) * 9, shifted = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotated(state[3], 45);
    return result;
}

static inline simtime exponential(struct generator *generator)
{
    return (simtime)(-1e6 * log((double)((next(generator) >> 11) + 1) * 0x1.0p-53));
}

static void hold_queue(size_t pending)
{
    struct generator generator = {{1, 2, 3, 4}};
    struct queue *queue = queue_new();
    struct event event;
    for (size_t i = 0; i < pending; i++)
        queue_push(queue, exponential(&generator), PHASE_WORLD, 0, i, 0);
    double start = now();
    for (size_t i = 0; i < EVENTS && queue_pop(queue, &event); i++)
        queue_push(queue, event.at + exponential(&generator), PHASE_WORLD, 0, event.subject, 0);
    print_row("queue ", pending, now() - start);
    queue_free(queue);
}

struct hold_settings {
    struct run_settings run;
    size_t pending;
};

struct hold {
    struct run *run;
    double started;
};

static void push_again(struct hold *hold, uint64_t subject, uint64_t nth)
{
    double unit = rng_unit(run_key(hold->run, 1, subject, nth), 0);
    simtime gap = (simtime)(-1e6 * exact_log(unit));
    run_schedule(hold->run, hold->run->now + gap, PHASE_WORLD, 0, subject, nth + 1);
}

static void handle(void *world, uint64_t subject, uint64_t nth)
{
    push_again(world, subject, nth);
}

static void *begin(struct run *run, const void *settings)
{
    struct hold *hold = arena_alloc(run->arena, sizeof *hold);
    hold->run = run;
    for (size_t i = 0; i < ((const struct hold_settings *)settings)->pending; i++)
        push_again(hold, i, 0);
    hold->started = now();
    return hold;
}

static void finish(void *world)
{
    struct hold *hold = world;
    hold->started = now() - hold->started;
}

static void hold_engine(size_t pending)
{
    static const struct event_kind events[] = {{"hold", handle}};
    static const struct model model = {.events = events, .event_count = 1, .begin = begin, .finish = finish};
    struct hold_settings settings = {
        .run = {.seed = 1,
                .duration = SIMTIME_NEVER - 1,
                .limits = {.events = EVENTS, .tasks = INT64_MAX, .bytes = INT64_MAX}},
        .pending = pending,
    };
    struct run *run = run_new(&model, &settings);
    run_play(run);
    print_row("engine", pending, ((const struct hold *)run->world)->started);
    run_free(run);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: hold PENDING\n");
        return 2;
    }
    size_t pending = strtoull(argv[1], NULL, 10);
    hold_queue(pending);
    hold_engine(pending);
    return 0;
}
