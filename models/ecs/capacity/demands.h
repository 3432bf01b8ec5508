/* What the tasks that wait in PROVISIONING ask for, as managed_scaling.h sees it, and what hosts have for
 * them.
 */
#ifndef MODELS_ECS_DEMANDS_H
#define MODELS_ECS_DEMANDS_H

#include "models/ecs/capacity/managed_scaling.h"
#include "models/ecs/world.h"

/* An empty host. */
struct room room_of_type(const struct world *, const struct instance_type *,
                         const struct host_simulation_settings *);

struct demands {
    struct demand *items; /* in order of the first that waits */
    size_t count;
};

/* Of the tasks that wait at the provider, with the room that its hosts have for them. */
struct demands demands_of(const struct world *, const struct capacity_provider *);
void demands_free(struct demands *);

int64_t demands_with_room(const struct demands *); /* tasks */

#endif
