/* Instances that have been in service for the group's maxInstanceLifetime are replaced, a few at a time
 * (lifetime_pace.h), within the group's instance maintenance policy; without one they are terminated and
 * launched at the same time. Protection from scale-in spares an instance. [EAS asg-max-instance-lifetime]
 *
 * AWS may begin earlier, to spread replacements; here none goes before its time, nor while an instance
 * refresh is under way (AWS does not say). The pause between two replacements is the warm-up of the new
 * instance (AWS does not say how long it is). */
#ifndef MODELS_ECS_INSTANCE_LIFETIME_H
#define MODELS_ECS_INSTANCE_LIFETIME_H

#include "models/ecs/world.h"

/* Does what is to be done now. Returns when time alone could change that, or SIMTIME_NEVER. */
simtime instance_lifetime_look(struct world *, struct auto_scaling_group *);

#endif
