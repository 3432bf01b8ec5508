/* Tasks in PROVISIONING that wait for a host of their capacity provider. [blog: ECS cluster auto scaling;
 * DG:managed-scaling-behavior]
 *
 * Under managed scaling a task for which its provider's hosts have no room comes to be all the same: it has
 * no container instance, counts as pending, and waits in line at its provider. When a host of the provider
 * can take tasks, or something on one is freed, those that fit now are placed at once, in order of their
 * creation, each by the strategies and constraints of its service or call; one that fits nowhere holds back
 * nobody. They come before new tasks. (AWS tells none of this but that they wait.)
 *
 * At most quotas.provisioningTasksPerCluster wait in a cluster [quota L-B7718569, CR 1780]: beyond them
 * RunTask is refused, and a service waits. AWS says that it tries again after growing pauses; here it is not
 * tried again and again, but goes on at the scheduler's next tick once fewer wait: a public scale-out [V22],
 * held up by the limit all the way, had a wave of tasks each minute.
 *
 * A task that has waited for timing.provisioningTimeout is STOPPED: TaskFailedToStart, for the reason that
 * keeps it from the closest host [DG:api_failures_messages]. It counts as any other that failed to start, for
 * the circuit breaker and for the back-off, and its service starts another. Its network interface, if it has
 * one, comes when it has a host. */
#ifndef MODELS_ECS_PROVISIONING_H
#define MODELS_ECS_PROVISIONING_H

#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/provisioning_line.h"
#include "models/ecs/world.h"

void provisioning_begin(struct world *);

bool provisioning_is_full(const struct world *); /* no further task may wait */

/* The task, a new one without a host, waits at its provider. */
void provisioning_add(struct world *, struct task *);
void provisioning_remove(struct world *, struct task *); /* it has a host, or is to stop */

/* Room was freed on a host of the group, which may be NULL. */
void provisioning_room_freed(struct world *, const struct auto_scaling_group *);
/* A task was placed there; a service's constraints are others now. */
void provisioning_task_placed(struct world *, const struct auto_scaling_group *);
void provisioning_constraints_changed(struct world *);
/* Those that wait at the provider and have not been looked at since room was freed are, before others are
 * placed. */
void provisioning_catch_up(struct world *, const struct capacity_provider *);

/* Of its service, or of the call that started it; its definition's come on top. */
const struct list *provisioning_constraints(const struct task *);

/* Where a task that waits would go now, and nothing of it done. The choice points into the request. */
struct wait_request {
    struct placement_request request;
    struct placement_filter of_provider;
};
struct host_choice provisioning_consider(struct world *, const struct task *, struct wait_request *);

bool provisioning_has_host(struct world *, const struct task *); /* a task that waits need not */

/* A task of the service may not wait now: the service is woken when one may, or room is freed. */
void provisioning_refuses(struct world *, struct service *);

void provisioning_times_out(struct world *, struct task *);

/* Event. */
void provisioning_goes_on(void *world, uint64_t provider, uint64_t unused);

#endif
