#include "models/ecs/task/task_load.h"
#include "models/ecs/actions.h"
#include "models/ecs/events.h"
#include "models/ecs/task/task_definition.h"
#include <stdlib.h>
#include <string.h>

/* A definition as its tasks have it that are of another size. */
struct resized {
    const struct task_definition *base;
    struct task_size size;
    const struct task_definition *definition;
};

struct task_load {
    const struct task_load_settings *settings;
    size_t next;             /* of the arrivals */
    struct resized *resized; /* in ascending order */
    size_t resized_count;
};

/* --- sizes ------------------------------------------------------------------------------------ */

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* By revision: all are of one family. */
static int compare(const struct resized *one, const struct task_definition *base,
                   const struct task_size *size)
{
    int by_base = order(one->base->settings->revision, base->settings->revision);
    int by_cpu = order(one->size.cpu, size->cpu), by_memory = order(one->size.memory_mib, size->memory_mib);
    return by_base ? by_base : by_cpu ? by_cpu : by_memory ? by_memory : order(one->size.gpus, size->gpus);
}

/* How many are less. */
static size_t find_place(const struct task_load *load, const struct task_definition *base,
                         const struct task_size *size)
{
    size_t low = 0, high = load->resized_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&load->resized[middle], base, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct task_definition *definition_for(struct world *world, struct task_load *load,
                                                    const struct task_definition *base,
                                                    const struct task_size *size)
{
    if (!task_size_given(size))
        return base;
    size_t place = find_place(load, base, size);
    struct resized *entry = &load->resized[place];
    if (place < load->resized_count && !compare(entry, base, size))
        return entry->definition;
    load->resized = memory_grow(load->resized, load->resized_count + 1, sizeof *load->resized);
    entry = &load->resized[place];
    memmove(entry + 1, entry, (load->resized_count++ - place) * sizeof *entry);
    *entry = (struct resized){base, *size, definition_resized(world, base, size)};
    return entry->definition;
}

/* --- arrivals --------------------------------------------------------------------------------- */

static void schedule_next(struct world *world, size_t index)
{
    const struct task_load *load = &world->task_loads.items[index];
    const struct arrivals *arrivals = &load->settings->trace;
    if (load->next < arrivals->count)
        run_schedule(world->run, arrivals->items[load->next].at, PHASE_WORLD, EVENT_TASK_ARRIVES, index, 0);
}

static void run_tasks(struct world *world, struct task_load *load, const struct arrival *arrival)
{
    const struct run_task_settings *run = &load->settings->run;
    const struct task_definition *base = definition_find(world, run->task_definition);
    int started = 0;
    if (base)
        started = run_task(world, run, definition_for(world, load, base, &arrival->size), arrival->runtime);
    world->task_loads.asked += run->count;
    world->task_loads.refused += run->count - started;
}

void task_load_times_out(struct world *world, const struct task *task)
{
    const struct task_loads *loads = &world->task_loads;
    for (size_t i = 0; i < loads->count; i++)
        world->task_loads.refused += task->wait.call == &loads->items[i].settings->run;
}

void task_arrives(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct task_load *load = &world->task_loads.items[index];
    const struct arrivals *arrivals = &load->settings->trace;
    while (load->next < arrivals->count && arrivals->items[load->next].at == world->run->now)
        run_tasks(world, load, &arrivals->items[load->next++]);
    schedule_next(world, index);
}

void task_loads_begin(struct world *world)
{
    struct task_loads *loads = &world->task_loads;
    const struct list *settings = &world->settings->load;
    loads->items = arena_array(world->arena, settings->count + 1, sizeof *loads->items);
    EACH(struct load_settings, each, *settings) {
        if (!each->run_task)
            continue;
        loads->items[loads->count++] = (struct task_load){.settings = each->run_task};
        schedule_next(world, loads->count - 1);
    }
}

void task_loads_end(struct world *world)
{
    for (size_t i = 0; i < world->task_loads.count; i++)
        free(world->task_loads.items[i].resized);
}
