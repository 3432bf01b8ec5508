/* The containers of a task: started in the order of dependsOn, running, exiting, started again, stopped in
 * the reverse order. The rules are in container_rules.h; what their health means for the task is in
 * task_health.h.
 *
 * Causes (an exit, a health check that turns, a time that comes) change a container's state; then
 * containers_look() compares what is with what should be. All that time alone will do to the containers of a
 * task stands in at most three events, each for the container whose turn is next: the agent's next step
 * (task.life_event), the next exit, the next change of what answers.
 *
 * Where AWS is silent: all images of a task are pulled before its first container starts (as with
 * ECS_PULL_DEPENDENT_CONTAINERS_UPFRONT); each start and restart takes `timing.containerStart`, containers
 * that wait for nobody start together; what is said in a task definition's `simulation:` is drawn once for
 * all its containers, so that they start up together and are gone together. A dependent that cannot start
 * stops the task, essential or not. [API:ContainerDefinition.startTimeout] */
#ifndef MODELS_ECS_CONTAINER_H
#define MODELS_ECS_CONTAINER_H

#include "models/ecs/world.h"

enum { EXIT_CODE_KILLED = 137 }; /* 128 + SIGKILL */

void containers_create(struct world *, struct task *); /* with its task */
void containers_free(struct world *, struct task *);

void containers_start_at_once(struct world *, struct task *); /* in the steady world: as if they always ran */

/* Something has become of them, or their images are there: their agent acts on it, if it can be reached. The
 * task may be gone afterwards, as after each of the following. */
void containers_look(struct world *, struct task *);

void containers_step(struct world *, struct task *); /* the agent's next step is due */

/* The agent stops them; those that have not started never will. */
void containers_stop(struct world *, struct task *);

void container_exit(struct world *, struct task *, int index, int exit_code); /* it ends by itself */
void container_hang(struct world *, struct task *, int index); /* it takes connections and never answers */
void containers_stall(struct world *, struct task *, uint16_t set); /* those that hang on a volume now */
void containers_are_denied(struct world *, struct task *); /* by their task role: those that need it exit */
void containers_die(struct world *, struct task *);        /* with their host */

/* It stands still, and goes on: in between it answers nobody, and what time alone would do to it waits. */
struct container_pause {
    simtime turns_after, exits_after; /* SIMTIME_NEVER: never */
};
void container_block(struct world *, struct task *, int index, struct container_pause *);
void container_go_on(struct world *, struct task *, int index, const struct container_pause *);

/* The task is healthy for the first time: who will fall ill? */
void containers_are_healthy(struct world *, struct task *);

bool container_up(const struct task *, int index);
bool container_answers(const struct task *, int index);
bool container_hangs(const struct task *, int index);
uint16_t containers_up(const struct task *);
const char *container_status_name(const struct task *, int index); /* as ECS prints it */

/* Events. */
void task_exits(void *world, uint64_t task, uint64_t unused);
void task_answers(void *world, uint64_t task, uint64_t unused);
void task_falls_ill(void *world, uint64_t task, uint64_t unused);

#endif
