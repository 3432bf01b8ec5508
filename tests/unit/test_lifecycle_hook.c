/* How long an instance may wait for a lifecycle hook: one heartbeat; with heartbeats recorded a hundred of
 * them, 48 hours at most. [EAS lifecycle-hooks] */
#include "models/ecs/group/lifecycle_hook.h"
#include "tests/group.h"
#include <stddef.h>

static void a_wait_is_one_heartbeat_or_a_hundred(void **state)
{
    (void)state;
    const simtime two_days = 48 * SIMTIME_HOUR, least = 30 * SIMTIME_SECOND;
    assert_int_equal(lifecycle_limit(SIMTIME_HOUR, false), SIMTIME_HOUR);
    assert_int_equal(lifecycle_limit(least, true), 100 * least);
    assert_int_equal(lifecycle_limit(1727 * SIMTIME_SECOND, true), 172700 * SIMTIME_SECOND);
    assert_int_equal(lifecycle_limit(1729 * SIMTIME_SECOND, true), two_days);
    assert_int_equal(lifecycle_limit(SIMTIME_HOUR, true), two_days);
    assert_int_equal(lifecycle_limit(2 * SIMTIME_HOUR, true), two_days);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_wait_is_one_heartbeat_or_a_hundred)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
