/* `diff --task-definitions`: two revisions of what the model gives revisions to, side by side. */
#ifndef SIM_COMMAND_TASK_DEFINITIONS_H
#define SIM_COMMAND_TASK_DEFINITIONS_H

#include "sim/command/options.h"
#include "sim/engine/model.h"

/* Of a scenario and two names, or of two files that hold one each. Returns the exit status. */
int diff_task_definitions(const struct model *, const struct words *operands);

#endif
