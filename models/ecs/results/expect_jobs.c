/* What is promised of jobs, counted as they come and go. */
#include "models/ecs/results/expectation.h"
#include "models/ecs/results/job_rows.h"

#define EACH_OF_JOBS(world, each, load)                                                                      \
    for (struct expectation *each = (world)->expectations->of_jobs; each; each = each->next_of_jobs)         \
        if (each->job == (load))

void expect_jobs_settle(struct world *world, const struct job_load *load)
{
    EACH_OF_JOBS(world, each, load)
    expectation_look(world, each);
}

void expect_job_arrived(struct world *world, const struct job_load *load)
{
    EACH_OF_JOBS(world, each, load)
    each->jobs_inside += each->measure->kind == MEASURE_SHARE && expectation_covers(each, world->run->now);
}

void expect_job_waited(struct world *world, const struct job *job, simtime wait)
{
    EACH_OF_JOBS(world, each, job->load)
    if (each->measure->kind == MEASURE_DELAYS && expectation_covers(each, job->arrived_at))
        expectation_add_delay(world, each, wait);
}

static bool counts(const struct expectation *expectation, enum job_outcome outcome)
{
    const struct expect_settings *settings = expectation->settings;
    return (settings->late && outcome == JOB_LATE) || (settings->dropped && outcome == JOB_DROPPED) ||
           (settings->failed && outcome == JOB_FAILED);
}

void expect_job_ended(struct world *world, const struct job *job, enum job_outcome outcome)
{
    EACH_OF_JOBS(world, each, job->load)
    each->total += counts(each, outcome) && expectation_covers(each, job->arrived_at);
}

/* What has waited so far is the least that it will have. */
void expect_job_unfinished(struct world *world, const struct job *job, bool late)
{
    if (job->started_at == SIMTIME_NEVER)
        expect_job_waited(world, job, world->run->now - job->arrived_at);
    if (late)
        expect_job_ended(world, job, JOB_LATE);
}
