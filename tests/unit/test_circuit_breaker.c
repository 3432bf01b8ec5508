/* The threshold of the deployment circuit breaker, and what it counts. */
#include "models/ecs/deployment/circuit_breaker.h"
#include "tests/group.h"
#include <stddef.h>

static int64_t threshold(int type, int64_t value, int64_t desired)
{
    return circuit_breaker_threshold(&(struct threshold_settings){type, value}, desired);
}

/* B1, B2, B3, B4 */
static void by_default_it_is_half_the_desired_count_from_3_to_200(void **state)
{
    (void)state;
    assert_int_equal(circuit_breaker_threshold(NULL, 1), 3);
    assert_int_equal(circuit_breaker_threshold(NULL, 6), 3);
    assert_int_equal(circuit_breaker_threshold(NULL, 7), 4);
    assert_int_equal(circuit_breaker_threshold(NULL, 25), 13);
    assert_int_equal(circuit_breaker_threshold(NULL, 400), 200);
    assert_int_equal(circuit_breaker_threshold(NULL, 800), 200);
    assert_int_equal(threshold(THRESHOLD_BOUNDED_PERCENT, 50, 25), 13);
}

/* B7 */
static void a_count_is_what_it_says(void **state)
{
    (void)state;
    assert_int_equal(threshold(THRESHOLD_COUNT, 5, 800), 5);
    assert_int_equal(threshold(THRESHOLD_COUNT, 1, 1), 1);
    assert_int_equal(threshold(THRESHOLD_COUNT, 500, 4), 500);
}

/* B8 */
static void without_bounds_it_only_rounds_up(void **state)
{
    (void)state;
    assert_int_equal(threshold(THRESHOLD_UNBOUNDED_PERCENT, 50, 800), 400);
    assert_int_equal(threshold(THRESHOLD_UNBOUNDED_PERCENT, 50, 1), 1);
    assert_int_equal(threshold(THRESHOLD_UNBOUNDED_PERCENT, 10, 11), 2);
    assert_int_equal(threshold(THRESHOLD_UNBOUNDED_PERCENT, 50, 0), 1);
}

/* B15 */
static void a_task_that_ran_and_exits_is_no_outcome_that_counts(void **state)
{
    (void)state;
    struct circuit_breaker breaker = {0};
    for (int i = 0; i < 10; i++) {
        circuit_breaker_count(&breaker, TASK_RAN, true);
        circuit_breaker_count(&breaker, TASK_BECAME_HEALTHY, true);
    }
    assert_int_equal(breaker.failures, 0);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_default_it_is_half_the_desired_count_from_3_to_200),
        cmocka_unit_test(a_count_is_what_it_says),
        cmocka_unit_test(without_bounds_it_only_rounds_up),
        cmocka_unit_test(a_task_that_ran_and_exits_is_no_outcome_that_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
