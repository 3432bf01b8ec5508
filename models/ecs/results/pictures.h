/* The pictures of a run: its services over time, and, where there is load or scaling, its fleet: what is
 * asked, the tasks and the instances that follow, and what is reserved of them. And what studies of many runs
 * draw as bands, and which figures they show. */
#ifndef MODELS_ECS_PICTURES_H
#define MODELS_ECS_PICTURES_H

#include "sim/engine/model.h"

extern const struct picture ecs_pictures[]; /* ends with a name of NULL */
extern const struct fan_source ecs_fan;
extern const struct headline ecs_headlines[]; /* ends with a pattern of NULL */

#endif
