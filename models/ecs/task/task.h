/* A task's life, from PROVISIONING to STOPPED [DG:task-lifecycle-explanation], and the one place where tasks
 * are counted.
 *
 * Every change of a task that a count can see happens between task_uncount() and task_count(); what a task
 * adds to each count is a pure function of it, task_share(). */
#ifndef MODELS_ECS_TASK_H
#define MODELS_ECS_TASK_H

#include "models/ecs/world.h"

struct task_share {
    int8_t pending, running, healthy, unhealthy, hopeless, ailing, guarded, guarded_healthy, serving,
        stopping, holds_room;
    bool draining; /* on a host that is DRAINING */
};

struct task_share task_share(const struct task *);
void task_uncount(struct world *, struct task *);
void task_count(struct world *, struct task *);

extern const char *const task_status_names[];
extern const char *const stop_code_names[];

/* A new task where capacity has been chosen: its resources are reserved there from now on, or it waits for a
 * host (provisioning.h). `deployment` is NULL for standalone tasks. */
struct task *task_create(struct world *, const struct task_definition *, struct deployment *, placement_group,
                         struct capacity);

/* A task that waits for a host has one, where its life goes on. */
void task_place(struct world *, struct task *, struct container_instance *);

/* Where it is; NULL while it waits for a host. */
const struct zone *task_zone(const struct task *);

/* Desired status STOPPED. ECS frees what it has reserved at once; the host frees it when the task is STOPPED.
 * Does nothing if the task is stopping already. */
void task_stop(struct world *, struct task *, enum stop_code, const char *reason);

/* Its targets are deregistered: it is given this long before the stop signal. */
void task_drain(struct world *, struct task *, simtime);

/* Its containers are gone and ECS learns of it now: STOPPED, without any step between. */
void task_stopped(struct world *, struct task *, enum stop_code, const char *reason);

/* The agent begins it (agent.h): pull, create, start. */
void task_begin(struct world *, struct task *);

/* Its images are there: its containers start (image/pull.h). */
void task_pulled(struct world *, struct task *);

/* The next step of its life comes so much later; there is none yet. */
void task_step_after(struct world *, struct task *, simtime);
void task_attach(struct world *, struct task *); /* its interface and its EBS volume are waited for, anew */

/* Its host can be reached again: what was ordered meanwhile is carried out. */
void task_resume(struct world *, struct task *);

void task_started(struct world *, struct task *); /* all its containers have started: RUNNING */

/* An essential container has ended, or one cannot start: the others are stopped, and the task is. Does
 * without the steps for which there is nothing left. */
void task_end(struct world *, struct task *, const char *reason);

void task_containers_gone(struct world *, struct task *); /* the last one that was to be stopped is */

void task_free(struct world *, struct task *); /* what it owns */

/* Events. */
void task_next_step(void *world, uint64_t task, uint64_t unused);

#endif
