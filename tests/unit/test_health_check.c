/* When a check sees what: the arithmetic of probes. Ids are those of the documented cases. */
#include "models/ecs/task/health_check.h"
#include "tests/group.h"
#include <stddef.h>

#define S SIMTIME_SECOND

static const struct probe target = {.interval = 30 * S,
                                    .timeout = 5 * S,
                                    .first_successes = 1,
                                    .healthy_threshold = 5,
                                    .unhealthy_threshold = 2};
static const struct probe container = {.first_after = 30 * S,
                                       .interval = 30 * S,
                                       .timeout = 5 * S,
                                       .first_successes = 1,
                                       .healthy_threshold = 1,
                                       .unhealthy_threshold = 3};

static void a_new_target_is_healthy_after_one_success_H3(void **state)
{
    (void)state;
    assert_int_equal(probe_turns_healthy(&target, 100 * S, HEALTH_UNKNOWN, 100 * S), 100 * S);
    assert_int_equal(probe_turns_healthy(&target, 100 * S, HEALTH_UNKNOWN, 101 * S), 130 * S);
}

static void an_unhealthy_target_needs_its_threshold_to_recover_H6(void **state)
{
    (void)state;
    struct probe fast = target;
    fast.interval = 5 * S;
    fast.healthy_threshold = 2;
    /* H6: the first success is seen at 5 s at the latest, the second at 10 s. */
    assert_int_equal(probe_turns_healthy(&fast, 0, HEALTH_UNHEALTHY, 1 * S), 10 * S);
}

static void a_container_is_unhealthy_on_the_third_failure_H17(void **state)
{
    (void)state;
    assert_int_equal(probe_turns_unhealthy(&container, 0, HEALTH_UNKNOWN, 0, false), 90 * S);
}

static void failures_in_the_start_period_do_not_count(void **state)
{
    (void)state;
    struct probe patient = container;
    patient.start_period = 100 * S;
    assert_int_equal(probe_turns_unhealthy(&patient, 0, HEALTH_UNKNOWN, 0, false), 180 * S);
    /* A success inside it ends it: later failures count at once. [API:HealthCheck] */
    assert_int_equal(probe_turns_unhealthy(&patient, 0, HEALTH_HEALTHY, 40 * S, false), 120 * S);
}

static void a_silent_target_is_known_to_have_failed_after_the_timeout(void **state)
{
    (void)state;
    assert_int_equal(probe_turns_unhealthy(&target, 0, HEALTH_HEALTHY, 31 * S, false), 90 * S);
    assert_int_equal(probe_turns_unhealthy(&target, 0, HEALTH_HEALTHY, 31 * S, true), 95 * S);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_target_is_healthy_after_one_success_H3),
        cmocka_unit_test(an_unhealthy_target_needs_its_threshold_to_recover_H6),
        cmocka_unit_test(a_container_is_unhealthy_on_the_third_failure_H17),
        cmocka_unit_test(failures_in_the_start_period_do_not_count),
        cmocka_unit_test(a_silent_target_is_known_to_have_failed_after_the_timeout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
