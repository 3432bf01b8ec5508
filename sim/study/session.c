#include "sim/report/csv.h"
#include "sim/report/output.h"
#include "sim/study/ranks.h"
#include "sim/study/study.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Every cell is read before the first run, and every run's record is kept. */
enum { MOST_CELLS = 100000, MOST_RUNS = 10000000 };

bool study_is_tracked(const struct study *study)
{
    return !study->map_of && !study->worst_of && !study->search && !study->sides;
}

enum study_outcome study_play(struct session *session)
{
    const struct study *study = session->study;
    if (study->map_of)
        return study_map(session);
    if (study->worst_of)
        return study_worst_moment(session);
    if (study->search)
        return study_search(session);
    return study->sides ? study_compare(session) : study_replicate(session);
}

bool session_writes(const struct session *session)
{
    (void)session;
    return ranks_own() == 0;
}

void session_write(const struct session *session, const char *file, const struct text *text)
{
    if (!session_writes(session))
        return;
    struct text path = {0};
    output_make_folder(session->folder);
    text_add_format(&path, "%s/%s", session->folder, file);
    output_replace(path.bytes, text);
    text_free(&path);
}

void session_write_picture(const struct session *session, const char *file, bool drawn, struct text *drawing,
                           struct text *mistake)
{
    if (drawn)
        session_write(session, file, drawing);
    else
        text_add_format(session->said, "%s could not be drawn: %s\n", file, mistake->bytes);
    text_free(drawing);
    text_free(mistake);
}

/* --- cells and jobs --------------------------------------------------------------------------- */

static bool is_too_large(const struct session *session, const struct axis *axes, size_t axis_count)
{
    size_t cells = 1, seeds = (size_t)(session->study->seeds.last - session->study->seeds.first) + 1;
    for (size_t i = 0; i < axis_count && cells <= MOST_CELLS; i++)
        cells *= axes[i].count;
    bool cells_are_many = cells > MOST_CELLS, runs_are_many = cells * seeds > MOST_RUNS;
    if (cells_are_many)
        text_add_format(session->said, "ecsim study: this grid has more than %d combinations\n", MOST_CELLS);
    else if (runs_are_many)
        text_add_format(session->said, "ecsim study: these are more than %d runs\n", MOST_RUNS);
    return cells_are_many || runs_are_many;
}

struct cell *session_cells(const struct session *session, const struct axis *axes, size_t axis_count,
                           size_t *count)
{
    const struct study *study = session->study;
    struct grid grid = {study->scenario, study->sets, study->set_count, axes, axis_count};
    if (is_too_large(session, axes, axis_count))
        return NULL;
    struct cell *cells = grid_cells(study->arena, &grid, count);
    return session_examine(session, cells, *count) ? cells : NULL;
}

static bool examine(const struct session *session, struct cell *cells, size_t count)
{
    const struct study *study = session->study;
    size_t rejected = 0;
    for (size_t i = 0; i < count; i++) {
        if (!cell_examine(study->arena, study->model, &study->origins, &cells[i], session->said))
            return false;
        rejected += cells[i].rejected != NULL;
    }
    if (rejected < count)
        return true;
    text_add_format(session->said, "%s: error: every combination is refused; the first: %s\n",
                    study->scenario, count ? cells[0].rejected : "there is none");
    return false;
}

bool session_examine(const struct session *session, struct cell *cells, size_t count)
{
    struct text keys = {0};
    bool good = examine(session, cells, count);
    text_add_integer(&keys, good);
    for (size_t i = 0; i < count; i++)
        text_add_format(&keys, " %" PRIx64, cells[i].key);
    ranks_agree(&keys, "the machines of this study do not have the same files");
    text_free(&keys);
    return good;
}

struct job *session_jobs(const struct session *session, const struct cell *cells, size_t count,
                         struct seeds seeds, size_t *job_count)
{
    size_t each = (size_t)(seeds.last - seeds.first) + 1;
    struct job *jobs = arena_array(session->study->arena, count * each, sizeof *jobs);
    *job_count = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < each && !cells[i].rejected; j++)
            jobs[(*job_count)++] = (struct job){&cells[i], seeds.first + (int64_t)j};
    return jobs;
}

static const struct record *record_of(const struct session *session, const struct job *job)
{
    return runner_record(session->runner, job->cell, job->seed);
}

/* The text of a figure in the record of each job, by a name that may be no figure at all. */
struct figure_texts {
    const struct session *session;
    const struct job *jobs;
    bool known;
    uint32_t name;
};

static struct figure_texts texts_of(const struct session *session, const char *figure, const struct job *jobs)
{
    struct figure_texts texts = {.session = session, .jobs = jobs};
    texts.known = figure_name_find(runner_names(session->runner), figure, &texts.name);
    return texts;
}

static const char *text_of(const struct figure_texts *texts, size_t job)
{
    const struct record *record = texts->known ? record_of(texts->session, &texts->jobs[job]) : NULL;
    return record ? record_figure(record, texts->name) : NULL;
}

int64_t *session_values(const struct session *session, const char *figure, const struct job *jobs,
                        size_t count)
{
    int64_t *values = arena_array(session->study->arena, count, sizeof *values);
    struct figure_texts texts = texts_of(session, figure, jobs);
    for (size_t i = 0; i < count; i++) {
        const char *text = text_of(&texts, i);
        if (!text || !figure_number(text, &values[i]))
            values[i] = ABSENT;
    }
    return values;
}

/* The most decimals that leave room: no bound of an interval is further away than 12.71 times the greatest,
 * the mean of two. */
static int decimals_of(const struct figure_texts *texts, size_t count)
{
    int64_t most = INT64_MAX / 32, whole;
    int decimals = FIGURE_DECIMALS;
    for (int i = 0; i < decimals; i++)
        most /= 10;
    for (size_t i = 0; i < count; i++) {
        const char *text = text_of(texts, i);
        for (; text && decimals > 0 && figure_scaled(text, 0, &whole) && (whole > most || whole < -most);
             decimals--)
            most *= 10;
    }
    return decimals;
}

int session_take_values(const struct session *session, const char *figure, const struct job *jobs,
                        size_t count, int64_t *values)
{
    struct figure_texts texts = texts_of(session, figure, jobs);
    int decimals = decimals_of(&texts, count);
    for (size_t i = 0; i < count; i++) {
        const char *text = text_of(&texts, i);
        if (!text || !figure_scaled(text, decimals, &values[i]))
            values[i] = ABSENT;
    }
    return decimals;
}

enum study_outcome session_tell_stopped(const struct session *session, const struct job *jobs, size_t count)
{
    uint32_t name;
    if (!figure_name_find(runner_names(session->runner), FIGURE_STOPPED_BY, &name))
        return STUDY_DONE;
    for (size_t i = 0; i < count; i++) {
        const char *why = record_figure(record_of(session, &jobs[i]), name);
        if (!why)
            continue;
        text_add_format(session->said, "seed %" PRId64 ": %s\n", jobs[i].seed, why);
        return STUDY_STOPPED;
    }
    return STUDY_DONE;
}

/* --- study.csv -------------------------------------------------------------------------------- */

static void add_head(const struct session *session, const struct axis *axes, size_t axis_count,
                     const struct figure_list *list, struct text *out)
{
    for (size_t i = 0; i < axis_count; i++) {
        csv_add_cell(out, axes[i].name);
        text_add_char(out, ',');
    }
    text_add(out, "seed");
    for (size_t i = 0; i < list->count; i++) {
        text_add_char(out, ',');
        csv_add_cell(out, figure_name(runner_names(session->runner), list->names[i]));
    }
    text_add_char(out, '\n');
}

static void add_values(const struct cell *cell, size_t axis_count, struct text *out)
{
    for (size_t i = 0; i < axis_count; i++) {
        csv_add_cell(out, cell->values[i]);
        text_add_char(out, ',');
    }
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

void session_write_runs(const struct session *session, const struct axis *axes, size_t axis_count,
                        const struct job *jobs, size_t count)
{
    if (!session_writes(session))
        return;
    struct text out = {0};
    struct figure_list list = session_figures(session, jobs, count);
    const char **texts =
        arena_array(session->study->arena, figure_names_count(runner_names(session->runner)), sizeof *texts);
    add_head(session, axes, axis_count, &list, &out);
    for (size_t i = 0; i < count; i++) {
        add_values(jobs[i].cell, axis_count, &out);
        text_add_integer(&out, jobs[i].seed);
        add_run(record_of(session, &jobs[i]), &list, texts, &out);
        text_add_char(&out, '\n');
    }
    session_write(session, "study.csv", &out);
    text_free(&out);
}
