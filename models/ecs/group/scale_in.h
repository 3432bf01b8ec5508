/* Whom a group that scales in gives up: a pass over its hosts, from which one after the other is taken.
 *
 * They are looked at once, when the pass begins; between its choices nothing but its choices ends. A host
 * that is like what an override with its own launch template would launch now is as current as one of the
 * group's (AWS does not say).
 *
 * The pass goes over cohorts of hosts that differ by their age alone (roster.h), and where a policy asks how
 * far each of them is into its hour, over the hosts one by one, which is what defines the choice. */
#ifndef MODELS_ECS_SCALE_IN_H
#define MODELS_ECS_SCALE_IN_H

#include "models/ecs/world.h"

struct scale_in *scale_in_begin(struct world *, struct auto_scaling_group *);
struct scale_in *scale_in_begin_one_by_one(struct world *, struct auto_scaling_group *);
void scale_in_end(struct scale_in *);

/* By the termination policies, among hosts that weigh at most `spare`; NULL: none may be taken. One that is
 * still being launched may (AWS does not say). It is to be given up before the next choice. */
struct container_instance *scale_in_choice(struct scale_in *, int64_t spare);

#endif
