/* What a load balancer says of a target, and what a slow start gives it. */
#include "models/ecs/load_balancer/slow_start.h"
#include "models/ecs/load_balancer/targets.h"
#include "tests/group.h"
#include <stddef.h>

static void a_registered_target_is_what_its_checks_say(void **state)
{
    (void)state;
    for (int draining = 0; draining <= 1; draining++) {
        assert_int_equal(target_state(true, draining, HEALTH_UNKNOWN), TARGET_INITIAL);
        assert_int_equal(target_state(true, draining, HEALTH_HEALTHY), TARGET_HEALTHY);
        assert_int_equal(target_state(true, draining, HEALTH_UNHEALTHY), TARGET_UNHEALTHY);
    }
}

static void a_deregistered_target_drains_whatever_its_checks_said_and_is_unused_afterwards(void **state)
{
    (void)state;
    for (int health = HEALTH_UNKNOWN; health <= HEALTH_UNHEALTHY; health++) {
        assert_int_equal(target_state(false, true, (enum health)health), TARGET_DRAINING);
        assert_int_equal(target_state(false, false, (enum health)health), TARGET_UNUSED);
    }
}

static void a_slow_start_rises_by_one_part_a_second(void **state)
{
    (void)state;
    for (int64_t second = 70; second < 100; second++)
        assert_int_equal(slow_start_weight(1, 70, second), second - 69);
}

static void the_weight_of_many_is_the_sum_of_their_weights(void **state)
{
    (void)state;
    for (int64_t a = 0; a < 5; a++)
        for (int64_t b = 0; b < 5; b++)
            for (int64_t second = 5; second < 10; second++)
                assert_int_equal(slow_start_weight(2, a + b, second),
                                 slow_start_weight(1, a, second) + slow_start_weight(1, b, second));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_registered_target_is_what_its_checks_say),
        cmocka_unit_test(a_deregistered_target_drains_whatever_its_checks_said_and_is_unused_afterwards),
        cmocka_unit_test(a_slow_start_rises_by_one_part_a_second),
        cmocka_unit_test(the_weight_of_many_is_the_sum_of_their_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
