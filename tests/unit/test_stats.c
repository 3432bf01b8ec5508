#include "sim/engine/stats.h"
#include "tests/unit/unit.h"

static void the_mean_weighs_values_by_their_time(void **state)
{
    (void)state;
    struct time_weighted weighted;
    time_weighted_start(&weighted, 10, 2);
    time_weighted_set(&weighted, 20, 5); /* 2 for 10 */
    time_weighted_set(&weighted, 40, 0); /* 5 for 20 */
    assert_int_equal(time_weighted_mean(&weighted, 50, 0), 3);
    assert_int_equal(time_weighted_mean(&weighted, 50, 3), 3000);
    assert_int_equal(time_weighted_mean(&weighted, 70, 6), 2000000);
    assert_int_equal(time_weighted_mean(&weighted, 80, 3), 1714); /* 120 / 70 */
}

static void means_are_rounded_to_the_nearest(void **state)
{
    (void)state;
    struct time_weighted weighted;
    time_weighted_start(&weighted, 0, 1);
    time_weighted_set(&weighted, 2, 0);
    assert_int_equal(time_weighted_mean(&weighted, 3, 0), 1);
    assert_int_equal(time_weighted_mean(&weighted, 3, 2), 67);
    time_weighted_start(&weighted, 0, -1);
    time_weighted_set(&weighted, 2, 0);
    assert_int_equal(time_weighted_mean(&weighted, 3, 2), -67);
}

static void a_century_of_a_million_million_does_not_overflow(void **state)
{
    (void)state;
    struct time_weighted weighted;
    time_weighted_start(&weighted, 0, INT64_C(1000000000000));
    simtime century = 36600 * SIMTIME_DAY;
    assert_int_equal(time_weighted_mean(&weighted, century, 6), INT64_C(1000000000000000000));
}

static void without_time_the_mean_is_the_value(void **state)
{
    (void)state;
    struct time_weighted weighted;
    time_weighted_start(&weighted, 5, 7);
    assert_int_equal(time_weighted_mean(&weighted, 5, 2), 700);
    time_weighted_close(&weighted, 5);
    assert_int_equal(weighted.least, 7);
    assert_int_equal(weighted.greatest, 7);
}

static void values_that_last_no_time_are_not_the_least(void **state)
{
    (void)state;
    struct time_weighted weighted;
    time_weighted_start(&weighted, 0, 0);
    time_weighted_set(&weighted, 0, 4);
    time_weighted_set(&weighted, 10, 1);
    time_weighted_set(&weighted, 10, 3);
    time_weighted_set(&weighted, 20, 9);
    time_weighted_set(&weighted, 20, 3);
    time_weighted_close(&weighted, 30);
    assert_int_equal(weighted.least, 3);
    assert_int_equal(weighted.least_at, 10);
    assert_int_equal(weighted.greatest, 4);
}

static void what_is_set_again_has_held_all_along(void **state)
{
    (void)state;
    struct time_weighted weighted;
    time_weighted_start(&weighted, 0, 4);
    time_weighted_set(&weighted, 10, 4);
    assert_int_equal(time_weighted_mean(&weighted, 10, 0), 4);
    time_weighted_set(&weighted, 20, 2);
    time_weighted_set(&weighted, 25, 2);
    assert_int_equal(time_weighted_mean(&weighted, 40, 0), 3);
    time_weighted_close(&weighted, 40);
    assert_int_equal(weighted.least_at, 20);
    assert_int_equal(weighted.greatest, 4);
    assert_int_equal((int64_t)weighted.integral, 120);
}

static void the_least_is_dated_by_its_first_instant(void **state)
{
    (void)state;
    struct time_weighted weighted;
    time_weighted_start(&weighted, 0, 4);
    time_weighted_set(&weighted, 10, 1);
    time_weighted_set(&weighted, 20, 4);
    time_weighted_set(&weighted, 30, 1);
    time_weighted_close(&weighted, 40);
    assert_int_equal(weighted.least, 1);
    assert_int_equal(weighted.least_at, 10);
}

static void quantiles_are_interpolated(void **state)
{
    (void)state;
    int64_t values[] = {40, 10, 30, 20};
    assert_int_equal(stats_quantile(values, 4, 0.5), 25);
    assert_int_equal(stats_quantile(values, 4, 0), 10);
    assert_int_equal(stats_quantile(values, 4, 1), 40);
    assert_int_equal(stats_quantile(values, 4, 0.9), 37);
    int64_t one[] = {-3};
    assert_int_equal(stats_quantile(one, 1, 0.99), -3);
}

static void samples_are_kept_as_they_come(void **state)
{
    (void)state;
    struct samples samples = {0};
    for (int64_t i = 0; i < 100; i++)
        samples_add(&samples, (i * 37) % 100);
    assert_int_equal(samples.count, 100);
    assert_int_equal(samples.values[2], 74);
    assert_int_equal(samples_mean(&samples), 50); /* 49.5 */
    samples_sort(&samples);
    assert_int_equal(samples.values[2], 2);
    assert_int_equal(samples_quantile(&samples, 1), 99);
    samples_free(&samples);
    assert_int_equal(samples.count, 0);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mean_weighs_values_by_their_time),
        cmocka_unit_test(means_are_rounded_to_the_nearest),
        cmocka_unit_test(a_century_of_a_million_million_does_not_overflow),
        cmocka_unit_test(without_time_the_mean_is_the_value),
        cmocka_unit_test(values_that_last_no_time_are_not_the_least),
        cmocka_unit_test(what_is_set_again_has_held_all_along),
        cmocka_unit_test(the_least_is_dated_by_its_first_instant),
        cmocka_unit_test(quantiles_are_interpolated),
        cmocka_unit_test(samples_are_kept_as_they_come),
    };
    return RUN_TESTS(tests);
}
