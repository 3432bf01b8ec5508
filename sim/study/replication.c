#include "sim/study/replication.h"
#include "sim/engine/check.h"
#include "sim/engine/run.h"
#include "sim/report/summary.h"
#include "sim/study/paths.h"
#include "sim/study/tracks.h"
#include <string.h>

static void take_cell(struct player *player, const struct cell *cell)
{
    if (player->cell == cell)
        return;
    player_free(player);
    player->scenario = cell_read_again(player->model, cell);
    player->cell = cell;
}

/* What identifies a run, and what is said of a promise, are no figures. */
static bool is_figure(const char *path)
{
    const char *last = path_last_names(path, 1);
    bool words = summary_is_promise(path) && (!strcmp(last, "promise") || !strcmp(last, "broken"));
    return !words && !summary_is_fact(path);
}

static void take_leaf(void *self, const char *path, const char *value)
{
    if (!is_figure(path))
        return;
    text_add(self, path);
    text_add_char(self, '\t');
    text_add(self, value);
    text_add_char(self, '\n');
}

const char *promise_figure(struct arena *arena, size_t promise, const char *what)
{
    return arena_format(arena, "expectations[%zu].%s", promise, what);
}

static void add_figures(struct run *run, struct text *figures)
{
    struct verdict *verdicts;
    size_t count, broken = 0;
    struct text summary = {0};
    run->model->judge(run->world, &verdicts, &count);
    for (size_t i = 0; i < count; i++)
        broken += !verdicts[i].kept;
    if (count > 0)
        text_add_format(figures, FIGURE_KEPT "\t%s\n", broken ? "false" : "true");
    summary_add(&summary, run, verdicts, count);
    summary_walk(&summary, take_leaf, figures);
    text_free(&summary);
}

void player_play(struct player *player, const struct cell *cell, int64_t seed, struct text *figures)
{
    take_cell(player, cell);
    struct run *run = run_new(player->model, player->scenario->settings);
    run->seed = (uint64_t)seed;
    struct tracks *tracks = player->tracked ? tracks_new(run) : NULL;
    check_context()->reproduce = cell_command(run->arena, cell, seed);
    run_play(run);
    text_clear(figures);
    if (run->stopped_by)
        text_add_format(figures, FIGURE_STOPPED_BY "\t%s\n", run->stopped_by);
    else
        add_figures(run, figures);
    if (tracks)
        tracks_end(tracks, figures);
    check_context()->reproduce = NULL;
    run_free(run);
}

void player_free(struct player *player)
{
    scenario_free(player->scenario);
    player->scenario = NULL;
    player->cell = NULL;
}
