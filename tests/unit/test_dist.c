#include "sim/engine/dist.h"
#include "sim/engine/exact.h"
#include "sim/engine/hash.h"
#include "tests/unit/given_dist.h"
#include "tests/unit/unit.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdio.h>

enum { DRAWS = 20000 };

/* The reader's side of a check hook: mistakes are remembered here instead of being reported. */
struct mistakes {
    struct arena *arena;
    char text[200];
};

void mistake(struct mistakes *mistakes, const void *object, const char *key, const char *format, ...)
{
    (void)object;
    int length = snprintf(mistakes->text, sizeof mistakes->text, "%s: ", key);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(mistakes->text + length, sizeof mistakes->text - (size_t)length, format, arguments);
    va_end(arguments);
}

struct arena *mistakes_arena(struct mistakes *mistakes)
{
    return mistakes->arena;
}

static int make_arena(void **state)
{
    *state = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    arena_free(*state);
    return 0;
}

typedef double distribution_function(double x_us, double a, double b);

/* Kolmogorov and Smirnov: the largest distance between the draws and the truth, times the root of their
 * number; above 1.95 by chance once in a thousand. */
static double kolmogorov_smirnov(const struct dist *dist, distribution_function *truth, double a, double b)
{
    static double values[DRAWS];
    for (uint64_t i = 0; i < DRAWS; i++)
        values[i] = (double)dist_draw(dist, rng_open(1, 2, 3, i));
    gsl_sort(values, 1, DRAWS);
    double largest = 0;
    for (int i = 0; i < DRAWS; i++) {
        double p = truth(values[i], a, b);
        largest = fmax(largest, fmax(p - (double)i / DRAWS, (double)(i + 1) / DRAWS - p));
    }
    return largest * sqrt(DRAWS);
}

static double truth_uniform(double x, double low, double high)
{
    return gsl_cdf_flat_P(x, low, high);
}

static double truth_exponential(double x, double mean, double unused)
{
    (void)unused;
    return gsl_cdf_exponential_P(x, mean);
}

static double truth_lognormal(double x, double median, double p95)
{
    return gsl_cdf_lognormal_P(x, log(median), log(p95 / median) / gsl_cdf_ugaussian_Pinv(0.95));
}

static double truth_weibull(double x, double scale, double shape_millionths)
{
    return gsl_cdf_weibull_P(x, scale, shape_millionths / 1e6);
}

static double truth_gamma(double x, double mean, double shape_millionths)
{
    double shape = shape_millionths / 1e6;
    return gsl_cdf_gamma_P(x, shape, mean / shape);
}

static void draws_have_the_distribution_that_gsl_knows(void **state)
{
    static const struct {
        const char *name;
        distribution_function *truth;
        int64_t first, second;
    } cases[] = {
        {"uniform", truth_uniform, 2 * SIMTIME_SECOND, 9 * SIMTIME_SECOND},
        {"exponential", truth_exponential, 90 * SIMTIME_DAY, ABSENT},
        {"lognormal", truth_lognormal, 8 * SIMTIME_SECOND, 20 * SIMTIME_SECOND},
        {"weibull", truth_weibull, SIMTIME_HOUR, 1500000},
        {"weibull", truth_weibull, SIMTIME_HOUR, 700000},
        {"gamma", truth_gamma, SIMTIME_MINUTE, 2500000},
        {"gamma", truth_gamma, SIMTIME_DAY, 1000000},
        {"gamma", truth_gamma, SIMTIME_DAY, 500000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dist dist = given_dist(*state, cases[i].name, cases[i].first, cases[i].second);
        double statistic =
            kolmogorov_smirnov(&dist, cases[i].truth, (double)cases[i].first, (double)cases[i].second);
        if (statistic > 1.95)
            fail_msg("%s (case %zu): Kolmogorov-Smirnov %f", cases[i].name, i, statistic);
    }
}

/* The test above can fail: an exponential is told from a gamma that is nearly one. */
static void the_comparison_would_notice_a_slightly_other_shape(void **state)
{
    struct dist dist = given_dist(*state, "gamma", SIMTIME_DAY, 1080000);
    assert_true(kolmogorov_smirnov(&dist, truth_exponential, SIMTIME_DAY, 0) > 1.95);
}

static void constants_are_constant(void **state)
{
    struct dist dist = given_dist(*state, "constant", 8 * SIMTIME_SECOND, ABSENT);
    assert_true(dist_given(&dist));
    assert_int_equal(dist_draw(&dist, 1), 8 * SIMTIME_SECOND);
    assert_int_equal(dist_draw(&dist, 2), 8 * SIMTIME_SECOND);
}

static void what_is_not_given_lasts_no_time(void **state)
{
    (void)state;
    struct dist nothing = {0};
    assert_false(dist_given(&nothing));
    assert_int_equal(dist_draw(&nothing, 1), 0);
}

static void uniform_reaches_both_ends(void **state)
{
    struct dist dist = given_dist(*state, "uniform", 5, 7);
    bool seen[3] = {false};
    for (uint64_t i = 0; i < 100; i++) {
        simtime value = dist_draw(&dist, rng_open(1, 1, 1, i));
        assert_in_range(value, 5, 7);
        seen[value - 5] = true;
    }
    assert_true(seen[0] && seen[1] && seen[2]);
}

static void a_longer_mean_stretches_the_same_day(void **state)
{
    struct dist once = given_dist(*state, "exponential", SIMTIME_HOUR, ABSENT);
    struct dist twice = given_dist(*state, "exponential", 2 * SIMTIME_HOUR, ABSENT);
    for (uint64_t i = 0; i < 1000; i++) {
        simtime one = dist_draw(&once, rng_open(1, 2, 3, i));
        simtime two = dist_draw(&twice, rng_open(1, 2, 3, i));
        assert_in_range(two, 2 * one - 1, 2 * one + 1);
    }
}

/* A double holds a hundred years to half a microsecond: there each last bit would show. */
static void exponentials_are_drawn_by_the_exact_logarithm(void **state)
{
    for (simtime mean = 1; mean <= 100 * 365 * SIMTIME_DAY; mean = 4 * mean + 1) {
        struct dist dist = given_dist(*state, "exponential", mean, ABSENT);
        for (uint64_t i = 0; i < 20000; i++) {
            rng_key key = rng_open(1, (uint64_t)mean, 3, i);
            double exact = (double)mean * -exact_log(1 - rng_unit(key, 0));
            assert_int_equal(dist_draw(&dist, key), (simtime)(exact + 0.5));
        }
    }
}

static void extreme_settings_stay_within_bounds(void **state)
{
    static const struct {
        const char *name;
        int64_t first, second;
    } cases[] = {
        {"weibull", SIMTIME_NEVER / 4, 10000}, {"weibull", 1, 1000 * MILLION},
        {"gamma", SIMTIME_NEVER / 4, 10000},   {"gamma", 1, 1000 * MILLION},
        {"lognormal", 1, SIMTIME_NEVER / 4},   {"exponential", 0, ABSENT},
        {"uniform", 0, SIMTIME_NEVER / 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct dist dist = given_dist(*state, cases[i].name, cases[i].first, cases[i].second);
        for (uint64_t nth = 0; nth < 1000; nth++) {
            simtime value = dist_draw(&dist, rng_open(1, i, 0, nth));
            assert_true(value >= 0 && value <= SIMTIME_NEVER / 4);
        }
    }
}

static void impossible_settings_are_mistakes(void **state)
{
    struct mistakes mistakes = {.arena = *state};
    struct {
        const char *name;
        int64_t values[2];
        const char *wrong;
    } cases[] = {
        {"uniform", {2, 1}, "high: high is below low"},
        {"lognormal", {5, 5}, "p95: p95 must be above the median"},
    };
    for (size_t i = 0; i < 2; i++) {
        struct chosen chosen = given_variant(*state, cases[i].name);
        given_field(&chosen, chosen.variant->shape->params[0].key, &cases[i].values[0], sizeof(int64_t));
        given_field(&chosen, chosen.variant->shape->params[1].key, &cases[i].values[1], sizeof(int64_t));
        chosen.variant->shape->check(&mistakes, chosen.settings, NULL);
        assert_string_equal(mistakes.text, cases[i].wrong);
    }
}

/* Binds an empirical distribution to a file of this text; the mistake, if any, is in mistakes->text. */
static struct dist given_file(struct mistakes *mistakes, const char *text, const char *column)
{
    struct data_file *file = arena_alloc(mistakes->arena, sizeof *file);
    *file = (struct data_file){.path = "pulls.csv", .bytes = text, .size = strlen(text)};
    struct chosen chosen = given_variant(mistakes->arena, "empirical");
    given_field(&chosen, "file", &file, sizeof file);
    given_field(&chosen, "column", &column, sizeof column);
    mistakes->text[0] = '\0';
    chosen.variant->shape->check(mistakes, chosen.settings, NULL);
    return (struct dist){.chosen = chosen};
}

/* How often each of three values comes in 3,000 draws, within five standard deviations of 1,000. */
static void assert_three_equally_likely(const struct dist *dist, simtime a, simtime b, simtime c)
{
    int counts[3] = {0};
    for (uint64_t i = 0; i < 3000; i++) {
        simtime value = dist_draw(dist, rng_open(1, 2, 3, i));
        assert_true(value == a || value == b || value == c);
        counts[value == a ? 0 : value == b ? 1 : 2]++;
    }
    for (int i = 0; i < 3; i++)
        assert_in_range(counts[i], 1000 - 5 * 26, 1000 + 5 * 26);
}

static void empirical_draws_the_values_of_a_column(void **state)
{
    struct mistakes mistakes = {.arena = *state};
    struct dist by_name =
        given_file(&mistakes, "image, pull_s\r\nweb, 2.5\r\n\r\njob,.25\nweb,12\n", "pull_s");
    assert_string_equal(mistakes.text, "");
    assert_three_equally_likely(&by_name, 2500000, 250000, 12000000);
    struct dist quoted =
        given_file(&mistakes, "\"pull, s\" , \"x\"\n\"2.5\",\"a, b\"\n .25,\"\n\"12\" ,", "pull, s");
    assert_string_equal(mistakes.text, "");
    assert_three_equally_likely(&quoted, 2500000, 250000, 12000000);
    struct dist by_index = given_file(&mistakes, "a,1\nb,2\nc,3.0000019", "1");
    assert_string_equal(mistakes.text, "");
    assert_three_equally_likely(&by_index, 1000000, 2000000, 3000001);
}

static void a_wrong_file_is_a_mistake_with_its_line(void **state)
{
    static const struct {
        const char *text, *column, *wrong;
    } cases[] = {
        {"", "0", "file: pulls.csv: the file is empty"},
        {"a,b\n1,2\n", "c", "file: pulls.csv: there is no column \"c\" in its first line"},
        {"a,b\n1,2\n", "2", "file: pulls.csv: there is no column \"2\" in its first line"},
        {"a,b\n1,2\n3\n", "b", "file: pulls.csv: line 3 has no column 1"},
        {"a\n1\n-2\n", "a", "file: pulls.csv: line 3: \"-2\" is not a number from 0 to 100000000000"},
        {"1\n1e3\n", "0", "file: pulls.csv: line 2: \"1e3\" is not a number from 0 to 100000000000"},
        {"1\n99999999999999999999999\n", "0",
         "file: pulls.csv: line 2: \"99999999999999999999999\" is not a number from 0 to 100000000000"},
        {"a\n", "a", "file: pulls.csv: there are no values"},
        {"a", "a", "file: pulls.csv: there are no values"},
    };
    struct mistakes mistakes = {.arena = *state};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        given_file(&mistakes, cases[i].text, cases[i].column);
        assert_string_equal(mistakes.text, cases[i].wrong);
    }
}

/* As for exact arithmetic: whatever the compiler and the machine, the same microseconds. */
static void draws_are_the_same_everywhere(void **state)
{
    struct dist dists[] = {
        given_dist(*state, "exponential", 90 * SIMTIME_DAY, ABSENT),
        given_dist(*state, "lognormal", 8 * SIMTIME_SECOND, 20 * SIMTIME_SECOND),
        given_dist(*state, "weibull", 90 * SIMTIME_DAY, 1500000),
        given_dist(*state, "gamma", 90 * SIMTIME_DAY, 500000),
        given_dist(*state, "uniform", 0, 90 * SIMTIME_DAY),
    };
    uint64_t hash = 0;
    for (size_t i = 0; i < sizeof dists / sizeof *dists; i++)
        for (uint64_t nth = 0; nth < DRAWS; nth++)
            hash = hash_fold(hash, (uint64_t)dist_draw(&dists[i], rng_open(1, i, 0, nth)));
    assert_int_equal(hash, UINT64_C(0xd5170eaf088d07ed));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        TEST(draws_have_the_distribution_that_gsl_knows),
        TEST(the_comparison_would_notice_a_slightly_other_shape),
        TEST(constants_are_constant),
        TEST(what_is_not_given_lasts_no_time),
        TEST(uniform_reaches_both_ends),
        TEST(a_longer_mean_stretches_the_same_day),
        TEST(exponentials_are_drawn_by_the_exact_logarithm),
        TEST(extreme_settings_stay_within_bounds),
        TEST(impossible_settings_are_mistakes),
        TEST(empirical_draws_the_values_of_a_column),
        TEST(a_wrong_file_is_a_mistake_with_its_line),
        TEST(draws_are_the_same_everywhere),
    };
    return RUN_TESTS(tests);
}
