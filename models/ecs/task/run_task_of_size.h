/* RunTask whose call overrides the size of its task definition: containers, images and the family stay what
 * they are [API:TaskOverride]. */
#ifndef MODELS_ECS_RUN_TASK_OF_SIZE_H
#define MODELS_ECS_RUN_TASK_OF_SIZE_H

#include "models/ecs/actions.h"

/* What a task of the definition reserves under this override. */
struct task_size task_size_over(const struct task_definition_settings *, const struct task_size *);

/* Of the definition that the call names, for so many tasks. `resized` holds the definitions as such tasks
 * have them, all of one family: one for each revision and size, made when it is first asked for. Zero at
 * first, but for the arena. */
struct run_task_answer run_task_of_size(struct world *, const struct run_task_settings *,
                                        const struct task_size *, int64_t count, struct symbols *resized);

#endif
