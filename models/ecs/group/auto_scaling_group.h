/* An Auto Scaling group keeps its desired capacity: it launches into the zone with fewest of its instances,
 * falls back to another zone where that one refuses, and takes from the zone with most. [EAS
 * auto-scaling-benefits; EAS termination-policies] */
#ifndef MODELS_ECS_AUTO_SCALING_GROUP_H
#define MODELS_ECS_AUTO_SCALING_GROUP_H

#include "models/ecs/world.h"

/* Something changed: compare count and desired, at this instant. */
void group_wake(struct world *, struct auto_scaling_group *);
void group_launch_all(struct world *, struct auto_scaling_group *); /* the steady world's hosts, at once */
/* NULL, or why AWS refuses. */
const char *group_set_desired(struct world *, struct auto_scaling_group *, int64_t desired);
struct auto_scaling_group *group_find(struct world *, const char *name); /* NULL if there is none */

/* The group gives the host up, which counts no longer: Terminating:Wait while termination hooks wait, then
 * terminated. `reason` outlives the run; the pointer may be gone afterwards. */
void group_terminate(struct world *, struct container_instance *, const char *reason);

/* Events. */
void group_acts(void *world, uint64_t group, uint64_t unused);

#endif
