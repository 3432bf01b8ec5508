/* How a deployment under way fails, and what is done about it.
 *
 * It is tripped by the circuit breaker (circuit_breaker.h), by an alarm that goes to ALARM (alarm.h) or by
 * images whose digests nobody can find (image_digest.h); the first to trip counts, and the scheduler's next
 * pass makes the deployment FAILED. It is rolled back only if what tripped has its rollback on.
 * [DG:deployment-circuit-breaker, DG:deployment-alarm-failure]
 *
 * A rollback goes to the deployment that was last COMPLETED. That one becomes the PRIMARY again under its own
 * id, IN_PROGRESS, and is no target until it is COMPLETED once more; the failed one is ACTIVE and goes as any
 * older one. If there is none, nothing more is launched and the service stalls. Settled where AWS is silent:
 * deployments before the last that was COMPLETED are forgotten and no targets. */
#ifndef MODELS_ECS_DEPLOYMENT_FAILURE_H
#define MODELS_ECS_DEPLOYMENT_FAILURE_H

#include "models/ecs/world.h"

/* What CreateService or UpdateService says of it; what is not said stays. */
void failure_detection_set(struct service *, const struct deployment_configuration_settings *);

/* Of rolling deployments only. [API:DeploymentCircuitBreaker] */
bool circuit_breaker_is_on(const struct service *);

/* A deployment begins: what is watched during it. */
void failure_detection_begin(const struct world *, struct deployment *);

/* Something has happened that may trip it. */
void deployment_counts(struct deployment *, enum task_outcome);
void deployment_trips(struct deployment *, enum trip);

/* Alarms can still end it. */
bool deployment_watches_alarms(const struct deployment *);

/* A pass of the scheduler: what has tripped ends the PRIMARY. Returns whether it did. */
bool deployment_look_at_failure(struct world *, struct service *);

/* A person ends it [API:StopServiceDeployment]. */
void deployment_stop(struct world *, struct deployment *, bool rolls_back);

#endif
