/* Which alarms drive which scaling policies: those whose actions, where they are enabled, name them.
 * [CW:AlarmThatSendsEmail] It is found once, when all policies are there, and does not change. */
#ifndef MODELS_ECS_DRIVERS_H
#define MODELS_ECS_DRIVERS_H

#include "models/ecs/scaling/scaling_controller.h"

/* What an alarm drives. */
struct driven_policy {
    struct scaling_controller *controller;
    struct scaling_policy *policy;
};

/* Fills the drivers of policies, in the order of the alarms, and the driven of alarms, in the order of the
 * controllers and of their policies. */
void drivers_begin(struct world *);

#endif
