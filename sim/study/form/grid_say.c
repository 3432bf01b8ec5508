/* What a grid came to, in words: of one cell a table of figures, of many a table of cells. */
#include "sim/report/aligned.h"
#include "sim/study/form/grid_report.h"
#include "sim/study/statistics.h"
#include <inttypes.h>
#include <stdlib.h>

enum { SHOWN_DIGITS = 4, MOST_ROWS = 60, MOST_FIGURE_COLUMNS = 6 };

/* In units of 10^-decimals, as session_take_values() has them. */
static void add_number(struct aligned *table, int64_t value, int decimals)
{
    char text[DECIMAL_TEXT_SIZE];
    number_format_scaled(text, value, decimals, SHOWN_DIGITS);
    aligned_add(table, *text ? text : "-");
}

static void add_interval(struct aligned *table, const struct estimate *estimate, int decimals)
{
    char low[DECIMAL_TEXT_SIZE], high[DECIMAL_TEXT_SIZE];
    struct text cell = {0};
    number_format_scaled(low, estimate->low, decimals, SHOWN_DIGITS);
    number_format_scaled(high, estimate->high, decimals, SHOWN_DIGITS);
    text_add_format(&cell, "%s to %s", *low ? low : "?", *high ? high : "?");
    aligned_add(table, cell.bytes);
    text_free(&cell);
}

/* --- promises --------------------------------------------------------------------------------- */

static size_t count_kept(const struct grid_results *results, size_t from, size_t to, size_t *judged)
{
    int64_t *kept = session_values(results->session, FIGURE_KEPT, results->jobs + from, to - from);
    size_t count = 0;
    *judged = 0;
    for (size_t i = 0; i < to - from; i++) {
        *judged += kept[i] != ABSENT;
        count += kept[i] == BILLION;
    }
    return count;
}

static void add_percent(struct text *out, int64_t billionths)
{
    char text[DECIMAL_TEXT_SIZE];
    number_format(text, billionths * 100, SHOWN_DIGITS);
    text_add(out, text);
}

static void say_promises(const struct grid_results *results)
{
    struct text *said = results->session->said;
    size_t judged, kept = count_kept(results, 0, results->job_count, &judged);
    if (judged == 0)
        return;
    struct estimate share = statistics_share(kept, judged, STUDY_CONFIDENCE);
    text_add_format(said, "every promise was kept in %zu of %zu runs (", kept, judged);
    add_percent(said, share.value);
    text_add(said, " %; 95 % interval ");
    add_percent(said, share.low);
    text_add(said, " to ");
    add_percent(said, share.high);
    text_add(said, " %)\n");
}

/* --- one cell --------------------------------------------------------------------------------- */

static void add_figure_row(struct aligned *table, const struct grid_results *results, const char *name,
                           int64_t *values)
{
    static const double quantiles[] = {0.05, 0.5, 0.95};
    int decimals = session_take_values(results->session, name, results->jobs, results->job_count, values);
    struct statistics statistics = statistics_of(values, results->job_count, STUDY_CONFIDENCE);
    size_t present = statistics_sort(values, results->job_count);
    aligned_add(table, name);
    add_number(table, statistics.mean.value, decimals);
    add_interval(table, &statistics.mean, decimals);
    add_number(table, statistics.least, decimals);
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        add_number(table, statistics_quantile(values, present, quantiles[i], STUDY_CONFIDENCE).value,
                   decimals);
    add_number(table, statistics.greatest, decimals);
    aligned_end_row(table);
}

static void say_figures(const struct grid_results *results, const struct shown_figure *shown, size_t count)
{
    static const char *const head[] = {"",    "mean",   "95 % interval", "least",
                                       "5 %", "median", "95 %",          "greatest"};
    struct aligned table = {0};
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        aligned_add(&table, head[i]);
    aligned_end_row(&table);
    int64_t *values = memory_alloc(results->job_count * sizeof *values);
    for (size_t i = 0; i < count; i++)
        add_figure_row(&table, results, shown[i].name, values);
    free(values);
    aligned_write(&table, 1, results->session->said);
}

/* --- many cells ------------------------------------------------------------------------------- */

static void add_kept(struct aligned *table, const struct grid_results *results, size_t from, size_t to)
{
    size_t judged, kept = count_kept(results, from, to, &judged);
    struct text cell = {0};
    text_add_format(&cell, "%zu of %zu", kept, judged);
    aligned_add(table, judged ? cell.bytes : "-");
    text_free(&cell);
}

static void add_cell_row(struct aligned *table, const struct grid_results *results, const struct cell *cell,
                         size_t from, size_t to, const struct shown_figure *shown, size_t count)
{
    for (size_t i = 0; i < results->axis_count; i++)
        aligned_add(table, cell->values[i]);
    if (cell->rejected) {
        aligned_add(table, "rejected");
        aligned_end_row(table);
        return;
    }
    add_kept(table, results, from, to);
    int64_t *values = memory_alloc((to - from) * sizeof *values);
    for (size_t i = 0; i < count; i++) {
        int decimals =
            session_take_values(results->session, shown[i].name, results->jobs + from, to - from, values);
        add_number(table, statistics_of(values, to - from, STUDY_CONFIDENCE).mean.value, decimals);
    }
    free(values);
    aligned_end_row(table);
}

static void say_cells(const struct grid_results *results, const struct shown_figure *shown, size_t count)
{
    struct aligned table = {0};
    size_t job = 0, shown_cells = results->cell_count < MOST_ROWS ? results->cell_count : MOST_ROWS;
    count = count < MOST_FIGURE_COLUMNS ? count : MOST_FIGURE_COLUMNS;
    for (size_t i = 0; i < results->axis_count; i++)
        aligned_add(&table, grid_axis_name(results, i));
    aligned_add(&table, "kept");
    for (size_t i = 0; i < count; i++)
        aligned_add(&table, path_last_names(shown[i].name, 2));
    aligned_end_row(&table);
    for (size_t i = 0; i < shown_cells; i++) {
        size_t from = job;
        while (job < results->job_count && results->jobs[job].cell == &results->cells[i])
            job++;
        add_cell_row(&table, results, &results->cells[i], from, job, shown, count);
    }
    text_add(results->session->said, "means of each cell's runs:\n");
    aligned_write(&table, results->axis_count, results->session->said);
    if (shown_cells < results->cell_count)
        text_add_format(results->session->said, "and %zu more in cells.csv\n",
                        results->cell_count - shown_cells);
}

void grid_say(const struct grid_results *results)
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
