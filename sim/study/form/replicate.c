/* Replications and grids: every cell with every seed, or until the interval of a mean is narrow enough. */
#include "sim/study/form/fan_chart.h"
#include "sim/study/form/grid_report.h"
#include "sim/study/statistics.h"
#include "sim/study/study.h"
#include <stdlib.h>

enum { FIRST_BATCH = 32 };

struct replication {
    struct session *session;
    struct cell *cells;
    size_t cell_count;
    struct job *jobs; /* cell by cell */
    size_t job_count;
};

static void take_seeds(struct replication *replication, struct seeds seeds)
{
    replication->jobs = session_jobs(replication->session, replication->cells, replication->cell_count, seeds,
                                     &replication->job_count);
}

static bool play(const struct replication *replication)
{
    return runner_play(replication->session->runner, replication->jobs, replication->job_count);
}

/* --- until the interval is narrow ------------------------------------------------------------- */

/* Where values are held with fewer decimals, so is the half width; it is never more than was asked for. */
static int64_t half_width_of(const struct half_width *until, int decimals)
{
    int64_t half_width = until->billionths;
    for (; decimals < FIGURE_DECIMALS; decimals++)
        half_width /= 10;
    return half_width;
}

static bool are_narrow(const struct replication *replication, const int64_t *values, int64_t half_width)
{
    size_t from = 0;
    for (size_t i = 1; i <= replication->job_count; i++) {
        if (i < replication->job_count && replication->jobs[i].cell == replication->jobs[from].cell)
            continue;
        struct statistics statistics = statistics_of(values + from, i - from, STUDY_CONFIDENCE);
        if (!estimate_is_within(&statistics.mean, half_width))
            return false;
        from = i;
    }
    return true;
}

static bool is_narrow(const struct replication *replication)
{
    const struct half_width *until = replication->session->study->until;
    int64_t *values = memory_alloc(replication->job_count * sizeof *values);
    int decimals = session_take_values(replication->session, until->figure, replication->jobs,
                                       replication->job_count, values);
    bool narrow = are_narrow(replication, values, half_width_of(until, decimals));
    free(values);
    return narrow;
}

static void tell_width(const struct replication *replication)
{
    const struct half_width *until = replication->session->study->until;
    char half_width[DECIMAL_TEXT_SIZE];
    if (!until || is_narrow(replication))
        return;
    decimal_format(half_width, until->billionths, FIGURE_DECIMALS);
    text_add_format(replication->session->said,
                    "the interval of %s is not within %s of its mean in every cell; more seeds are needed\n",
                    until->figure, half_width);
}

/* Batches end where they end whoever plays them: 32 seeds, 64, 128, …; all cells have the same ones. */
static bool play_until_narrow(struct replication *replication)
{
    struct seeds seeds = replication->session->study->seeds;
    for (int64_t count = FIRST_BATCH;; count *= 2) {
        bool last = seeds.last - seeds.first < count;
        take_seeds(replication, (struct seeds){seeds.first, last ? seeds.last : seeds.first + count - 1});
        if (!play(replication))
            return false;
        if (last || is_narrow(replication))
            return true;
    }
}

/* --- the end ---------------------------------------------------------------------------------- */

static enum study_outcome conclude(const struct replication *replication)
{
    const struct study *study = replication->session->study;
    struct grid_results results = {.session = replication->session,
                                   .axes = study->axes,
                                   .axis_count = study->axis_count,
                                   .cells = replication->cells,
                                   .cell_count = replication->cell_count,
                                   .jobs = replication->jobs,
                                   .job_count = replication->job_count};
    session_write_runs(replication->session, study->axes, study->axis_count, replication->jobs,
                       replication->job_count);
    session_write_cells(replication->session, study->axes, study->axis_count, replication->cells,
                        replication->cell_count, replication->jobs, replication->job_count);
    grid_draw(&results);
    fan_chart_write(&results);
    grid_say(&results);
    tell_width(replication);
    return session_tell_stopped(replication->session, replication->jobs, replication->job_count);
}

enum study_outcome study_replicate(struct session *session)
{
    struct replication replication = {.session = session};
    const struct study *study = session->study;
    replication.cells = session_cells(session, study->axes, study->axis_count, &replication.cell_count);
    if (!replication.cells)
        return STUDY_MISTAKE;
    take_seeds(&replication, (struct seeds){study->seeds.first, study->seeds.first});
    if (!session_knows_figures(session, replication.jobs))
        return STUDY_MISTAKE;
    bool done = true;
    if (study->until)
        done = play_until_narrow(&replication);
    else {
        take_seeds(&replication, study->seeds);
        done = play(&replication);
    }
    return done ? conclude(&replication) : STUDY_PARTLY;
}
