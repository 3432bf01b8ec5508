/* AWS actions that others than the timeline do. */
#ifndef MODELS_ECS_ACTIONS_H
#define MODELS_ECS_ACTIONS_H

#include "models/ecs/world.h"

/* RunTask, of this definition; each of its tasks runs so long (ABSENT: as the definition says). Returns how
 * many tasks there are of those that were asked for: AWS has refused the others, or they found no room. */
int run_task(struct world *, const struct run_task_settings *, const struct task_definition *,
             simtime runtime);

#endif
