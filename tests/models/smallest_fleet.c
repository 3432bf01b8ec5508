/* The smallest fleet against a formula: each of n hosts lives through the run with a probability of
 * exp(-duration / mean), independent of the others, and nothing brings one back. So at least k of them do
 * with the upper tail of a binomial distribution, and the smallest n at which that is enough is known.
 *
 * The settings are such that the truth at the border and below it is FAR standard errors from the share that
 * is asked: a search that asks the right question finds it. */
#include "models/ecs/ecs.h"
#include "sim/report/csv.h"
#include "sim/report/output.h"
#include "sim/study/study_file.h"
#include "tests/unit/unit.h"
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 1000, HIGH = 40, FAR = 4, DURATION_H = 100 };

struct setting {
    unsigned k;
    double lives; /* probability */
    double keep;
};

static double truth_of(const struct setting *setting, unsigned n)
{
    return n < setting->k ? 0 : gsl_cdf_binomial_Q(setting->k - 1, setting->lives, n);
}

static unsigned smallest_of(const struct setting *setting)
{
    unsigned n = 1;
    while (truth_of(setting, n) < setting->keep)
        n++;
    return n;
}

static double error_of(double share, double runs)
{
    return sqrt(share * (1 - share) / runs);
}

static void assert_is_clear(const struct setting *setting)
{
    unsigned n = smallest_of(setting);
    for (unsigned i = n - 1; i <= n; i++)
        assert_true(fabs(truth_of(setting, i) - setting->keep) > FAR * error_of(truth_of(setting, i), SEEDS));
}

/* --- one search ------------------------------------------------------------------------------- */

static void write_scenario(const struct setting *setting, const char *path)
{
    struct text text = {0};
    text_add_format(&text,
                    "duration: %dh\n"
                    "containerInstances: [{instanceType: m5.large, count: 1}]\n"
                    "failures:\n"
                    "  - instanceFailure: {mode: terminate, timeBetween: {exponential: {mean: %.0fs}}}\n"
                    "expect:\n"
                    "  - {cluster: default, instances: {atLeast: %u}}\n",
                    DURATION_H, -DURATION_H * 3600 / log(setting->lives), setting->k);
    output_replace(path, &text);
    text_free(&text);
}

static void search(const struct setting *setting, const char *path, const char *folder)
{
    struct arena *arena = arena_new();
    struct text said = {0};
    struct study_options options = {
        .search = arena_format(arena, "containerInstances[0].count=1..%d", HIGH),
        .keep = arena_format(arena, "%.6f", setting->keep),
        .seeds = arena_format(arena, "%d", SEEDS),
    };
    const struct study *study = study_read(arena, &ecs_model, path, &options, &said);
    assert_non_null(study);
    struct runner_settings settings = {.model = &ecs_model, .folder = folder, .parts = 1};
    struct session session = {
        .study = study, .runner = runner_new(&settings), .folder = folder, .said = &said};
    assert_int_equal(study_play(&session), STUDY_DONE);
    runner_free(session.runner);
    text_free(&said);
    arena_free(arena);
}

/* --- what it found ---------------------------------------------------------------------------- */

static double cell_of(const struct csv_reader *reader, int column)
{
    return strtod(reader->cells[column], NULL);
}

static void assert_agrees(const struct setting *setting, const char *folder)
{
    enum { VALUE, VERDICT, RUNS, KEPT, SHARE };
    struct text table = {0}, path = {0};
    struct csv_reader reader;
    unsigned chosen = 0;
    text_add_format(&path, "%s/search.csv", folder);
    assert_true(input_read(path.bytes, &table));
    csv_open(&reader, table.bytes, table.length);
    assert_true(csv_next(&reader));
    while (csv_next(&reader)) {
        unsigned n = (unsigned)cell_of(&reader, VALUE);
        double truth = truth_of(setting, n), error = error_of(truth, cell_of(&reader, RUNS));
        if (!strcmp(reader.cells[VERDICT], "chosen"))
            chosen = n;
        assert_true(fabs(cell_of(&reader, SHARE) - truth) <= FAR * error + 1e-6);
    }
    print_message("%u of n, in %g of runs: n = %u, by the formula %u\n", setting->k, setting->keep, chosen,
                  smallest_of(setting));
    assert_int_equal(chosen, smallest_of(setting));
    csv_close(&reader);
    text_free(&table);
    text_free(&path);
}

static void remove_folder(const char *folder)
{
    static const char *const files[] = {"study.csv",  "cells.csv",    "search.csv",        "frontier.csv",
                                        "search.svg", "frontier.svg", "study.journal.0-0", "k-of-n.yaml"};
    struct text path = {0};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        text_clear(&path);
        text_add_format(&path, "%s/%s", folder, files[i]);
        remove(path.bytes);
    }
    assert_int_equal(remove(folder), 0);
    text_free(&path);
}

static void assert_finds(struct setting setting)
{
    char folder[] = "/tmp/ecsim-smallest-XXXXXX";
    struct text path = {0};
    assert_is_clear(&setting);
    assert_non_null(mkdtemp(folder));
    text_add_format(&path, "%s/k-of-n.yaml", folder);
    write_scenario(&setting, path.bytes);
    search(&setting, path.bytes, folder);
    assert_agrees(&setting, folder);
    remove_folder(folder);
    text_free(&path);
}

static void three_in_nine_of_ten_runs(void **state)
{
    (void)state;
    assert_finds((struct setting){3, 0.8, 0.9});
}

static void ten_in_every_other_run(void **state)
{
    (void)state;
    assert_finds((struct setting){10, 0.7, 0.5});
}

static void one_in_most_runs(void **state)
{
    (void)state;
    assert_finds((struct setting){1, 0.5, 0.82});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_in_nine_of_ten_runs),
        cmocka_unit_test(ten_in_every_other_run),
        cmocka_unit_test(one_in_most_runs),
    };
    return RUN_TESTS(tests);
}
