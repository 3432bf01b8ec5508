/* Tasks on Fargate: each has a machine of its own, which lives as long as the task.
 *
 * Such a machine is a container instance that nobody sees: no placement, no group, no row; so that what
 * happens to hosts (a zone without power or network, an agent that begins tasks) happens to it by the same
 * code. Settled where AWS is silent: the loss of a machine is found after timing.statusCheckPatience, as that
 * of a host in a group is, and its task stops for InfrastructureHealth; one that was only cut off goes on.
 *
 * Launches are limited by the account's token bucket [DG:throttling]. A service that finds it empty waits
 * in line and goes on by itself when there are tokens again, in batches of up to ten, as RunTask's count
 * is; RunTask is refused. */
#ifndef MODELS_ECS_FARGATE_H
#define MODELS_ECS_FARGATE_H

#include "models/ecs/service/parts.h"
#include "models/ecs/world.h"

void fargate_begin(struct world *);

/* Whether the zone takes launches of tasks that may be in these zones (const char *); NULL or empty: any. */
bool fargate_launches_in(const struct zone *, const struct list *zones);
bool fargate_has_launches(const struct world *, int64_t count);
bool fargate_may_launch(struct world *); /* uses up a launch of the account's rate */

/* A new machine, which ends with its task. */
struct container_instance *fargate_machine(struct world *, struct zone *, const struct task_definition *);
void fargate_machine_ends(struct world *, struct container_instance *);

/* The service goes on when the deployment's next batch may be launched. */
void fargate_wait(struct world *, const struct deployment *);

/* Of the part's tasks that may go: from the zone with most of the service's tasks, and there at random. */
struct task *fargate_choose_stop(const struct part *, rng_key draw);

/* A zone's power is lost, or its network has changed. */
void fargate_zone_dies(struct world *, const struct zone *);
void fargate_zone_network(struct world *, const struct zone *);

/* FARGATE_SPOT takes back its machine: it is to stop from the warning on, and is gone two minutes later.
 * [DG:fargate-capacity-providers] */
bool fargate_may_interrupt(const struct task *);
void fargate_interrupt(struct world *, struct task *);

/* What a task on Fargate has cost by then, billionths of a dollar; 0 before its pull and at an unknown
 * price. */
int64_t fargate_cost(const struct task *, simtime until);

/* Events. */
void fargate_launches(void *world, uint64_t unused, uint64_t unused_too);
void fargate_takes_back(void *world, uint64_t task, uint64_t unused);
void fargate_machine_lost(void *world, uint64_t instance, uint64_t unused);

#endif
