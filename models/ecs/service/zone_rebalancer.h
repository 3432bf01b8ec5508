/* Availability Zone rebalancing of a service: when it begins, goes on and ends. [DG:service-rebalancing]
 *
 * It begins timing.rebalancingDelay after an unbalanced service is steady, or a steady one becomes
 * unbalanced, as when a zone comes back; what to move is decided in zone_rebalancing.h, a step at a time: the
 * service wants as many tasks more for as long as these are started in the poorest zone and become healthy,
 * then reconcile() stops the surplus in the richest. simulation.rebalancingBatch and maximumPercent bound a
 * step. It uses the hosts that are there; if the poorest zone has no room it ends, and is tried again when
 * room is freed.
 *
 * A service on Fargate is balanced over the zones that take launches, in the same way.
 *
 * Anything else that happens to the service stops it: a deployment, another desired count, a task that is
 * lost or unhealthy, a host that drains. */
#ifndef MODELS_ECS_ZONE_REBALANCER_H
#define MODELS_ECS_ZONE_REBALANCER_H

#include "models/ecs/world.h"

/* The service is steady, or its zones have changed: it is woken if it is to be rebalanced. */
void zone_rebalancer_consider(struct world *, struct service *);

/* At the beginning of each pass of reconcile(); and when it has started, or stopped, the tasks of these
 * names. */
void zone_rebalancer_look(struct world *, struct service *);
void zone_rebalancer_started(struct world *, struct service *, int64_t count, const char *names);
void zone_rebalancer_stopped(struct world *, struct service *, int64_t count, const char *names);

/* UpdateService: what AWS answers; NULL if it takes it. */
const char *zone_rebalancer_refuses(const struct service *, const struct update_service_settings *);

/* Where the next task is to be stopped for it; NULL: anywhere. */
const struct zone *zone_rebalancer_stops_in(const struct service *);

#endif
