/* Container instances that ECS has done with: INACTIVE, and describable for an hour.
 * [DG:deregister_container_instance] */
#ifndef MODELS_ECS_DEPARTED_H
#define MODELS_ECS_DEPARTED_H

#include "models/ecs/world.h"

void departed_add(struct world *, const char *name); /* which outlives the run */

/* Why a call finds no container instance of this name: INACTIVE, or MISSING if it never was or is forgotten.
 * NULL, nobody in particular, is MISSING. [DG:api_failures_messages] */
const char *departed_reason(const struct world *, const char *name);

#endif
