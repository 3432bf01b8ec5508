#include "models/ecs/task/task_load.h"
#include "models/ecs/events.h"
#include "models/ecs/task/free_room.h"
#include "models/ecs/task/run_task_of_size.h"
#include <stdlib.h>
#include <string.h>

struct task_load {
    const struct task_load_settings *settings;
    size_t next;            /* of the arrivals */
    struct symbols resized; /* run_task_of_size.h */
};

/* --- what becomes of tasks -------------------------------------------------------------------- */

static struct load_refusal *refusal_for(struct task_loads *loads, const char *reason)
{
    for (size_t i = 0; i < loads->refusal_count; i++)
        if (!strcmp(loads->refusals[i].reason, reason))
            return &loads->refusals[i];
    loads->refusals = memory_grow(loads->refusals, loads->refusal_count + 1, sizeof *loads->refusals);
    struct load_refusal *refusal = &loads->refusals[loads->refusal_count++];
    *refusal = (struct load_refusal){.reason = reason};
    return refusal;
}

static void refuse(struct task_loads *loads, const char *reason, int64_t tasks)
{
    loads->refused += tasks;
    refusal_for(loads, reason)->tasks += tasks;
}

void task_load_times_out(struct world *world, const char *reason)
{
    refuse(&world->task_loads, reason, 1);
}

void task_load_starts(struct world *world, const struct task *task)
{
    struct task_loads *loads = &world->task_loads;
    simtime placing = task->placed_at - task->created_at;
    samples_add(&loads->waits, task->started_at - task->created_at);
    loads->placing += placing;
    loads->longest_placing = simtime_later(loads->longest_placing, placing);
}

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
    struct task_loads *loads = &world->task_loads;
    int64_t count = load->settings->run.count;
    struct run_task_answer answer =
        run_task_of_size(world, &load->settings->run, &arrival->size, count, &load->resized);
    loads->asked += count;
    for (int i = 0; i < answer.task_count; i++) {
        answer.tasks[i]->runtime = arrival->runtime;
        answer.tasks[i]->of_load = true;
    }
    for (int i = 0; i < answer.failure_count; i++)
        refuse(loads, answer.failures[i], 1);
    if (answer.error)
        refuse(loads, answer.error, count - answer.task_count - answer.failure_count);
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
        loads->items[loads->count++] =
            (struct task_load){.settings = each->run_task, .resized = {.arena = world->arena}};
        schedule_next(world, loads->count - 1);
    }
    free_room_begin(world);
}

void task_loads_finish(struct world *world)
{
    samples_sort(&world->task_loads.waits);
    free_room_finish(world);
}

void task_loads_end(struct world *world)
{
    struct task_loads *loads = &world->task_loads;
    samples_free(&loads->waits);
    free_room_end(world);
    free(loads->refusals);
}
