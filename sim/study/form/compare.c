/* Paired comparisons: every side plays the same seeds, so that what differs is the sides' own doing. */
#include "sim/report/csv.h"
#include "sim/study/form/comparison.h"
#include "sim/study/table.h"

static bool begin(struct comparison *comparison, const struct session *session)
{
    const struct study *study = session->study;
    struct axis *axes = arena_array(study->arena, 1 + study->axis_count, sizeof *axes);
    axes[0] = *study->sides;
    for (size_t i = 0; i < study->axis_count; i++)
        axes[1 + i] = study->axes[i];
    struct grid grid = session_grid(session, axes, 1 + study->axis_count);
    if (!results_begin(&comparison->results, session, &grid, study->seeds))
        return false;
    comparison->point_count = comparison->results.cell_count / study->sides->count;
    return true;
}

static bool is_narrow(const struct results *results)
{
    const struct comparison *comparison = (const struct comparison *)results;
    const struct half_width *until = results->session->study->until;
    uint32_t figure;
    if (!figure_name_find(runner_names(results->session->runner), until->figure, &figure))
        return false;
    for (size_t i = comparison->point_count; i < results->cell_count; i++) {
        size_t side = i / comparison->point_count, point = i % comparison->point_count;
        if (!comparison_has(comparison, side, point))
            continue;
        struct paired paired = comparison_pair(comparison, figure, side, point);
        if (paired.is_text || !estimate_is_within(&paired.statistics.difference.mean,
                                                  session_half_width(results->session, paired.decimals)))
            return false;
    }
    return true;
}

/* --- comparison.csv --------------------------------------------------------------------------- */

static void add_numbers(struct text *out, const struct paired *paired)
{
    const struct paired_statistics *statistics = &paired->statistics;
    if (paired->is_text) {
        text_add(out, ",,,,,");
        return;
    }
    table_add_exact(out, statistics->difference.mean.value, paired->decimals);
    table_add_rounded(out, statistics->difference.mean.low, paired->decimals);
    table_add_rounded(out, statistics->difference.mean.high, paired->decimals);
    text_add_format(out, ",%zu,%zu", statistics->greater, statistics->less);
}

static void add_row(const struct comparison *comparison, uint32_t figure, size_t side, size_t point,
                    struct text *out)
{
    const struct results *results = &comparison->results;
    const struct cell *cell = &results->cells[comparison_cell(comparison, side, point)];
    struct paired paired = comparison_pair(comparison, figure, side, point);
    size_t telling = comparison_telling_seed(comparison, figure, side, point);
    table_add_values(out, cell, results->axis_count);
    csv_add_cell(out, figure_name(runner_names(results->session->runner), figure));
    text_add_format(out, ",%zu,%zu", paired.pairs, paired.unpaired);
    add_numbers(out, &paired);
    text_add_format(out, ",%zu,", paired.disagree);
    if (telling != SIZE_MAX)
        text_add_integer(out, comparison_job(comparison, side, point, telling)->seed);
    text_add_char(out, '\n');
}

static void write_table(const struct comparison *comparison)
{
    struct text out = {0};
    const struct results *results = &comparison->results;
    struct figure_list list = session_figures(results->session, results->jobs, results->job_count);
    table_add_axes(&out, results->axes, results->axis_count);
    text_add(&out,
             "figure,pairs,unpaired,mean_difference,low,high,greater,less,disagree,most_telling_seed\n");
    for (size_t i = comparison->point_count; i < results->cell_count; i++) {
        size_t side = i / comparison->point_count, point = i % comparison->point_count;
        for (size_t j = 0; j < list.count && comparison_has(comparison, side, point); j++)
            add_row(comparison, list.names[j], side, point, &out);
    }
    session_write(results->session, "comparison.csv", &out);
    text_free(&out);
}

/* --- the form --------------------------------------------------------------------------------- */

enum study_outcome study_compare(struct session *session)
{
    struct comparison comparison;
    const struct results *results = &comparison.results;
    if (!begin(&comparison, session))
        return STUDY_MISTAKE;
    if (!results_play(&comparison.results, is_narrow))
        return STUDY_PARTLY;
    results_write_runs(results);
    results_write_cells(results);
    write_table(&comparison);
    comparison_draw(&comparison);
    comparison_say(&comparison);
    return session_tell_stopped(session, results->jobs, results->job_count);
}
