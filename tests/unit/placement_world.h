/* A small world for tests of placement: instances with a zone, and requests. */
#ifndef TESTS_UNIT_PLACEMENT_WORLD_H
#define TESTS_UNIT_PLACEMENT_WORLD_H

#include <stddef.h>
#include <stdint.h>

#include "models/placement/strategy.h"
#include "tests/group.h"

struct world {
    struct arena *arena;
    struct placement *placement;
};

static inline struct world world_new(void)
{
    struct arena *arena = arena_new();
    return (struct world){arena, placement_new(arena)};
}

static inline void world_free(struct world *world)
{
    placement_free(world->placement);
    arena_free(world->arena);
}

/* ACTIVE, connected, in the zone (NULL: it has no such attribute), with one more attribute if it has a name.
 */
static inline placement_instance world_add_with(struct world *world, const char *zone, int64_t cpu,
                                                int64_t memory_mib, const char *name, const char *value)
{
    struct attribute *attributes = arena_array(world->arena, 2, sizeof *attributes);
    size_t count = 0;
    if (zone)
        attributes[count++] = (struct attribute){"ecs.availability-zone", zone};
    if (name)
        attributes[count++] = (struct attribute){name, value};
    struct placement_facts facts = {
        .active = true,
        .agent_connected = true,
        .cpu = cpu,
        .memory_mib = memory_mib,
        .attributes = attributes,
        .attribute_count = count,
    };
    return placement_register(world->placement, &facts);
}

static inline placement_instance world_add(struct world *world, const char *zone, int64_t cpu,
                                           int64_t memory_mib)
{
    return world_add_with(world, zone, cpu, memory_mib, NULL, NULL);
}

static inline struct placement_request world_request(struct world *world, const char *group)
{
    return (struct placement_request){
        .group = placement_group_of(world->placement, group),
        .strategies = &placement_default_for_services,
    };
}

static inline void world_count(struct world *world, const char *group, placement_instance instance,
                               int change)
{
    placement_count_task(world->placement, placement_group_of(world->placement, group), instance, change);
}

/* Each instance that is a candidate has one task that may be stopped. */
static inline placement_instance
world_choose_stop(struct world *world, const struct placement_request *request, const bool *candidates)
{
    struct placement_tally *tally = placement_tally_take(world->placement);
    placement_instance count = (placement_instance)placement_instance_count(world->placement);
    for (placement_instance i = 0; i < count; i++)
        if (candidates[i])
            placement_tally_add(world->placement, tally, i, +1);
    placement_instance chosen = placement_choose_stop(world->placement, request, tally);
    for (placement_instance i = 0; i < count; i++)
        if (candidates[i])
            placement_tally_add(world->placement, tally, i, -1);
    placement_tally_give(world->placement, tally);
    return chosen;
}

static inline struct query *world_query(struct world *world, const char *text)
{
    const char *error = NULL;
    size_t where = 0;
    struct query *query = query_parse(world->arena, text, &error, &where);
    if (!query)
        fail_msg("%s at byte %zu of: %s", error, where, text);
    return query;
}

#endif
