/* Managed termination protection: a scale-in takes only empty hosts, those without a task other than a
 * daemon's. [API:AutoScalingGroupProvider.managedTerminationProtection; G cluster-auto-scaling]
 *
 * The group protects its hosts as they come (newInstancesProtectedFromScaleIn). When cluster auto scaling
 * makes the group smaller, its empty hosts lose their protection. One that stays and has a task a minute
 * later is protected again (AWS does not say). Without it the group's termination policies choose among all.
 */
#ifndef MODELS_ECS_MANAGED_PROTECTION_H
#define MODELS_ECS_MANAGED_PROTECTION_H

#include "models/ecs/world.h"

void managed_protection_returns(struct world *, struct auto_scaling_group *); /* to hosts with tasks */
void managed_protection_leaves(struct world *, struct auto_scaling_group *);  /* empty hosts */

#endif
