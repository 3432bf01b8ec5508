#include "models/ecs/task/task_load.h"
#include "models/ecs/actions.h"
#include "models/ecs/events.h"
#include "models/ecs/task/resized_definition.h"
#include "models/ecs/task/task_definition.h"

struct task_load {
    const struct task_load_settings *settings;
    size_t next; /* of the arrivals */
    struct resized_definitions resized;
};

/* --- arrivals --------------------------------------------------------------------------------- */

static void schedule_next(struct world *world, size_t index)
{
    const struct task_load *load = &world->task_loads.items[index];
    const struct arrivals *arrivals = load->settings->trace;
    if (load->next < arrivals->count)
        run_schedule(world->run, arrivals->items[load->next].at, PHASE_WORLD, EVENT_TASK_ARRIVES, index, 0);
}

static void run_tasks(struct world *world, struct task_load *load, const struct arrival *arrival)
{
    const struct run_task_settings *run = &load->settings->run;
    const struct task_definition *base = definition_find(world, run->task_definition);
    int started = 0;
    if (base)
        started = run_task(world, run, definition_of_size(world, &load->resized, base, &arrival->size),
                           arrival->runtime);
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
    const struct arrivals *arrivals = load->settings->trace;
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
        if (!each->run_task || each->job.trigger)
            continue;
        loads->items[loads->count++] = (struct task_load){.settings = each->run_task};
        schedule_next(world, loads->count - 1);
    }
}

void task_loads_end(struct world *world)
{
    for (size_t i = 0; i < world->task_loads.count; i++)
        definitions_of_size_free(&world->task_loads.items[i].resized);
}
