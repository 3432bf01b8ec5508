/* Which decision makes the difference: a run of both sides, played again. */
#include "sim/engine/check.h"
#include "sim/study/divergence.h"
#include "sim/study/form/comparison.h"
#include <inttypes.h>

struct replay {
    const struct job *job;
    const char *command;
    struct scenario *scenario;
    struct run *run;
};

static struct replay open_replay(const struct comparison *comparison, const struct job *job)
{
    const struct study *study = comparison->results.session->study;
    struct replay replay = {
        .job = job,
        .command = cell_command(study->arena, job->cell, job->seed),
        .scenario = cell_read_again(study->model, job->cell),
    };
    replay.run = run_new(study->model, replay.scenario->settings);
    replay.run->seed = (uint64_t)job->seed;
    return replay;
}

static void close_replay(struct replay *replay)
{
    run_free(replay->run);
    scenario_free(replay->scenario);
}

/* "services.web.cost: 3 with spread, 4 with binpack" */
static void add_figure(const struct comparison *comparison, const struct telling *telling,
                       const struct replay replays[2], struct text *said)
{
    const struct runner *runner = comparison->results.session->runner;
    text_add(said, figure_name(runner_names(runner), telling->figure));
    for (size_t i = 0; i < 2; i++) {
        const struct job *job = replays[i].job;
        const char *text = runner_figure(runner, job, telling->figure);
        text_add_format(said, "%s %s with %s", i ? "," : ":", text ? text : "none", job->cell->values[0]);
    }
}

static void add_title(const struct comparison *comparison, const struct telling *telling,
                      const struct replay replays[2], const struct divergence *divergence)
{
    struct text *said = comparison->results.session->said;
    const struct job *job = replays[0].job;
    text_add_format(said, "\nseed %" PRId64, job->seed);
    for (size_t i = 1; i < comparison->results.axis_count; i++)
        text_add_format(said, ", %s=%s", comparison->results.axes[i].name, job->cell->values[i]);
    if (telling->weight > 0) {
        text_add(said, " tells most (");
        add_figure(comparison, telling, replays, said);
        text_add(said, ")");
    }
    if (divergence->found)
        text_add_format(said, ": the first decision that differs, after %" PRIu64 " in common:\n",
                        divergence->in_common);
    else
        text_add_format(said, ": all %" PRIu64 " decisions are the same\n", divergence->in_common);
}

static void say(const struct comparison *comparison, size_t side, const struct telling *telling,
                const struct replay replays[2], const struct divergence *divergence)
{
    struct text *said = comparison->results.session->said;
    const char *const names[2] = {comparison->results.axes->values[0].shown,
                                  comparison->results.axes->values[side].shown};
    add_title(comparison, telling, replays, divergence);
    if (!divergence->found)
        return;
    divergence_add(said, divergence, names);
    text_add_format(said, "  %s\n  %s\n", replays[0].command, replays[1].command);
}

void comparison_say_decision(const struct comparison *comparison, size_t side, const struct telling *telling)
{
    if (!session_writes())
        return;
    struct replay replays[2];
    for (size_t i = 0; i < 2; i++)
        replays[i] = open_replay(
            comparison, comparison_job(comparison, i == 0 ? 0 : side, telling->point, telling->seed));
    struct divergence_watch *watch = divergence_watch_new(replays[0].run, replays[1].run);
    check_context()->reproduce = arena_format(comparison->results.session->study->arena, "%s, or %s",
                                              replays[0].command, replays[1].command);
    run_begin(replays[0].run);
    run_begin(replays[1].run);
    say(comparison, side, telling, replays, divergence_find(watch));
    check_context()->reproduce = NULL;
    close_replay(&replays[0]);
    close_replay(&replays[1]);
    divergence_watch_free(watch);
}
