/* The results of jobs, as rows: jobs.csv, one for each that has ended, and queues.csv, how many are where. */
#ifndef MODELS_ECS_JOB_ROWS_H
#define MODELS_ECS_JOB_ROWS_H

#include "models/ecs/job/job.h"

enum job_outcome { JOB_DONE, JOB_LATE, JOB_DROPPED, JOB_FAILED };

struct job_end {
    enum job_outcome outcome;
    const struct task *task; /* NULL: it never had one */
    const char *reason;      /* NULL: none is needed */
};

/* What expectations look at, and count as it happens. Unfinished: at the end of the run. */
void expect_jobs_settle(struct world *, const struct job_load *);
void expect_job_arrived(struct world *, const struct job_load *);
void expect_job_waited(struct world *, const struct job *, simtime wait);
void expect_job_ended(struct world *, const struct job *, enum job_outcome);
void expect_job_unfinished(struct world *, const struct job *, bool late);

void row_job(struct world *, const struct job *, const struct job_end *);
void row_queue(struct world *, struct job_load *, bool always); /* where something has changed */

#endif
