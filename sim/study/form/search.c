/* Searches: the smallest of whole numbers, or the cheapest of candidates, at which every promise is kept in
 * the asked share of runs.
 *
 * Of whole numbers few are played (bisection.h), each no longer than its answer needs (trial.h), but those at
 * the border with all seeds, so that there is evidence on both sides. Candidates, few numbers, and all if
 * that was asked, play all seeds. */
#include "sim/study/form/search.h"
#include "sim/study/form/frontier.h"
#include <inttypes.h>
#include <string.h>

enum {
    FEW_VALUES = 6,
    MOST_CELLS = 20000, /* each is read */
};

/* --- what comes into question ----------------------------------------------------------------- */

static void set_value(struct arena *arena, const struct search *search, int64_t number,
                      struct axis_value *value)
{
    const char **sets = arena_array(arena, search->path_count, sizeof *sets);
    for (size_t i = 0; i < search->path_count; i++)
        sets[i] = arena_format(arena, "%s=%" PRId64, search->paths[i], number);
    *value = (struct axis_value){
        .shown = arena_format(arena, "%" PRId64, number), .sets = sets, .set_count = search->path_count};
}

static struct axis range_axis(struct arena *arena, const struct search *search)
{
    struct axis axis = {.name = search->paths[0], .count = (size_t)(search->high - search->low) + 1};
    axis.values = arena_array(arena, axis.count, sizeof *axis.values);
    for (size_t i = 0; i < axis.count; i++)
        set_value(arena, search, search->low + (int64_t)i, &axis.values[i]);
    return axis;
}

static bool is_too_much(const struct session *session)
{
    const struct study *study = session->study;
    const struct search *search = study->search;
    size_t cells = search->candidates ? search->candidates->count : (size_t)(search->high - search->low) + 1;
    for (size_t i = 0; i < study->axis_count; i++)
        if (__builtin_mul_overflow(cells, study->axes[i].count, &cells))
            cells = SIZE_MAX;
    if (cells > MOST_CELLS)
        text_add_format(session->said,
                        "ecsim study: this search is among more than %d values; a narrower one is meant\n",
                        MOST_CELLS);
    return cells > MOST_CELLS;
}

static bool make_cells(struct searching *searching, const struct session *session)
{
    const struct study *study = session->study;
    const struct search *search = searching->search;
    struct axis *axes = arena_array(study->arena, study->axis_count + 1, sizeof *axes);
    struct axis *searched = &axes[study->axis_count];
    for (size_t i = 0; i < study->axis_count; i++)
        axes[i] = study->axes[i];
    *searched = search->candidates ? *search->candidates : range_axis(study->arena, search);
    searching->all = search->all || search->candidates || searched->count <= FEW_VALUES;
    struct grid grid = session_grid(session, axes, study->axis_count + 1);
    struct seeds one = {study->seeds.first, study->seeds.first};
    return results_begin(&searching->grid, session, &grid, searching->all ? study->seeds : one);
}

static void make_hunt(const struct searching *searching, struct hunt *hunt, const struct cell *cells)
{
    struct arena *arena = searching->study->arena;
    size_t count = search_axis(searching)->count;
    *hunt = (struct hunt){.cells = cells,
                          .contenders = arena_array(arena, count, sizeof *hunt->contenders),
                          .answers = arena_array(arena, count, sizeof *hunt->answers),
                          .chosen = BISECTION_NOTHING};
    for (size_t i = 0; i < count; i++)
        if (!cells[i].rejected)
            hunt->contenders[hunt->count++] = (struct contender){
                .cell = &cells[i],
                .trial.total = (size_t)(searching->study->seeds.last - searching->study->seeds.first) + 1,
            };
}

static void make_hunts(struct searching *searching)
{
    size_t count = search_axis(searching)->count;
    searching->hunt_count = searching->grid.cell_count / count;
    searching->hunts = arena_array(searching->study->arena, searching->hunt_count, sizeof *searching->hunts);
    for (size_t i = 0; i < searching->hunt_count; i++)
        make_hunt(searching, &searching->hunts[i], searching->grid.cells + i * count);
}

/* --- playing ---------------------------------------------------------------------------------- */

static const struct job *jobs_of(const struct searching *searching, struct contender *contender)
{
    size_t count;
    if (!contender->jobs)
        contender->jobs =
            session_jobs(searching->session, contender->cell, 1, searching->study->seeds, &count);
    return contender->jobs;
}

/* False, here and below: other parts have not played theirs. */
static bool play_to(const struct searching *searching, struct contender *contender, size_t runs)
{
    size_t judged;
    const struct job *jobs = jobs_of(searching, contender);
    if (runs <= contender->trial.runs)
        return true;
    if (!runner_play(searching->session->runner, jobs, runs))
        return false;
    contender->trial.runs = runs;
    contender->trial.kept = session_count_kept(searching->session, jobs, runs, &judged);
    contender->trial.stopped = runs - judged;
    return true;
}

static bool ask(const struct searching *searching, struct hunt *hunt, size_t index)
{
    struct contender *contender = &hunt->contenders[index];
    while (hunt->answers[index] == ANSWER_NONE) {
        if (!play_to(searching, contender, trial_next_runs(&contender->trial)))
            return false;
        hunt->answers[index] = trial_answer(&contender->trial, searching->search->keep_millionths);
    }
    return true;
}

static bool is_evidence(const struct hunt *hunt, size_t border, size_t index)
{
    if (border == BISECTION_NOTHING)
        return hunt->answers[index] != ANSWER_NONE;
    return index + 1 >= border && index <= border + 1;
}

static bool bisect(const struct searching *searching, struct hunt *hunt)
{
    for (size_t i; (i = bisection_next(hunt->answers, hunt->count)) != BISECTION_NOTHING;)
        if (!ask(searching, hunt, i))
            return false;
    size_t border = bisection_border(hunt->answers, hunt->count);
    for (size_t i = 0; i < hunt->count; i++)
        if (is_evidence(hunt, border, i) &&
            !play_to(searching, &hunt->contenders[i], hunt->contenders[i].trial.total))
            return false;
    return true;
}

/* All at once, so that no processor waits for the last run of a value. */
static bool play_all(const struct searching *searching)
{
    struct results all = searching->grid;
    if (!results_play_seeds(&all, all.session->study->seeds))
        return false;
    for (size_t i = 0; i < searching->hunt_count; i++) {
        struct hunt *hunt = &searching->hunts[i];
        for (size_t j = 0; j < hunt->count; j++)
            if (!play_to(searching, &hunt->contenders[j], hunt->contenders[j].trial.total) ||
                !ask(searching, hunt, j))
                return false;
    }
    return true;
}

static bool play(const struct searching *searching)
{
    if (searching->all)
        return play_all(searching);
    for (size_t i = 0; i < searching->hunt_count; i++)
        if (!bisect(searching, &searching->hunts[i]))
            return false;
    return true;
}

/* A run tells what cannot be told from the scenario: whether it promises anything. */
static bool promises(const struct session *session, const struct job *job)
{
    struct records *records = session_try(session, job);
    uint32_t name;
    bool judged = figure_name_find(records_names(records), FIGURE_KEPT, &name) ||
                  figure_name_find(records_names(records), FIGURE_STOPPED_BY, &name);
    records_free(records);
    if (!judged)
        text_add_format(
            session->said,
            "%s: error: it promises nothing; a search needs `expect:` to know what is good enough\n",
            session->study->scenario);
    return judged;
}

static bool may_go_on(const struct searching *searching)
{
    const struct hunt *hunt = searching->hunts;
    while (hunt->count == 0)
        hunt++;
    return promises(searching->session, jobs_of(searching, &hunt->contenders[hunt->count - 1]));
}

/* --- what came of it -------------------------------------------------------------------------- */

static size_t find_cheapest(const struct hunt *hunt, enum answer answer)
{
    size_t cheapest = BISECTION_NOTHING;
    int64_t least = 0;
    for (size_t i = 0; i < hunt->count; i++) {
        int64_t cost = hunt->contenders[i].cost.value == ABSENT ? INT64_MAX : hunt->contenders[i].cost.value;
        if (hunt->answers[i] == answer && (cheapest == BISECTION_NOTHING || cost < least)) {
            cheapest = i;
            least = cost;
        }
    }
    return cheapest;
}

static void choose(const struct searching *searching, struct hunt *hunt)
{
    hunt->chosen = searching->search->candidates ? find_cheapest(hunt, ANSWER_HOLDS)
                                                 : bisection_border(hunt->answers, hunt->count);
}

static void gather_played(struct searching *searching)
{
    struct arena *arena = searching->study->arena;
    searching->played = arena_array(arena, searching->grid.cell_count, sizeof *searching->played);
    for (size_t i = 0; i < searching->hunt_count; i++)
        for (size_t j = 0; j < searching->hunts[i].count; j++)
            if (searching->hunts[i].contenders[j].trial.runs > 0)
                searching->played[searching->played_count++] = &searching->hunts[i].contenders[j];
}

static void estimate_played(struct searching *searching)
{
    const struct results *grid = &searching->grid;
    searching->costs = arena_array(searching->study->arena, grid->job_count, sizeof *searching->costs);
    searching->cost_decimals =
        session_take_values(searching->session, FIGURE_COST, grid->jobs, grid->job_count, searching->costs);
    for (size_t i = 0; i < searching->played_count; i++) {
        struct contender *contender = searching->played[i];
        const int64_t *costs = search_costs(searching, contender);
        contender->cost = statistics_of(costs, contender->trial.runs, STUDY_CONFIDENCE).mean;
        contender->share = trial_share(&contender->trial);
    }
}

/* Among all hunts: whoever may choose the value may mostly choose the rest, too. */
static void mark_frontier(const struct searching *searching)
{
    struct arena *arena = searching->study->arena;
    size_t count = searching->played_count;
    struct choice *choices = arena_array(arena, count, sizeof *choices);
    bool *on = arena_array(arena, count, sizeof *on);
    for (size_t i = 0; i < count; i++)
        choices[i] = (struct choice){searching->played[i]->cost.value, searching->played[i]->share.value};
    frontier_mark(choices, count, on);
    for (size_t i = 0; i < count; i++)
        searching->played[i]->on_frontier = on[i];
}

size_t search_best(const struct hunt *hunt)
{
    size_t best = BISECTION_NOTHING;
    for (size_t i = 0; i < hunt->count; i++)
        if (hunt->contenders[i].trial.runs > 0 &&
            (best == BISECTION_NOTHING ||
             hunt->contenders[i].share.value > hunt->contenders[best].share.value))
            best = i;
    return best;
}

size_t search_failing(const struct searching *searching, const struct hunt *hunt)
{
    if (hunt->chosen == BISECTION_NOTHING)
        return search_best(hunt);
    if (!searching->search->candidates)
        return hunt->chosen > 0 ? hunt->chosen - 1 : BISECTION_NOTHING;
    size_t cheapest = find_cheapest(hunt, ANSWER_FAILS);
    bool tempting = cheapest != BISECTION_NOTHING &&
                    hunt->contenders[cheapest].cost.value < hunt->contenders[hunt->chosen].cost.value;
    return tempting ? cheapest : BISECTION_NOTHING;
}

const struct hunt *search_cheapest(const struct searching *searching)
{
    const struct hunt *cheapest = NULL;
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < searching->hunt_count; i++) {
        const struct hunt *hunt = &searching->hunts[i];
        if (hunt->chosen == BISECTION_NOTHING)
            continue;
        int64_t cost = hunt->contenders[hunt->chosen].cost.value;
        if (cost != ABSENT && cost < least) {
            least = cost;
            cheapest = hunt;
        }
    }
    return cheapest;
}

const char *search_unit_of_cost(const struct searching *searching)
{
    const struct headline *headline = searching->study->model->headlines;
    for (; headline && headline->pattern; headline++)
        if (!strcmp(headline->pattern, FIGURE_COST))
            return headline->unit;
    return "";
}

/* Cell by cell. */
static struct job *played_jobs(const struct searching *searching, size_t *count)
{
    size_t most = 0;
    for (size_t i = 0; i < searching->played_count; i++)
        most += searching->played[i]->trial.runs;
    struct job *jobs = arena_array(searching->study->arena, most, sizeof *jobs);
    *count = 0;
    for (size_t i = 0; i < searching->played_count; i++)
        for (size_t j = 0; j < searching->played[i]->trial.runs; j++)
            jobs[(*count)++] = searching->played[i]->jobs[j];
    return jobs;
}

static enum study_outcome conclude(struct searching *searching)
{
    struct results *grid = &searching->grid;
    size_t count;
    gather_played(searching);
    struct job *jobs = played_jobs(searching, &count);
    results_take_jobs(grid, jobs, count);
    estimate_played(searching);
    mark_frontier(searching);
    for (size_t i = 0; i < searching->hunt_count; i++)
        choose(searching, &searching->hunts[i]);
    results_write_runs(grid);
    results_write_cells(grid);
    search_write_tables(searching);
    search_draw(searching);
    search_say(searching);
    return session_tell_stopped(grid->session, jobs, count);
}

enum study_outcome study_search(struct session *session)
{
    const struct study *study = session->study;
    struct searching searching = {.session = session, .study = study, .search = study->search};
    if (is_too_much(session) || !make_cells(&searching, session))
        return STUDY_MISTAKE;
    make_hunts(&searching);
    if (!may_go_on(&searching))
        return STUDY_MISTAKE;
    return play(&searching) ? conclude(&searching) : STUDY_PARTLY;
}
