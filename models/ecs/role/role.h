/* IAM roles: whether they exist, and whether they may what they are for. What they are for, and what a person
 * sees without them:
 *
 *   - The instance role (iamInstanceProfile): the agent's calls. Without it no agent registers; one that is
 * connected stays so until it renews its connection, and is then refused. [DG:instance_IAM_role,
 * AGENT:acs/session/session.go]
 *   - The service role (CreateService.role): registration with load balancers. Without it nothing is
 * registered or deregistered, and the service says so. [DG:troubleshooting-blue-green]
 *   - The autoscaling role (RegisterScalableTarget.RoleARN): Application Auto Scaling's UpdateService.
 * Without it every scaling activity is Failed. [DG:auto-scaling-IAM]
 *   - The task role (taskRoleArn): what containers call. One that needs it exits. [DG:task-iam-roles]
 *   - The task execution role (executionRoleArn): what is done before they start (execution_role.h).
 *
 * Task and execution roles must exist for a task to be launched at all, whatever they may. [OBS] Where no
 * role is named it is a service-linked one, which is always there, or, of an instance, one that nobody asks
 * about.
 *
 * A role that is deleted or loses its policy acts on the next call; sessions that it gave are no good any
 * more. [API iam:DeleteRole] IAM is only eventually consistent; here it is at once (a choice). */
#ifndef MODELS_ECS_ROLE_H
#define MODELS_ECS_ROLE_H

#include "sim/engine/symbol.h"
#include <stdbool.h>

struct world;
struct task;
struct task_definition;

struct role {
    const char *name;
    bool exists, has_policy;
    int deletions, detachments; /* by failures, going on */
};

/* Those of which something is said; others exist, but where the scenario lists its roles. */
struct roles {
    struct role *all;
    struct symbols names; /* with their numbers in `all`, from 1 */
    bool listed;
};

void roles_begin(struct world *);
struct role *role_named(struct world *, const char *name); /* with an entry of its own from now on */

/* It may what it is for; and whether it can be assumed at all. NULL: no role is named. */
bool role_allows(const struct world *, const char *name);
bool role_exists(const struct world *, const char *name);

/* What has become of it takes effect on whoever has it. */
void role_changed(struct world *, const char *name);

/* "arn:aws:iam::111122223333:role/NAME", in the arena. */
const char *role_arn(struct world *, const char *name);

/* How a task of it cannot be launched, as it cannot have its roles; NULL: it can. [OBS] */
const char *role_refuses_launch(struct world *, const struct task_definition *);

/* A container of the task that needs its task role would be denied. */
bool role_denies_task(const struct world *, const struct task *);

/* "User: … is not authorized to perform: ACTION …", or that the role cannot be assumed. */
const char *role_error(struct world *, const char *name, const char *session, const char *action);

#endif
