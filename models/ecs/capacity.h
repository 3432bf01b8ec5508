/* Where a new task gets its machine: on a host that placement chooses, or on one of its own on Fargate.
 *
 * A launch type is a strategy of one kind: FARGATE is the provider of that name, EC2 any host of the cluster.
 * A provider of an Auto Scaling group takes only that group's hosts. The strategy alone picks the provider
 * [blog: ECS cluster auto scaling]: a task that it has no room for does not go to another one. */
#ifndef MODELS_ECS_CAPACITY_H
#define MODELS_ECS_CAPACITY_H

#include "models/ecs/world.h"

void capacity_begin(struct world *); /* the providers; groups are there */

/* With the world's providers; a new one lasts as long as the run. */
struct capacity_strategy capacity_strategy_of(const struct world *, const struct list *items);
const struct capacity_strategy *capacity_strategy_new(struct world *, const struct list *items);
bool capacity_is_fargate(const struct capacity_strategy *);

enum capacity_verdict {
    CAPACITY_FOUND,
    CAPACITY_NO_HOST,    /* placement_closest() of the request says why */
    CAPACITY_NO_FARGATE, /* every zone refuses launches */
    CAPACITY_LATER,      /* the account's launch rate is used up */
};

/* Who asks: how its tasks are split so far, by provider and by zone. */
struct capacity_seeker {
    const struct capacity_strategy *strategy;
    const int64_t *tasks_of, *fargate_tasks;
};

/* The provider that the next task goes to; NULL without a strategy. */
const struct capacity_provider *capacity_to_join(const struct capacity_seeker *);

/* Where it goes there. A machine on Fargate exists from now on, and a launch is used up. The request's fleet
 * is set. */
enum capacity_verdict capacity_choose(struct world *, const struct capacity_seeker *,
                                      const struct task_definition *, struct placement_request *,
                                      struct capacity *chosen);

/* Of which provider a task of the deployment should stop, among those that may; NULL without a strategy. */
const struct capacity_provider *capacity_to_leave(const struct deployment *,
                                                  bool (*may_go)(const struct task *));

#endif
