#include "models/ecs/results/cost.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/results/expect.h"
#include <stdlib.h>
#include <string.h>

enum { WEIGHT_OF_VCPU = 9 }; /* of a GB: 1 [CUR:example-split-cost-allocation-data] */

int64_t cost_weight(int64_t cpu, int64_t memory_mib)
{
    return WEIGHT_OF_VCPU * cpu + memory_mib;
}

int64_t cost_part(int64_t cost, int64_t weight, int64_t whole)
{
    return whole > 0 ? (int64_t)((__int128)cost * weight / whole) : 0;
}

/* As time passes: a first minute that is billed whole passes evenly. */
static int64_t host_cost(const struct container_instance *instance, simtime at)
{
    at = simtime_earlier(at, instance->terminated_at);
    simtime lived = at - instance->running_at;
    if (lived <= 0)
        return 0;
    if (lived >= SIMTIME_MINUTE)
        return instance_cost(instance, at);
    return cost_part(instance_cost(instance, instance->running_at + SIMTIME_MINUTE), lived, SIMTIME_MINUTE);
}

int64_t cost_of_reservation(const struct task *task, simtime until)
{
    const struct container_instance *instance = task->instance;
    const struct task_definition_settings *definition = task->definition->settings;
    until = simtime_earlier(until, task->stopping_at);
    if (until <= task->placed_at)
        return 0;
    return cost_part(host_cost(instance, until) - host_cost(instance, task->placed_at),
                     cost_weight(definition->reserved_cpu, definition->reserved_memory_mib),
                     cost_weight(instance->registered_cpu, instance->registered_memory_mib));
}

static struct owner_cost *owner_of(struct world *world, const struct task *task)
{
    return task->service ? &task->service->cost : &world->ledger.standalone;
}

void cost_reservation_ends(struct world *world, const struct task *task)
{
    int64_t cost = cost_of_reservation(task, world->run->now);
    world->ledger.reserved += cost;
    owner_of(world, task)->on_hosts += cost;
    expect_reservation_ended(world, task);
}

void cost_fargate_ends(struct world *world, const struct task *task)
{
    int64_t cost = fargate_cost(task, world->run->now);
    world->ledger.fargate += cost;
    owner_of(world, task)->on_fargate += cost;
    expect_fargate_ended(world, task);
}

/* --- by type and market ----------------------------------------------------------------------- */

static int compare(const struct type_cost *entry, const struct instance_type *type, int market)
{
    int by_name = strcmp(entry->type->name, type->name);
    return by_name ? by_name : entry->market - market;
}

static struct type_cost *insert(struct ledger *ledger, size_t at, const struct instance_type *type,
                                int market)
{
    ledger->types = memory_grow(ledger->types, ledger->type_count + 1, sizeof *ledger->types);
    struct type_cost *entry = &ledger->types[at];
    memmove(entry + 1, entry, (ledger->type_count++ - at) * sizeof *entry);
    *entry = (struct type_cost){.type = type, .market = market};
    return entry;
}

static struct type_cost *entry_of(struct ledger *ledger, const struct container_instance *instance)
{
    size_t at = 0;
    while (at < ledger->type_count && compare(&ledger->types[at], instance->type, instance->market) < 0)
        at++;
    if (at < ledger->type_count && !compare(&ledger->types[at], instance->type, instance->market))
        return &ledger->types[at];
    return insert(ledger, at, instance->type, instance->market);
}

void cost_instance_ends(struct world *world, const struct container_instance *instance)
{
    entry_of(&world->ledger, instance)->instances += !instance->agent.is_left;
    cost_instance_stops(world, instance);
}

void cost_instance_stops(struct world *world, const struct container_instance *instance)
{
    simtime until = simtime_earlier(world->run->now, instance->terminated_at);
    int64_t cost = instance_cost(instance, until);
    struct type_cost *entry = entry_of(&world->ledger, instance);
    entry->time += until > instance->running_at ? until - instance->running_at : 0;
    entry->cost += cost;
    world->ledger.hosts += cost;
    expect_instance_ended(world, instance);
}

/* --- in all ----------------------------------------------------------------------------------- */

__int128 cost_in_all(const struct world *world)
{
    return world->ledger.hosts + world->ledger.fargate;
}

__int128 cost_idle(const struct world *world)
{
    return world->ledger.hosts - world->ledger.reserved;
}

simtime cost_instance_time(const struct world *world)
{
    __int128 time = 0;
    for (size_t i = 0; i < world->ledger.type_count; i++)
        time += world->ledger.types[i].time;
    return time < SIMTIME_NEVER ? (simtime)time : SIMTIME_NEVER;
}

int64_t cost_instances(const struct world *world)
{
    int64_t instances = 0;
    for (size_t i = 0; i < world->ledger.type_count; i++)
        instances += world->ledger.types[i].instances;
    return instances;
}

void cost_free(struct world *world)
{
    free(world->ledger.types);
}
