/* What a study of the worst moment breaks, and when: container instances and Availability Zones, while a
 * deployment of a service is under way.
 *
 * An instance dies by `instanceFailure` with mode crash, a zone by a `zoneOutage` of power that outlasts the
 * run; failure.h says what these mean. Those that can die are the instances that have registered and whose
 * machine is up, and every zone that has power. A deployment is under way from the update to its end,
 * COMPLETED or FAILED [API:Deployment]; the one that created the service does not count. */
#ifndef MODELS_ECS_PERTURBATION_H
#define MODELS_ECS_PERTURBATION_H

#include "sim/engine/model.h"

extern const struct perturbation ecs_perturbation;

#endif
