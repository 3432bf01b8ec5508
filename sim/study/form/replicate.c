/* Replications and grids: every cell with every seed, or until the interval of a mean is narrow enough. */
#include "sim/study/form/fan_chart.h"
#include "sim/study/form/grid_report.h"
#include "sim/study/statistics.h"
#include <stdlib.h>

/* --- until the interval is narrow ------------------------------------------------------------- */

static bool is_narrow_in(const struct results *results, size_t cell, int64_t *values)
{
    const struct half_width *until = results->session->study->until;
    size_t runs = results_runs(results, cell);
    int decimals =
        session_take_values(results->session, until->figure, results_jobs(results, cell), runs, values);
    struct statistics statistics = statistics_of(values, runs, STUDY_CONFIDENCE);
    return results->cells[cell].rejected ||
           estimate_is_within(&statistics.mean, session_half_width(results->session, decimals));
}

static bool is_narrow(const struct results *results)
{
    int64_t *values = memory_alloc(results->job_count * sizeof *values);
    size_t i = 0;
    while (i < results->cell_count && is_narrow_in(results, i, values))
        i++;
    free(values);
    return i == results->cell_count;
}

static void tell_width(const struct results *results)
{
    const struct half_width *until = results->session->study->until;
    char half_width[DECIMAL_TEXT_SIZE];
    if (!until || is_narrow(results))
        return;
    decimal_format(half_width, until->billionths, FIGURE_DECIMALS);
    text_add_format(results->session->said,
                    "the interval of %s is not within %s of its mean in every cell; more seeds are needed\n",
                    until->figure, half_width);
}

/* --- the form --------------------------------------------------------------------------------- */

enum study_outcome study_replicate(struct session *session)
{
    const struct study *study = session->study;
    struct grid grid = session_grid(session, study->axes, study->axis_count);
    struct results results;
    if (!results_begin(&results, session, &grid, study->seeds))
        return STUDY_MISTAKE;
    if (!results_play(&results, is_narrow))
        return STUDY_PARTLY;
    results_write_runs(&results);
    results_write_cells(&results);
    grid_draw(&results);
    fan_chart_write(&results);
    grid_say(&results);
    tell_width(&results);
    return session_tell_stopped(session, results.jobs, results.job_count);
}
