/* Load balancers of a service: ALB and NLB target groups, whose targets are tasks, and Classic load
 * balancers, whose targets are instances. [API:CreateServiceRequest.loadBalancers;
 * ELB:target-group-health-checks]
 *
 * A Classic load balancer needs one fixed host port, which leaves room for one task of the service on an
 * instance: the instance and the task on it are one target here, registered, checked and counted once. It
 * needs its healthy threshold in a row before it sends anything to a newly registered instance. It has no
 * slow start, and it drains only where connection draining is switched on. */
#ifndef MODELS_ECS_TARGET_GROUP_H
#define MODELS_ECS_TARGET_GROUP_H

#include "models/ecs/world.h"

/* Of the tasks that are deployed from now on; those that are there keep theirs. */
void registrations_begin(struct world *, struct service *);
/* As ECS's messages call it ("target-group"), and what it registers ("targets"). */
const char *registration_kind(const struct registration *);
const char *registration_members(const struct registration *);
/* Whether those of a deployment or a service are of a Classic load balancer, which then is the only one. */
bool registrations_classic(const struct registration *, int count);
simtime registrations_slow_start(const struct registration *, int count); /* the longest; 0: none */

#endif
