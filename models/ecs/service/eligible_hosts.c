#include "models/ecs/service/eligible_hosts.h"
#include "models/ecs/capacity/capacity.h"
#include <stdlib.h>
#include <string.h>

/* --- who asks for the same -------------------------------------------------------------------- */

static bool has_expression(const struct list *constraints)
{
    for (size_t i = 0; i < constraints->count; i++)
        if (LIST_AT(struct placement_constraint, *constraints, i)->query)
            return true;
    return false;
}

static bool is_shared(const struct host_wishes *wishes)
{
    return !has_expression(wishes->constraints[0]) && !has_expression(wishes->constraints[1]);
}

static bool same_strategy(const struct capacity_strategy *a, const struct capacity_strategy *b)
{
    for (int i = 0; i < a->count && i < b->count; i++)
        if (a->items[i].provider != b->items[i].provider ||
            (a->items[i].weight > 0) != (b->items[i].weight > 0))
            return false;
    return a->count == b->count;
}

static struct eligible_hosts *find(const struct world *world, const struct host_wishes *wishes)
{
    struct eligible_hosts *each = is_shared(wishes) ? world->eligible_hosts : NULL;
    while (each && !(is_shared(&each->wishes) && same_strategy(each->wishes.strategy, wishes->strategy) &&
                     texts_are_same(each->wishes.zones, wishes->zones)))
        each = each->next;
    return each;
}

/* --- looking ---------------------------------------------------------------------------------- */

static bool are_met(const struct world *world, const struct host_wishes *wishes,
                    const struct container_instance *host)
{
    return host->status == INSTANCE_ACTIVE && capacity_uses_host(wishes->strategy, host) &&
           placement_reaches(world->placement, wishes->zones, host->placement) &&
           placement_satisfies(world->placement, wishes->constraints[0], host->placement) &&
           placement_satisfies(world->placement, wishes->constraints[1], host->placement);
}

static void make_room(const struct world *world, struct eligible_hosts *set)
{
    if (set->capacity >= world->host_capacity)
        return;
    set->hosts = memory_grow(set->hosts, world->host_capacity, sizeof *set->hosts);
    for (uint32_t i = set->capacity; i < world->host_capacity; i++)
        set->hosts[i] = false;
    set->capacity = world->host_capacity;
}

/* Whether it has its first in the zone now, or lost its last there. */
static bool look(const struct world *world, struct eligible_hosts *set, const struct container_instance *host)
{
    make_room(world, set);
    bool *known = &set->hosts[host->placement], is_met = are_met(world, &set->wishes, host);
    int64_t *in_zone = &set->in_zone[host->zone->index], before = *in_zone;
    set->has_changed = is_met != *known;
    if (!set->has_changed)
        return false;
    *known = is_met;
    *in_zone += is_met ? 1 : -1;
    set->count += is_met ? 1 : -1;
    return !before != !*in_zone;
}

bool eligible_hosts_look(struct world *world, const struct container_instance *host)
{
    bool zone_changed = false;
    for (struct eligible_hosts *each = world->eligible_hosts; each; each = each->next)
        zone_changed |= look(world, each, host);
    return zone_changed;
}

/* --- taking and giving ------------------------------------------------------------------------ */

static struct eligible_hosts *add(struct world *world, const struct host_wishes *wishes)
{
    struct eligible_hosts *set = memory_alloc(sizeof *set);
    *set = (struct eligible_hosts){
        .wishes = *wishes,
        .in_zone = memory_alloc(world->zone_count * sizeof *set->in_zone),
        .next = world->eligible_hosts,
    };
    memset(set->in_zone, 0, world->zone_count * sizeof *set->in_zone);
    if (set->next)
        set->next->previous = set;
    world->eligible_hosts = set;
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            look(world, set, world->hosts[i]);
    return set;
}

struct eligible_hosts *eligible_hosts_take(struct world *world, const struct host_wishes *wishes)
{
    struct eligible_hosts *set = find(world, wishes);
    if (!set)
        set = add(world, wishes);
    set->services++;
    return set;
}

void eligible_hosts_give(struct world *world, struct eligible_hosts *set)
{
    if (!set || --set->services > 0)
        return;
    *(set->previous ? &set->previous->next : &world->eligible_hosts) = set->next;
    if (set->next)
        set->next->previous = set->previous;
    free(set->hosts);
    free(set->in_zone);
    free(set);
}
