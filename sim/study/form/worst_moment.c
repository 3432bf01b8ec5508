/* The death that hurts most: every victim that is alive at every moment of a change, each played from the
 * start as a scenario of its own. */
#include "sim/study/form/worst_moment.h"
#include "sim/engine/stats.h"
#include "sim/study/paths.h"
#include "sim/study/results.h"
#include <stdlib.h>
#include <string.h>

enum { MOST_DEATHS = 100000 };

/* The columns of study.csv. */
enum { AXIS_KIND, AXIS_VICTIM, AXIS_AT, AXES };
static const struct axis axes[AXES] = {{.name = "kind"}, {.name = "victim"}, {.name = "at_s"}};

/* What one seed has brought to light. */
struct scene {
    int64_t seed;
    struct moments moments;
};

struct plan {
    struct worst *worst;
    struct scene *scenes; /* one per seed */
    size_t scene_count;
    struct cell *cells; /* the scenario as it is, then every death, seed by seed */
    struct job *jobs;   /* the scenario as it is with each seed, then the deaths */
    size_t job_count;
    size_t promise_count; /* of the scenario */
};

/* --- the runs without a death ----------------------------------------------------------------- */

static bool collect(struct plan *plan, const struct scenario *scenario, struct scene *scene)
{
    struct worst *worst = plan->worst;
    const struct study *study = worst->session->study;
    struct text wrong = {0};
    struct run *run = run_new(study->model, scenario->settings);
    run->seed = (uint64_t)scene->seed;
    bool good = moments_collect(study->arena, run, worst->subject, MOST_DEATHS - worst->death_count,
                                &scene->moments, &wrong);
    if (!good)
        text_add_format(worst->session->said, "ecsim study: %s: %s\n", study->scenario, wrong.bytes);
    worst->death_count += scene->moments.death_count;
    worst->moment_count += scene->moments.count;
    plan->promise_count = scene->moments.promise_count;
    text_free(&wrong);
    run_free(run);
    return good;
}

static struct seeds seeds_of(const struct study *study, const struct run_settings *settings)
{
    return study->seeds_given ? study->seeds : (struct seeds){settings->seed, settings->seed};
}

static bool collect_all(struct plan *plan, const struct scenario *scenario)
{
    const struct study *study = plan->worst->session->study;
    const struct run_settings *settings = scenario->settings;
    struct seeds seeds = seeds_of(study, settings);
    plan->worst->duration = settings->duration;
    plan->scene_count = (size_t)(seeds.last - seeds.first) + 1;
    plan->worst->seed_count = plan->scene_count;
    plan->scenes = arena_array(study->arena, plan->scene_count, sizeof *plan->scenes);
    for (size_t i = 0; i < plan->scene_count; i++) {
        plan->scenes[i].seed = seeds.first + (int64_t)i;
        if (!collect(plan, scenario, &plan->scenes[i]))
            return false;
    }
    return true;
}

/* --- cells ------------------------------------------------------------------------------------ */

static const char *keep(struct arena *arena, struct text *text)
{
    const char *kept = arena_copy(arena, text->bytes, text->length);
    text_clear(text);
    return kept;
}

static const char *const *values_of(struct arena *arena, const char *kind, const char *victim, const char *at)
{
    const char **values = arena_array(arena, AXES, sizeof *values);
    values[AXIS_KIND] = kind;
    values[AXIS_VICTIM] = victim;
    values[AXIS_AT] = at;
    return values;
}

static struct cell cell_of(const struct worst *worst, const struct death *death)
{
    const struct perturbation *perturbation = worst->perturbation;
    const struct moment *moment = death->moment;
    const struct victim *victim = death->victim;
    struct arena *arena = worst->session->study->arena;
    struct cell cell = worst->base;
    const char **sets = arena_array(arena, cell.set_count + 1 + PERTURBATION_LEVELS, sizeof *sets);
    struct text text = {0};
    for (size_t i = 0; i < cell.set_count; i++)
        sets[i] = cell.sets[i];
    perturbation->strike(victim->kind, victim->name, moment->at, worst->duration, &text);
    sets[cell.set_count++] = keep(arena, &text);
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++) {
        perturbation->promise(worst->subject, i, moment->least[i], moment->at, moment->until[i], &text);
        sets[cell.set_count++] = keep(arena, &text);
    }
    text_add_seconds(&text, moment->at);
    cell.values = values_of(arena, perturbation->kinds[victim->kind], victim->name, keep(arena, &text));
    cell.sets = sets;
    text_free(&text);
    return cell;
}

static void plan_death(struct plan *plan, size_t number, const struct scene *scene,
                       const struct moment *moment, const struct victim *victim)
{
    struct death *death = &plan->worst->deaths[number];
    struct cell *cell = &plan->cells[1 + number];
    struct job *job = &plan->jobs[plan->scene_count + number];
    *death = (struct death){.moment = moment, .victim = victim, .job = job};
    *cell = cell_of(plan->worst, death);
    *job = (struct job){cell, scene->seed};
}

static void plan_deaths(struct plan *plan)
{
    size_t number = 0;
    for (size_t i = 0; i < plan->scene_count; i++)
        for (size_t j = 0; j < plan->scenes[i].moments.count; j++) {
            const struct moment *moment = &plan->scenes[i].moments.items[j];
            for (size_t k = 0; k < moment->victim_count; k++)
                plan_death(plan, number++, &plan->scenes[i], moment, &moment->victims[k]);
        }
}

static void plan_all(struct plan *plan)
{
    struct worst *worst = plan->worst;
    struct arena *arena = worst->session->study->arena;
    plan->job_count = plan->scene_count + worst->death_count;
    plan->cells = arena_array(arena, 1 + worst->death_count, sizeof *plan->cells);
    plan->jobs = arena_array(arena, plan->job_count, sizeof *plan->jobs);
    worst->deaths = arena_array(arena, worst->death_count, sizeof *worst->deaths);
    plan->cells[0] = worst->base;
    for (size_t i = 0; i < plan->scene_count; i++)
        plan->jobs[i] = (struct job){&plan->cells[0], plan->scenes[i].seed};
    plan_deaths(plan);
}

/* --- judging ---------------------------------------------------------------------------------- */

static const char *figure_of(const struct worst *worst, const char *pattern)
{
    return path_of_subject(worst->session->study->arena, pattern, worst->subject);
}

/* One for each job. */
static int64_t *values_of_figure(const struct plan *plan, const char *figure, int *decimals)
{
    const struct session *session = plan->worst->session;
    int64_t *values = arena_array(session->study->arena, plan->job_count, sizeof *values);
    *decimals = session_take_values(session, figure, plan->jobs, plan->job_count, values);
    return values;
}

static int64_t *promise_values(const struct plan *plan, size_t promise, const char *what, int *decimals)
{
    return values_of_figure(plan, promise_figure(plan->worst->session->study->arena, promise, what),
                            decimals);
}

/* Levels are whole numbers; what is not below has no figures. */
static void judge_level(struct plan *plan, size_t level)
{
    int of_least, of_below;
    size_t promise = plan->promise_count + level;
    int64_t *least = promise_values(plan, promise, "worst", &of_least) + plan->scene_count,
            *below = promise_values(plan, promise, "outside", &of_below) + plan->scene_count;
    for (size_t i = 0; i < plan->worst->death_count; i++) {
        struct death *death = &plan->worst->deaths[i];
        death->least[level] =
            least[i] == ABSENT ? death->moment->least[level] : decimal_in(least[i], of_least, 0);
        death->below[level] = below[i] == ABSENT ? 0 : decimal_in(below[i], of_below, SIMTIME_DECIMALS);
    }
}

static void judge_promises(struct plan *plan)
{
    struct worst *worst = plan->worst;
    for (size_t i = 0; i < plan->promise_count; i++) {
        int decimals;
        const int64_t *kept = promise_values(plan, i, "kept", &decimals);
        for (size_t j = 0; j < worst->death_count; j++) {
            int64_t without = kept[worst->deaths[j].job->seed - plan->scenes[0].seed];
            worst->deaths[j].broken += without && kept[plan->scene_count + j] == 0;
        }
    }
}

static void judge_ends(struct plan *plan)
{
    struct worst *worst = plan->worst;
    const struct runner *runner = worst->session->runner;
    const int64_t *lacks =
        values_of_figure(plan, figure_of(worst, worst->perturbation->lack), &worst->lack_decimals);
    const char *outcome = figure_of(worst, worst->perturbation->outcome);
    uint32_t name;
    bool known = figure_name_find(runner_names(runner), outcome, &name);
    for (size_t i = 0; i < worst->death_count; i++) {
        struct death *death = &worst->deaths[i];
        death->lack = lacks[plan->scene_count + i];
        death->outcome = known ? runner_figure(runner, death->job, name) : NULL;
    }
}

bool death_is_harmless(const struct death *death)
{
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++)
        if (death->below[i])
            return false;
    return true;
}

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

int death_compare(const struct death *a, const struct death *b, size_t level)
{
    int first = order(death_is_harmless(a), death_is_harmless(b));
    if (!first)
        first = order(a->least[level], b->least[level]);
    for (size_t i = 0; i < PERTURBATION_LEVELS && !first; i++)
        first = order(a->least[i], b->least[i]);
    if (!first)
        first = order(b->lack, a->lack);
    return first ? first : order(a->job - b->job, 0);
}

static int compare(const void *a, const void *b)
{
    return death_compare(a, b, 0);
}

static void judge(struct plan *plan)
{
    struct worst *worst = plan->worst;
    for (size_t i = 0; i < PERTURBATION_LEVELS; i++)
        judge_level(plan, i);
    judge_promises(plan);
    judge_ends(plan);
    qsort(worst->deaths, worst->death_count, sizeof *worst->deaths, compare);
}

/* --- the study -------------------------------------------------------------------------------- */

static enum study_outcome play(struct plan *plan)
{
    struct session *session = plan->worst->session;
    plan_all(plan);
    if (!session_examine(session, plan->cells, 1 + plan->worst->death_count))
        return STUDY_MISTAKE;
    if (!session_knows_figures(session, plan->jobs))
        return STUDY_MISTAKE;
    if (!runner_play(session->runner, plan->jobs, plan->job_count))
        return STUDY_PARTLY;
    judge(plan);
    results_write_runs(&(struct results){.session = session,
                                         .axes = axes,
                                         .axis_count = AXES,
                                         .jobs = plan->jobs,
                                         .job_count = plan->job_count});
    worst_write(plan->worst);
    worst_say(plan->worst);
    return session_tell_stopped(session, plan->jobs, plan->job_count);
}

static enum study_outcome play_scenario(struct plan *plan)
{
    struct worst *worst = plan->worst;
    const struct study *study = worst->session->study;
    struct scenario *scenario = cell_read(study->model, &worst->base);
    enum study_outcome outcome = STUDY_MISTAKE;
    if (scenario->errors)
        mistakes_print(&scenario->mistakes, worst->session->said);
    else if (collect_all(plan, scenario))
        outcome = play(plan);
    scenario_free(scenario);
    return outcome;
}

enum study_outcome study_worst_moment(struct session *session)
{
    const struct study *study = session->study;
    struct worst worst = {.session = session,
                          .perturbation = study->model->perturbation,
                          .subject = study->worst_of,
                          .base = {.path = study->scenario,
                                   .sets = study->sets,
                                   .set_count = study->set_count,
                                   .values = values_of(study->arena, "", "", "")}};
    struct plan plan = {.worst = &worst};
    if (study->axis_count == 0)
        return play_scenario(&plan);
    text_add(session->said, "ecsim study: the worst moment is looked for in one scenario; leave out what is "
                            "varied, and set the values instead\n");
    return STUDY_MISTAKE;
}
