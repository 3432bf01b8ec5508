/* AWS actions that others than the timeline do. */
#ifndef MODELS_ECS_ACTIONS_H
#define MODELS_ECS_ACTIONS_H

#include "models/ecs/world.h"

/* [API:RunTaskRequest.count; API:StartTaskRequest.containerInstances] */
enum { MOST_TASKS_OF_CALL = 10 };

#define RUN_TASK_THROTTLED "ThrottlingException: Rate exceeded"
#define RUN_TASK_NO_DEFINITION "ClientException: TaskDefinition not found."

struct run_task_answer {
    struct task *tasks[MOST_TASKS_OF_CALL];
    int task_count;
    const char *failures[MOST_TASKS_OF_CALL]; /* why others found no room, as RunTask's `failures` say it */
    int failure_count;
    const char *error; /* NULL: none; what came before it is there, and of the others nothing comes */
    bool throttled;    /* the error is that of the rate: nothing has come of the call */
};

/* RunTask, of this definition and for so many tasks, at most MOST_TASKS_OF_CALL. The call's settings are
 * asked again while its tasks are in PROVISIONING. */
struct run_task_answer run_task_call(struct world *, const struct run_task_settings *,
                                     const struct task_definition *, int64_t count);

#endif
