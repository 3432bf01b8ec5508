/* Instances that fail and are repaired at times that are drawn, against a formula: each is up for
 * MTBF / (MTBF + MTTR) of the time and independent of the others, so at least k of n are up for the upper
 * tail of a binomial distribution. Measured from the rows of cluster.csv.
 *
 * With no time to notice and none to boot a repair takes what is drawn for it, and an instance is up while it
 * is ACTIVE and its agent connected. Each seed gives one mean over time, its start left out, in which all are
 * up; the means are independent, and Student's interval of them misses the truth once in a thousand. It is
 * so narrow that repairs that took DETECTED percent longer would be found out. */
#include "models/ecs/ecs.h"
#include "models/ecs/results/rows.h"
#include "sim/scenario/scenario.h"
#include "tests/unit/unit.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <string.h>

enum { SEEDS = 30, DETECTED = 3 };

struct setting {
    unsigned k, n;
    double mtbf_h, mttr_h, measured_h; /* hours; the last are simulated for each seed */
};

static double availability(const struct setting *setting, double mttr_h)
{
    double up = setting->mtbf_h / (setting->mtbf_h + mttr_h);
    return gsl_cdf_binomial_Q(setting->k - 1, up, setting->n);
}

/* --- one run ---------------------------------------------------------------------------------- */

struct measured {
    struct observer observer; /* first: rows find it by it */
    const struct setting *setting;
    simtime from;    /* the start is over */
    simtime at;      /* of the last row */
    bool enough;     /* were up, since then */
    simtime time_up; /* with at least k of them, since `from` */
};

static void advance(struct measured *measured, simtime to)
{
    simtime since = measured->at > measured->from ? measured->at : measured->from;
    if (measured->enough && to > since)
        measured->time_up += to - since;
    measured->at = to;
}

static void see_row(struct observer *observer, size_t series, const struct value *values)
{
    enum { TIME = 0, ACTIVE = 4, DISCONNECTED = 6 };
    struct measured *measured = (struct measured *)observer;
    (void)series;
    advance(measured, values[TIME].integer);
    measured->enough = values[ACTIVE].integer - values[DISCONNECTED].integer >= measured->setting->k;
}

static struct scenario *scenario_of(const struct setting *setting, double warm_up_h, int seed)
{
    struct text text = {0};
    text_add_format(&text,
                    "seed: %d\n"
                    "duration: %.0fm\n"
                    "timing: {agentDisconnectNotice: 0s, instanceBoot: 0s}\n"
                    "containerInstances: [{instanceType: m5.large, count: %u}]\n"
                    "failures:\n"
                    "  - instanceFailure:\n"
                    "      timeBetween: {exponential: {mean: %.0fm}}\n"
                    "      repair: {exponential: {mean: %.0fm}}\n",
                    seed, 60 * (warm_up_h + setting->measured_h), setting->n, 60 * setting->mtbf_h,
                    60 * setting->mttr_h);
    struct scenario *scenario =
        scenario_read_text(&ecs_model, "k-of-n.yaml", text.bytes, strlen(text.bytes), NULL, 0);
    if (scenario->errors)
        scenario_print_mistakes(scenario, stderr);
    assert_int_equal(scenario->errors, 0);
    text_free(&text);
    return scenario;
}

/* The share of the time in which at least k were up. */
static double play(const struct setting *setting, int seed)
{
    double warm_up_h = 20 * setting->mttr_h;
    struct scenario *scenario = scenario_of(setting, warm_up_h, seed);
    struct measured measured = {
        .observer = {.row = see_row, .wants = UINT64_C(1) << SERIES_CLUSTER},
        .setting = setting,
        .from = (simtime)(warm_up_h * SIMTIME_HOUR),
    };
    struct run *run = run_new(&ecs_model, scenario->settings);
    run_observe(run, &measured.observer);
    run_play(run);
    assert_null(run->stopped_by);
    advance(&measured, run->now);
    double share = (double)measured.time_up / (double)(run->now - measured.from);
    run_free(run);
    scenario_free(scenario);
    return share;
}

/* --- many ------------------------------------------------------------------------------------- */

static void assert_agrees(struct setting setting)
{
    double shares[SEEDS], truth = availability(&setting, setting.mttr_h);
    double wrong = availability(&setting, setting.mttr_h * (1 + DETECTED / 100.0));
    for (int seed = 0; seed < SEEDS; seed++)
        shares[seed] = play(&setting, seed + 1);
    double mean = gsl_stats_mean(shares, 1, SEEDS);
    double tolerance = gsl_cdf_tdist_Pinv(0.9995, SEEDS - 1) * gsl_stats_sd(shares, 1, SEEDS) / sqrt(SEEDS);
    print_message("%u of %u: %.5f, by the formula %.5f (tolerance %.5f, repairs %d %% longer %.5f)\n",
                  setting.k, setting.n, mean, truth, tolerance, DETECTED, wrong);
    assert_true(fabs(mean - truth) <= tolerance);
    assert_true(2 * tolerance < fabs(truth - wrong));
}

static void two_of_three(void **state)
{
    (void)state;
    assert_agrees((struct setting){2, 3, 10, 2, 30000});
}

static void four_of_six(void **state)
{
    (void)state;
    assert_agrees((struct setting){4, 6, 24, 6, 50000});
}

static void nine_of_ten(void **state)
{
    (void)state;
    assert_agrees((struct setting){9, 10, 30 * 24, 24, 700000});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_of_three),
        cmocka_unit_test(four_of_six),
        cmocka_unit_test(nine_of_ten),
    };
    return RUN_TESTS(tests);
}
