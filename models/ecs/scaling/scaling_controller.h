/* Service auto scaling: each minute the metrics of the services that have a policy are taken, the policies
 * asked, and the largest answer carried out. [AAS: several policies] No policy, no event. */
#ifndef MODELS_ECS_SCALING_CONTROLLER_H
#define MODELS_ECS_SCALING_CONTROLLER_H

#include "models/ecs/world.h"

void scaling_begin(struct world *);
void scaling_minute(void *world, uint64_t service, uint64_t unused);

#endif
