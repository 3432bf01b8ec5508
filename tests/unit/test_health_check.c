/* When a check sees what: the arithmetic of probes. Ids are those of the documented cases. */
#include "models/ecs/health_check.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

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
    /* The first success is seen at 5 s at the latest, the second at 10 s. */
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

/* --- several checks together ------------------------------------------------------------------ */

static enum health together(const char *each)
{
    struct check checks[8] = {0};
    int count = 0;
    for (; *each; each++)
        checks[count++].health = *each == 'H'   ? HEALTH_HEALTHY
                                 : *each == 'U' ? HEALTH_UNHEALTHY
                                                : HEALTH_UNKNOWN;
    return health_together(checks, count);
}

/* H healthy, U unhealthy, ? unknown. [DG:healthcheck] */
static void a_task_is_as_its_essential_containers_H7_to_H16(void **state)
{
    (void)state;
    assert_int_equal(together("U?"), HEALTH_UNHEALTHY);  /* H7 */
    assert_int_equal(together("UH"), HEALTH_UNHEALTHY);  /* H8 */
    assert_int_equal(together("H?"), HEALTH_UNKNOWN);    /* H9 */
    assert_int_equal(together("HH"), HEALTH_HEALTHY);    /* H10 */
    assert_int_equal(together("U??"), HEALTH_UNHEALTHY); /* H11 */
    assert_int_equal(together("U?H"), HEALTH_UNHEALTHY); /* H12 */
    assert_int_equal(together("UHH"), HEALTH_UNHEALTHY); /* H13 */
    assert_int_equal(together("H?H"), HEALTH_UNKNOWN);   /* H14 */
    assert_int_equal(together("H??"), HEALTH_UNKNOWN);   /* H15 */
    assert_int_equal(together("HHH"), HEALTH_HEALTHY);   /* H16 */
    assert_int_equal(together(""), HEALTH_HEALTHY);
}

/* Every combination of up to five, in every order. */
static void unhealthy_comes_before_unknown_before_healthy(void **state)
{
    (void)state;
    for (int count = 0, most = 1; count <= 5; count++, most *= 3)
        for (int code = 0; code < most; code++) {
            char each[8] = {0};
            bool unhealthy = false, unknown = false;
            for (int i = 0, rest = code; i < count; i++, rest /= 3) {
                each[i] = "HU?"[rest % 3];
                unhealthy |= each[i] == 'U';
                unknown |= each[i] == '?';
            }
            assert_int_equal(together(each), unhealthy ? HEALTH_UNHEALTHY
                                             : unknown ? HEALTH_UNKNOWN
                                                       : HEALTH_HEALTHY);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_target_is_healthy_after_one_success_H3),
        cmocka_unit_test(an_unhealthy_target_needs_its_threshold_to_recover_H6),
        cmocka_unit_test(a_container_is_unhealthy_on_the_third_failure_H17),
        cmocka_unit_test(failures_in_the_start_period_do_not_count),
        cmocka_unit_test(a_silent_target_is_known_to_have_failed_after_the_timeout),
        cmocka_unit_test(a_task_is_as_its_essential_containers_H7_to_H16),
        cmocka_unit_test(unhealthy_comes_before_unknown_before_healthy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
