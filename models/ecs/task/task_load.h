/* Tasks that are run by a trace, one RunTask call for each of its rows (settings: load, runTask).
 *
 * A row that says what its task reserves overrides its task definition's size, as a call may
 * [API:TaskOverride]; containers, images and the family stay what they are. A call that AWS would refuse, or
 * whose task finds no room, is counted and not tried again: who calls RunTask has to (AWS does not). With a
 * capacity provider under managed scaling the task waits in PROVISIONING instead, and is counted if it does
 * so in vain. */
#ifndef MODELS_ECS_TASK_LOAD_H
#define MODELS_ECS_TASK_LOAD_H

#include <stddef.h>
#include <stdint.h>

struct world;
struct task;
struct task_load;

/* What has become of the calls so far. */
struct task_loads {
    struct task_load *items; /* in the order of the scenario */
    size_t count;
    int64_t asked, refused; /* tasks; refused: those that found no room too */
};

void task_loads_begin(struct world *);
void task_loads_end(struct world *);

/* The task, of a load or not, has waited in PROVISIONING in vain. */
void task_load_times_out(struct world *, const struct task *);

/* Event. */
void task_arrives(void *world, uint64_t load, uint64_t unused);

#endif
