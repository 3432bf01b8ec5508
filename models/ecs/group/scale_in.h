/* Whom a group that scales in gives up. */
#ifndef MODELS_ECS_SCALE_IN_H
#define MODELS_ECS_SCALE_IN_H

#include "models/ecs/world.h"

/* By the termination policies, among hosts that weigh at most `spare`; NULL: none may be taken. One that is
 * still being launched may (AWS does not say). */
struct container_instance *scale_in_choice(struct world *, struct auto_scaling_group *, int64_t spare);

#endif
