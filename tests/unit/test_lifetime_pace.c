/* How many instances are replaced at a time that have reached their maximum lifetime. */
#include "models/ecs/group/lifetime_pace.h"
#include "tests/group.h"
#include <stddef.h>

static void one_at_a_time_if_there_is_time(void **state)
{
    (void)state;
    assert_int_equal(lifetime_at_once(100, SIMTIME_DAY, 0), 1);
    assert_int_equal(lifetime_at_once(100, SIMTIME_DAY, 5 * SIMTIME_MINUTE), 1);
    assert_int_equal(lifetime_at_once(288, SIMTIME_DAY, 5 * SIMTIME_MINUTE), 1);
}

static void as_many_as_it_takes_if_there_is_not(void **state)
{
    (void)state;
    assert_int_equal(lifetime_at_once(289, SIMTIME_DAY, 5 * SIMTIME_MINUTE), 2);
    assert_int_equal(lifetime_at_once(1000, SIMTIME_DAY, 10 * SIMTIME_MINUTE), 7);
}

static void a_tenth_of_the_group_at_most(void **state)
{
    (void)state;
    assert_int_equal(lifetime_at_once(100, SIMTIME_DAY, SIMTIME_DAY), 10);
    assert_int_equal(lifetime_at_once(9, SIMTIME_DAY, SIMTIME_DAY), 1);
    assert_int_equal(lifetime_at_once(29, SIMTIME_DAY, SIMTIME_DAY), 2);
    assert_int_equal(lifetime_at_once(0, SIMTIME_DAY, SIMTIME_DAY), 1);
    assert_int_equal(lifetime_at_once(1000000, SIMTIME_DAY, INT64_MAX / 2), 100000);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_at_a_time_if_there_is_time),
        cmocka_unit_test(as_many_as_it_takes_if_there_is_not),
        cmocka_unit_test(a_tenth_of_the_group_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
