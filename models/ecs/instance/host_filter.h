/* Filters of placement that go by the host. What they say of one changes only when its state does, and it is
 * touched then. */
#ifndef MODELS_ECS_HOST_FILTER_H
#define MODELS_ECS_HOST_FILTER_H

#include "models/ecs/world.h"

/* Others are not even candidates. `next` is asked too; NULL: nobody. */
struct placement_filter hosts_in_zone(const struct zone *, const struct placement_filter *next);
struct placement_filter hosts_of_provider(const struct capacity_provider *,
                                          const struct placement_filter *next);
struct placement_filter hosts_draining(const struct world *, const struct placement_filter *next);
struct placement_filter hosts_not_draining(const struct world *, const struct placement_filter *next);

#endif
