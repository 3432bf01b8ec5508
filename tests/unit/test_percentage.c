/* Percentages of tasks, rounded up. */
#include "models/ecs/service/percentage.h"
#include "tests/group.h"
#include <stddef.h>

/* E1, E2, E3, E4, E5 */
static void healthy_tasks_that_an_early_success_needs(void **state)
{
    (void)state;
    assert_int_equal(percent_rounded_up(2, 50), 1);
    assert_int_equal(percent_rounded_up(3, 50), 2);
    assert_int_equal(percent_rounded_up(10, 80), 8);
    assert_int_equal(percent_rounded_up(100, 90), 90);
    assert_int_equal(percent_rounded_up(10, 100), 10);
}

/* T1 */
static void a_task_set_of_1_2_tasks_has_2(void **state)
{
    (void)state;
    assert_int_equal(percent_rounded_up(3, 40), 2);
    assert_int_equal(percent_rounded_up(12, 10), 2);
    assert_int_equal(percent_rounded_up(10, 10), 1);
}

static void nothing_of_anything_is_nothing(void **state)
{
    (void)state;
    assert_int_equal(percent_rounded_up(0, 50), 0);
    assert_int_equal(percent_rounded_up(7, 0), 0);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(healthy_tasks_that_an_early_success_needs),
        cmocka_unit_test(a_task_set_of_1_2_tasks_has_2),
        cmocka_unit_test(nothing_of_anything_is_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
