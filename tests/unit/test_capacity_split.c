/* How a capacity provider strategy splits tasks. */
#include "models/ecs/capacity/capacity_split.h"
#include "tests/group.h"
#include <stddef.h>

static void give(struct capacity_share *shares, int count, int tasks)
{
    for (int n = 0; n < tasks; n++)
        shares[capacity_gains(shares, count)].tasks++;
}

static void assert_tasks(const struct capacity_share *shares, int64_t first, int64_t second)
{
    assert_int_equal(shares[0].tasks, first);
    assert_int_equal(shares[1].tasks, second);
}

/* Cases P18, STRAT-01, STRAT-02: weights 1 and 1 are even, 1 and 4 are one to four once the base is met.
 * [API:CapacityProviderStrategyItem.weight] */
static void weights_are_shares_beyond_the_base_p18(void **state)
{
    (void)state;
    struct capacity_share even[] = {{.weight = 1}, {.weight = 1}};
    give(even, 2, 10);
    assert_tasks(even, 5, 5);
    struct capacity_share uneven[] = {{.weight = 1}, {.weight = 4}};
    give(uneven, 2, 10);
    assert_tasks(uneven, 2, 8);
    struct capacity_share with_base[] = {{.base = 3, .weight = 1}, {.weight = 4}};
    give(with_base, 2, 3);
    assert_tasks(with_base, 3, 0);
    give(with_base, 2, 5);
    assert_tasks(with_base, 4, 4);
}

/* Cases P19, STRAT-06. */
static void where_every_weight_is_0_nobody_gains_p19(void **state)
{
    (void)state;
    const struct capacity_share shares[] = {{.base = 1}, {0}};
    assert_int_equal(capacity_gains(shares, 2), -1);
    assert_int_equal(capacity_gains(shares, 0), -1);
}

/* Case STRAT-05. */
static void a_weight_of_0_gets_nothing_and_gives_first(void **state)
{
    (void)state;
    struct capacity_share shares[] = {{.weight = 1, .tasks = 9}, {.base = 2, .weight = 0, .tasks = 1}};
    assert_int_equal(capacity_gains(shares, 2), 0);
    assert_int_equal(capacity_loses(shares, 2), 1);
}

static void where_nobody_has_a_task_nobody_loses(void **state)
{
    (void)state;
    const struct capacity_share shares[] = {{.base = 1, .weight = 1}, {.weight = 1}};
    assert_int_equal(capacity_loses(shares, 2), -1);
}

static void a_lost_task_is_made_up_for_where_it_was(void **state)
{
    (void)state;
    struct capacity_share shares[] = {{.base = 2, .weight = 1}, {.weight = 3}};
    give(shares, 2, 10);
    assert_tasks(shares, 4, 6);
    shares[0].tasks -= 3;
    give(shares, 2, 3);
    assert_tasks(shares, 4, 6);
    shares[1].tasks -= 3;
    give(shares, 2, 3);
    assert_tasks(shares, 4, 6);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weights_are_shares_beyond_the_base_p18),
        cmocka_unit_test(where_every_weight_is_0_nobody_gains_p19),
        cmocka_unit_test(a_weight_of_0_gets_nothing_and_gives_first),
        cmocka_unit_test(where_nobody_has_a_task_nobody_loses),
        cmocka_unit_test(a_lost_task_is_made_up_for_where_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
