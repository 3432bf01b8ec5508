/* AWS actions that others than the timeline do. */
#ifndef MODELS_ECS_ACTIONS_H
#define MODELS_ECS_ACTIONS_H

#include "models/ecs/world.h"

/* [API:RunTaskRequest.count; API:StartTaskRequest.containerInstances] */
enum { MOST_TASKS_OF_CALL = 10 };

/* RunTask, of this definition; each of its tasks runs so long (ABSENT: as the definition says). Returns how
 * many tasks there are of those that were asked for: AWS has refused the others, or they found no room. */
int run_task(struct world *, const struct run_task_settings *, const struct task_definition *,
             simtime runtime);

#define RUN_TASK_THROTTLED "ThrottlingException: Rate exceeded"

struct run_task_answer {
    struct task *tasks[MOST_TASKS_OF_CALL];
    int task_count;    /* of those that were asked for: the others found no room, or there is an error */
    const char *error; /* NULL: none; tasks that came before it are there */
    bool throttled;    /* the error is that of the rate: nothing has come of the call */
};

/* The same for so many tasks, at most MOST_TASKS_OF_CALL. The call's settings are asked again while its tasks
 * are in PROVISIONING. */
struct run_task_answer run_task_call(struct world *, const struct run_task_settings *,
                                     const struct task_definition *, int64_t count);

#endif
