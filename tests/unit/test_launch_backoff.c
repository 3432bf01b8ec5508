/* The back-off of failing starts. */
#include "models/ecs/service/launch_backoff.h"
#include "tests/group.h"
#include <stddef.h>

static const simtime first = 10 * SIMTIME_SECOND, most = 27 * SIMTIME_MINUTE;

static void without_a_failure_there_is_no_delay(void **state)
{
    (void)state;
    assert_int_equal(launch_backoff(0, first, most), 0);
}

static void the_delay_doubles(void **state)
{
    (void)state;
    assert_int_equal(launch_backoff(1, first, most), 10 * SIMTIME_SECOND);
    assert_int_equal(launch_backoff(2, first, most), 20 * SIMTIME_SECOND);
    assert_int_equal(launch_backoff(8, first, most), 1280 * SIMTIME_SECOND);
}

static void it_grows_to_27_minutes_and_no_further(void **state)
{
    (void)state;
    assert_int_equal(launch_backoff(9, first, most), most);
    assert_int_equal(launch_backoff(1000000, first, most), most);
}

static void it_can_be_switched_off(void **state)
{
    (void)state;
    assert_int_equal(launch_backoff(5, 0, most), 0);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_failure_there_is_no_delay),
        cmocka_unit_test(the_delay_doubles),
        cmocka_unit_test(it_grows_to_27_minutes_and_no_further),
        cmocka_unit_test(it_can_be_switched_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
