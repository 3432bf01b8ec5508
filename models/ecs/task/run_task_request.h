/* What a task of a RunTask call asks of placement. [API:RunTaskRequest] */
#ifndef MODELS_ECS_RUN_TASK_REQUEST_H
#define MODELS_ECS_RUN_TASK_REQUEST_H

#include "models/ecs/world.h"

struct placement_request run_task_request(const struct task_definition *, placement_group,
                                          const struct run_task_settings *, rng_key draw);

#endif
