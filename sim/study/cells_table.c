/* cells.csv: what the runs of each cell come to, figure by figure. */
#include "sim/report/csv.h"
#include "sim/study/results.h"
#include "sim/study/statistics.h"
#include "sim/study/table.h"
#include <stdlib.h>
#include <string.h>

/* Between two values a quantile is computed, by doubles. */
enum { QUANTILE_DIGITS = 15 };

struct table {
    const struct results *results;
    struct text *rows; /* one per cell */
    int64_t *values;   /* of the figure and the cell at hand, one per job */
};

/* --- numbers ---------------------------------------------------------------------------------- */

static void add_bounds(struct text *out, const struct estimate *estimate, int decimals)
{
    table_add_rounded(out, estimate->low, decimals);
    table_add_rounded(out, estimate->high, decimals);
}

static const char *const number_columns[] = {"count", "mean",    "mean_low", "mean_high",  "deviation",
                                             "least", "p05",     "median",   "median_low", "median_high",
                                             "p95",   "p95_low", "p95_high", "greatest"};

/* Of what is true or false the mean is a share and has the interval of one: Student's would have no width
 * where all runs agree. */
static struct estimate share_of(const int64_t *values, size_t count, size_t present)
{
    size_t hits = 0;
    for (size_t i = 0; i < count; i++)
        hits += values[i] != ABSENT && values[i] != 0;
    return statistics_share(hits, present, STUDY_CONFIDENCE);
}

static void add_numbers(struct text *out, int64_t *values, size_t count, int decimals, bool flag)
{
    struct statistics statistics = statistics_of(values, count, STUDY_CONFIDENCE);
    if (flag)
        statistics.mean = share_of(values, count, statistics.count);
    size_t present = statistics_sort(values, count);
    struct estimate p05 = statistics_quantile(values, present, 0.05, STUDY_CONFIDENCE);
    struct estimate median = statistics_quantile(values, present, 0.5, STUDY_CONFIDENCE);
    struct estimate p95 = statistics_quantile(values, present, 0.95, STUDY_CONFIDENCE);
    text_add_format(out, ",%zu", present);
    table_add_exact(out, statistics.mean.value, decimals);
    add_bounds(out, &statistics.mean, decimals);
    table_add_rounded(out, statistics.deviation, decimals);
    table_add_exact(out, statistics.least, decimals);
    table_add_digits(out, p05.value, decimals, QUANTILE_DIGITS);
    table_add_digits(out, median.value, decimals, QUANTILE_DIGITS);
    add_bounds(out, &median, decimals);
    table_add_digits(out, p95.value, decimals, QUANTILE_DIGITS);
    add_bounds(out, &p95, decimals);
    table_add_exact(out, statistics.greatest, decimals);
}

/* --- texts ------------------------------------------------------------------------------------ */

static const char *const text_columns[] = {"count", "most_frequent", "share"};

/* What runs say, and how often. */
struct tally {
    const char *texts[64]; /* more than that are not counted: few differ where they are worth a look */
    size_t counts[64], seen, present;
    size_t best; /* of equally frequent ones the first */
};

static void count_text(struct tally *tally, const char *text)
{
    size_t at = 0;
    tally->present++;
    while (at < tally->seen && strcmp(tally->texts[at], text) != 0)
        at++;
    if (at == sizeof tally->texts / sizeof *tally->texts)
        return;
    if (at == tally->seen)
        tally->texts[tally->seen++] = text;
    tally->counts[at]++;
    tally->best = tally->counts[at] > tally->counts[tally->best] ? at : tally->best;
}

static void add_texts(struct text *out, const struct results *results, size_t cell, uint32_t name)
{
    struct tally tally = {0};
    const struct job *jobs = results_jobs(results, cell);
    for (size_t i = 0; i < results_runs(results, cell); i++) {
        const char *text = runner_figure(results->session->runner, &jobs[i], name);
        if (text)
            count_text(&tally, text);
    }
    struct estimate share = statistics_share(tally.counts[tally.best], tally.present, STUDY_CONFIDENCE);
    text_add_format(out, ",%zu,", tally.present);
    csv_add_cell(out, tally.present ? tally.texts[tally.best] : NULL);
    table_add_rounded(out, share.value, FIGURE_DECIMALS);
}

/* A figure is a text if any run has one that is no number. */
static bool is_text(const struct results *results, uint32_t name)
{
    int64_t number;
    for (size_t i = 0; i < results->job_count; i++) {
        const char *text = runner_figure(results->session->runner, &results->jobs[i], name);
        if (text && !figure_scaled(text, 0, &number))
            return true;
    }
    return false;
}

/* Every run that has it says true or false. */
static bool is_flag(const struct results *results, uint32_t name)
{
    for (size_t i = 0; i < results->job_count; i++) {
        const char *text = runner_figure(results->session->runner, &results->jobs[i], name);
        if (text && strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
            return false;
    }
    return true;
}

/* --- columns ---------------------------------------------------------------------------------- */

static void add_head(struct text *head, const char *figure, const char *const *columns, size_t count)
{
    struct text name = {0};
    for (size_t i = 0; i < count; i++) {
        text_clear(&name);
        text_add_format(&name, "%s.%s", figure, columns[i]);
        text_add_char(head, ',');
        csv_add_cell(head, name.bytes);
    }
    text_free(&name);
}

static void add_text_figure(struct table *table, struct text *head, uint32_t name, const char *figure)
{
    add_head(head, figure, text_columns, sizeof text_columns / sizeof *text_columns);
    for (size_t i = 0; i < table->results->cell_count; i++)
        add_texts(&table->rows[i], table->results, i, name);
}

static void add_number_figure(struct table *table, struct text *head, uint32_t name, const char *figure)
{
    const struct results *results = table->results;
    bool flag = is_flag(results, name);
    add_head(head, figure, number_columns, sizeof number_columns / sizeof *number_columns);
    for (size_t i = 0; i < results->cell_count; i++) {
        size_t count = results_runs(results, i);
        int decimals =
            session_take_values(results->session, figure, results_jobs(results, i), count, table->values);
        add_numbers(&table->rows[i], table->values, count, decimals, flag);
    }
}

static void add_figure(struct table *table, struct text *head, uint32_t name)
{
    const char *figure = figure_name(runner_names(table->results->session->runner), name);
    if (is_text(table->results, name))
        add_text_figure(table, head, name, figure);
    else
        add_number_figure(table, head, name, figure);
}

/* --- the table -------------------------------------------------------------------------------- */

static void begin_row(const struct results *results, size_t cell, struct text *row)
{
    table_add_values(row, &results->cells[cell], results->axis_count);
    csv_add_cell(row, results->cells[cell].rejected);
    text_add_format(row, ",%zu", results_runs(results, cell));
}

static void join_rows(const struct table *table, struct text *out)
{
    text_add_char(out, '\n');
    for (size_t i = 0; i < table->results->cell_count; i++) {
        text_add_bytes(out, table->rows[i].bytes, table->rows[i].length);
        text_add_char(out, '\n');
        text_free(&table->rows[i]);
    }
}

void results_write_cells(const struct results *results)
{
    if (!session_writes())
        return;
    struct table table = {.results = results};
    struct figure_list list = session_figures(results->session, results->jobs, results->job_count);
    struct text out = {0};
    table.rows = arena_array(results->session->study->arena, results->cell_count, sizeof *table.rows);
    table.values = memory_alloc((results->job_count + 1) * sizeof *table.values);
    table_add_axes(&out, results->axes, results->axis_count);
    text_add(&out, "rejected,runs");
    for (size_t i = 0; i < results->cell_count; i++)
        begin_row(results, i, &table.rows[i]);
    for (size_t i = 0; i < list.count; i++)
        add_figure(&table, &out, list.names[i]);
    join_rows(&table, &out);
    session_write(results->session, "cells.csv", &out);
    free(table.values);
    text_free(&out);
}
