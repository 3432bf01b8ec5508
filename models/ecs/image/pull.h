/* The pull of a task's images, from the agent's beginning of the task until its containers may start.
 *
 * Images that `images` lists bring the layers that the host has not, at its bandwidth; the others take
 * timing.imagePull once per task definition and host. What a task pulls it references on its host until it
 * leaves. The task is the agent's business meanwhile: pull_begin() and pull_step() may end it. */
#ifndef MODELS_ECS_PULL_H
#define MODELS_ECS_PULL_H

#include "models/ecs/world.h"

void pull_begin(struct world *, struct task *);

/* The task's next step has come, or its agent is back, while it pulls. */
void pull_step(struct world *, struct task *);

/* In the steady world before t = 0: all of it is there. */
void pull_at_once(struct world *, struct task *);

/* What it references on its host, NULL if nothing: the caller's from now on, to be given up. */
struct pull *pull_take(struct task *);
void pull_give_up(struct world *, struct container_instance *, struct pull *);

/* What it pulled for a container; NULL: its image is not listed, or not pulled yet. */
const struct image *pull_image(const struct task *, int container);

#endif
