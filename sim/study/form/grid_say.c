/* What a grid came to, in words: of one cell a table of figures, of many a table of cells. */
#include "sim/study/form/grid_report.h"
#include "sim/study/form/said.h"
#include "sim/study/paths.h"
#include <inttypes.h>
#include <stdlib.h>

enum { MOST_ROWS = 60, MOST_FIGURE_COLUMNS = 6 };

/* --- promises --------------------------------------------------------------------------------- */

static void say_promises(const struct results *results)
{
    struct text *said = results->session->said;
    size_t judged, kept = session_count_kept(results->session, results->jobs, results->job_count, &judged);
    if (judged == 0)
        return;
    struct estimate share = statistics_share(kept, judged, STUDY_CONFIDENCE);
    text_add_format(said, "every promise was kept in %zu of %zu runs (", kept, judged);
    said_add(said, share.value, PERCENT_DECIMALS);
    text_add(said, " %; 95 % interval ");
    said_add_interval(said, &share, PERCENT_DECIMALS);
    text_add(said, " %)\n");
}

/* --- one cell --------------------------------------------------------------------------------- */

static void add_figure_row(struct text_table *table, const struct results *results, const char *name,
                           int64_t *values)
{
    static const double quantiles[] = {0.05, 0.5, 0.95};
    int decimals = session_take_values(results->session, name, results->jobs, results->job_count, values);
    struct statistics statistics = statistics_of(values, results->job_count, STUDY_CONFIDENCE);
    size_t present = statistics_sort(values, results->job_count);
    text_table_cell(table, "%s", name);
    said_cell(table, statistics.mean.value, decimals);
    said_interval_cell(table, &statistics.mean, decimals);
    said_cell(table, statistics.least, decimals);
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        said_cell(table, statistics_quantile(values, present, quantiles[i], STUDY_CONFIDENCE).value,
                  decimals);
    said_cell(table, statistics.greatest, decimals);
}

static void say_figures(const struct results *results, const struct shown_figure *shown, size_t count)
{
    static const char *const head[] = {"",    "mean",   "95 % interval", "least",
                                       "5 %", "median", "95 %",          "greatest"};
    struct text_table table = {.columns = sizeof head / sizeof *head, .numbers = UINT32_MAX << 1};
    for (size_t i = 0; i < table.columns; i++)
        text_table_cell(&table, "%s", head[i]);
    int64_t *values = memory_alloc(results->job_count * sizeof *values);
    for (size_t i = 0; i < count; i++)
        add_figure_row(&table, results, shown[i].name, values);
    free(values);
    text_table_write(&table, "", results->session->said);
}

/* --- many cells ------------------------------------------------------------------------------- */

static void add_kept(struct text_table *table, const struct results *results, size_t cell)
{
    size_t judged, kept = session_count_kept(results->session, results_jobs(results, cell),
                                             results_runs(results, cell), &judged);
    if (judged)
        text_table_cell(table, "%zu of %zu", kept, judged);
    else
        text_table_cell(table, "-");
}

static void add_mean(struct text_table *table, const struct results *results, size_t cell,
                     const struct shown_figure *shown)
{
    size_t runs = results_runs(results, cell);
    int64_t *values = memory_alloc(runs * sizeof *values);
    int decimals =
        session_take_values(results->session, shown->name, results_jobs(results, cell), runs, values);
    said_cell(table, statistics_of(values, runs, STUDY_CONFIDENCE).mean.value, decimals);
    free(values);
}

static void add_cell_row(struct text_table *table, const struct results *results, size_t cell,
                         const struct shown_figure *shown, size_t count)
{
    for (size_t i = 0; i < results->axis_count; i++)
        text_table_cell(table, "%s", results->cells[cell].values[i]);
    if (results->cells[cell].rejected) {
        text_table_cell(table, "rejected");
        text_table_end_row(table);
        return;
    }
    add_kept(table, results, cell);
    for (size_t i = 0; i < count; i++)
        add_mean(table, results, cell, &shown[i]);
}

static void say_cells(const struct results *results, const struct shown_figure *shown, size_t count)
{
    size_t shown_cells = results->cell_count < MOST_ROWS ? results->cell_count : MOST_ROWS;
    count = count < MOST_FIGURE_COLUMNS ? count : MOST_FIGURE_COLUMNS;
    struct text_table table = {.columns = results->axis_count + 1 + count,
                               .numbers = UINT32_MAX << results->axis_count};
    for (size_t i = 0; i < results->axis_count; i++)
        text_table_cell(&table, "%s", axis_short_name(results->axes, results->axis_count, i));
    text_table_cell(&table, "kept");
    for (size_t i = 0; i < count; i++)
        text_table_cell(&table, "%s", path_last_names(shown[i].name, 2));
    for (size_t i = 0; i < shown_cells; i++)
        add_cell_row(&table, results, i, shown, count);
    text_add(results->session->said, "means of each cell's runs:\n");
    text_table_write(&table, "", results->session->said);
    if (shown_cells < results->cell_count)
        text_add_format(results->session->said, "and %zu more in cells.csv\n",
                        results->cell_count - shown_cells);
}

void grid_say(const struct results *results)
{
    const struct study *study = results->session->study;
    size_t count;
    const struct shown_figure *shown =
        session_shown(results->session, results->jobs, results->job_count, &count);
    const struct job *last = &results->jobs[results->job_count - 1];
    text_add_format(results->session->said, "%s: %zu runs, seeds %" PRId64 " to %" PRId64 "\n", study->name,
                    results->job_count, study->seeds.first, last->seed);
    say_promises(results);
    if (results->cell_count == 1)
        say_figures(results, shown, count);
    else
        say_cells(results, shown, count);
}
