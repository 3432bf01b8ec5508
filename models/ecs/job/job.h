/* Jobs: requests, messages and firings of schedules that end in RunTask (settings: load, trigger).
 *
 *     arrivals -> [queue] -> delivery -> RunTask calls -> task -> end
 *
 * A job is one task that is to run once. It arrives (job_arrivals.c), is handed over in a delivery, alone or
 * in a batch, which may have to run a Lambda function first (job_delivery.c), and gets its task by a RunTask
 * call of at most ten [API:RunTaskRequest.count]. What gets none is tried again by whoever triggers
 * (models/trigger), or is dropped. Once there is a task nobody tries again: how it ends is how the job ends
 * (job_end.c).
 *
 *   done     it exited with 0, in time if it has a deadline
 *   late     it exited with 0, started after startBy or ended after finishBy
 *   failed   its task ended otherwise, or never ran
 *   dropped  it never had a task, for one of the reasons of enum setback
 *
 * INVARIANT, at every instant: arrived = queued + in flight + done + late + dropped + failed, where queued
 * are those without a task, wherever they are. The audit counts them anew.
 *
 * Nothing polls: a queue is looked at when a message comes to be visible and when the function has room.
 * Memory follows the jobs that are alive, but for 8 bytes of each that has started: how long it had waited.
 *
 * The token bucket of RunTask calls (quotas: runTaskBurst, runTaskPerSecond) is that of all jobs together;
 * Fargate's launches have theirs besides (fargate.h) [DG:throttling].
 *
 * Settled where AWS is silent: messages are received in the order in which they came to be visible. Lambda
 * takes as many batches as may be worked on at once, without its pollers' growth over minutes. Calls of
 * RunTask take no time; those of one delivery come one after the other, each after the SDK's attempts at the
 * one before. A message that is being worked on when its retention ends is deleted if it comes back. */
#ifndef MODELS_ECS_JOB_H
#define MODELS_ECS_JOB_H

#include "models/ecs/world.h"
#include "models/failure/failure.h"
#include "sim/engine/token_bucket.h"

struct job {
    pool_ref ref;
    struct job_load *load;
    int64_t number;            /* from 1 within its load: "<name>-<number>" */
    const struct arrival *row; /* of a trace; NULL: as the definition says */
    simtime arrived_at, called_at, started_at;
    int64_t attempts, errors;    /* deliveries, and those of them that have run the function */
    enum setback setback;        /* of the last attempt */
    bool delivered;              /* out of the queue: in a delivery, until it is visible again */
    bool expired;                /* its retention ended there */
    struct job *next, *previous; /* in its list */
    struct job *next_queued, *previous_queued; /* in order of arrival */
};

struct job_list {
    struct job *first, *last;
    int64_t count;
};

/* Jobs that are handed over together, and again where they are tried again together. */
struct delivery {
    pool_ref ref;
    struct job_load *load;
    struct job_list jobs;   /* for which RunTask is still to be called */
    struct job_list failed; /* in this attempt */
    simtime began_at;       /* this attempt */
    int64_t tries;          /* of the call that is under way */
    bool runs;              /* the function, and takes up one of its executions */
};

struct job_counts {
    int64_t arrived, queued, in_flight, done, late, failed;
    int64_t dropped, dropped_for[SETBACK_COUNT];
    int64_t calls, throttled_calls; /* of RunTask */
    int64_t timeouts;               /* callers that were told so, though the function ran on */
    int64_t overdue;                /* at the end of the run: neither ended nor in time */
};

/* Those of one entry of `load`. */
struct job_load {
    const struct load_settings *settings;
    struct trigger_traits traits;
    const char *name;
    uint64_t who;
    uint32_t index;
    struct token_bucket gate; /* of the trigger */
    __int128 asked;           /* of the workload until the next arrival, millionths of requests */
    uint64_t arrivals_drawn, functions_drawn, waits_drawn; /* apart: the same days whatever a function does */
    size_t next_row;
    struct job_list visible;                /* messages that can be received */
    simtime gather_until;                   /* a batch that is not full waits so long */
    struct job *first_queued, *last_queued; /* those without a task, in order of arrival */
    struct job *oldest_kept;                /* the first of these whose retention has not ended */
    int64_t running;                        /* executions of the function */
    event_handle gather_event, expiry_event;
    struct job_counts counts;
    struct time_weighted queued_over_time;
    struct samples waits;   /* from arrival to RUNNING, of those that have started */
    struct symbols resized; /* task/run_task_of_size.h */
    bool touched;
    struct last_row last_row;
};

/* What a failure does to the calls of an API. */
struct throttle {
    enum failing_api api;
    int64_t share;   /* of the calls, millionths */
    int64_t strikes; /* that go on */
};

struct jobs {
    struct job_load *loads; /* in the order of the scenario */
    uint32_t load_count;
    struct symbols names; /* of these */
    struct pool jobs, deliveries;
    struct token_bucket run_task_calls;
    struct throttle *throttles; /* by failure */
    uint64_t throttle_draws;
};

void jobs_begin(struct world *); /* world.jobs stays NULL where no load has a trigger */
void jobs_start(struct world *); /* schedules the first arrivals */
void jobs_settle(struct world *);
void jobs_finish(struct world *); /* last rows, and what is overdue */
void jobs_end(struct world *);

const struct job_load *job_load_named(const struct world *, const char *name); /* NULL: there is none */

/* A job's task: RUNNING; STOPPED. */
void job_starts(struct world *, const struct task *);
void job_task_ends(struct world *, const struct task *);

/* A failure begins to throttle this share of the calls, or one of its strikes has ended. */
void jobs_throttle(struct world *, uint32_t failure, enum failing_api, int64_t share, bool begins);

/* Events. */
void job_arrives(void *world, uint64_t load, uint64_t unused);
void job_calls(void *world, uint64_t delivery, uint64_t unused);
void job_returns(void *world, uint64_t delivery, uint64_t unused);
void jobs_gathered(void *world, uint64_t load, uint64_t unused);
void jobs_expire(void *world, uint64_t load, uint64_t unused);

/* --- between the files of this folder --------------------------------------------------------- */

void job_list_add(struct job_list *, struct job *);
struct job *job_list_take(struct job_list *); /* the first; NULL: there is none */

/* New ones: into the queue, or into a delivery. All of one load. */
void jobs_enter(struct world *, struct job_load *, struct job_list *);
/* The function has room, or a message can be received. */
void job_queue_look(struct world *, struct job_load *);
void job_queue_expect_expiry(struct world *, struct job_load *); /* of its oldest message */
/* The first so many of those that wait for a call get no task in this attempt. */
void delivery_fails(struct delivery *, int64_t count, enum setback);
/* The calls of a delivery are over; those that failed are tried again, or are not. */
void delivery_ends(struct world *, struct delivery *);
/* Whether this call of an API is throttled by a failure. */
bool jobs_api_throttles(struct world *, enum failing_api);

void job_arrives_in(struct world *, struct job *);
void job_has_task(struct world *, struct job *, struct task *);
void job_drop(struct world *, struct job *, enum setback reason); /* it is gone afterwards */

#endif
