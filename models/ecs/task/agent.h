/* The agent on a host: it begins tasks strictly first in, first out, once what they need is really free.
 *
 * ECS frees a task's resources when the task starts to stop, the agent when it has stopped; a new task placed
 * in between waits here, and whatever came after it waits behind it. [AGENT:docker_task_engine.go,
 * task_manager.go; WN 2023 faster task launches] */
#ifndef MODELS_ECS_AGENT_H
#define MODELS_ECS_AGENT_H

#include "models/ecs/world.h"

void agent_receive(struct world *, struct task *); /* the task has reached the host */
void agent_start_waiting(struct world *, struct container_instance *);
void agent_hold(struct task *);    /* its resources are used from now on */
void agent_release(struct task *); /* and no longer */
void agent_forget(struct task *);  /* a waiting task is not wanted any more */

#endif
