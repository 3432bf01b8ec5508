#include "models/ecs/task/free_room.h"
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/task/run_task_of_size.h"
#include "models/ecs/task/task_definition.h"
#include "models/settings/tables.h"
#include <stdlib.h>
#include <string.h>

/* On one host. */
struct held_room {
    struct amounts free;
    simtime since;
};

struct free_room {
    struct typical_sizes asked;
    struct held_room *hosts; /* by placement_instance; those beyond have not been seen */
    size_t count;
    /* Over the time that is over: what was free, and that times the tasks that found it too little. */
    __int128 free[RESOURCE_KINDS], left_out[RESOURCE_KINDS];
};

/* --- what is asked ---------------------------------------------------------------------------- */

struct asked_sizes {
    struct asked_size *items;
    size_t count, capacity;
};

/* Traces often say the same again and again. */
static void add_size(struct asked_sizes *sizes, const struct asked_size *size)
{
    struct asked_size *last = sizes->count ? &sizes->items[sizes->count - 1] : NULL;
    if (last && !memcmp(&last->size, &size->size, sizeof size->size)) {
        last->tasks += size->tasks;
        return;
    }
    if (sizes->count == sizes->capacity) {
        sizes->capacity = sizes->capacity ? 2 * sizes->capacity : 64;
        sizes->items = memory_grow(sizes->items, sizes->capacity, sizeof *sizes->items);
    }
    sizes->items[sizes->count++] = *size;
}

static void add_load(const struct world *world, const struct task_load_settings *load,
                     struct asked_sizes *sizes)
{
    const struct task_definition *registered = definition_find(world, load->run.task_definition);
    const struct task_definition_settings *base =
        registered ? registered->settings
                   : settings_named(world->settings, NAMED_TASK_DEFINITION, load->run.task_definition);
    const struct arrival *each = load->trace->items, *end = each + load->trace->count;
    for (; each < end && each->at < world->settings->run.duration; each++) {
        struct task_size size = task_size_over(base, &each->size);
        add_size(sizes, &(struct asked_size){{{size.cpu, size.memory_mib, size.gpus}}, load->run.count});
    }
}

static bool asks_hosts(const struct world *world, const struct load_settings *load)
{
    if (!load->run_task || load->job.trigger)
        return false;
    const struct capacity_settings *capacity = &load->run_task->run.capacity;
    const struct capacity_strategy strategy =
        capacity_strategy_of(world, settings_strategy(world->settings, capacity));
    return !capacity_is_fargate(&strategy);
}

static struct typical_sizes what_loads_ask(const struct world *world)
{
    struct asked_sizes sizes = {0};
    EACH(struct load_settings, load, world->settings->load)
        if (asks_hosts(world, load))
            add_load(world, load->run_task, &sizes);
    struct typical_sizes typical = typical_sizes_of(sizes.items, sizes.count);
    struct asked_size *kept = arena_array(world->arena, typical.count + 1, sizeof *kept);
    if (typical.count)
        memcpy(kept, typical.items, typical.count * sizeof *kept);
    typical.items = kept;
    free(sizes.items);
    return typical;
}

/* --- what is free ----------------------------------------------------------------------------- */

/* An agent may set more memory aside than there is. */
static struct amounts free_on(const struct world *world, placement_instance host)
{
    const struct placement_facts *facts = placement_see(world->placement, host);
    if (!facts->active || !facts->agent_connected)
        return (struct amounts){0};
    int64_t memory_mib = facts->memory_mib > 0 ? facts->memory_mib : 0;
    return (struct amounts){{facts->cpu, memory_mib, facts->gpus}};
}

static bool same(const struct amounts *one, const struct amounts *other)
{
    return !memcmp(one, other, sizeof *one);
}

/* Nothing is free on hosts that have not been seen. */
static struct held_room *room_of(struct free_room *room, placement_instance host)
{
    if (host >= room->count) {
        size_t count = 2 * (size_t)host + 1;
        room->hosts = memory_grow(room->hosts, count, sizeof *room->hosts);
        memset(room->hosts + room->count, 0, (count - room->count) * sizeof *room->hosts);
        room->count = count;
    }
    return &room->hosts[host];
}

/* It has held until now. */
static void add_up(struct free_room *room, struct held_room *held, simtime now)
{
    simtime time = now - held->since;
    held->since = now;
    if (!time || same(&held->free, &(struct amounts){0}))
        return;
    struct amounts left_out = typical_sizes_left_out(&room->asked, &held->free);
    for (int kind = 0; kind < RESOURCE_KINDS; kind++) {
        __int128 amount = (__int128)held->free.of[kind] * time;
        room->free[kind] += amount;
        room->left_out[kind] += amount * left_out.of[kind];
    }
}

void free_room_see(struct world *world, placement_instance host)
{
    struct free_room *room = world->task_loads.free_room;
    if (!room)
        return;
    struct amounts free = free_on(world, host);
    struct held_room *held = room_of(room, host);
    if (same(&held->free, &free))
        return;
    add_up(room, held, world->run->now);
    held->free = free;
}

bool free_room_knows(const struct world *world, placement_instance host)
{
    const struct free_room *room = world->task_loads.free_room;
    const struct amounts none = {0}, free = free_on(world, host);
    return !room || same(&free, host < room->count ? &room->hosts[host].free : &none);
}

/* --- the whole run ---------------------------------------------------------------------------- */

void free_room_begin(struct world *world)
{
    struct typical_sizes asked = what_loads_ask(world);
    if (!asked.count)
        return;
    world->task_loads.free_room = arena_alloc(world->arena, sizeof *world->task_loads.free_room);
    *world->task_loads.free_room = (struct free_room){.asked = asked};
    for (size_t i = 0; i < placement_instance_count(world->placement); i++)
        free_room_see(world, (placement_instance)i);
}

void free_room_finish(struct world *world)
{
    struct free_room *room = world->task_loads.free_room;
    for (size_t i = 0; room && i < room->count; i++)
        add_up(room, &room->hosts[i], world->run->now);
}

void free_room_end(struct world *world)
{
    if (world->task_loads.free_room)
        free(world->task_loads.free_room->hosts);
}

/* Of what a century of the largest cluster adds up to a million times as much would not fit. */
int64_t free_room_fragmented(const struct free_room *room, int kind)
{
    __int128 part = room ? room->left_out[kind] : 0;
    __int128 whole = room ? room->free[kind] * room->asked.asking.of[kind] : 0;
    if (!whole)
        return ABSENT;
    for (; whole >> 100; whole >>= 1)
        part >>= 1;
    return (int64_t)divide_to_nearest(part * MILLION, whole);
}
