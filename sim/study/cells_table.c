/* cells.csv: what the runs of each cell come to, figure by figure. */
#include "sim/report/csv.h"
#include "sim/study/statistics.h"
#include "sim/study/study.h"
#include <stdlib.h>
#include <string.h>

/* Between two values a quantile is computed, by doubles. */
enum { QUANTILE_DIGITS = 15 };

struct table {
    const struct session *session;
    size_t axis_count;
    const struct cell *cells;
    size_t cell_count;
    const struct job *jobs;
    size_t job_count;
    size_t *first;     /* of each cell among the jobs, and one more at the end */
    struct text *rows; /* one per cell */
    int64_t *values;   /* of the figure and the cell at hand, one per job */
};

/* --- cells of the table ----------------------------------------------------------------------- */

/* Numbers in units of 10^-decimals. */
struct numbers {
    struct text *out;
    int decimals;
};

static void add_exact(const struct numbers *numbers, int64_t value)
{
    text_add_char(numbers->out, ',');
    if (value != ABSENT)
        text_add_decimal(numbers->out, value, numbers->decimals);
}

static void add_digits(const struct numbers *numbers, int64_t value, int digits)
{
    char text[DECIMAL_TEXT_SIZE];
    number_format_scaled(text, value, numbers->decimals, digits);
    text_add_char(numbers->out, ',');
    text_add(numbers->out, text);
}

static void add_rounded(const struct numbers *numbers, int64_t value)
{
    add_digits(numbers, value, STATISTICS_DIGITS);
}

static void add_bounds(const struct numbers *numbers, const struct estimate *estimate)
{
    add_rounded(numbers, estimate->low);
    add_rounded(numbers, estimate->high);
}

/* --- numbers ---------------------------------------------------------------------------------- */

static const char *const number_columns[] = {"count", "mean",    "mean_low", "mean_high",  "deviation",
                                             "least", "p05",     "median",   "median_low", "median_high",
                                             "p95",   "p95_low", "p95_high", "greatest"};

static void add_numbers(const struct numbers *numbers, int64_t *values, size_t count)
{
    struct statistics statistics = statistics_of(values, count, STUDY_CONFIDENCE);
    size_t present = statistics_sort(values, count);
    struct estimate p05 = statistics_quantile(values, present, 0.05, STUDY_CONFIDENCE);
    struct estimate median = statistics_quantile(values, present, 0.5, STUDY_CONFIDENCE);
    struct estimate p95 = statistics_quantile(values, present, 0.95, STUDY_CONFIDENCE);
    text_add_format(numbers->out, ",%zu", present);
    add_exact(numbers, statistics.mean.value);
    add_bounds(numbers, &statistics.mean);
    add_rounded(numbers, statistics.deviation);
    add_exact(numbers, statistics.least);
    add_digits(numbers, p05.value, QUANTILE_DIGITS);
    add_digits(numbers, median.value, QUANTILE_DIGITS);
    add_bounds(numbers, &median);
    add_digits(numbers, p95.value, QUANTILE_DIGITS);
    add_bounds(numbers, &p95);
    add_exact(numbers, statistics.greatest);
}

/* --- texts ------------------------------------------------------------------------------------ */

static const char *const text_columns[] = {"count", "most_frequent", "share"};

/* Of equally frequent ones the first counts. Few texts differ, so each is looked up among those seen. */
static void add_texts(const struct table *table, struct text *out, uint32_t name, size_t from, size_t to)
{
    enum { MOST_TEXTS = 64 };
    const char *texts[MOST_TEXTS];
    size_t counts[MOST_TEXTS] = {0}, seen = 0, present = 0, best = 0;
    for (size_t i = from; i < to; i++) {
        const struct record *record =
            runner_record(table->session->runner, table->jobs[i].cell, table->jobs[i].seed);
        const char *text = record_figure(record, name);
        size_t at = 0;
        if (!text)
            continue;
        present++;
        while (at < seen && strcmp(texts[at], text) != 0)
            at++;
        if (at == MOST_TEXTS)
            continue;
        if (at == seen)
            texts[seen++] = text;
        counts[at]++;
        best = counts[at] > counts[best] ? at : best;
    }
    text_add_format(out, ",%zu,", present);
    csv_add_cell(out, present ? texts[best] : NULL);
    if (present)
        add_rounded(&(struct numbers){out, FIGURE_DECIMALS},
                    statistics_share(counts[best], present, STUDY_CONFIDENCE).value);
    else
        text_add_char(out, ',');
}

/* A figure is a text if any run has one that is no number. */
static bool is_text(const struct table *table, uint32_t name)
{
    int64_t number;
    for (size_t i = 0; i < table->job_count; i++) {
        const struct record *record =
            runner_record(table->session->runner, table->jobs[i].cell, table->jobs[i].seed);
        const char *text = record_figure(record, name);
        if (text && !figure_scaled(text, 0, &number))
            return true;
    }
    return false;
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
    for (size_t i = 0; i < table->cell_count; i++)
        add_texts(table, &table->rows[i], name, table->first[i], table->first[i + 1]);
}

static void add_number_figure(struct table *table, struct text *head, const char *figure)
{
    add_head(head, figure, number_columns, sizeof number_columns / sizeof *number_columns);
    for (size_t i = 0; i < table->cell_count; i++) {
        size_t from = table->first[i], count = table->first[i + 1] - from;
        int decimals = session_take_values(table->session, figure, table->jobs + from, count, table->values);
        add_numbers(&(struct numbers){&table->rows[i], decimals}, table->values, count);
    }
}

static void add_figure(struct table *table, struct text *head, uint32_t name)
{
    const char *figure = figure_name(runner_names(table->session->runner), name);
    if (is_text(table, name))
        add_text_figure(table, head, name, figure);
    else
        add_number_figure(table, head, figure);
}

static void begin_row(const struct table *table, const struct cell *cell, size_t runs, struct text *row)
{
    for (size_t i = 0; i < table->axis_count; i++) {
        csv_add_cell(row, cell->values[i]);
        text_add_char(row, ',');
    }
    csv_add_cell(row, cell->rejected);
    text_add_format(row, ",%zu", runs);
}

static void find_first_jobs(struct table *table)
{
    table->first = arena_array(table->session->study->arena, table->cell_count + 1, sizeof *table->first);
    size_t job = 0;
    for (size_t i = 0; i < table->cell_count; i++) {
        table->first[i] = job;
        while (job < table->job_count && table->jobs[job].cell == &table->cells[i])
            job++;
    }
    table->first[table->cell_count] = job;
}

static void join_rows(const struct table *table, struct text *out)
{
    text_add_char(out, '\n');
    for (size_t i = 0; i < table->cell_count; i++) {
        text_add_bytes(out, table->rows[i].bytes, table->rows[i].length);
        text_add_char(out, '\n');
        text_free(&table->rows[i]);
    }
}

void session_write_cells(const struct session *session, const struct axis *axes, size_t axis_count,
                         const struct cell *cells, size_t cell_count, const struct job *jobs,
                         size_t job_count)
{
    if (!session_writes(session))
        return;
    struct table table = {session, axis_count, cells, cell_count, jobs, job_count, NULL, NULL, NULL};
    struct figure_list list = session_figures(session, jobs, job_count);
    struct text out = {0};
    table.rows = arena_array(session->study->arena, cell_count, sizeof *table.rows);
    table.values = memory_alloc((job_count + 1) * sizeof *table.values);
    find_first_jobs(&table);
    for (size_t i = 0; i < axis_count; i++) {
        csv_add_cell(&out, axes[i].name);
        text_add_char(&out, ',');
    }
    text_add(&out, "rejected,runs");
    for (size_t i = 0; i < cell_count; i++)
        begin_row(&table, &cells[i], table.first[i + 1] - table.first[i], &table.rows[i]);
    for (size_t i = 0; i < list.count; i++)
        add_figure(&table, &out, list.names[i]);
    free(table.values);
    join_rows(&table, &out);
    session_write(session, "cells.csv", &out);
    text_free(&out);
}
