/* Maps: two settings of one subject against each other, as the model declares it (struct study_map). */
#include "sim/study/form/map.h"
#include "sim/study/paths.h"

/* --- what is varied --------------------------------------------------------------------------- */

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
static struct axis map_axis_of(const struct study *study, const struct map_axis *declared)
{
    const char *path = path_of_subject(study->arena, declared->path, study->map_of);
    for (size_t i = 0; i < study->axis_count; i++)
        if (path_is_same(study->axes[i].name, path))
            return study->axes[i];
    return declared_axis(study->arena, path, declared->values);
}

static struct grid make_grid(struct map_results *results, const struct session *session)
{
    const struct study *study = session->study;
    struct axis rows = map_axis_of(study, &results->map->rows);
    struct axis columns = map_axis_of(study, &results->map->columns);
    struct axis *axes = arena_array(study->arena, study->axis_count + 2, sizeof *axes);
    size_t count = 0;
    results->facet_count = 1;
    for (size_t i = 0; i < study->axis_count; i++) {
        const struct axis *axis = &study->axes[i];
        if (axis->values == rows.values || axis->values == columns.values)
            continue;
        axes[count++] = *axis;
        results->facet_count *= axis->count;
    }
    axes[count++] = rows;
    axes[count++] = columns;
    return session_grid(session, axes, count);
}

/* --- what is asked of the scenario ------------------------------------------------------------ */

/* One more, of all cells. */
static void add_set(struct arena *arena, struct grid *grid, const char *set)
{
    const char **sets = arena_array(arena, grid->set_count + 1, sizeof *sets);
    for (size_t i = 0; i < grid->set_count; i++)
        sets[i] = grid->sets[i];
    sets[grid->set_count++] = arena_text(arena, set);
    grid->sets = sets;
}

/* False: there is nothing to be seen. What the map asks for is set in the grid. */
static bool ask(struct map_results *results, const struct session *session, struct grid *grid)
{
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
    if (question.set.length)
        add_set(study->arena, grid, question.set.bytes);
    results->note = question.note.length ? arena_text(study->arena, question.note.bytes) : NULL;
    text_free(&question.note);
    text_free(&question.set);
    text_free(&question.mistake);
    scenario_free(scenario);
    return good;
}

/* --- the form --------------------------------------------------------------------------------- */

/* Nothing need be random in a map: one run of each setting is enough unless more are asked for. */
static struct seeds seeds_of(const struct study *study)
{
    return study->seeds_given ? study->seeds : (struct seeds){1, 1};
}

static bool begin(struct map_results *results, const struct session *session)
{
    struct grid grid = make_grid(results, session);
    return ask(results, session, &grid) &&
           results_begin(&results->grid, session, &grid, seeds_of(session->study));
}

enum study_outcome study_map(struct session *session)
{
    const struct study *study = session->study;
    struct map_results results = {.map = study->model->map, .subject = study->map_of};
    if (!begin(&results, session))
        return STUDY_MISTAKE;
    if (!results_play_seeds(&results.grid, seeds_of(study)))
        return STUDY_PARTLY;
    map_judge(&results);
    map_recommend(&results);
    results_write_runs(&results.grid);
    results_write_cells(&results.grid);
    map_write(&results);
    map_draw(&results);
    map_say(&results);
    return session_tell_stopped(session, results.grid.jobs, results.grid.job_count);
}
