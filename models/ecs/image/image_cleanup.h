/* Which images the agent of a host removes, and when: as arithmetic.
 *
 * Every ECS_IMAGE_CLEANUP_INTERVAL, counted from its start, the agent removes up to
 * ECS_NUM_IMAGES_DELETE_PER_CYCLE images: those that no container refers to, running or stopped, and that
 * were pulled at least ECS_IMAGE_MINIMUM_CLEANUP_AGE ago; the least recently used first. It does not where
 * ECS_DISABLE_IMAGE_CLEANUP is true, nor under ECS_IMAGE_PULL_BEHAVIOR=prefer-cached.
 * [AGENT:README.md, AGENT:agent/engine/docker_image_manager.go, ODG:automated_image_cleanup] An image was
 * used last when a container of it was last removed; until then, when it was pulled.
 * [AGENT:agent/engine/image/types.go]
 *
 * Settled where AWS is silent: of images that were used last at the same time the one that came to the host
 * first goes first.
 *
 * Nothing polls: a cycle that has nothing to remove is not an event. */
#ifndef MODELS_ECS_IMAGE_CLEANUP_H
#define MODELS_ECS_IMAGE_CLEANUP_H

#include "models/ecs/image/image_store.h"

struct cleanup_rules {
    bool off;
    simtime interval; /* more than 0 */
    simtime minimum_age;
    int64_t most_per_cycle; /* 1 or more */
};

/* Whether the agent that started then has a cycle now. */
bool image_cleanup_is_due(const struct cleanup_rules *, simtime started_at, simtime now);

/* What a cycle at this time removes, in this order; returns how many. `removed` has room for all images of
 * the store. */
size_t image_cleanup_choose(const struct cleanup_rules *, const struct image_store *, simtime now,
                            const struct image **removed);

/* The first cycle after `now` that removes something if nothing else happens until then; SIMTIME_NEVER: none
 * does. */
simtime image_cleanup_next(const struct cleanup_rules *, const struct image_store *, simtime started_at,
                           simtime now);

#endif
