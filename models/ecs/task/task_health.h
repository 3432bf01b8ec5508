/* What ECS believes of a task's health, and what is true.
 *
 * A task counts towards minimumHealthyPercent [API:DeploymentConfiguration.minimumHealthyPercent]: without
 * load balancer and checks once it has been RUNNING for 40 s (timing.healthyWithoutChecks); else once all its
 * essential containers that define a check are HEALTHY and all its target groups find it healthy. It is
 * unhealthy, and to be replaced, once any of them says so outside the grace period; inside it the task ails.
 * A lost agent freezes the containers' health [DG:healthcheck]; a load balancer's goes on. A container that
 * is not essential may have a check too: others may wait for it, and the task's health does not look at it.
 *
 * A load balancer's checks go to the container that it names. A task serves if the containers that its load
 * balancers name answer, or where it has none, all its essential ones: a choice. */
#ifndef MODELS_ECS_TASK_HEALTH_H
#define MODELS_ECS_TASK_HEALTH_H

#include "models/ecs/world.h"

void task_health_begin(struct world *, struct task *); /* at creation */
void task_health_free(struct world *, struct task *);
void task_health_container_started(struct world *, struct task *, int index); /* its own check begins */
void task_health_started(struct world *, struct task *);                      /* RUNNING */
void task_health_registered(struct world *, struct task *); /* its load balancers check it from now on */
void task_health_end(struct world *, struct task *);        /* no event of it will come */

/* What it truly does has changed: its process, its host or the way to it. */
void task_health_look(struct world *, struct task *);

/* Whose checks have failed it; NULL: its containers'. */
const struct registration *task_health_failed_target(const struct task *);

/* Events. */
void task_settles(void *world, uint64_t task, uint64_t unused);
void check_turns(void *world, uint64_t task, uint64_t check);

#endif
