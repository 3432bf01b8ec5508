/* Every strategy of three providers with weights 0 to 4 and a base of 0 to 3 at one of them, for 0 to 24
 * tasks: the base comes first, shares stay within one task of the weights, and what was given last is taken
 * first. */
#include "models/ecs/capacity/capacity_split.h"
#include "tests/group.h"
#include <stddef.h>
#include <stdlib.h>

enum { PROVIDERS = 3, MOST_WEIGHT = 4, MOST_BASE = 3, MOST_TASKS = 24 };

struct split {
    struct capacity_share shares[PROVIDERS];
    int64_t weights, base, tasks; /* in all; the base counts where the weight does */
};

static int64_t beyond(const struct split *split, int i)
{
    int64_t base = split->shares[i].weight ? split->shares[i].base : 0;
    return split->shares[i].tasks > base ? split->shares[i].tasks - base : 0;
}

/* The exact share is tasks * weight / weights: within one task of it. */
static void check_shares(const struct split *split)
{
    int64_t shared = split->tasks > split->base ? split->tasks - split->base : 0;
    int64_t sum = 0;
    for (int i = 0; i < PROVIDERS; i++) {
        const struct capacity_share *share = &split->shares[i];
        int64_t off = beyond(split, i) * split->weights - shared * share->weight;
        assert_true(llabs(off) < split->weights);
        assert_true(share->weight || !share->tasks);
        if (split->tasks >= split->base && share->weight)
            assert_true(share->tasks >= share->base);
        sum += share->tasks;
    }
    assert_int_equal(sum, split->tasks);
}

static void fill_and_empty(struct split *split)
{
    int given[MOST_TASKS];
    for (; split->tasks < MOST_TASKS; split->tasks++) {
        check_shares(split);
        int gains = capacity_gains(split->shares, PROVIDERS);
        given[split->tasks] = gains;
        split->shares[gains].tasks++;
        int loses = capacity_loses(split->shares, PROVIDERS);
        assert_int_equal(loses, gains);
    }
    while (split->tasks > 0) {
        int loses = capacity_loses(split->shares, PROVIDERS);
        assert_int_equal(loses, given[--split->tasks]);
        split->shares[loses].tasks--;
    }
}

static void play(const int *weights, int based, int64_t base)
{
    struct split split = {0};
    for (int i = 0; i < PROVIDERS; i++) {
        split.shares[i].weight = weights[i];
        split.weights += weights[i];
    }
    split.shares[based].base = base;
    split.base = weights[based] ? base : 0;
    if (split.weights)
        fill_and_empty(&split);
    else
        assert_int_equal(capacity_gains(split.shares, PROVIDERS), -1);
}

static void every_small_strategy_keeps_its_split(void **state)
{
    (void)state;
    int weights[PROVIDERS];
    for (weights[0] = 0; weights[0] <= MOST_WEIGHT; weights[0]++)
        for (weights[1] = 0; weights[1] <= MOST_WEIGHT; weights[1]++)
            for (weights[2] = 0; weights[2] <= MOST_WEIGHT; weights[2]++)
                for (int based = 0; based < PROVIDERS; based++)
                    for (int64_t base = 0; base <= MOST_BASE; base++)
                        play(weights, based, base);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_small_strategy_keeps_its_split),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
