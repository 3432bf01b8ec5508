#include "models/ecs/capacity/demands.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/host_filter.h"
#include <stdlib.h>
#include <string.h>

/* --- what a host has, and a task asks for ----------------------------------------------------- */

struct room room_of_type(const struct world *world, const struct instance_type *type,
                         const struct host_simulation_settings *simulation)
{
    return (struct room){{
        [ROOM_CPU] = type->cpu_units,
        [ROOM_MEMORY] = type->memory_mib - simulation->ecs_config.reserved_memory_mib,
        [ROOM_GPUS] = type->gpus,
        [ROOM_INTERFACES] = instance_interfaces(world, type),
    }};
}

static struct room room_left(const struct world *world, const struct container_instance *host)
{
    const struct placement_facts *facts = placement_see(world->placement, host->placement);
    return (struct room){{
        [ROOM_CPU] = facts->cpu - facts->kept_cpu,
        [ROOM_MEMORY] = facts->memory_mib - facts->kept_memory_mib,
        [ROOM_GPUS] = facts->gpus,
        [ROOM_INTERFACES] = facts->enis - facts->kept_enis,
    }};
}

static struct room room_asked(const struct task *task)
{
    const struct task_definition_settings *settings = task->definition->settings;
    return (struct room){{
        [ROOM_CPU] = settings->reserved_cpu,
        [ROOM_MEMORY] = settings->reserved_memory_mib,
        [ROOM_GPUS] = settings->reserved_gpus,
        [ROOM_INTERFACES] = settings->network_mode == NETWORK_AWSVPC,
    }};
}

static bool asks_for_distinct_hosts(const struct list *constraints)
{
    EACH(struct placement_constraint, each, *constraints)
        if (!strcmp(each->variant->name, "distinctInstance"))
            return true;
    return false;
}

static bool wants_host_alone(const struct task *task)
{
    return task->definition->settings->host_port_count > 0 ||
           asks_for_distinct_hosts(provisioning_constraints(task));
}

/* --- demands ---------------------------------------------------------------------------------- */

static struct demand demand_of(const struct task *task)
{
    bool alone = wants_host_alone(task);
    return (struct demand){
        .task = room_asked(task), .alone = alone, .owner = alone ? task->group : 0, .tasks = 1};
}

static bool is_same(const struct demand *a, const struct demand *b)
{
    for (int i = 0; i < ROOM_RESOURCES; i++)
        if (a->task.of[i] != b->task.of[i])
            return false;
    return a->alone == b->alone && a->owner == b->owner;
}

/* The latest first: tasks that wait in a row are mostly alike. */
static void add_task(struct demands *demands, const struct task *task)
{
    struct demand demand = demand_of(task);
    for (size_t i = demands->count; i > 0; i--)
        if (is_same(&demands->items[i - 1], &demand)) {
            demands->items[i - 1].tasks++;
            return;
        }
    demands->items[demands->count++] = demand;
}

static bool takes_tasks(const struct container_instance *host)
{
    return host->status == INSTANCE_ACTIVE && host->agent_connected &&
           host->lifecycle == LIFECYCLE_IN_SERVICE;
}

/* Placement knows without a look at each host, and in most minutes nobody has any: else nobody would wait. */
static bool nobody_has_room(const struct world *world, const struct capacity_provider *provider,
                            const struct demand *demand)
{
    static const struct list no_strategies;
    struct placement_filter of_provider = hosts_of_provider(provider, NULL);
    struct placement_request request = {
        .cpu = demand->task.of[ROOM_CPU],
        .memory_mib = demand->task.of[ROOM_MEMORY],
        .gpus = demand->task.of[ROOM_GPUS],
        .enis = demand->task.of[ROOM_INTERFACES],
        .strategies = &no_strategies,
        .filter = &of_provider,
    };
    return placement_choose(world->placement, &request) == PLACEMENT_NONE;
}

static void count_room(const struct world *world, const struct capacity_provider *provider,
                       struct demand *demand)
{
    if (demand->alone || nobody_has_room(world, provider, demand))
        return;
    for (const struct container_instance *host = provider->group->first; host; host = host->next_in_group) {
        if (!takes_tasks(host))
            continue;
        struct room left = room_left(world, host);
        int64_t fits = room_fits(&left, &demand->task), missing = demand->tasks - demand->tasks_with_room;
        demand->tasks_with_room += fits < missing ? fits : missing;
    }
}

struct demands demands_of(const struct world *world, const struct capacity_provider *provider)
{
    struct demands demands = {memory_alloc((size_t)(provider->waiting.count + 1) * sizeof *demands.items), 0};
    for (const struct task *task = provider->waiting.first; task; task = task->wait.next)
        add_task(&demands, task);
    for (size_t i = 0; i < demands.count; i++)
        count_room(world, provider, &demands.items[i]);
    return demands;
}

void demands_free(struct demands *demands)
{
    free(demands->items);
}

int64_t demands_with_room(const struct demands *demands)
{
    int64_t tasks = 0;
    for (size_t i = 0; i < demands->count; i++)
        tasks += demands->items[i].tasks_with_room;
    return tasks;
}
