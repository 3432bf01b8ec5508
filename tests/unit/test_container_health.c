/* What the checks of several containers, or targets, say together. Ids are those of the documented cases. */
#include "models/ecs/task/health_check.h"
#include "tests/unit/unit.h"

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

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_is_as_its_essential_containers_H7_to_H16),
        cmocka_unit_test(unhealthy_comes_before_unknown_before_healthy),
    };
    return RUN_TESTS(tests);
}
