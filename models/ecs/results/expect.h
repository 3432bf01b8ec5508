/* The promises of a scenario, watched while it runs and judged at its end: ECS's words over the engine's
 * watch.
 *
 * A broken promise says when it was first broken, by how much, and what had just happened. Beside the
 * promises the marks of the run and a few figures of the fleet are kept for the summary and the story, in
 * any run.
 *
 * WINDOWS are [from, until); without any, the whole run.
 *
 *   A number (healthy, instances, …) stays within its bound throughout the window; `by: t` means from t on
 *   (it came within its bound at t or earlier, and stayed), `at: t` the state after all that happened at t.
 *
 *   A state (deployment, steadyState, stuck) holds at `at`, at `by` (it was reached then or earlier, and
 *   still is), throughout `from`, `until` or `during`; with none of these, at the end of the run.
 *   `deployment` without `taskDefinition` is the PRIMARY's; the one that came with the service never counts.
 *
 *   What adds up (count, logsDropped, cost, unserved, availability, timeToHealthy, recovered; of jobs late,
 *   dropped, failed and waiting) does so inside the window; `by: t` ends it, for the first two including t
 *   itself.
 *
 *   during: deployment is the time from an update of the service (of any, where none is named) to the end of
 *   its deployment.
 *
 *   except: so much time outside the bound, summed over the window, is allowed. A value that lasts no time
 *   is not outside.
 *
 * MEASURES, where the words leave room: cpuReserved, memoryReserved, diskUsed and unserved are shares, 0 to
 * 1, and so are late, dropped and failed, of the jobs that arrived inside the window, whenever they ended;
 * waiting runs from their arrival to RUNNING, or to the end of the run where a job still waits then; those
 * that were dropped have none. Tasks on hosts are those with desired status RUNNING. A zone counts for
 * tasksPerZone while it has an ACTIVE host with a connected agent that meets the service's memberOf
 * constraints. timeToHealthy runs from created to healthy of the tasks that came to be inside the window; a
 * task that was never healthy counts as longer than any bound, unless it was still on its way at the end or
 * was stopped for reasons other than its health; what a steady start brought along does not count.
 * `recovered`: a drop is inside the window if it begins there; one that the end of the run leaves undecided
 * is kept. A service that the timeline creates is watched from then on. */
#ifndef MODELS_ECS_EXPECT_H
#define MODELS_ECS_EXPECT_H

#include "models/ecs/world.h"
#include "sim/engine/model.h"

/* When the world has its services and groups, before any of them does anything. */
void expect_begin(struct world *);

/* The world has settled: these services (ascending indices) were touched, and world.touched_cells. */
void expect_settle(struct world *, const uint32_t *services, uint32_t count);

/* What is counted or remembered as it happens. Tasks and hosts: stopped or terminated, or still there at the
 * end. `event_name` is EventBridge's eventName; its service may be NULL, and so may be the key of a mark. */
void expect_task_ended(struct world *, const struct task *);
void expect_instance_ended(struct world *, const struct container_instance *);
void expect_fargate_ended(struct world *, const struct task *);     /* what it has cost */
void expect_reservation_ended(struct world *, const struct task *); /* of a task on a host */
void expect_message(struct world *, const struct service *, const char *message);
void expect_event(struct world *, const struct service *, const char *event_name);
void expect_mark(struct world *, const char *key, const char *kind, const char *label);
void expect_logs_dropped(struct world *, const struct service *,
                         int64_t lines); /* NULL: of standalone tasks */

void expect_judge(void *world, struct verdict **verdicts, size_t *count);

/* The marks of the run so far, in order of time. */
struct past_mark {
    simtime at;
    const char *service; /* NULL: it concerns all */
    const char *kind;    /* as row_mark() has it: "change", "event", "failure", "alarm" */
    const char *label;
    size_t next_of_service; /* as expect_next_mark() has it */
};
const struct past_mark *expect_marks(const struct world *, size_t *count);
/* By their places, from 1: the service's first one after that at `after`, which is 0 or one of its own; 0:
 * there is none. */
size_t expect_next_mark(const struct world *, const struct service *, size_t after);
const struct past_mark *expect_mark_at(const struct world *, size_t place);

/* Resources of the whole cluster over time: ACTIVE and DRAINING hosts, and what ECS has promised of them.
 * CPU units and MiB. */
struct fleet_figures {
    struct time_weighted cpu_registered, cpu_reserved, memory_registered, memory_reserved, gpus_registered,
        gpus_reserved, active;
};
const struct fleet_figures *expect_fleet(const struct world *);

#endif
