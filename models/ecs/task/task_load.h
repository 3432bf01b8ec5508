/* Tasks that are run by a trace, one RunTask call for each of its rows (settings: load, runTask).
 *
 * A row that says what its task reserves overrides its task definition's size, as a call may
 * [API:TaskOverride]; containers, images and the family stay what they are. A call that AWS would refuse, or
 * whose task finds no room, is counted and not tried again: who calls RunTask has to (AWS does not). With a
 * capacity provider under managed scaling the task waits in PROVISIONING instead, and is counted if it does
 * so in vain.
 *
 * REFUSED tasks are counted by what AWS says of them: the reason among the failures of RunTask (RESOURCE:GPU,
 * AGENT, …), the error of the call, or the stoppedReason of one that has waited in vain
 * [DG:api_failures_messages].
 *
 * WAITING is what those have done that were RUNNING at some time, from their call on: in PROVISIONING for a
 * host (placing; none where the call finds a host, or fails), then for their interface, the agent, the images
 * and the start of their containers. Who waits for a refused call to be made again is not a task: a load with
 * a trigger has that in its jobs (job/job.h). */
#ifndef MODELS_ECS_TASK_LOAD_H
#define MODELS_ECS_TASK_LOAD_H

#include "sim/engine/stats.h"

struct world;
struct task;
struct task_load;
struct free_room;

/* Tasks that were refused for one reason, which outlives the run. */
struct load_refusal {
    const char *reason;
    int64_t tasks;
};

/* What has become of the calls so far. INVARIANT: the refusals add up to `refused`. Memory follows the tasks
 * that are alive, but for 8 bytes of each that has started and a definition of each size that was asked for.
 */
struct task_loads {
    struct task_load *items; /* in the order of the scenario */
    size_t count;
    int64_t asked, refused;        /* tasks; refused: those that found no room too */
    struct load_refusal *refusals; /* in the order in which they first came */
    size_t refusal_count;
    struct samples waits; /* of tasks that have started; in order from task_loads_finish() on */
    __int128 placing;     /* of this, summed up */
    simtime longest_placing;
    struct free_room *free_room; /* free_room.h; NULL: no load asks hosts for anything */
};

void task_loads_begin(struct world *);
void task_loads_finish(struct world *);
void task_loads_end(struct world *);

/* A task of a load is RUNNING; one has waited in PROVISIONING in vain. */
void task_load_starts(struct world *, const struct task *);
void task_load_times_out(struct world *, const char *reason);

/* Event. */
void task_arrives(void *world, uint64_t load, uint64_t unused);

#endif
