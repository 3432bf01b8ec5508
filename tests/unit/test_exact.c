#include "sim/engine/exact.h"
#include "sim/engine/hash.h"
#include "sim/engine/rng.h"
#include "tests/unit/unit.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

enum { POINTS = 300000 };

static double relative_error(double value, double truth)
{
    return truth == 0 ? fabs(value) : fabs(value / truth - 1);
}

static void log_agrees_with_libm(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < POINTS; i++) {
        double unit = rng_unit(1, i), wide = exp(1400 * (unit - 0.5)), near_one = 1 + (unit - 0.5) * 1e-3;
        assert_true(relative_error(exact_log(unit), log(unit)) < 1e-15);
        assert_true(relative_error(exact_log(wide), log(wide)) < 1e-15);
        assert_true(relative_error(exact_log(near_one), log(near_one)) < 1e-15);
    }
    assert_true(exact_log(1) == 0);
}

static void exp_agrees_with_libm(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < POINTS; i++) {
        double unit = rng_unit(2, i), x = 1400 * (unit - 0.5);
        assert_true(relative_error(exact_exp(x), exp(x)) < 1e-15);
        assert_true(relative_error(exact_exp(unit), exp(unit)) < 1e-15);
    }
    assert_true(exact_exp(0) == 1);
}

static void normal_quantile_agrees_with_gsl(void **state)
{
    (void)state;
    for (uint64_t i = 0; i < POINTS / 3; i++) {
        double unit = rng_unit(3, i), far = exp(-36 * unit);
        assert_true(fabs(exact_normal_quantile(unit) - gsl_cdf_ugaussian_Pinv(unit)) < 2e-14);
        assert_true(relative_error(exact_normal_quantile(far), gsl_cdf_ugaussian_Pinv(far)) < 1e-13);
    }
    assert_true(exact_normal_quantile(0.5) == 0);
}

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* The recorded hash is the claim itself: any compiler, any level of optimisation, any machine. */
static void every_bit_is_the_same_everywhere(void **state)
{
    (void)state;
    uint64_t hash = 0;
    for (uint64_t i = 0; i < POINTS; i++) {
        double unit = rng_unit(4, i), x = 1400 * (unit - 0.5);
        hash = hash_fold(hash, bits_of(exact_log(unit)));
        hash = hash_fold(hash, bits_of(exact_exp(x)));
        hash = hash_fold(hash, bits_of(exact_normal_quantile(unit)));
    }
    assert_int_equal(hash, UINT64_C(0xc14c298eb6992bd9));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log_agrees_with_libm),
        cmocka_unit_test(exp_agrees_with_libm),
        cmocka_unit_test(normal_quantile_agrees_with_gsl),
        cmocka_unit_test(every_bit_is_the_same_everywhere),
    };
    return RUN_TESTS(tests);
}
