/* What came of the settings of a map, and which the model recommends. */
#include "sim/study/form/map.h"
#include "sim/study/form/witness.h"
#include "sim/study/paths.h"
#include "sim/study/statistics.h"
#include <string.h>

static const char *kept_text(struct arena *arena, struct text *text)
{
    const char *kept = text->length ? arena_text(arena, text->bytes) : NULL;
    text_free(text);
    return kept;
}

/* --- what became of a setting ----------------------------------------------------------------- */

/* NULL: the run has no such figure. */
static const char *text_of(const struct map_results *results, const struct job *job, const char *figure)
{
    const struct runner *runner = results->grid.session->runner;
    uint32_t name;
    return figure_name_find(runner_names(runner), figure, &name) ? runner_figure(runner, job, name) : NULL;
}

static const char *kept_figure(const struct map_results *results, size_t promise)
{
    return promise_figure(results->grid.session->study->arena, promise, "kept");
}

/* In words, asked once of a run that broke it. */
static const char *promise_in_words(struct map_results *results, const struct job *job, size_t promise)
{
    const struct study *study = results->grid.session->study;
    if (!results->promises) {
        size_t count = 0;
        while (text_of(results, job, kept_figure(results, count)))
            count++;
        results->promises = arena_array(study->arena, count, sizeof *results->promises);
    }
    if (!results->promises[promise])
        results->promises[promise] =
            witness_ask(study->arena, study->model, job->cell, job->seed, promise).promise;
    return results->promises[promise];
}

/* The first promise that the run broke; NULL: it kept all. */
static const char *broken_promise(struct map_results *results, const struct job *job)
{
    const char *kept = text_of(results, job, FIGURE_KEPT);
    if (!kept || strcmp(kept, "false"))
        return NULL;
    size_t i = 0;
    while (!strcmp(text_of(results, job, kept_figure(results, i)), "true"))
        i++;
    return promise_in_words(results, job, i);
}

static int64_t sum_up(enum map_sum sum, const int64_t *values, size_t count)
{
    struct statistics statistics = statistics_of(values, count, STUDY_CONFIDENCE);
    return sum == MAP_MEAN    ? statistics.mean.value
           : sum == MAP_LEAST ? statistics.least
                              : statistics.greatest;
}

static void take_figure(struct map_results *results, size_t index)
{
    const struct results *grid = &results->grid;
    const struct map_figure *figure = &results->map->figures[index];
    struct arena *arena = grid->session->study->arena;
    int64_t *values = arena_array(arena, grid->job_count, sizeof *values);
    results->decimals[index] =
        session_take_values(grid->session, path_of_subject(arena, figure->figure, results->subject),
                            grid->jobs, grid->job_count, values);
    for (size_t i = 0; i < grid->cell_count; i++)
        results->cells[i].figures[index] =
            sum_up(figure->sum, values + grid->first_jobs[i], results->cells[i].runs);
}

/* --- why it is not finished ------------------------------------------------------------------- */

static const char *reason_of_run(const struct map_results *results, const struct job *job,
                                 const char *outcome, const char *stuck)
{
    struct text reason = {0};
    results->map->why(text_of(results, job, outcome), text_of(results, job, stuck), &reason);
    return kept_text(results->grid.session->study->arena, &reason);
}

/* Of those that are as frequent the first. */
static const char *most_frequent(const char *const *texts, size_t count)
{
    size_t most = 0, best = 0;
    for (size_t i = 0; i + most < count; i++) {
        size_t equal = 0;
        for (size_t j = i; j < count; j++)
            equal += !strcmp(texts[i], texts[j]);
        if (equal > most) {
            most = equal;
            best = i;
        }
    }
    return texts[best];
}

/* A, B, … Z, AA, AB, … */
static const char *code_of(struct arena *arena, size_t reason)
{
    enum { LETTERS = 26 };
    int last = (int)('A' + reason % LETTERS), first = (int)('A' + reason / LETTERS % LETTERS - 1);
    return reason < LETTERS ? arena_format(arena, "%c", last) : arena_format(arena, "%c%c", first, last);
}

static size_t number_of_reason(struct map_results *results, const char *meaning)
{
    size_t i = 0;
    while (i < results->reason_count && strcmp(results->reasons[i].meaning, meaning))
        i++;
    if (i == results->reason_count)
        results->reasons[results->reason_count++] =
            (struct map_reason){.code = code_of(results->grid.session->study->arena, i), .meaning = meaning};
    return i;
}

static bool was_stopped(const struct map_results *results, const struct map_cell *cell)
{
    for (size_t i = 0; i < cell->runs; i++)
        if (text_of(results, &cell->jobs[i], FIGURE_STOPPED_BY))
            return true;
    return false;
}

/* What the runs of a setting break that were not stopped is not all that they break, so it is not told. */
static void judge_runs(struct map_results *results, struct map_cell *cell)
{
    struct arena *arena = results->grid.session->study->arena;
    const char *outcome = path_of_subject(arena, results->map->outcome, results->subject);
    const char *stuck = path_of_subject(arena, results->map->stuck, results->subject);
    const char **reasons = arena_array(arena, cell->runs, sizeof *reasons);
    size_t unfinished = 0;
    bool stopped = was_stopped(results, cell);
    for (size_t i = 0; i < cell->runs; i++) {
        const struct job *job = &cell->jobs[i];
        const char *ended = text_of(results, job, outcome);
        if (!stopped && !cell->broken)
            cell->broken = broken_promise(results, job);
        if (ended && !strcmp(ended, results->map->finished))
            cell->finished++;
        else
            reasons[unfinished++] = reason_of_run(results, job, outcome, stuck);
    }
    cell->state = stopped ? MAP_UNKNOWN : unfinished ? MAP_UNFINISHED : MAP_FINISHED;
    if (cell->state == MAP_UNFINISHED)
        results->reasons[cell->reason = number_of_reason(results, most_frequent(reasons, unfinished))]
            .cells++;
}

void map_judge(struct map_results *results)
{
    const struct results *grid = &results->grid;
    struct arena *arena = grid->session->study->arena;
    size_t figures = results->map->figure_count;
    results->cells = arena_array(arena, grid->cell_count, sizeof *results->cells);
    results->reasons = arena_array(arena, grid->cell_count, sizeof *results->reasons);
    for (size_t i = 0; i < grid->cell_count; i++) {
        struct map_cell *cell = &results->cells[i];
        *cell = (struct map_cell){.cell = &grid->cells[i],
                                  .jobs = results_jobs(grid, i),
                                  .runs = results_runs(grid, i),
                                  .state = MAP_REFUSED};
        cell->figures = arena_array(arena, figures, sizeof *cell->figures);
        if (!cell->cell->rejected)
            judge_runs(results, cell);
    }
    results->decimals = arena_array(arena, figures, sizeof *results->decimals);
    for (size_t i = 0; i < figures; i++)
        take_figure(results, i);
}

/* --- which setting is recommended ------------------------------------------------------------- */

/* Why none is: the most frequent reason of this facet. */
static const char *say_none(const struct map_results *results, const struct map_cell *cells, size_t count)
{
    struct arena *arena = results->grid.session->study->arena;
    const char **broken = arena_array(arena, count, sizeof *broken);
    const char **reasons = arena_array(arena, count, sizeof *reasons);
    size_t finished = 0, unfinished = 0;
    for (size_t i = 0; i < count; i++) {
        if (cells[i].state == MAP_FINISHED)
            broken[finished++] = cells[i].broken;
        else if (cells[i].state == MAP_UNFINISHED)
            reasons[unfinished++] = results->reasons[cells[i].reason].meaning;
    }
    if (finished)
        return arena_format(arena,
                            "It would choose none: each setting that finishes breaks a promise of the "
                            "scenario, most often this one: %s.",
                            most_frequent(broken, finished));
    if (unfinished)
        return arena_format(arena, "No setting finishes; most often: %s.",
                            most_frequent(reasons, unfinished));
    for (size_t i = 0; i < count; i++)
        if (cells[i].state == MAP_UNKNOWN)
            return "No setting was played to its end.";
    return arena_format(arena, "Every setting is %s.", results->map->refused);
}

static const char *recommend(const struct map_results *results, struct map_cell *cells, size_t count)
{
    struct arena *arena = results->grid.session->study->arena;
    struct map_setting *settings = arena_array(arena, count, sizeof *settings);
    struct map_cell **of = arena_array(arena, count, sizeof *of);
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        if (cells[i].state != MAP_FINISHED || cells[i].broken)
            continue;
        const char *const *values = cells[i].cell->values + results->grid.axis_count - 2;
        settings[good] =
            (struct map_setting){values[0], values[1], cells[i].runs, cells[i].figures, results->decimals};
        of[good++] = &cells[i];
    }
    if (good == 0)
        return say_none(results, cells, count);
    struct text sentence = {0};
    of[results->map->recommend(settings, good, &sentence)]->chosen = true;
    return kept_text(arena, &sentence);
}

void map_recommend(struct map_results *results)
{
    size_t size = map_facet_size(results);
    results->sentences =
        arena_array(results->grid.session->study->arena, results->facet_count, sizeof *results->sentences);
    for (size_t i = 0; i < results->facet_count; i++)
        results->sentences[i] = recommend(results, results->cells + i * size, size);
}
