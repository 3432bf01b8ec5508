#include "sim/report/output.h"
#include "sim/study/ranks.h"
#include "sim/study/study.h"
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

bool study_is_tracked(const struct study *study)
{
    return !study->map_of && !study->worst_of && !study->search && !study->sides;
}

/* --- files ------------------------------------------------------------------------------------ */

static const char *const fixed_files[] = {
    "study.csv",      "cells.csv",       "lines.svg",  "heat.svg",     "fan.csv",
    "fan.svg",        "search.csv",      "search.svg", "frontier.csv", "frontier.svg",
    "comparison.csv", "differences.svg", "map.csv",    "worst.csv",    "worst-moment.yaml",
};
enum { FIXED_FILES = sizeof fixed_files / sizeof *fixed_files };

static size_t count_names(const char *const *names)
{
    size_t count = 0;
    while (names && names[count])
        count++;
    return count;
}

static struct session_file *files_of_forms(const struct study *study)
{
    struct arena *arena = study->arena;
    const struct study_map *map = study->model->map;
    const struct perturbation *perturbation = study->model->perturbation;
    size_t kinds = perturbation ? count_names(perturbation->kinds) : 0,
           levels = perturbation ? PERTURBATION_LEVELS : 0;
    struct session_file *files = arena_array(arena, FIXED_FILES + 1 + kinds + levels + 1, sizeof *files);
    struct session_file *next = files;
    for (size_t i = 0; i < FIXED_FILES; i++)
        next++->name = fixed_files[i];
    if (map)
        next++->name = arena_format(arena, "%s.svg", map->name);
    for (size_t i = 0; i < kinds; i++)
        next++->name = arena_format(arena, "worst-moment-%s.yaml", perturbation->kinds[i]);
    for (size_t i = 0; i < levels; i++)
        next++->name = arena_format(arena, "worst-moment-%s.yaml", perturbation->levels[i]);
    return files;
}

bool session_writes(void)
{
    return ranks_own() == 0;
}

static void add_path(struct text *path, const struct session *session, const char *file)
{
    text_clear(path);
    text_add_format(path, "%s/%s", session->folder, file);
}

void session_write(const struct session *session, const char *file, const struct text *text)
{
    if (!session_writes())
        return;
    struct text path = {0};
    output_make_folder(session->folder);
    add_path(&path, session, file);
    output_replace(path.bytes, text);
    text_free(&path);
    for (struct session_file *known = session->files; known && known->name; known++)
        known->written |= !strcmp(known->name, file);
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

/* Beside the new results they would look as if they belonged to them. Mostly there are none. */
static void remove_earlier(const struct session *session)
{
    struct text path = {0};
    for (const struct session_file *file = session->files; session_writes() && file->name; file++) {
        add_path(&path, session, file->name);
        if (!file->written)
            unlink(path.bytes);
    }
    text_free(&path);
}

/* --- the form --------------------------------------------------------------------------------- */

static enum study_outcome play(struct session *session)
{
    const struct study *study = session->study;
    const struct model *model = study->model;
    if ((study->map_of && !model->map) || (study->worst_of && !model->perturbation)) {
        text_add(session->said, "ecsim study: this model has no such study\n");
        return STUDY_MISTAKE;
    }
    if (study->map_of)
        return study_map(session);
    if (study->worst_of)
        return study_worst_moment(session);
    if (study->search)
        return study_search(session);
    return study->sides ? study_compare(session) : study_replicate(session);
}

enum study_outcome study_play(struct session *session)
{
    session->files = files_of_forms(session->study);
    enum study_outcome outcome = play(session);
    if (outcome == STUDY_DONE || outcome == STUDY_STOPPED)
        remove_earlier(session);
    return outcome;
}

/* --- cells and jobs --------------------------------------------------------------------------- */

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

struct grid session_grid(const struct session *session, const struct axis *axes, size_t axis_count)
{
    const struct study *study = session->study;
    return (struct grid){study->scenario, study->sets, study->set_count, axes, axis_count};
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
    return texts->known ? runner_figure(texts->session->runner, &texts->jobs[job], texts->name) : NULL;
}

int session_take_values(const struct session *session, const char *figure, const struct job *jobs,
                        size_t count, int64_t *values)
{
    struct figure_texts texts = texts_of(session, figure, jobs);
    int decimals = FIGURE_DECIMALS;
    for (size_t i = 0; i < count; i++)
        for (const char *text = text_of(&texts, i); text && !figure_has_room(text, decimals);)
            decimals--;
    for (size_t i = 0; i < count; i++) {
        const char *text = text_of(&texts, i);
        if (!text || !figure_scaled(text, decimals, &values[i]))
            values[i] = ABSENT;
    }
    return decimals;
}

int64_t session_half_width(const struct session *session, int decimals)
{
    int64_t half_width = session->study->until->billionths;
    for (; decimals < FIGURE_DECIMALS; decimals++)
        half_width /= 10;
    return half_width;
}

/* What was never promised is neither kept nor judged; nor is what a limit stopped. */
size_t session_count_kept(const struct session *session, const struct job *jobs, size_t count, size_t *judged)
{
    struct figure_texts texts = texts_of(session, FIGURE_KEPT, jobs);
    size_t kept = 0;
    *judged = 0;
    for (size_t i = 0; i < count; i++) {
        const char *text = text_of(&texts, i);
        *judged += text != NULL;
        kept += text && !strcmp(text, "true");
    }
    return kept;
}

enum study_outcome session_tell_stopped(const struct session *session, const struct job *jobs, size_t count)
{
    uint32_t name;
    size_t stopped = 0;
    if (!figure_name_find(runner_names(session->runner), FIGURE_STOPPED_BY, &name))
        return STUDY_DONE;
    for (size_t i = 0; i < count; i++) {
        const char *why = runner_figure(session->runner, &jobs[i], name);
        if (why && stopped++ == 0)
            text_add_format(session->said, "seed %" PRId64 ": %s\n", jobs[i].seed, why);
    }
    if (!stopped)
        return STUDY_DONE;
    text_add_format(session->said,
                    "%zu of %zu runs were stopped: they have no figures, and are in no mean and no share\n",
                    stopped, count);
    return STUDY_STOPPED;
}
