/* Scheduled actions: limits of services, and sizes of groups, change by the clock.
 * [AAS:scheduled-scaling; EAS:ec2-auto-scaling-scheduled-scaling]
 *
 * What is desired follows its limits at once, whatever cools down: below the minimum it is brought up to it,
 * above the maximum down to it. An action that would leave a minimum above the maximum fails, and changes
 * nothing. Of actions that are due together, those of services come first, each in declared order. */
#ifndef MODELS_ECS_SCHEDULED_ACTION_H
#define MODELS_ECS_SCHEDULED_ACTION_H

#include "models/ecs/world.h"

void scheduled_actions_begin(struct world *);

/* Event. */
void scheduled_action_is_due(void *world, uint64_t action, uint64_t of_group);

#endif
