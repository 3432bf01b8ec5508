#include "models/ecs/task/run_task_of_size.h"
#include "models/ecs/task/task_definition.h"

struct task_size task_size_over(const struct task_definition_settings *base, const struct task_size *size)
{
    return (struct task_size){given_or(size->cpu, base->reserved_cpu),
                              given_or(size->memory_mib, base->reserved_memory_mib),
                              given_or(size->gpus, base->reserved_gpus)};
}

/* The same revision, whose tasks are of another size; nobody finds it by name. */
static const struct task_definition *resize(struct arena *arena, const struct task_definition *base,
                                            const struct task_size *size)
{
    struct task_definition_settings *settings = arena_alloc(arena, sizeof *settings);
    struct task_definition *definition = arena_alloc(arena, sizeof *definition);
    struct task_size whole = task_size_over(base->settings, size);
    *settings = *base->settings;
    settings->reserved_cpu = whole.cpu;
    settings->reserved_memory_mib = whole.memory_mib;
    settings->reserved_gpus = whole.gpus;
    *definition = *base;
    definition->settings = settings;
    return definition;
}

/* Its bytes are what it is found by: all of it is of one width, and nothing lies between. */
struct key {
    int64_t revision;
    struct task_size size;
};
_Static_assert(sizeof(struct key) == 4 * sizeof(int64_t), "a key has no holes");

static const struct task_definition *of_size(struct symbols *resized, const struct task_definition *base,
                                             const struct task_size *size)
{
    struct key key = {base->settings->revision, *size};
    if (!task_size_given(size))
        return base;
    struct symbol *symbol = symbol_of(resized, (const char *)&key, sizeof key);
    if (!symbol->pointer)
        symbol->pointer = resize(resized->arena, base, size);
    return symbol->pointer;
}

struct run_task_answer run_task_of_size(struct world *world, const struct run_task_settings *run,
                                        const struct task_size *size, int64_t count, struct symbols *resized)
{
    const struct task_definition *base = definition_find(world, run->task_definition);
    if (!base)
        return (struct run_task_answer){.error = RUN_TASK_NO_DEFINITION};
    return run_task_call(world, run, of_size(resized, base, size), count);
}
