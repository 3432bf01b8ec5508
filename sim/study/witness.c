#include "sim/study/witness.h"
#include "sim/engine/check.h"
#include "sim/engine/run.h"

/* What a scenario says may hold control characters, which a terminal would obey. */
static const char *copy_visible(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text);
    for (char *at = copy; at && *at; at++)
        if ((unsigned char)*at < ' ' || *at == '\x7f')
            *at = ' ';
    return copy;
}

static struct witness hear(struct arena *arena, struct run *run, size_t promise)
{
    struct verdict *verdicts;
    size_t count;
    run->model->judge(run->world, &verdicts, &count);
    CHECK(promise < count);
    return (struct witness){copy_visible(arena, verdicts[promise].promise),
                            copy_visible(arena, verdicts[promise].broken)};
}

struct witness witness_ask(struct arena *arena, const struct model *model, const struct cell *cell,
                           int64_t seed, size_t promise)
{
    struct witness witness = {0};
    struct scenario *scenario = cell_read(model, cell);
    if (!scenario->settings)
        machine_failed("%s, or a file that it reads, was changed while the study ran", cell->path);
    struct run *run = run_new(model, scenario->settings);
    run->seed = (uint64_t)seed;
    check_context()->reproduce = cell_command(run->arena, cell, seed);
    run_play(run);
    if (!run->stopped_by)
        witness = hear(arena, run, promise);
    check_context()->reproduce = NULL;
    run_free(run);
    scenario_free(scenario);
    return witness;
}
