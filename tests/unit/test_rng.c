#include "sim/engine/rng.h"
#include "tests/unit/unit.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

static void names_hash_as_fnv_1a(void **state)
{
    (void)state;
    assert_int_equal(rng_name(""), UINT64_C(0xcbf29ce484222325));
    assert_int_equal(rng_name("a"), UINT64_C(0xaf63dc4c8601ec8c));
    assert_int_equal(rng_name("foobar"), UINT64_C(0x85944171f73967e8));
}

static void every_component_opens_another_draw(void **state)
{
    (void)state;
    rng_key key = rng_open(1, 2, 3, 4);
    assert_int_equal(key, rng_open(1, 2, 3, 4));
    assert_int_not_equal(key, rng_open(2, 2, 3, 4));
    assert_int_not_equal(key, rng_open(1, 3, 3, 4));
    assert_int_not_equal(key, rng_open(1, 2, 4, 4));
    assert_int_not_equal(key, rng_open(1, 2, 3, 5));
    assert_int_not_equal(rng_open(1, 2, 3, 4), rng_open(1, 3, 2, 4));
}

/* Chi-square of pairs on a grid of 16 x 16: two small purposes must not be permutations of each other. */
static void draws_of_two_purposes_are_independent(void **state)
{
    (void)state;
    enum { SIDE = 16, DRAWS = 256000 };
    static int64_t counts[SIDE * SIDE];
    for (uint64_t nth = 0; nth < DRAWS; nth++) {
        double x = rng_unit(rng_open(1, 11, 0, nth), 0);
        double y = rng_unit(rng_open(1, 22, 0, nth), 0);
        counts[(int)(x * SIDE) * SIDE + (int)(y * SIDE)]++;
    }
    double chi_square = 0, expected = (double)DRAWS / (SIDE * SIDE);
    for (int i = 0; i < SIDE * SIDE; i++)
        chi_square += pow((double)counts[i] - expected, 2) / expected;
    assert_true(chi_square < gsl_cdf_chisq_Pinv(0.9999, SIDE * SIDE - 1));
    assert_true(chi_square > gsl_cdf_chisq_Pinv(0.0001, SIDE * SIDE - 1));
}

/* If every second purpose were a permutation of the first, the sorted draws would be equal: their sum tells.
 */
static void two_purposes_are_not_permutations(void **state)
{
    (void)state;
    uint64_t sum_of_one = 0, sum_of_other = 0;
    for (uint64_t nth = 0; nth < 64; nth++) {
        sum_of_one += rng_bits(rng_open(1, 11, 0, nth), 0);
        sum_of_other += rng_bits(rng_open(1, 22, 0, nth), 0);
    }
    assert_int_not_equal(sum_of_one, sum_of_other);
}

static void unit_is_never_an_end(void **state)
{
    (void)state;
    double sum = 0;
    for (uint64_t i = 0; i < 1000000; i++) {
        double unit = rng_unit(7, i);
        assert_true(unit > 0 && unit < 1 && 1 - unit > 0);
        sum += unit;
    }
    assert_true(fabs(sum / 1e6 - 0.5) < 4 * sqrt(1.0 / 12 / 1e6));
}

static void below_is_within_and_uniform(void **state)
{
    (void)state;
    int64_t counts[7] = {0};
    for (uint64_t i = 0; i < 70000; i++) {
        uint64_t number = rng_below(9, i, 7);
        assert_in_range(number, 0, 6);
        counts[number]++;
    }
    for (int i = 0; i < 7; i++)
        assert_true(fabs((double)counts[i] - 10000) < 5 * sqrt(10000));
    assert_int_equal(rng_below(9, 0, 1), 0);
}

/* Of a bound of 3/4 of 2^64, scaling alone would hit multiples of three half of the time, and a modulus the
 * first third. */
static void below_is_unbiased_for_huge_bounds(void **state)
{
    (void)state;
    uint64_t bound = UINT64_C(3) << 62;
    int in_first_third = 0, multiples_of_three = 0;
    for (uint64_t i = 0; i < 30000; i++) {
        uint64_t number = rng_below(10, i, bound);
        assert_true(number < bound);
        in_first_third += number < bound / 3;
        multiples_of_three += number % 3 == 0;
    }
    assert_true(abs(in_first_third - 10000) < 5 * 82);
    assert_true(abs(multiples_of_three - 10000) < 5 * 82);
}

static void stream_is_the_same_stream_to_gsl(void **state)
{
    (void)state;
    struct rng_stream stream;
    gsl_rng *generator = rng_stream_open(&stream, 42);
    assert_int_equal(gsl_rng_get(generator), rng_bits(42, 0) >> 11);
    assert_int_equal(gsl_rng_get(generator), rng_bits(42, 1) >> 11);
    double sum = 0;
    for (int i = 0; i < 100000; i++)
        sum += gsl_ran_exponential(generator, 3);
    assert_true(fabs(sum / 100000 - 3) < 4 * 3 / sqrt(100000));
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_hash_as_fnv_1a),
        cmocka_unit_test(every_component_opens_another_draw),
        cmocka_unit_test(draws_of_two_purposes_are_independent),
        cmocka_unit_test(two_purposes_are_not_permutations),
        cmocka_unit_test(unit_is_never_an_end),
        cmocka_unit_test(below_is_within_and_uniform),
        cmocka_unit_test(below_is_unbiased_for_huge_bounds),
        cmocka_unit_test(stream_is_the_same_stream_to_gsl),
    };
    return RUN_TESTS(tests);
}
