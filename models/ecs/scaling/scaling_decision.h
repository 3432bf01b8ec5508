/* One decision on a resource: its policies are shown what there is, their alarms turn as they say, one answer
 * is carried out (scaling_choose()), and a reason for not scaling is told. */
#ifndef MODELS_ECS_SCALING_DECISION_H
#define MODELS_ECS_SCALING_DECISION_H

#include "models/ecs/scaling/scaling_controller.h"

void scaling_decide(struct world *, struct scaling_controller *);

/* When first after `from` it may come to be another, of the same points and if nothing happens. One that
 * changed nothing changes nothing again. */
simtime scaling_decision_steady_until(const struct world *, const struct scaling_controller *, simtime from);

#endif
