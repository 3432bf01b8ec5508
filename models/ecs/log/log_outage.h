/* All containers that have a log, in order of their services, deployments and tasks: when an outage of
 * CloudWatch Logs begins or ends, and at the end of the run. Outages may overlap. */
#ifndef MODELS_ECS_LOG_OUTAGE_H
#define MODELS_ECS_LOG_OUTAGE_H

#include "models/ecs/world.h"

/* Something that kept lines from CloudWatch Logs is over: those whose way is free go on. */
void logs_reconnect(struct world *);
void logs_finish(struct world *); /* what was lost, before the figures are told */

#endif
