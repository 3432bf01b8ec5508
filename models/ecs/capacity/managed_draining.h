/* Managed instance draining: a host that its group gives up is DRAINING first. [DG:managed-instance-draining]
 *
 * It is a termination hook of the group, `ecs-managed-draining-termination-hook`, which ECS adds for the
 * group's capacity provider, with or without managed scaling: heartbeats of 3600 s that ECS records, CONTINUE
 * by default, so 48 hours in all [report]. The host is Terminating:Wait; its service tasks are replaced as
 * the percentages allow and its standalone tasks run to their end. When the last task is gone, daemons' too,
 * it is terminated.
 *
 * Whatever goes through the group drains: scale-in, replacement for health, instance refresh, rebalancing, a
 * Spot host at risk. A Spot interruption does not: its two minutes are EC2's [DG:spot-instance-draining].
 *
 * A host of which ECS cannot hear that its tasks have stopped, because it has not registered, is deregistered
 * or its agent is not connected, is not waited for (AWS does not say). */
#ifndef MODELS_ECS_MANAGED_DRAINING_H
#define MODELS_ECS_MANAGED_DRAINING_H

#include "models/ecs/world.h"

void managed_draining_begin(struct world *, struct auto_scaling_group *); /* before t = 0 */

/* The host has lost a task, or ECS sees it in another state. It does not end before the event. */
void managed_draining_look(struct world *, const struct container_instance *);

/* Event. */
void managed_draining_ends(void *world, uint64_t instance, uint64_t unused);

#endif
