/* Which figures a study is about. */
#include "sim/study/paths.h"
#include "sim/study/study.h"
#include "sim/study/tracks.h"
#include <string.h>

static bool is_track(const struct study *study, const char *name)
{
    (void)study;
    return !strncmp(name, TRACK_PREFIX, strlen(TRACK_PREFIX));
}

static bool is_wanted(const struct study *study, const char *name)
{
    if (is_track(study, name))
        return false;
    bool wanted = study->figure_count == 0 || !strcmp(name, FIGURE_KEPT) || !strcmp(name, FIGURE_STOPPED_BY);
    for (size_t i = 0; i < study->figure_count; i++)
        wanted = wanted || figure_is_below(name, study->figures[i]);
    return wanted;
}

/* --- whether they are there ------------------------------------------------------------------- */

static bool is_above(const char *path, const char *name)
{
    return figure_is_below(name, path) && strlen(name) > strlen(path);
}

static bool is_known(const struct figure_names *names, const char *path, bool is_one)
{
    for (size_t i = 0; i < figure_names_count(names); i++) {
        const char *name = figure_name(names, (uint32_t)i);
        if (is_above(path, name) || (is_one && !strcmp(path, name)))
            return true;
    }
    return false;
}

/* The most similar name, or NULL. What stands below the same path is compared without that. */
static const char *nearest_figure(struct arena *arena, const struct figure_names *names, const char *wanted,
                                  const char *above)
{
    size_t count = 0, skipped = strlen(above) + (*above != '\0');
    const char **known = arena_array(arena, figure_names_count(names) + 1, sizeof *known);
    for (size_t i = 0; i < figure_names_count(names); i++) {
        const char *name = figure_name(names, (uint32_t)i);
        if (!*above || is_above(above, name))
            known[count++] = name + skipped;
    }
    const char *nearest = nearest_name(wanted + skipped, known);
    return nearest ? nearest - skipped : NULL;
}

/* Names of things that happen only in some runs cannot be known: those beside which the run has nothing
 * similar, below something that it has. */
static bool is_figure(struct arena *arena, const struct figure_names *names, const char *wanted,
                      const char **nearest)
{
    const char *above = arena_copy(arena, wanted, path_length_above(wanted));
    bool above_is_known = *above && is_known(names, above, false);
    if (is_known(names, wanted, true))
        return true;
    *nearest = nearest_figure(arena, names, wanted, above_is_known ? above : "");
    return above_is_known && !*nearest;
}

static void expect_figure(struct mistakes *mistakes, const struct figure_names *names, const char *wanted,
                          struct place place)
{
    const char *nearest;
    if (is_figure(mistakes->arena, names, wanted, &nearest))
        return;
    if (nearest)
        mistake_at(mistakes, place, "there is no figure `%s`; did you mean `%s`?", wanted, nearest);
    else
        mistake_at(mistakes, place, "there is no figure `%s`; `ecsim help results` lists them", wanted);
}

static bool are_figures(const struct session *session, const struct figure_names *names)
{
    const struct study *study = session->study;
    struct mistakes mistakes;
    mistakes_init(&mistakes, study->arena);
    for (size_t i = 0; i < study->figure_count; i++)
        expect_figure(&mistakes, names, study->figures[i], study->figure_places[i]);
    if (study->until)
        expect_figure(&mistakes, names, study->until->figure, study->until->place);
    mistakes_finish(&mistakes);
    mistakes_print(&mistakes, session->said);
    return mistakes.errors == 0;
}

struct records *session_try(const struct session *session, const struct job *job)
{
    struct player player = {.model = session->study->model};
    struct text figures = {0};
    struct records *records = records_new();
    player_play(&player, job->cell, job->seed, &figures);
    records_add(records, job->cell->key, job->seed, &figures);
    text_free(&figures);
    player_free(&player);
    return records;
}

bool session_knows_figures(const struct session *session, const struct job *job)
{
    const struct study *study = session->study;
    uint32_t stopped_by;
    if (study->figure_count == 0 && !study->until)
        return true;
    struct records *records = session_try(session, job);
    const struct figure_names *names = records_names(records);
    bool known = figure_name_find(names, FIGURE_STOPPED_BY, &stopped_by) || are_figures(session, names);
    records_free(records);
    return known;
}

/* --- those of a table ------------------------------------------------------------------------- */

static struct figure_list list_names(const struct session *session, const struct job *jobs, size_t count,
                                     bool (*takes)(const struct study *, const char *name))
{
    const struct figure_names *names = runner_names(session->runner);
    size_t most = figure_names_count(names);
    struct figure_list list = {.names = arena_array(session->study->arena, most, sizeof *list.names)};
    bool *seen = arena_array(session->study->arena, most, sizeof *seen);
    for (size_t i = 0; i < count; i++) {
        const struct record *record = runner_record(session->runner, &jobs[i]);
        for (size_t j = 0; record && j < record->count; j++) {
            uint32_t name = record->figures[j].name;
            if (!seen[name] && takes(session->study, figure_name(names, name)))
                list.names[list.count++] = name;
            seen[name] = true;
        }
    }
    return list;
}

struct figure_list session_figures(const struct session *session, const struct job *jobs, size_t count)
{
    return list_names(session, jobs, count, is_wanted);
}

struct figure_list session_tracks(const struct session *session, const struct job *jobs, size_t count)
{
    return list_names(session, jobs, count, is_track);
}
