/* The hold model: pop the least event, push it again Exp(1) later; so many are pending at all times. To be
 * compared with `yardstick hold`, which draws with the same generator.
 *
 *   hold PENDING EVENTS   prints the seconds of two forms of it:
 *
 *   queue    the queue alone
 *   engine   a run: queue, dispatch, fingerprint, named draw with exact logarithm */
#include "sim/engine/exact.h"
#include "sim/engine/run.h"
#include "tests/bench/clock.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static void print_seconds(const char *what, double seconds)
{
    printf("%s seconds=%.4f\n", what, seconds);
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

static void hold_queue(size_t pending, size_t events)
{
    struct generator generator = {{1, 2, 3, 4}};
    struct queue *queue = queue_new();
    struct event event;
    for (size_t i = 0; i < pending; i++)
        queue_push(queue, exponential(&generator), PHASE_WORLD, 0, i, 0);
    double start = processor_seconds();
    for (size_t i = 0; i < events && queue_pop(queue, &event); i++)
        queue_push(queue, event.at + exponential(&generator), PHASE_WORLD, 0, event.subject, 0);
    print_seconds("queue", processor_seconds() - start);
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
    hold->started = processor_seconds();
    return hold;
}

static void finish(void *world)
{
    struct hold *hold = world;
    hold->started = processor_seconds() - hold->started;
}

static void hold_engine(size_t pending, size_t events)
{
    static const struct event_kind kinds[] = {{"hold", handle}};
    static const struct model model = {.events = kinds, .event_count = 1, .begin = begin, .finish = finish};
    struct hold_settings settings = {
        .run = {.seed = 1,
                .duration = SIMTIME_NEVER - 1,
                .limits = {.events = (int64_t)events, .tasks = INT64_MAX, .bytes = INT64_MAX}},
        .pending = pending,
    };
    struct run *run = run_new(&model, &settings);
    run_play(run);
    print_seconds("engine", ((const struct hold *)run->world)->started);
    run_free(run);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: hold PENDING EVENTS\n");
        return 2;
    }
    size_t pending = strtoull(argv[1], NULL, 10);
    size_t events = strtoull(argv[2], NULL, 10);
    hold_queue(pending, events);
    hold_engine(pending, events);
    return 0;
}
