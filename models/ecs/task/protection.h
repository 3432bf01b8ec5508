/* Scale-in protection of tasks. [API:UpdateTaskProtection; DG:task-scale-in-protection]
 *
 * A protected task of a service is stopped neither by a scale-in nor by a deployment until its protection is
 * taken back or ends by itself. What it means for the decision is in rolling_update.h; this is the call and
 * the end.
 *
 * The call answers task by task: MISSING where there is none that should run, TASK_NOT_VALID where it is of
 * no service, DEPLOYMENT_BLOCKED where protection already holds a scale-in or a deployment of the service
 * back, or more of its tasks are protected than are desired. [DG:api_failures_messages] Settled where AWS is
 * silent: a task that is protected already may be protected for longer even then; a call that names one task
 * twice answers twice; people may still stop a protected task, and a daemon's leaves its host all the same
 * when that is DRAINING. */
#ifndef MODELS_ECS_PROTECTION_H
#define MODELS_ECS_PROTECTION_H

#include <stdint.h>

/* Event: its protection ends, unless it was renewed or taken back meanwhile. */
void protection_ends(void *world, uint64_t task, uint64_t unused);

#endif
