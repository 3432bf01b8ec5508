/* What `ecsim list KIND` prints: everything that a scenario can name. */
#ifndef MODELS_ECS_LISTINGS_H
#define MODELS_ECS_LISTINGS_H

#include "sim/engine/model.h"

extern const struct listing ecs_listings[];

#endif
