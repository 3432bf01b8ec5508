/* The hosts that meet what services ask of a host, whatever room it has: their capacity provider strategy,
 * the zones of their subnets and memberOf constraints. What is met is said in service_placement.h.
 *
 * Services that ask for the same have one set between them, so that a change of a host costs what there is of
 * different wishes. One with memberOf constraints has a set of its own: what these look at may change while
 * nobody looks, and each service looks in its own time. */
#ifndef MODELS_ECS_ELIGIBLE_HOSTS_H
#define MODELS_ECS_ELIGIBLE_HOSTS_H

#include "models/ecs/world.h"

struct host_wishes {
    const struct capacity_strategy *strategy;
    const struct list *zones; /* NULL or empty: any */
    const struct list *constraints[2];
};

struct eligible_hosts {
    struct host_wishes wishes;
    bool *hosts; /* by placement_instance */
    uint32_t capacity;
    int64_t count;
    int64_t *in_zone; /* by index */
    int64_t services; /* that have this set */
    bool has_changed; /* when it last looked at a single host */
    struct eligible_hosts *next, *previous;
};

/* To be given back. A new set looks at all hosts. */
struct eligible_hosts *eligible_hosts_take(struct world *, const struct host_wishes *);
void eligible_hosts_give(struct world *, struct eligible_hosts *);

/* All sets look at the host; whether one has its first in a zone now, or lost its last there. */
bool eligible_hosts_look(struct world *, const struct container_instance *);

/* Of a service that has no set yet there are none. */
static inline int64_t eligible_hosts_count(const struct eligible_hosts *set)
{
    return set ? set->count : 0;
}

static inline bool eligible_hosts_have(const struct eligible_hosts *set, placement_instance host)
{
    return set && host < set->capacity && set->hosts[host];
}

#endif
