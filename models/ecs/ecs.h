/* The model of Amazon ECS, as the machine sees it. */
#ifndef MODELS_ECS_ECS_H
#define MODELS_ECS_ECS_H

#include "sim/engine/model.h"

extern const struct model ecs_model;

#endif
