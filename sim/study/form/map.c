/* Maps: two settings of one subject against each other, as the model declares it (struct study_map). */
#include "sim/study/form/map.h"
#include "sim/report/summary.h"
#include <string.h>

enum { MOST_RUNS = 50000000 };

/* --- what is varied --------------------------------------------------------------------------- */

/* As it stands in a path behind something. */
static const char *step_of(struct arena *arena, const char *subject)
{
    struct text path = {0};
    text_add(&path, "?");
    summary_add_key(&path, subject, strlen(subject));
    const char *step = arena_text(arena, path.bytes + 1);
    text_free(&path);
    return step;
}

/* One name of a path: `web` of .web, ["web"] and ['web']. Returns where it ends; NULL at the end. */
static const char *next_name(const char *at, const char **name, size_t *length)
{
    bool bracket = *at == '[', quoted = bracket && (at[1] == '"' || at[1] == '\'');
    at += bracket + quoted;
    at += !bracket && *at == '.';
    *name = at;
    *length = quoted ? strcspn(at, "\"'") : strcspn(at, bracket ? "]" : ".[");
    at += *length;
    at += quoted && *at;
    at += bracket && *at == ']';
    return *length > 0 ? at : NULL;
}

static bool same_path(const char *a, const char *b)
{
    const char *name_a = NULL, *name_b = NULL;
    size_t length_a = 0, length_b = 0;
    do {
        a = next_name(a, &name_a, &length_a);
        b = next_name(b, &name_b, &length_b);
        if (length_a != length_b || memcmp(name_a, name_b, length_a))
            return false;
    } while (a && b);
    return !a && !b;
}

static struct axis declared_axis(struct arena *arena, const char *path, const char *const *values)
{
    struct axis axis = {.name = path};
    while (values[axis.count])
        axis.count++;
    axis.values = arena_array(arena, axis.count, sizeof *axis.values);
    for (size_t i = 0; i < axis.count; i++) {
        const char **set = arena_array(arena, 1, sizeof *set);
        *set = arena_format(arena, "%s=%s", path, values[i]);
        axis.values[i] = (struct axis_value){.shown = values[i], .sets = set, .set_count = 1};
    }
    return axis;
}

/* What the study varies itself goes before what the map declares for the same path. */
static struct axis map_axis_of(const struct study *study, const struct map_axis *declared, const char *step)
{
    const char *path = map_with_subject(study->arena, declared->path, step);
    for (size_t i = 0; i < study->axis_count; i++)
        if (same_path(study->axes[i].name, path))
            return study->axes[i];
    return declared_axis(study->arena, path, declared->values);
}

static void make_axes(struct map_results *results, const char *step)
{
    const struct study *study = results->session->study;
    struct axis rows = map_axis_of(study, &results->map->rows, step);
    struct axis columns = map_axis_of(study, &results->map->columns, step);
    struct axis *axes = arena_array(study->arena, study->axis_count + 2, sizeof *axes);
    results->facet_count = 1;
    for (size_t i = 0; i < study->axis_count; i++) {
        const struct axis *axis = &study->axes[i];
        if (axis->values == rows.values || axis->values == columns.values)
            continue;
        axes[results->axis_count++] = *axis;
        results->facet_count *= axis->count;
    }
    axes[results->axis_count++] = rows;
    axes[results->axis_count++] = columns;
    results->axes = axes;
}

/* --- what is asked of the scenario ------------------------------------------------------------ */

/* False: there is nothing to be seen. The grid sets what the study does, and what the map asks for. */
static bool ask(struct map_results *results, struct grid *grid)
{
    const struct session *session = results->session;
    const struct study *study = session->study;
    const struct cell cell = {.path = study->scenario, .sets = study->sets, .set_count = study->set_count};
    struct scenario *scenario = cell_read(study->model, &cell);
    struct map_question question = {0};
    if (scenario->errors)
        mistakes_print(&scenario->mistakes, session->said);
    else
        results->map->ask(scenario->settings, results->subject, &question);
    bool good = !scenario->errors && !question.mistake.length;
    if (question.mistake.length)
        text_add_format(session->said, "ecsim study: %s: %s\n", study->scenario, question.mistake.bytes);
    const char **sets = arena_array(study->arena, study->set_count + 1, sizeof *sets);
    if (study->set_count)
        memcpy(sets, study->sets, study->set_count * sizeof *sets);
    *grid = (struct grid){study->scenario, sets, study->set_count, results->axes, results->axis_count};
    if (question.set.length)
        sets[grid->set_count++] = arena_text(study->arena, question.set.bytes);
    results->note = question.note.length ? arena_text(study->arena, question.note.bytes) : NULL;
    text_free(&question.note);
    text_free(&question.set);
    text_free(&question.mistake);
    scenario_free(scenario);
    return good;
}

/* --- the form --------------------------------------------------------------------------------- */

static void write_all(const struct map_results *results, const struct cell *cells, const struct job *jobs,
                      size_t job_count)
{
    session_write_runs(results->session, results->axes, results->axis_count, jobs, job_count);
    session_write_cells(results->session, results->axes, results->axis_count, cells, results->cell_count,
                        jobs, job_count);
    map_write(results);
    map_draw(results);
    map_say(results);
}

/* Nothing need be random in a map: one run of each setting is enough unless more are asked for. */
static struct seeds seeds_of(const struct study *study)
{
    return study->seeds_given ? study->seeds : (struct seeds){1, 1};
}

static bool is_too_large(const struct study *study, const struct grid *grid)
{
    struct seeds seeds = seeds_of(study);
    size_t runs = (size_t)(seeds.last - seeds.first) + 1;
    for (size_t i = 0; i < grid->axis_count; i++)
        if (__builtin_mul_overflow(runs, grid->axes[i].count, &runs) || runs > MOST_RUNS)
            return true;
    return false;
}

enum study_outcome study_map(struct session *session)
{
    const struct study *study = session->study;
    const struct study_map *map = study->model->map;
    const char *step = step_of(study->arena, study->map_of);
    struct map_results results = {.session = session, .map = map, .subject = study->map_of};
    struct grid grid;
    make_axes(&results, step);
    if (!ask(&results, &grid))
        return STUDY_MISTAKE;
    if (is_too_large(study, &grid)) {
        text_add_format(session->said, "ecsim study: this map has more than %d runs\n", MOST_RUNS);
        return STUDY_MISTAKE;
    }
    struct cell *cells = grid_cells(study->arena, &grid, &results.cell_count);
    if (!session_examine(session, cells, results.cell_count))
        return STUDY_MISTAKE;
    size_t job_count;
    struct job *jobs = session_jobs(session, cells, results.cell_count, seeds_of(study), &job_count);
    if (!session_knows_figures(session, jobs))
        return STUDY_MISTAKE;
    if (!runner_play(session->runner, jobs, job_count))
        return STUDY_PARTLY;
    map_judge(&results, cells, jobs, job_count, step);
    map_recommend(&results);
    write_all(&results, cells, jobs, job_count);
    return session_tell_stopped(session, jobs, job_count);
}
