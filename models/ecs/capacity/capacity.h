/* Where a new task gets its machine: on a host that placement chooses, or on one of its own on Fargate.
 *
 * A launch type is a strategy of one kind: FARGATE is the provider of that name, EC2 any host of the cluster.
 * A provider of an Auto Scaling group takes only that group's hosts. The strategy alone picks the provider
 * [blog: ECS cluster auto scaling]: a task that it has no room for does not go to another one. On Fargate
 * (AWS does not say) a task goes to the zone with fewest of its service's, or of its family's standalone
 * ones; the first of equals. */
#ifndef MODELS_ECS_CAPACITY_H
#define MODELS_ECS_CAPACITY_H

#include "models/ecs/service/parts.h"
#include "models/ecs/world.h"

void capacity_begin(struct world *); /* the providers; groups are there */
struct capacity_provider *capacity_provider_named(const struct world *, const char *name); /* NULL: none is */

/* With the world's providers; a new one lasts as long as the run. */
struct capacity_strategy capacity_strategy_of(const struct world *, const struct list *items);
const struct capacity_strategy *capacity_strategy_new(struct world *, const struct list *items);
bool capacity_is_fargate(const struct capacity_strategy *);
/* Whether tasks of the strategy may ever go to the host. */
bool capacity_uses_host(const struct capacity_strategy *, const struct container_instance *);

enum capacity_verdict {
    CAPACITY_FOUND,
    CAPACITY_NO_HOST,           /* placement_closest() of the request says why */
    CAPACITY_PROVISIONING,      /* none either, and the task is to wait for one (provisioning.h) */
    CAPACITY_PROVISIONING_FULL, /* it would, but no more may */
    CAPACITY_NO_FARGATE,        /* every zone where the task may be refuses launches */
    CAPACITY_LATER,             /* the account's launch rate is used up */
};

/* Who asks, for one task: how its tasks are split so far, by provider and by zone. */
struct capacity_seeker {
    const struct service *service; /* NULL: a call */
    const struct capacity_strategy *strategy;
    const int64_t *tasks_of;
    const struct zone_share *zones;
    const struct zone *only;             /* where alone it may go, and does not wait; NULL: in any zone */
    struct placement_filter of_provider; /* set by the two below: to the hosts of the provider */
};

/* Where a task is to go. Observers are told of it (run_tell_choice) before anything of it is done. */
struct host_choice {
    const struct placement_request *request;
    const struct task_definition *definition;
    const struct service *service;            /* NULL: a standalone task */
    const struct task *waited;                /* that has waited in PROVISIONING; NULL: a new one */
    const struct capacity_provider *provider; /* NULL: without a strategy */
    bool on_fargate;
    placement_instance host; /* PLACEMENT_NONE: there is none */
    struct zone *zone;       /* on Fargate; NULL: none takes launches */
};

/* What the next task of the seeker would get, and nothing of it done. The request, a new one, is held to the
 * provider's hosts, by a filter that is the seeker's. */
struct host_choice capacity_consider(struct world *, struct capacity_seeker *, const struct task_definition *,
                                     struct placement_request *);

/* Whether the task would find a place, the launch rate aside; or where it goes: a machine on Fargate exists
 * from then on, and a launch is used up. The request, a new one, is held to the provider's hosts, by a filter
 * that is the seeker's. */
bool capacity_is_there(struct world *, struct capacity_seeker *, struct placement_request *);
enum capacity_verdict capacity_choose(struct world *, struct capacity_seeker *,
                                      const struct task_definition *, struct placement_request *,
                                      struct capacity *chosen);

/* A request, a new one, is held to the provider's hosts by the filter, which is the caller's. */
void capacity_hold_to(const struct capacity_provider *, struct placement_request *,
                      struct placement_filter *);

/* Of which provider a task of the part should stop, among those that may; NULL without a strategy. */
const struct capacity_provider *capacity_to_leave(const struct part *);

#endif
