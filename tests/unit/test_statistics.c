#include "sim/engine/rng.h"
#include "sim/study/statistics.h"
#include "tests/unit/unit.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort_double.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 1000000 };

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Equal to so many units in the given decimal. */
static void assert_near(int64_t billionths, double units, double tolerance)
{
    double found = (double)billionths / BILLION;
    if (billionths == ABSENT || !(fabs(found - units) <= tolerance))
        fail_msg("%.9f instead of %.9f", found, units);
}

static void assert_estimate(const struct estimate *estimate, int64_t value, int64_t low, int64_t high)
{
    assert_int_equal(estimate->value, value);
    assert_int_equal(estimate->low, low);
    assert_int_equal(estimate->high, high);
}

/* --- means -------------------------------------------------------------------------------------------- */

static void of_nothing_nothing_is_known(void **state)
{
    (void)state;
    int64_t absent[] = {ABSENT, ABSENT};
    struct statistics none[] = {statistics_of(NULL, 0, 0.95), statistics_of(absent, 2, 0.95)};
    for (size_t i = 0; i < COUNT(none); i++) {
        assert_int_equal(none[i].count, 0);
        assert_estimate(&none[i].mean, ABSENT, ABSENT, ABSENT);
        assert_int_equal(none[i].deviation, ABSENT);
        assert_int_equal(none[i].least, ABSENT);
        assert_int_equal(none[i].greatest, ABSENT);
    }
    struct estimate median = statistics_quantile(NULL, 0, 0.5, 0.95);
    assert_estimate(&median, ABSENT, ABSENT, ABSENT);
    struct estimate share = statistics_share(0, 0, 0.95);
    assert_estimate(&share, ABSENT, ABSENT, ABSENT);
}

static void one_value_has_no_interval(void **state)
{
    (void)state;
    int64_t values[] = {ABSENT, -7, ABSENT};
    struct statistics one = statistics_of(values, 3, 0.95);
    assert_int_equal(one.count, 1);
    assert_estimate(&one.mean, -7, ABSENT, ABSENT);
    assert_int_equal(one.deviation, ABSENT);
    assert_int_equal(one.least, -7);
    assert_int_equal(one.greatest, -7);
}

/* t of one degree of freedom at 97.5 % is tan(0.475 pi) = 12.7062; 0 and 1 deviate by sqrt(1/2), their mean
 * by 1/2.
 */
static void two_values(void **state)
{
    (void)state;
    int64_t values[] = {BILLION, 0};
    struct statistics two = statistics_of(values, 2, 0.95);
    assert_int_equal(two.mean.value, BILLION / 2);
    assert_near(two.deviation, sqrt(0.5), 1e-9);
    assert_near(two.mean.low, 0.5 - tan(0.475 * M_PI) / 2, 1e-6);
    assert_near(two.mean.high, 0.5 + tan(0.475 * M_PI) / 2, 1e-6);
}

static void means_are_rounded_once(void **state)
{
    (void)state;
    int64_t values[] = {1, 0, ABSENT, 1}, negative[] = {-1, -1, 0};
    assert_int_equal(statistics_of(values, 4, 0.95).mean.value, 1); /* 2/3 */
    assert_int_equal(statistics_of(values, 2, 0.95).mean.value, 1); /* 1/2, away from zero */
    assert_int_equal(statistics_of(negative, 3, 0.95).mean.value, -1);
}

static void equal_values_are_their_own_interval(void **state)
{
    (void)state;
    int64_t values[40];
    for (size_t i = 0; i < COUNT(values); i++)
        values[i] = INT64_C(999999999999999989);
    for (size_t count = 2; count <= COUNT(values); count++) {
        struct statistics equal = statistics_of(values, count, 0.95);
        assert_estimate(&equal.mean, values[0], values[0], values[0]);
        assert_int_equal(equal.deviation, 0);
    }
}

/* Student's table as it is printed everywhere: 95 % and 99 %, two-sided. With half of 2n values at -1 and
 * half at 1 the deviation is sqrt(2n/(2n-1)). */
static void students_table(void **state)
{
    (void)state;
    static const struct {
        int freedom;
        double t95, t99;
    } rows[] = {{1, 12.706, 63.657}, {3, 3.182, 5.841},  {5, 2.571, 4.032},
                {9, 2.262, 3.250},   {29, 2.045, 2.756}, {119, 1.980, 2.618}};
    for (size_t r = 0; r < COUNT(rows); r++) {
        int64_t values[120];
        size_t count = (size_t)rows[r].freedom + 1;
        for (size_t i = 0; i < count; i++)
            values[i] = i % 2 ? BILLION : -BILLION;
        double scale = sqrt(1.0 / rows[r].freedom);
        assert_near(statistics_of(values, count, 0.95).mean.high, rows[r].t95 * scale, 0.0005 * scale + 1e-9);
        assert_near(statistics_of(values, count, 0.99).mean.low, -rows[r].t99 * scale, 0.0005 * scale + 1e-9);
    }
}

static void gsl_agrees(void **state)
{
    (void)state;
    enum { VALUES = 1000 };
    int64_t values[2 * VALUES];
    double present[VALUES];
    for (size_t i = 0; i < VALUES; i++) {
        values[2 * i] = ABSENT;
        values[2 * i + 1] = (int64_t)(exp(10 * rng_unit(rng_open(1, 2, 3, i), 0)) * BILLION) - BILLION;
        present[i] = (double)values[2 * i + 1] / BILLION;
    }
    struct statistics found = statistics_of(values, 2 * VALUES, 0.9);
    double mean = gsl_stats_mean(present, 1, VALUES), deviation = gsl_stats_sd(present, 1, VALUES);
    double half_width = gsl_cdf_tdist_Pinv(0.95, VALUES - 1) * deviation / sqrt(VALUES);
    assert_int_equal(found.count, VALUES);
    assert_near(found.mean.value, mean, 1e-9 * mean);
    assert_near(found.deviation, deviation, 1e-9 * deviation);
    assert_near(found.mean.low, mean - half_width, 1e-6 * half_width);
    assert_near(found.mean.high, mean + half_width, 1e-6 * half_width);
    assert_near(found.least, gsl_stats_min(present, 1, VALUES), 1e-9);
    assert_near(found.greatest, gsl_stats_max(present, 1, VALUES), 1e-9);

    assert_int_equal(statistics_sort(values, 2 * VALUES), VALUES);
    gsl_sort(present, 1, VALUES);
    static const double asked[] = {0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.95, 0.999, 1};
    for (size_t i = 0; i < COUNT(asked); i++) {
        double truth = gsl_stats_quantile_from_sorted_data(present, 1, VALUES, asked[i]);
        assert_near(statistics_quantile(values, VALUES, asked[i], 0.95).value, truth, 1e-9 * truth + 1e-9);
    }
}

/* A small spread on a large mean, where a sum of squares would have lost it. */
static void a_small_spread_is_not_lost(void **state)
{
    (void)state;
    int64_t values[] = {1000000000000000001, 1000000000000000002, 1000000000000000003};
    struct statistics found = statistics_of(values, 3, 0.95);
    assert_int_equal(found.mean.value, values[1]);
    assert_int_equal(found.deviation, 1);
    /* 4.302653 / sqrt(3) = 2.48 */
    assert_estimate(&found.mean, values[1], values[1] - 2, values[1] + 2);
}

static void a_million_huge_values(void **state)
{
    (void)state;
    const int64_t huge = BILLION * BILLION;
    int64_t *values = calloc(MANY, sizeof *values);
    assert_non_null(values);
    for (size_t i = 0; i < MANY; i++)
        values[i] = i % 2 ? huge : -huge;
    struct statistics found = statistics_of(values, MANY, 0.95);
    assert_int_equal(found.mean.value, 0);
    assert_near(found.deviation, 1e9 * sqrt(MANY / (MANY - 1.0)), 1);
    assert_near(found.mean.high, 1.959966 * 1e9 / sqrt(MANY - 1), 1);
    assert_int_equal(statistics_sort(values, MANY), MANY);
    struct estimate median = statistics_quantile(values, MANY, 0.5, 0.95);
    assert_estimate(&median, 0, -huge, huge);
    for (size_t i = 0; i < MANY; i++)
        values[i] = huge;
    struct statistics equal = statistics_of(values, MANY, 0.95);
    assert_estimate(&equal.mean, huge, huge, huge);
    free(values);
}

/* Bounds beyond what can be held do not bound. */
static void the_ends_of_the_range(void **state)
{
    (void)state;
    int64_t ends[] = {INT64_MAX, INT64_MIN + 1}, turned[] = {INT64_MIN + 1, INT64_MAX};
    struct statistics found = statistics_of(ends, 2, 0.95);
    assert_estimate(&found.mean, 0, ABSENT, ABSENT);
    assert_int_equal(found.deviation, ABSENT);
    assert_int_equal(found.greatest, INT64_MAX);
    struct paired_statistics paired = statistics_paired(ends, turned, 2, 0.95);
    assert_int_equal(paired.difference.mean.value, 0);
    assert_int_equal(paired.difference.greatest, ABSENT);
    assert_int_equal(statistics_paired(ends, turned, 1, 0.95).difference.mean.value, ABSENT);
    int64_t equal[] = {INT64_MAX, INT64_MAX};
    assert_int_equal(statistics_quantile(equal, 2, 0.3, 0.95).value, INT64_MAX);
}

static void an_interval_is_within_a_half_width(void **state)
{
    (void)state;
    assert_true(estimate_is_within(&(struct estimate){10, 8, 12}, 2));
    assert_false(estimate_is_within(&(struct estimate){10, 8, 12}, 1));
    assert_false(estimate_is_within(&(struct estimate){10, 9, 12}, 1));
    assert_false(estimate_is_within(&(struct estimate){10, 8, 11}, 1));
    assert_true(estimate_is_within(&(struct estimate){10, 10, 10}, 0));
    assert_false(estimate_is_within(&(struct estimate){10, ABSENT, 10}, INT64_MAX));
    assert_false(estimate_is_within(&(struct estimate){10, 10, ABSENT}, INT64_MAX));
    assert_false(estimate_is_within(&(struct estimate){ABSENT, ABSENT, ABSENT}, INT64_MAX));
}

/* --- quantiles ---------------------------------------------------------------------------------------- */

/* Which order statistics bound the median, as tables of the sign test have it: values that are their ranks.
 */
static void the_median_has_the_ranks_of_the_table(void **state)
{
    (void)state;
    static const struct {
        size_t count;
        int64_t low, high;
    } rows[] = {{1, ABSENT, ABSENT}, {5, ABSENT, ABSENT}, {6, 1, 6},    {8, 1, 8},   {9, 2, 8},
                {10, 2, 9},          {15, 4, 12},         {20, 6, 15},  {25, 8, 18}, {30, 10, 21},
                {40, 14, 27},        {50, 18, 33},        {100, 40, 61}};
    int64_t ranks[100];
    for (int64_t i = 0; i < 100; i++)
        ranks[i] = i + 1;
    for (size_t r = 0; r < COUNT(rows); r++) {
        struct estimate median = statistics_quantile(ranks, rows[r].count, 0.5, 0.95);
        assert_int_equal(median.low, rows[r].low);
        assert_int_equal(median.high, rows[r].high);
    }
}

/* 0.99^367 = 0.0250, just above the tail; 0.99^368 is below it. */
static void too_few_values_do_not_bound_a_high_quantile(void **state)
{
    (void)state;
    int64_t ranks[368];
    for (int64_t i = 0; i < 368; i++)
        ranks[i] = i + 1;
    assert_int_equal(statistics_quantile(ranks, 367, 0.99, 0.95).high, ABSENT);
    assert_int_equal(statistics_quantile(ranks, 368, 0.99, 0.95).high, 368);
    assert_int_not_equal(statistics_quantile(ranks, 367, 0.99, 0.95).low, ABSENT);
    assert_int_equal(statistics_quantile(ranks, 367, 0.01, 0.95).low, ABSENT);
    assert_int_equal(statistics_quantile(ranks, 368, 0.01, 0.95).low, 1);
}

/* 2^-5 on either side leaves exactly 15/16: the tail is met, not missed by a last bit. */
static void a_tail_that_is_met_exactly_bounds(void **state)
{
    (void)state;
    int64_t ranks[] = {1, 2, 3, 4, 5};
    struct estimate median = statistics_quantile(ranks, 5, 0.5, 0.9375);
    assert_estimate(&median, 3, 1, 5);
}

static void the_extremes_are_bounded_on_one_side(void **state)
{
    (void)state;
    int64_t values[] = {3, 4, 9};
    struct estimate least = statistics_quantile(values, 3, 0, 0.95);
    struct estimate greatest = statistics_quantile(values, 3, 1, 0.95);
    assert_estimate(&least, 3, ABSENT, 3);
    assert_estimate(&greatest, 9, 9, ABSENT);
}

/* Of two values the 99 % quantile is above the lower one, and above the upper one too with 98 %; the value
 * itself, in between, is not outside of its interval. */
static void an_interval_holds_its_value(void **state)
{
    (void)state;
    int64_t values[] = {0, 100};
    struct estimate high = statistics_quantile(values, 2, 0.99, 0.95);
    assert_estimate(&high, 99, 99, ABSENT);
    struct estimate low = statistics_quantile(values, 2, 0.01, 0.95);
    assert_estimate(&low, 1, ABSENT, 1);
}

/* The k-th to the l-th of so many values hold the quantile with the probability that k .. l - 1 of them are
 * below it.
 */
static double coverage_of_ranks(unsigned count, double q, double confidence)
{
    double tail = (1 - confidence) / 2, below = 0, coverage = 0;
    for (unsigned k = 0; k <= count; k++) {
        double probability = gsl_ran_binomial_pdf(k, q, count), above = 1 - below - probability;
        if (below + probability > tail && above + probability > tail)
            coverage += probability;
        below += probability;
    }
    return coverage;
}

/* Values exp(6 u^3): from 1 to 403, very skewed; the quantile q is exp(6 q^3). */
static double skewed(double u)
{
    return exp(6 * u * u * u);
}

static void assert_quantiles_are_covered(unsigned count, double q)
{
    enum { STUDIES = 4000, MOST = 100 };
    size_t held = 0;
    for (uint64_t study = 0; study < STUDIES; study++) {
        int64_t values[MOST];
        for (uint64_t i = 0; i < count; i++)
            values[i] = (int64_t)(skewed(rng_unit(rng_open(1, count, study, i), 0)) * BILLION);
        statistics_sort(values, count);
        struct estimate quantile = statistics_quantile(values, count, q, 0.95);
        int64_t truth = (int64_t)(skewed(q) * BILLION);
        held += (quantile.low == ABSENT || quantile.low <= truth) &&
                (quantile.high == ABSENT || truth <= quantile.high);
    }
    struct estimate share = statistics_share(held, STUDIES, 0.999);
    double truth = coverage_of_ranks(count, q, 0.95);
    print_message("%u values, %g: held in %g %%, exactly %g %%\n", count, q, 100.0 * (double)held / STUDIES,
                  100 * truth);
    assert_true(truth >= 0.95);
    assert_true((double)share.low / BILLION <= truth && truth <= (double)share.high / BILLION);
}

static void quantiles_are_covered(void **state)
{
    (void)state;
    assert_quantiles_are_covered(10, 0.5);
    assert_quantiles_are_covered(40, 0.5);
    assert_quantiles_are_covered(40, 0.95);
    assert_quantiles_are_covered(100, 0.9);
    assert_quantiles_are_covered(100, 0.25);
}

/* --- shares ------------------------------------------------------------------------------------------- */

/* Clopper and Pearson's 95 % limits as textbooks print them. */
static void clopper_and_pearsons_table(void **state)
{
    (void)state;
    static const struct {
        size_t hits, count;
        double low, high;
    } rows[] = {{0, 1, 0, 0.9750},       {1, 1, 0.0250, 1},         {0, 10, 0, 0.3085},
                {1, 10, 0.0025, 0.4450}, {2, 10, 0.0252, 0.5561},   {3, 10, 0.0667, 0.6525},
                {4, 10, 0.1216, 0.7376}, {5, 10, 0.1871, 0.8129},   {10, 10, 0.6915, 1},
                {3, 20, 0.0321, 0.3789}, {50, 100, 0.3983, 0.6017}, {99, 100, 0.9455, 0.9997}};
    for (size_t r = 0; r < COUNT(rows); r++) {
        struct estimate share = statistics_share(rows[r].hits, rows[r].count, 0.95);
        assert_near(share.value, (double)rows[r].hits / (double)rows[r].count, 1e-9);
        assert_near(share.low, rows[r].low, 0.00005);
        assert_near(share.high, rows[r].high, 0.00005);
    }
}

/* At the bound the tail is not exceeded, a millionth further in it is: by adding up. */
static double or_more(unsigned hits, double share, unsigned count)
{
    double sum = 0;
    for (unsigned k = count + 1; k-- > hits;)
        sum += gsl_ran_binomial_pdf(k, share, count);
    return sum;
}

static void shares_meet_their_definition(void **state)
{
    (void)state;
    static const unsigned counts[] = {1, 7, 40, 300};
    for (size_t i = 0; i < COUNT(counts); i++)
        for (unsigned hits = 1; hits <= counts[i]; hits++) {
            struct estimate share = statistics_share(hits, counts[i], 0.9);
            double low = (double)share.low / BILLION;
            assert_true(or_more(hits, low, counts[i]) <= 0.05 * (1 + 1e-8));
            assert_true(or_more(hits, low + 1e-6, counts[i]) > 0.05);
            struct estimate other = statistics_share(counts[i] - hits, counts[i], 0.9);
            assert_int_equal(other.high, BILLION - share.low);
        }
}

/* None of n: 1 - 0.025^(1/n). Of very many the interval is the normal one. */
static void shares_of_very_many(void **state)
{
    (void)state;
    for (size_t count = 1; count <= MANY; count *= 10) {
        struct estimate none = statistics_share(0, count, 0.95);
        assert_int_equal(none.low, 0);
        assert_near(none.high, 1 - pow(0.025, 1.0 / (double)count), 1.001e-6);
    }
    struct estimate half = statistics_share(MANY / 2, MANY, 0.95);
    assert_near(half.low, 0.5 - 1.959964 * 0.0005, 2e-6);
    assert_near(half.high, 0.5 + 1.959964 * 0.0005, 2e-6);
    struct estimate tenth = statistics_share(MANY / 10, MANY, 0.95);
    assert_near(tenth.low, 0.1 - 1.959964 * 0.0003, 3e-6);
    assert_near(tenth.high, 0.1 + 1.959964 * 0.0003, 3e-6);
}

/* --- pairs -------------------------------------------------------------------------------------------- */

/* Darwin's maize, by which Fisher explains the matter (The Design of Experiments, 1935, III): crossed less
 * self-fertilised, in eighths of an inch. Mean 20.93, standard error 9.746, t 2.145. Of 15 signs 13 are
 * positive: 2 (1
 * + 15 + 105) / 2^15. */
static void darwins_maize(void **state)
{
    (void)state;
    static const int less[] = {49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48};
    int64_t crossed[COUNT(less)], selfed[COUNT(less)];
    for (size_t i = 0; i < COUNT(less); i++) {
        selfed[i] = (int64_t)(100 + i) * BILLION;
        crossed[i] = selfed[i] + less[i] * BILLION;
    }
    struct paired_statistics paired = statistics_paired(crossed, selfed, COUNT(less), 0.95);
    assert_int_equal(paired.difference.count, 15);
    assert_near(paired.difference.mean.value, 20.9333, 0.0001);
    assert_near(paired.difference.deviation, 37.74, 0.01);
    assert_near(paired.difference.mean.low, 20.933 - 2.145 * 9.746, 0.02);
    assert_near(paired.difference.mean.high, 20.933 + 2.145 * 9.746, 0.02);
    assert_int_equal(paired.greater, 13);
    assert_int_equal(paired.less, 2);
    struct paired_statistics turned = statistics_paired(selfed, crossed, COUNT(less), 0.95);
    assert_int_equal(turned.difference.mean.low, -paired.difference.mean.high);
}

static void equal_arrays_differ_by_nothing(void **state)
{
    (void)state;
    int64_t values[] = {7, ABSENT, 3000000000000000001, -8, 0};
    struct paired_statistics paired = statistics_paired(values, values, COUNT(values), 0.95);
    assert_int_equal(paired.difference.count, 4);
    assert_estimate(&paired.difference.mean, 0, 0, 0);
    assert_int_equal(paired.difference.deviation, 0);
    assert_int_equal(paired.greater + paired.less, 0);
}

static void what_one_run_lacks_is_not_a_pair(void **state)
{
    (void)state;
    int64_t a[] = {5, ABSENT, 9, ABSENT, 4}, b[] = {ABSENT, 2, 6, ABSENT, 4};
    struct paired_statistics paired = statistics_paired(a, b, COUNT(a), 0.95);
    assert_int_equal(paired.difference.count, 2);
    assert_int_equal(paired.greater, 1);
    assert_int_equal(paired.less, 0);
    assert_int_equal(paired.difference.greatest, 3);
    assert_int_equal(paired.difference.mean.value, 2); /* 3/2 */
}

/* What is shared by both ways of a run leaves the difference; a mean of each has it. */
static void pairs_are_sharper_than_means(void **state)
{
    (void)state;
    int64_t a[40], b[40];
    for (size_t i = 0; i < COUNT(a); i++) {
        b[i] = (int64_t)(i * i) * BILLION;
        a[i] = b[i] + BILLION + (int64_t)(i % 2);
    }
    struct paired_statistics paired = statistics_paired(a, b, COUNT(a), 0.95);
    assert_true(estimate_is_within(&paired.difference.mean, 1));
    struct statistics alone = statistics_of(a, COUNT(a), 0.95);
    assert_false(estimate_is_within(&alone.mean, 100 * BILLION));
}

/* --- printing ----------------------------------------------------------------------------------------- */

static void assert_prints(int64_t billionths, int digits, const char *expected)
{
    char text[DECIMAL_TEXT_SIZE];
    assert_int_equal(number_format(text, billionths, 9, digits), strlen(expected));
    assert_string_equal(text, expected);
}

static void assert_prints_double(double units, int digits, const char *expected)
{
    char text[DECIMAL_TEXT_SIZE];
    assert_int_equal(number_format_double(text, units, digits), strlen(expected));
    assert_string_equal(text, expected);
}

static void numbers_have_so_many_digits(void **state)
{
    (void)state;
    assert_prints(0, 6, "0");
    assert_prints(1, 6, "0.000000001");
    assert_prints(-1, 1, "-0.000000001");
    assert_prints(BILLION / 2, 6, "0.5");
    assert_prints(1234567 * BILLION, 6, "1234570");
    assert_prints(1234567 * BILLION, 7, "1234567");
    assert_prints(333333333, 6, "0.333333");
    assert_prints(666666666, 3, "0.667");
    assert_prints(-2500000000, 1, "-3");
    assert_prints(2500000000, 1, "3");
    assert_prints(2499999999, 1, "2");
    assert_prints(999999500, 6, "1");
    assert_prints(999999499, 6, "0.999999");
    assert_prints(99999950 * BILLION, 6, "100000000");
    assert_prints(ABSENT, 6, "");
    assert_prints(INT64_MAX, 19, "9223372036.854775807");
    assert_prints(-INT64_MAX, 40, "-9223372036.854775807");
    assert_prints(INT64_MAX, 6, "9223370000");
    assert_prints(INT64_MAX, 9, "9223372036.854775807"); /* 9223372040 cannot be held */
}

static void doubles_are_printed_alike(void **state)
{
    (void)state;
    assert_prints_double(0.1 + 0.2, 6, "0.3");
    assert_prints_double(-0.0, 6, "0");
    assert_prints_double(-4e-10, 6, "0");
    assert_prints_double(1e-9, 6, "0.000000001");
    assert_prints_double(1.0 / 3, 4, "0.3333");
    assert_prints_double(1e9, 6, "1000000000");
    assert_prints_double(-1e10, 6, "-10000000000");
    assert_prints_double(123456789012.0, 6, "123457000000");
    assert_prints_double(1e18, 6, "1000000000000000000");
    assert_prints_double(1e19, 6, "");
    assert_prints_double(NAN, 6, "");
    assert_prints_double(INFINITY, 6, "");
    assert_prints_double(-INFINITY, 6, "");
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_nothing_nothing_is_known),
        cmocka_unit_test(one_value_has_no_interval),
        cmocka_unit_test(two_values),
        cmocka_unit_test(means_are_rounded_once),
        cmocka_unit_test(equal_values_are_their_own_interval),
        cmocka_unit_test(students_table),
        cmocka_unit_test(gsl_agrees),
        cmocka_unit_test(a_small_spread_is_not_lost),
        cmocka_unit_test(a_million_huge_values),
        cmocka_unit_test(the_ends_of_the_range),
        cmocka_unit_test(an_interval_is_within_a_half_width),
        cmocka_unit_test(the_median_has_the_ranks_of_the_table),
        cmocka_unit_test(too_few_values_do_not_bound_a_high_quantile),
        cmocka_unit_test(a_tail_that_is_met_exactly_bounds),
        cmocka_unit_test(the_extremes_are_bounded_on_one_side),
        cmocka_unit_test(an_interval_holds_its_value),
        cmocka_unit_test(quantiles_are_covered),
        cmocka_unit_test(clopper_and_pearsons_table),
        cmocka_unit_test(shares_meet_their_definition),
        cmocka_unit_test(shares_of_very_many),
        cmocka_unit_test(darwins_maize),
        cmocka_unit_test(equal_arrays_differ_by_nothing),
        cmocka_unit_test(what_one_run_lacks_is_not_a_pair),
        cmocka_unit_test(pairs_are_sharper_than_means),
        cmocka_unit_test(numbers_have_so_many_digits),
        cmocka_unit_test(doubles_are_printed_alike),
    };
    return RUN_TESTS(tests);
}
