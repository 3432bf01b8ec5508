/* What a mixed group buys: the split that AWS prints, unit prices, which pool. */
#include "models/ecs/group/capacity_rebalancing.h"
#include "models/ecs/group/purchase_pools.h"
#include "models/ecs/group/purchase_split.h"
#include "tests/group.h"
#include <stddef.h>

/* --- the split -------------------------------------------------------------------------------- */

static void assert_split(int64_t base, int64_t percentage, int64_t capacity, int64_t on_demand, int64_t spot)
{
    struct instances_distribution_settings distribution = {
        .on_demand_base_capacity = base, .on_demand_percentage_above_base_capacity = percentage};
    struct market_units units = purchase_split(&distribution, capacity);
    assert_int_equal(units.of[MARKET_ON_DEMAND], on_demand);
    assert_int_equal(units.of[MARKET_SPOT], spot);
}

/* [EAS mixed-instances-groups], its examples 1 to 5 */
static void the_split_is_what_aws_prints_mix_01_mix_02_mix_03_mix_04(void **state)
{
    (void)state;
    for (int64_t tens = 1; tens <= 4; tens++) {
        int64_t capacity = 10 * tens;
        assert_split(10, 50, capacity, 10 + 5 * (tens - 1), 5 * (tens - 1)); /* MIX-01 */
        assert_split(0, 0, capacity, 0, capacity);                           /* MIX-02 */
        assert_split(0, 60, capacity, 6 * tens, 4 * tens);                   /* MIX-03 */
        assert_split(0, 100, capacity, capacity, 0);                         /* MIX-04 */
    }
    assert_split(12, 0, 10, 10, 0);
    assert_split(12, 0, 20, 12, 8);
}

static void a_fraction_is_on_demand(void **state)
{
    (void)state;
    assert_split(0, 1, 1, 1, 0);
    assert_split(0, 25, 5, 2, 3);
    assert_split(2, 33, 5, 3, 2);
    assert_split(0, 50, 0, 0, 0);
}

/* Six of ten are On-Demand. */
static const struct instances_distribution_settings six_of_ten = {
    .on_demand_base_capacity = 2, .on_demand_percentage_above_base_capacity = 50};

static struct market_units units_of(int64_t on_demand, int64_t spot)
{
    return (struct market_units){{[MARKET_ON_DEMAND] = on_demand, [MARKET_SPOT] = spot}};
}

static void on_demand_is_bought_until_its_share_is_met(void **state)
{
    (void)state;
    struct market_units present = units_of(0, 0);
    for (int64_t hosts = 0; hosts < 10; hosts++) {
        enum market next = purchase_next_market(&six_of_ten, 10, &present);
        assert_int_equal(next, hosts < 6 ? MARKET_ON_DEMAND : MARKET_SPOT);
        present.of[next]++;
    }
}

static void what_is_more_over_its_share_goes_and_spot_where_both_are(void **state)
{
    (void)state;
    struct market_units of_on_demand = units_of(8, 5), of_spot = units_of(7, 6), of_both = units_of(7, 5);
    assert_int_equal(purchase_surplus_market(&six_of_ten, 10, &of_on_demand), MARKET_ON_DEMAND);
    assert_int_equal(purchase_surplus_market(&six_of_ten, 10, &of_spot), MARKET_SPOT);
    assert_int_equal(purchase_surplus_market(&six_of_ten, 10, &of_both), MARKET_SPOT);
}

/* --- unit prices ------------------------------------------------------------------------------ */

enum { C5_2XLARGE, C5_4XLARGE, C5_12XLARGE, C5_18XLARGE, C5_24XLARGE, C5_COUNT };

/* MIX-09: us-east-1a as the instance-weighting page prints it. [EAS instance-weighting] */
static const struct purchase_pool c5_pools[C5_COUNT] = {
    [C5_2XLARGE] = {.price = 180000000, .weight = 2, .room = POOL_BOUNDLESS},
    [C5_4XLARGE] = {.price = 341000000, .weight = 4, .room = POOL_BOUNDLESS},
    [C5_12XLARGE] = {.price = 779000000, .weight = 12, .room = POOL_BOUNDLESS},
    [C5_18XLARGE] = {.price = 1207000000, .weight = 18, .room = POOL_BOUNDLESS},
    [C5_24XLARGE] = {.price = 1555000000, .weight = 24, .room = POOL_BOUNDLESS},
};

static int64_t thousandths(const struct purchase_pool *pool)
{
    return (purchase_unit_price(pool) + 500000) / 1000000;
}

static void unit_prices_are_those_that_aws_prints_mix_09(void **state)
{
    (void)state;
    static const int64_t printed[C5_COUNT] = {90, 85, 65, 67, 65};
    for (size_t i = 0; i < C5_COUNT; i++)
        assert_int_equal(thousandths(&c5_pools[i]), printed[i]);
}

/* --- pools ------------------------------------------------------------------------------------ */

static size_t choose(enum allocation_strategy strategy, int64_t spread, int64_t missing,
                     const struct purchase_pool *pools, size_t count)
{
    return purchase_choose_pool(&(struct allocation){strategy, spread, missing}, pools, count);
}

static void the_cheapest_unit_is_the_lowest_price(void **state)
{
    (void)state;
    assert_int_equal(choose(ALLOCATION_LOWEST_PRICE, 1, 5, c5_pools, C5_COUNT), C5_24XLARGE);
    assert_int_equal(choose(ALLOCATION_PRIORITIZED, 1, 5, c5_pools, C5_COUNT), C5_2XLARGE);
}

/* MIX-07: allocation comes before avoiding an overage. [EAS instance-weighting] */
static void a_large_host_may_exceed_what_is_missing_mix_07(void **state)
{
    (void)state;
    const struct purchase_pool pools[] = {c5_pools[C5_2XLARGE], c5_pools[C5_12XLARGE]};
    size_t chosen = choose(ALLOCATION_LOWEST_PRICE, 1, 5, pools, 2);
    assert_int_equal(pools[chosen].weight - 5, 7);
}

static void lowest_price_spreads_over_the_cheapest_pools(void **state)
{
    (void)state;
    struct purchase_pool pools[] = {
        {.price = 30, .weight = 1, .room = POOL_BOUNDLESS},
        {.price = 10, .weight = 1, .room = POOL_BOUNDLESS},
        {.price = 20, .weight = 1, .room = 1},
    };
    static const size_t expected[] = {1, 2, 0, 1, 0, 1}; /* the third fills up */
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        size_t chosen = choose(ALLOCATION_LOWEST_PRICE, 2, 1, pools, 3);
        assert_int_equal(chosen, expected[i]);
        pools[chosen].units++;
        pools[chosen].room -= pools[chosen].room != POOL_BOUNDLESS;
    }
}

static void capacity_is_the_deepest_pool_or_one_that_is_deep_enough(void **state)
{
    (void)state;
    const struct purchase_pool pools[] = {
        {.price = 30, .weight = 1, .room = 10},
        {.price = 20, .weight = 4, .room = 5},
        {.price = 10, .weight = 1, .room = 3},
    };
    assert_int_equal(choose(ALLOCATION_CAPACITY_OPTIMIZED, 1, 3, pools, 3), 1);
    assert_int_equal(choose(ALLOCATION_CAPACITY_OPTIMIZED_PRIORITIZED, 1, 3, pools, 3), 0);
    assert_int_equal(choose(ALLOCATION_PRICE_CAPACITY_OPTIMIZED, 1, 11, pools, 3), 1);
    assert_int_equal(choose(ALLOCATION_CAPACITY_OPTIMIZED_PRIORITIZED, 1, 11, pools, 3), 1);
    assert_int_equal(choose(ALLOCATION_CAPACITY_OPTIMIZED_PRIORITIZED, 1, 21, pools, 3), 1);
    assert_int_equal(choose(ALLOCATION_PRICE_CAPACITY_OPTIMIZED, 1, 3, pools + 1, 2), 0);
}

static void a_pool_without_a_price_is_the_dearest(void **state)
{
    (void)state;
    const struct purchase_pool pools[] = {{.price = -1, .weight = 1, .room = 1},
                                          {.price = INT64_MAX - 1, .weight = 1, .room = 1}};
    assert_int_equal(choose(ALLOCATION_LOWEST_PRICE, 1, 1, pools, 2), 1);
    assert_int_equal(choose(ALLOCATION_LOWEST_PRICE, 1, 1, pools, 1), 0);
}

static void what_lies_outside_the_cheapest_pools_goes_first(void **state)
{
    (void)state;
    const struct purchase_pool pools[] = {
        {.price = 40, .weight = 1, .room = POOL_BOUNDLESS, .units = 1},
        {.price = 10, .weight = 1, .room = POOL_BOUNDLESS, .units = 5},
        {.price = 20, .weight = 1, .room = POOL_BOUNDLESS, .units = 4},
        {.price = 30, .weight = 1, .room = POOL_BOUNDLESS, .units = 9},
    };
    static const int64_t expected[] = {3, 1, 0, 2};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(purchase_misfit(&(struct allocation){ALLOCATION_LOWEST_PRICE, 2, 1}, pools, 4, i),
                         expected[i]);
}

/* --- capacity rebalancing --------------------------------------------------------------------- */

static void a_tenth_or_one_host_is_replaced_at_a_time(void **state)
{
    (void)state;
    assert_int_equal(capacity_ahead(0, 10, 1), 0);
    assert_int_equal(capacity_ahead(3, 10, 1), 1);
    assert_int_equal(capacity_ahead(3, 40, 1), 3);
    assert_int_equal(capacity_ahead(5, 40, 1), 4);
    assert_int_equal(capacity_ahead(24, 10, 12), 12);
    assert_int_equal(capacity_ahead(1, 0, 1), 1);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_split_is_what_aws_prints_mix_01_mix_02_mix_03_mix_04),
        cmocka_unit_test(a_fraction_is_on_demand),
        cmocka_unit_test(on_demand_is_bought_until_its_share_is_met),
        cmocka_unit_test(what_is_more_over_its_share_goes_and_spot_where_both_are),
        cmocka_unit_test(unit_prices_are_those_that_aws_prints_mix_09),
        cmocka_unit_test(the_cheapest_unit_is_the_lowest_price),
        cmocka_unit_test(a_large_host_may_exceed_what_is_missing_mix_07),
        cmocka_unit_test(lowest_price_spreads_over_the_cheapest_pools),
        cmocka_unit_test(capacity_is_the_deepest_pool_or_one_that_is_deep_enough),
        cmocka_unit_test(a_pool_without_a_price_is_the_dearest),
        cmocka_unit_test(a_tenth_or_one_host_is_replaced_at_a_time),
        cmocka_unit_test(what_lies_outside_the_cheapest_pools_goes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
