/* CloudWatch alarms, as far as deployments look at them. Nothing evaluates a metric: alarm_set_state() is the
 * one door by which an alarm changes. */
#ifndef MODELS_ECS_ALARM_H
#define MODELS_ECS_ALARM_H

#include "models/ecs/world.h"

void alarms_begin(struct world *);

/* One that goes to ALARM trips the deployments that watch it. `name` is one of the scenario's. */
void alarm_set_state(struct world *, const char *name, enum scaling_alarm);

/* One of those that a service's deployments look at is in ALARM; NULL: they look at none. */
bool alarms_any_in_alarm(const struct world *, const struct deployment_alarms_settings *);

#endif
