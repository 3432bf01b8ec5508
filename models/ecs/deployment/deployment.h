/* A deployment of a service: one revision on its way in, and out. [API:Deployment]
 *
 * The newest is the service's PRIMARY; the older ones that still have tasks, or are to bring some back, are
 * ACTIVE; one that is fully replaced is INACTIVE and forgotten once its last row is written. How many tasks
 * each has to stop and to start is decided in rolling_update.h and carried out by reconcile(). */
#ifndef MODELS_ECS_DEPLOYMENT_H
#define MODELS_ECS_DEPLOYMENT_H

#include "models/ecs/world.h"

extern const char *const deployment_status_names[]; /* of enum deployment_status */
extern const char *const rollout_state_names[];     /* of enum rollout_state */

/* The new PRIMARY; the one before becomes ACTIVE. Nobody is told before deployment_announce(). */
struct deployment *deployment_begin(struct world *, struct service *, const struct task_definition *);
void deployment_announce(struct world *, struct deployment *);

/* The first deployment of the steady world is COMPLETED at t = 0. */
void deployment_assume_completed(struct service *);

/* The PRIMARY makes way for another. */
void deployment_becomes_active(struct deployment *);

/* The PRIMARY, which is under way, is FAILED: it launches nothing more, and is rolled back if that is asked
 * for and there is somewhere to go (deployment_failure.h). `reason` is a sentence for the service event and
 * the rolloutStateReason, good to the end of the run. */
void deployment_fail(struct world *, struct deployment *, const char *reason, bool rolls_back);

/* A deployment is under way: the PRIMARY is not COMPLETED. */
bool service_deploys(const struct service *);
/* The PRIMARY, and those that still have tasks or bring some back. */
int deployment_count(const struct service *);

/* Completes the PRIMARY if all it waits for is there, and retires those that are replaced. */
void deployment_look_at_progress(struct world *, struct service *);

/* Told by tasks. */
void deployment_task_lost_early(struct deployment *); /* unasked by the scheduler; it was never healthy */
void deployment_task_failed_to_start(struct world *, struct deployment *);
void deployment_task_pulled(struct world *, const struct task *);
void deployment_task_runs(struct deployment *);     /* it has started well */
void deployment_task_healthy(struct deployment *);  /* for the first time */
void deployment_task_replaced(struct deployment *); /* the scheduler stops it, since its checks have failed */

#endif
