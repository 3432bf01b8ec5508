/* What a task on Fargate costs. */
#include "models/ecs/capacity/fargate_price.h"
#include "tests/group.h"
#include <stddef.h>

/* 0.04048 dollars for the vCPU and 0.004445 for each GB. */
static void an_hour_of_a_vcpu_and_two_gb(void **state)
{
    (void)state;
    assert_int_equal(fargate_price(1024, 2048, ARCHITECTURE_X86_64, SIMTIME_HOUR), 40480000 + 2 * 4445000);
    assert_int_equal(fargate_price(1024, 2048, ARCHITECTURE_ARM64, SIMTIME_HOUR), 32380000 + 2 * 3560000);
}

static void seconds_that_have_begun_count(void **state)
{
    (void)state;
    int64_t hour = fargate_price(1024, 2048, ARCHITECTURE_X86_64, SIMTIME_HOUR);
    assert_int_equal(fargate_price(1024, 2048, ARCHITECTURE_X86_64, 90 * SIMTIME_SECOND), hour * 90 / 3600);
    assert_int_equal(fargate_price(1024, 2048, ARCHITECTURE_X86_64, 90 * SIMTIME_SECOND + 1),
                     hour * 91 / 3600);
}

static void a_minute_is_the_least(void **state)
{
    (void)state;
    int64_t minute = fargate_price(256, 512, ARCHITECTURE_X86_64, SIMTIME_MINUTE);
    assert_int_equal(minute, (40480000 / 4 + 4445000 / 2) / 60);
    assert_int_equal(fargate_price(256, 512, ARCHITECTURE_X86_64, 1), minute);
}

/* 16 vCPUs and 120 GB for a hundred years. */
static void the_greatest_fits(void **state)
{
    (void)state;
    assert_int_equal(fargate_price(16384, 122880, ARCHITECTURE_X86_64, 100 * 365 * SIMTIME_DAY),
                     (16 * 40480000ll + 120 * 4445000ll) * 24 * 365 * 100);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_hour_of_a_vcpu_and_two_gb),
        cmocka_unit_test(seconds_that_have_begun_count),
        cmocka_unit_test(a_minute_is_the_least),
        cmocka_unit_test(the_greatest_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
