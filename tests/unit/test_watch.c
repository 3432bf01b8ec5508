#include "sim/engine/watch.h"
#include "tests/unit/unit.h"

static void a_value_within_its_bounds_keeps_the_promise(void **state)
{
    (void)state;
    struct watch watch;
    watch_init(&watch, 1, 3, 0, SIMTIME_NEVER, 0);
    watch_see(&watch, 0, 1);
    watch_see(&watch, 10, 3);
    watch_close(&watch, 20);
    assert_false(watch_broken(&watch));
    assert_int_equal(watch.outside, 0);
    assert_int_equal(watch.first_outside, SIMTIME_NEVER);
}

static void first_worst_and_total_time_outside_are_known(void **state)
{
    (void)state;
    struct watch watch;
    watch_init(&watch, 3, 5, 0, SIMTIME_NEVER, 0);
    watch_see(&watch, 0, 3);
    watch_see(&watch, 10, 2);
    watch_see(&watch, 15, 4);
    watch_see(&watch, 20, 9);
    watch_see(&watch, 22, 0);
    watch_close(&watch, 25);
    assert_true(watch_broken(&watch));
    assert_int_equal(watch.first_outside, 10);
    assert_int_equal(watch.broken_at, 10);
    assert_int_equal(watch.outside, 5 + 2 + 3);
    assert_int_equal(watch.worst, 9); /* 4 above; 0 is 3 below */
}

static void a_value_that_lasts_no_time_is_not_outside(void **state)
{
    (void)state;
    struct watch watch;
    watch_init(&watch, 1, INT64_MAX, 0, SIMTIME_NEVER, 0);
    watch_see(&watch, 0, 0);
    watch_see(&watch, 0, 1);
    watch_see(&watch, 10, 0);
    watch_see(&watch, 10, 2);
    watch_see(&watch, 20, 0);
    watch_close(&watch, 20);
    assert_false(watch_broken(&watch));
}

static void only_the_window_counts(void **state)
{
    (void)state;
    struct watch watch;
    watch_init(&watch, 1, INT64_MAX, 10, 20, 0);
    watch_see(&watch, 0, 0);
    watch_see(&watch, 10, 1);
    watch_see(&watch, 20, 0);
    watch_close(&watch, 30);
    assert_false(watch_broken(&watch));
    watch_init(&watch, 1, INT64_MAX, 10, 20, 0);
    watch_see(&watch, 0, 0);
    watch_close(&watch, 30);
    assert_int_equal(watch.first_outside, 10);
    assert_int_equal(watch.outside, 10);
}

static void some_time_outside_may_be_forgiven(void **state)
{
    (void)state;
    struct watch watch;
    watch_init(&watch, 1, INT64_MAX, 0, SIMTIME_NEVER, 30);
    watch_see(&watch, 0, 1);
    watch_see(&watch, 100, 0);
    watch_see(&watch, 120, 1);
    watch_see(&watch, 200, 0);
    watch_see(&watch, 210, 1);
    assert_false(watch_broken(&watch));
    assert_int_equal(watch.outside, 30);
    watch_see(&watch, 300, 0);
    watch_close(&watch, 305);
    assert_true(watch_broken(&watch));
    assert_int_equal(watch.first_outside, 100);
    assert_int_equal(watch.broken_at, 300);
}

static void forgiveness_may_end_within_one_stretch(void **state)
{
    (void)state;
    struct watch watch;
    watch_init(&watch, 1, INT64_MAX, 0, SIMTIME_NEVER, 30);
    watch_see(&watch, 100, 0);
    watch_close(&watch, 140);
    assert_int_equal(watch.broken_at, 130);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_within_its_bounds_keeps_the_promise),
        cmocka_unit_test(first_worst_and_total_time_outside_are_known),
        cmocka_unit_test(a_value_that_lasts_no_time_is_not_outside),
        cmocka_unit_test(only_the_window_counts),
        cmocka_unit_test(some_time_outside_may_be_forgiven),
        cmocka_unit_test(forgiveness_may_end_within_one_stretch),
    };
    return RUN_TESTS(tests);
}
