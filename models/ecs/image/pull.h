/* The pull of a task's images, from the agent's beginning of the task until its containers may start, or
 * until it stops with CannotPullContainerError. [DG:task_cannot_pull_image; AGENT:agent/engine]
 *
 * Images that `images` lists bring the layers that the host has not (download.h); the others take
 * timing.imagePull once per task definition and host. All images of a task are pulled at once. A pull begins
 * with a request that takes timing.imagePullCached; what is refused, or broken off, is tried again as
 * pull_rules.h says, and in the end the host's copy is taken or the task ends.
 *
 * Settled where AWS is silent: images of a task that are to be tried again wait until its others are there,
 * or have failed too. While its host is cut off a task does not count attempts. */
#ifndef MODELS_ECS_PULL_H
#define MODELS_ECS_PULL_H

#include "models/ecs/world.h"

struct registry;

void pull_begin(struct world *, struct task *);

/* The task's next step has come, or its agent is back, while it pulls. It may be gone afterwards. */
void pull_step(struct world *, struct task *);

/* In the steady world before t = 0: all of it is there. */
void pull_at_once(struct world *, struct task *);

/* Whether it waits for each layer that it lacks of what it pulls. */
bool pull_awaits_all(const struct task *);

/* Told by downloads: a layer has come that it wanted; they were broken off (from this registry; NULL: from
 * all). It may be gone afterwards. */
void pull_layer_came(struct world *, struct task *);
void pull_connection_lost(struct world *, struct task *, const struct registry *);

#endif
