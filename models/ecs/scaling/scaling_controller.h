/* Service auto scaling: as points of the metrics that it watches become visible, the policies are asked, and
 * the largest answer is carried out. [AAS: several policies] */
#ifndef MODELS_ECS_SCALING_CONTROLLER_H
#define MODELS_ECS_SCALING_CONTROLLER_H

#include "models/ecs/metric/metric.h"

void scaling_begin(struct world *);
void scaling_react(struct world *, enum metric_visibility);

#endif
