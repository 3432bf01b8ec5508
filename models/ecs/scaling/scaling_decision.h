/* One decision on a resource: its policies are shown what there is, their alarms turn as they say, one answer
 * is carried out (scaling_choose()), and a reason for not scaling is told. */
#ifndef MODELS_ECS_SCALING_DECISION_H
#define MODELS_ECS_SCALING_DECISION_H

#include "models/ecs/scaling/scaling_controller.h"

void scaling_decide(struct world *, struct scaling_controller *);

#endif
