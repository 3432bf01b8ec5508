#include "sim/study/form/witness.h"
#include "sim/engine/check.h"
#include "sim/engine/run.h"

static struct witness hear(struct arena *arena, struct run *run, size_t promise)
{
    struct verdict *verdicts;
    size_t count;
    run->model->judge(run->world, &verdicts, &count);
    CHECK(promise < count);
    return (struct witness){arena_text(arena, verdicts[promise].promise),
                            arena_text(arena, verdicts[promise].broken)};
}

struct witness witness_ask(struct arena *arena, const struct model *model, const struct cell *cell,
                           int64_t seed, size_t promise)
{
    struct witness witness = {0};
    struct scenario *scenario = cell_read_again(model, cell);
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
