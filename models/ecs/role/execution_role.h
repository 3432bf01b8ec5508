/* The task execution role: what is done with it before the containers of a task start.
 *
 *   on Fargate            images of ECR are pulled and awslogs writes by it
 *   on Fargate and hosts  secrets and the credentials of private registries are read by it
 *
 * [DG:task_execution_IAM_role] On a host, images of ECR are pulled and awslogs writes by the instance's role.
 * A role that exists and may not stops the task with a ResourceInitializationError.
 * [DG:stopped-task-error-codes, OBS] */
#ifndef MODELS_ECS_EXECUTION_ROLE_H
#define MODELS_ECS_EXECUTION_ROLE_H

#include <stdbool.h>

struct world;
struct task;
struct task_definition_settings;

/* Pure: what is first needed of it. */
enum execution_need {
    EXECUTION_NEEDS_NOTHING,
    EXECUTION_NEEDS_SECRETS,
    EXECUTION_NEEDS_CREDENTIALS,
    EXECUTION_NEEDS_ECR
};
enum execution_need execution_need(const struct task_definition_settings *, bool on_fargate);

/* Why the task cannot start, in the arena; NULL: it can. Asked when its agent begins it. */
const char *execution_role_refuses(struct world *, const struct task *);

#endif
