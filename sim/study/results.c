#include "sim/study/results.h"
#include "sim/report/csv.h"
#include "sim/study/table.h"

/* Every cell is read before the first run, and every run's record is kept. */
enum { FIRST_BATCH = 32, MOST_CELLS = 100000, MOST_RUNS = 10000000 };

/* --- cells ------------------------------------------------------------------------------------ */

static bool is_too_large(const struct session *session, const struct grid *grid, struct seeds seeds)
{
    size_t cells = 1, each = (size_t)(seeds.last - seeds.first) + 1;
    for (size_t i = 0; i < grid->axis_count && cells <= MOST_CELLS; i++)
        cells *= grid->axes[i].count;
    bool cells_are_many = cells > MOST_CELLS, runs_are_many = cells * each > MOST_RUNS;
    if (cells_are_many)
        text_add_format(session->said, "ecsim study: this grid has more than %d combinations\n", MOST_CELLS);
    else if (runs_are_many)
        text_add_format(session->said, "ecsim study: these are more than %d runs\n", MOST_RUNS);
    return cells_are_many || runs_are_many;
}

static const struct cell *first_accepted(const struct results *results)
{
    size_t i = 0;
    while (results->cells[i].rejected)
        i++;
    return &results->cells[i];
}

bool results_begin(struct results *results, const struct session *session, const struct grid *grid,
                   struct seeds seeds)
{
    *results = (struct results){.session = session, .axes = grid->axes, .axis_count = grid->axis_count};
    if (is_too_large(session, grid, seeds))
        return false;
    results->cells = grid_cells(session->study->arena, grid, &results->cell_count);
    if (!session_examine(session, results->cells, results->cell_count))
        return false;
    return session_knows_figures(session, &(struct job){first_accepted(results), seeds.first});
}

/* --- jobs ------------------------------------------------------------------------------------- */

void results_take_jobs(struct results *results, struct job *jobs, size_t count)
{
    size_t job = 0;
    results->jobs = jobs;
    results->job_count = count;
    results->first_jobs =
        arena_array(results->session->study->arena, results->cell_count + 1, sizeof *results->first_jobs);
    for (size_t i = 0; i < results->cell_count; i++) {
        results->first_jobs[i] = job;
        while (job < count && jobs[job].cell == &results->cells[i])
            job++;
    }
    results->first_jobs[results->cell_count] = job;
}

bool results_play_seeds(struct results *results, struct seeds seeds)
{
    size_t count;
    struct job *jobs = session_jobs(results->session, results->cells, results->cell_count, seeds, &count);
    results_take_jobs(results, jobs, count);
    return runner_play(results->session->runner, jobs, count);
}

bool results_play(struct results *results, bool (*is_narrow)(const struct results *))
{
    const struct study *study = results->session->study;
    struct seeds seeds = study->seeds;
    if (!study->until)
        return results_play_seeds(results, seeds);
    for (int64_t count = FIRST_BATCH;; count *= 2) {
        bool last = seeds.last - seeds.first < count;
        struct seeds batch = {seeds.first, last ? seeds.last : seeds.first + count - 1};
        if (!results_play_seeds(results, batch))
            return false;
        if (last || is_narrow(results))
            return true;
    }
}

/* --- study.csv -------------------------------------------------------------------------------- */

static void add_head(const struct results *results, const struct figure_list *list, struct text *out)
{
    const struct figure_names *names = runner_names(results->session->runner);
    table_add_axes(out, results->axes, results->axis_count);
    text_add(out, "seed");
    for (size_t i = 0; i < list->count; i++) {
        text_add_char(out, ',');
        csv_add_cell(out, figure_name(names, list->names[i]));
    }
    text_add_char(out, '\n');
}

/* `texts` has room for a text of each name there is. */
static void add_run(const struct record *record, const struct figure_list *list, const char **texts,
                    struct text *out)
{
    for (size_t i = 0; i < record->count; i++)
        texts[record->figures[i].name] = record->figures[i].text;
    for (size_t i = 0; i < list->count; i++) {
        text_add_char(out, ',');
        csv_add_cell(out, texts[list->names[i]]);
    }
    for (size_t i = 0; i < record->count; i++)
        texts[record->figures[i].name] = NULL;
}

void results_write_runs(const struct results *results)
{
    const struct session *session = results->session;
    if (!session_writes())
        return;
    struct text out = {0};
    struct figure_list list = session_figures(session, results->jobs, results->job_count);
    const char **texts =
        arena_array(session->study->arena, figure_names_count(runner_names(session->runner)), sizeof *texts);
    add_head(results, &list, &out);
    for (size_t i = 0; i < results->job_count; i++) {
        const struct job *job = &results->jobs[i];
        table_add_values(&out, job->cell, results->axis_count);
        text_add_integer(&out, job->seed);
        add_run(runner_record(session->runner, job), &list, texts, &out);
        text_add_char(&out, '\n');
    }
    session_write(session, "study.csv", &out);
    text_free(&out);
}
