/* Service deployments: the history of what was done to bring a revision in, a rollback included.
 * [API:ServiceDeploymentStatus, DG:service-deployment]
 *
 * Each deployment comes with one, named "<service>/<n>" by its number. A rollback belongs to the service
 * deployment that failed: it carries the older deployment from then on. What was requested takes place at the
 * next pass of the scheduler. A row of service-deployments.csv is written at every change.
 *
 * Settled where AWS is silent: one that fails and is not rolled back is stopped as if somebody had asked for
 * it, and so is a rollback that a newer deployment overtakes. */
#ifndef MODELS_ECS_SERVICE_DEPLOYMENT_H
#define MODELS_ECS_SERVICE_DEPLOYMENT_H

#include "models/ecs/world.h"

enum service_deployment_status {
    SERVICE_DEPLOYMENT_PENDING,
    SERVICE_DEPLOYMENT_IN_PROGRESS,
    SERVICE_DEPLOYMENT_SUCCESSFUL,
    SERVICE_DEPLOYMENT_STOP_REQUESTED,
    SERVICE_DEPLOYMENT_STOPPED,
    SERVICE_DEPLOYMENT_ROLLBACK_REQUESTED,
    SERVICE_DEPLOYMENT_ROLLBACK_IN_PROGRESS,
    SERVICE_DEPLOYMENT_ROLLBACK_SUCCESSFUL,
    SERVICE_DEPLOYMENT_ROLLBACK_FAILED,
};

extern const char *const service_deployment_status_names[];

struct service_deployment {
    const char *name; /* "web/2" */
    enum service_deployment_status status;
};

/* Of a deployment that has just been created. */
void service_deployment_begin(struct world *, struct deployment *);

/* `reason` is that of the deployment's rollout state; NULL: none. */
void service_deployment_set(struct world *, const struct deployment *, enum service_deployment_status,
                            const char *reason);

bool service_deployment_rolls_back(const struct service_deployment *);

/* A newer deployment takes its place. */
void service_deployment_superseded(struct world *, const struct deployment *);

/* A pass of the scheduler: what was requested takes place. */
void service_deployments_advance(struct world *, struct service *);

#endif
