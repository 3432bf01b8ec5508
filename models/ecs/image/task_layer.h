/* What the containers of a task write to the disk of their host: so much when they are created, and more with
 * each hour that they run (`simulation: {disk, diskGrowth}` of a task definition). Nothing happens where the
 * host has no disk.
 *
 * A container whose first MiB do not fit, or any where nothing is free, cannot be created.
 * [ODG:CannotCreateContainerError]
 *
 * Settled where AWS is silent: a task that grows and finds the disk full loses its first essential container,
 * with exit code 1.
 *
 * When the task leaves its host they are kept there: housekeeping.h. */
#ifndef MODELS_ECS_TASK_LAYER_H
#define MODELS_ECS_TASK_LAYER_H

#include "models/ecs/world.h"

/* Its containers are created. False: there is no room, and nothing was done. */
bool task_layer_create(struct world *, struct task *);
void task_layer_runs(struct world *, struct task *);  /* they may grow now, those started again too */
void task_layer_ended(struct world *, struct task *); /* and no longer; nothing if they do not */

/* If nothing is free, those that grow find it so. The host may be gone afterwards. */
void task_layers_overflow(struct world *, struct container_instance *);

#endif
