/* The service scheduler's tick: at the next instant of its grid the woken services are reconciled, in
 * declared order, daemons first [DG:ecs_service-options]. Nothing polls: no service woken, no tick. [OBS:
 * events fall on a grid of about 10 s; timing.serviceTick] */
#ifndef MODELS_ECS_TICK_H
#define MODELS_ECS_TICK_H

#include "models/ecs/world.h"

void tick_request(struct world *);
void tick_reconciles(void *world, uint64_t unused, uint64_t unused_too);

/* Compares what is with what should be, and acts once: stops or starts. */
void reconcile(struct world *, struct service *);

#endif
