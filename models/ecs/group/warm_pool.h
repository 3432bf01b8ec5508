/* A warm pool: instances beside a group that have started once, and wait to be taken into it.
 * [EAS ec2-auto-scaling-warm-pools]
 *
 *   Warmed:Pending ── timing.instanceLaunch ──> Warmed:Stopped, Warmed:Running or Warmed:Hibernated
 *                                                  │ a launch of the group
 *                                                  └─> Pending ── timing.warmStart… ──> InService, ACTIVE
 *
 * Whatever the group launches is taken from the pool first: from the zone that the launch is meant for, else
 * from the one that holds most, the oldest that is prepared (AWS does not say); a stopped one does not start
 * where its zone refuses launches. The pool is filled up again (warm_pool_size.h). During an instance refresh
 * nothing outdated is taken from it; when the refresh is Successful what is outdated in the pool is replaced,
 * all at once (AWS does not say how many).
 *
 * An instance in the pool does not count: not in the group's capacity, and ECS does not know it, as with
 * ECS_WARM_POOLS_CHECK=true. Without that the agent may register before the pool has it; that is not
 * modelled, and warned of. It is billed while it runs: one that is stopped costs nothing here, since volumes
 * are not modelled. On scale-in nothing goes back to the pool. Lifecycle hooks wait when it leaves the pool,
 * and not when it enters. */
#ifndef MODELS_ECS_WARM_POOL_H
#define MODELS_ECS_WARM_POOL_H

#include "models/ecs/world.h"

bool instance_is_warmed(const struct container_instance *); /* it is in the pool of its group */

/* A prepared instance leaves the pool for the group, of this zone if there is one; NULL: any. It is Pending
 * now. False if there is none. */
bool warm_pool_take(struct world *, struct auto_scaling_group *, const struct zone *);

/* After the group has done what it wants: the pool is filled up, or gives up what it has too many. */
void warm_pool_keep(struct world *, struct auto_scaling_group *);

/* An instance in the pool has started for the first time. */
void warm_pool_prepared(struct world *, struct container_instance *);

/* Event. */
void warm_pool_acts(void *world, uint64_t group, uint64_t unused);

#endif
