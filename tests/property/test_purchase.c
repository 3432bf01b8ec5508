/* Every small mixed group: its split, what it launches one after the other and what it gives up; and every
 * set of three pools of prices, weights, rooms and units up to 2, by every strategy. */
#include "models/ecs/group/purchase_pools.h"
#include "models/ecs/group/purchase_split.h"
#include "tests/group.h"
#include <stdbool.h>
#include <stddef.h>

enum { MOST_BASE = 6, MOST_CAPACITY = 14, POOLS = 3 };

/* --- the split -------------------------------------------------------------------------------- */

static void check_split(const struct instances_distribution_settings *distribution, int64_t capacity)
{
    struct market_units units = purchase_split(distribution, capacity);
    struct market_units next = purchase_split(distribution, capacity + 1);
    int64_t on_demand = units.of[MARKET_ON_DEMAND], base = distribution->on_demand_base_capacity;
    int64_t above = capacity > base ? capacity - base : 0;
    int64_t exact = 100 * (capacity - above) + above * distribution->on_demand_percentage_above_base_capacity;
    assert_int_equal(on_demand + units.of[MARKET_SPOT], capacity);
    assert_true(100 * on_demand >= exact && 100 * (on_demand - 1) < exact);
    assert_true(next.of[MARKET_ON_DEMAND] >= on_demand && next.of[MARKET_SPOT] >= units.of[MARKET_SPOT]);
}

static int64_t on_demand_beyond_share(const struct instances_distribution_settings *distribution,
                                      int64_t desired, const struct market_units *present)
{
    return present->of[MARKET_ON_DEMAND] - purchase_split(distribution, desired).of[MARKET_ON_DEMAND];
}

/* Host by host to the top and down again: a group without weights has its split exactly, one with weights to
 * within a host, or two after a scale-in, which never goes below the desired capacity. */
static void grow_and_shrink(const struct instances_distribution_settings *distribution, int64_t weight)
{
    struct market_units present = {0};
    for (int64_t desired = 0; desired <= MOST_CAPACITY; desired++) {
        check_split(distribution, desired);
        while (present.of[0] + present.of[1] < desired)
            present.of[purchase_next_market(distribution, desired, &present)] += weight;
        assert_in_range(on_demand_beyond_share(distribution, desired, &present) + weight - 1, 0,
                        2 * weight - 2);
    }
    for (int64_t desired = MOST_CAPACITY; desired >= 0; desired--) {
        while (present.of[0] + present.of[1] - weight >= desired) {
            enum market market = purchase_surplus_market(distribution, desired, &present);
            assert_true(present.of[market] > purchase_split(distribution, desired).of[market]);
            present.of[market] -= weight;
        }
        assert_in_range(on_demand_beyond_share(distribution, desired, &present) + 2 * weight - 2, 0,
                        4 * weight - 4);
    }
}

static void every_small_split_is_kept(void **state)
{
    (void)state;
    for (int64_t base = 0; base <= MOST_BASE; base++)
        for (int64_t percentage = 0; percentage <= 100; percentage++)
            for (int64_t weight = 1; weight <= 3; weight++)
                grow_and_shrink(
                    &(struct instances_distribution_settings){
                        .on_demand_base_capacity = base,
                        .on_demand_percentage_above_base_capacity = percentage,
                    },
                    weight);
}

/* --- pools ------------------------------------------------------------------------------------ */

/* How the header says it, pool against pool: whether `one` is strictly preferred, the order of the overrides
 * aside. */
static bool is_preferred(enum allocation_strategy strategy, int64_t missing, const struct purchase_pool *one,
                         const struct purchase_pool *other)
{
    int64_t depth = one->room * one->weight, other_depth = other->room * other->weight;
    bool enough = depth >= missing, other_enough = other_depth >= missing;
    bool deeper = depth > other_depth;
    bool cheaper = one->price * other->weight < other->price * one->weight;
    switch (strategy) {
    case ALLOCATION_LOWEST_PRICE:
        return cheaper;
    case ALLOCATION_CAPACITY_OPTIMIZED:
        return deeper;
    case ALLOCATION_CAPACITY_OPTIMIZED_PRIORITIZED:
        return (enough && !other_enough) || (!enough && !other_enough && deeper);
    case ALLOCATION_PRICE_CAPACITY_OPTIMIZED:
        return (enough && !other_enough) || (enough && other_enough && cheaper) ||
               (!enough && !other_enough && (deeper || (depth == other_depth && cheaper)));
    default:
        return false;
    }
}

static void check_single(enum allocation_strategy strategy, int64_t missing,
                         const struct purchase_pool *pools)
{
    struct allocation allocation = {strategy, 1, missing};
    size_t chosen = purchase_choose_pool(&allocation, pools, POOLS);
    for (size_t i = 0; i < POOLS; i++) {
        assert_true(chosen != NO_POOL || pools[i].room == 0);
        if (chosen == NO_POOL || i == chosen || pools[i].room == 0)
            continue;
        assert_false(is_preferred(strategy, missing, &pools[i], &pools[chosen]));
        if (i < chosen)
            assert_true(is_preferred(strategy, missing, &pools[chosen], &pools[i]));
        assert_true(purchase_misfit(&allocation, pools, POOLS, i) >
                    purchase_misfit(&allocation, pools, POOLS, chosen));
    }
    if (chosen != NO_POOL)
        assert_true(pools[chosen].room > 0);
}

static int64_t cheaper_with_room(const struct purchase_pool *pools, size_t pool)
{
    int64_t cheaper = 0;
    for (size_t i = 0; i < POOLS; i++)
        cheaper += pools[i].room > 0 && is_preferred(ALLOCATION_LOWEST_PRICE, 1, &pools[i], &pools[pool]);
    return cheaper;
}

static void check_spread(const struct purchase_pool *pools)
{
    size_t chosen = purchase_choose_pool(&(struct allocation){ALLOCATION_LOWEST_PRICE, 2, 1}, pools, POOLS);
    if (chosen == NO_POOL)
        return;
    assert_true(cheaper_with_room(pools, chosen) < 2);
    for (size_t i = 0; i < POOLS; i++) /* whoever is surely among the two cheapest has no fewer units */
        if (pools[i].room > 0 && !is_preferred(ALLOCATION_LOWEST_PRICE, 1, &pools[chosen], &pools[i]) &&
            cheaper_with_room(pools, i) == 0 && cheaper_with_room(pools, chosen) > 0)
            assert_true(pools[i].units > pools[chosen].units);
}

static struct purchase_pool pool_of(int number)
{
    return (struct purchase_pool){
        .price = 60 * (1 + number % 3),
        .weight = 1 + number / 3 % 3,
        .room = number / 9 % 3,
        .units = number / 27 % 3,
    };
}

static void every_small_set_of_pools_is_chosen_from_as_said(void **state)
{
    (void)state;
    enum { KINDS = 81 };
    for (int number = 0; number < KINDS * KINDS * KINDS; number++) {
        struct purchase_pool pools[POOLS] = {pool_of(number % KINDS), pool_of(number / KINDS % KINDS),
                                             pool_of(number / KINDS / KINDS)};
        for (int strategy = 0; strategy < ALLOCATION_COUNT; strategy++)
            check_single((enum allocation_strategy)strategy, 1 + number % 5, pools);
        check_spread(pools);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_small_split_is_kept),
        cmocka_unit_test(every_small_set_of_pools_is_chosen_from_as_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
