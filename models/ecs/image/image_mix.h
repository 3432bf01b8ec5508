/* How many different images the RUNNING tasks of a service run, as far as the scenario lists them: more than
 * one while a deployment brings in another, and where a tag has moved that nobody pinned. */
#ifndef MODELS_ECS_IMAGE_MIX_H
#define MODELS_ECS_IMAGE_MIX_H

#include "models/ecs/world.h"

/* A RUNNING task of a service comes (+1), or goes (-1). */
void image_mix_count(struct world *, const struct task *, int sign);

/* Containers of RUNNING tasks whose images it counts. */
int64_t image_mix_running(const struct service *);

/* Of the container that has most of them. */
int64_t image_mix_size(const struct service *);

#endif
