/* Max-min fair sharing, held against a fluid that is computed flow by flow. */
#include "models/ecs/image/fair_share.h"
#include "sim/engine/rng.h"
#include "tests/unit/unit.h"
#include <stdlib.h>

/* --- by hand ---------------------------------------------------------------------------------- */

static void one_flow_has_its_cap(void **state)
{
    (void)state;
    struct fair_share *share = fair_share_new(100);
    uint64_t tag = 0;
    uint32_t flow = fair_share_begin(share, 0, 30, 60, 7);
    assert_int_equal(fair_share_rate(share, flow), 30);
    assert_int_equal(fair_share_next(share), 2 * SIMTIME_SECOND);
    assert_false(fair_share_finish(share, 2 * SIMTIME_SECOND - 1, &tag));
    assert_true(fair_share_finish(share, 2 * SIMTIME_SECOND, &tag));
    assert_int_equal(tag, 7);
    assert_int_equal(fair_share_next(share), SIMTIME_NEVER);
    fair_share_free(share);
}

/* 10, 40 and 200 under 100: the first has its cap, the others share what is left: 45 is above 40, so it has
 * its cap too, and the last has 50. */
static void what_the_small_ones_leave_is_for_the_others(void **state)
{
    (void)state;
    struct fair_share *share = fair_share_new(100);
    uint32_t large = fair_share_begin(share, 0, 200, 1000, 0);
    assert_int_equal(fair_share_rate(share, large), 100);
    uint32_t middle = fair_share_begin(share, 0, 40, 1000, 0);
    assert_int_equal(fair_share_rate(share, large), 60);
    uint32_t small = fair_share_begin(share, 0, 10, 1000, 0);
    assert_int_equal(fair_share_rate(share, small), 10);
    assert_int_equal(fair_share_rate(share, middle), 40);
    assert_int_equal(fair_share_rate(share, large), 50);
    fair_share_begin(share, 0, 40, 1000, 0);
    assert_int_equal(fair_share_rate(share, middle), 30);
    assert_int_equal(fair_share_rate(share, large), 30);
    fair_share_end(share, 0, small);
    assert_int_equal(fair_share_rate(share, large), 33);
    fair_share_free(share);
}

/* --- against the fluid ------------------------------------------------------------------------ */

enum { MOST_FLOWS = 40, STEPS = 120, CASES = 300 };

struct drop {
    bool flows;
    int64_t cap, rate;
    __int128 left; /* millionths of bytes */
    uint32_t handle;
};

struct fluid {
    struct drop drops[MOST_FLOWS];
    int64_t limit;
    simtime now;
};

static int64_t roll(uint64_t *seed, int64_t below)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((*seed >> 33) % (uint64_t)below);
}

/* The next larger cap that flows and is not yet served. */
static struct drop *smallest_unserved(struct fluid *fluid, const bool *served)
{
    struct drop *smallest = NULL;
    for (int i = 0; i < MOST_FLOWS; i++)
        if (fluid->drops[i].flows && !served[i] && (!smallest || fluid->drops[i].cap < smallest->cap))
            smallest = &fluid->drops[i];
    return smallest;
}

static void find_rates(struct fluid *fluid)
{
    bool served[MOST_FLOWS] = {false};
    int64_t left = fluid->limit, count = 0;
    for (int i = 0; i < MOST_FLOWS; i++)
        count += fluid->drops[i].flows;
    for (struct drop *drop; (drop = smallest_unserved(fluid, served)); count--) {
        int64_t level = left / count > 1 ? left / count : 1;
        drop->rate = drop->cap < level ? drop->cap : level;
        /* those that cannot have their cap all have the level at which the first could not */
        if (drop->cap > level) {
            for (int i = 0; i < MOST_FLOWS; i++)
                if (fluid->drops[i].flows && !served[i])
                    fluid->drops[i].rate = level;
            return;
        }
        left -= drop->rate;
        served[drop - fluid->drops] = true;
    }
}

static void flow_on(struct fluid *fluid, simtime now)
{
    for (int i = 0; i < MOST_FLOWS; i++)
        if (fluid->drops[i].flows)
            fluid->drops[i].left -= (__int128)fluid->drops[i].rate * (now - fluid->now);
    fluid->now = now;
}

static simtime next_of(const struct fluid *fluid)
{
    simtime next = SIMTIME_NEVER;
    for (int i = 0; i < MOST_FLOWS; i++) {
        const struct drop *drop = &fluid->drops[i];
        if (!drop->flows)
            continue;
        simtime at =
            fluid->now + (drop->left <= 0 ? 0 : (simtime)((drop->left + drop->rate - 1) / drop->rate));
        next = at < next ? at : next;
    }
    return next;
}

static void begin_one(struct fluid *fluid, struct fair_share *share, uint64_t *seed)
{
    int i = 0;
    while (i < MOST_FLOWS && fluid->drops[i].flows)
        i++;
    if (i == MOST_FLOWS)
        return;
    static const int64_t caps[] = {1, 7, 30, 31, 1000, 30000000};
    int64_t cap = caps[roll(seed, 6)], bytes = 1 + roll(seed, 2 * cap + 50);
    uint32_t handle = fair_share_begin(share, fluid->now, cap, bytes, (uint64_t)i);
    fluid->drops[i] = (struct drop){true, cap, 0, (__int128)bytes * SIMTIME_SECOND, handle};
    find_rates(fluid);
}

static void end_one(struct fluid *fluid, struct fair_share *share, uint64_t *seed)
{
    struct drop *drop = &fluid->drops[roll(seed, MOST_FLOWS)];
    if (!drop->flows)
        return;
    fair_share_end(share, fluid->now, drop->handle);
    drop->flows = false;
    find_rates(fluid);
}

static void finish_all(struct fluid *fluid, struct fair_share *share)
{
    uint64_t tag;
    while (fair_share_finish(share, fluid->now, &tag)) {
        assert_true(fluid->drops[tag].flows);
        assert_true(fluid->drops[tag].left <= 0);
        fluid->drops[tag].flows = false;
        find_rates(fluid);
    }
    for (int i = 0; i < MOST_FLOWS; i++)
        assert_false(fluid->drops[i].flows && fluid->drops[i].left <= 0);
}

static void hold_rates(const struct fluid *fluid, const struct fair_share *share)
{
    for (int i = 0; i < MOST_FLOWS; i++)
        if (fluid->drops[i].flows)
            assert_int_equal(fair_share_rate(share, fluid->drops[i].handle), fluid->drops[i].rate);
}

static void play(uint64_t seed)
{
    struct fluid fluid = {.limit = 1 + roll(&seed, 200)};
    struct fair_share *share = fair_share_new(fluid.limit);
    for (int step = 0; step < STEPS; step++) {
        simtime next = next_of(&fluid);
        simtime change = fluid.now + roll(&seed, SIMTIME_SECOND);
        assert_int_equal(fair_share_next(share), next);
        flow_on(&fluid, next < change ? next : change);
        finish_all(&fluid, share);
        (roll(&seed, 4) ? begin_one : end_one)(&fluid, share, &seed);
        hold_rates(&fluid, share);
    }
    fair_share_free(share);
}

static void any_flows_are_as_the_fluid_has_them(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= CASES; seed++)
        play(seed);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_flow_has_its_cap),
        cmocka_unit_test(what_the_small_ones_leave_is_for_the_others),
        cmocka_unit_test(any_flows_are_as_the_fluid_has_them),
    };
    return RUN_TESTS(tests);
}
