/* Load balancers of a service: ALB and NLB target groups, whose targets are tasks, and Classic load
 * balancers, whose targets are whole instances on one fixed port. [API:CreateServiceRequest.loadBalancers;
 * ELB:target-group-health-checks]
 *
 * A Classic load balancer needs its healthy threshold in a row before it sends anything to a newly registered
 * instance. */
#ifndef MODELS_ECS_TARGET_GROUP_H
#define MODELS_ECS_TARGET_GROUP_H

#include "models/ecs/world.h"

/* Of the tasks that are deployed from now on; those that are there keep theirs. */
void registrations_begin(struct world *, struct service *);
const char *registration_kind(const struct registration *); /* as ECS's messages call it */

#endif
