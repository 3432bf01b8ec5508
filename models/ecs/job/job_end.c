/* What becomes of jobs: counts, rows and figures. */
#include "models/ecs/job/job.h"
#include "models/ecs/results/expect.h"
#include "models/ecs/results/job_rows.h"

/* --- those without a task --------------------------------------------------------------------- */

void job_arrives_in(struct world *world, struct job *job)
{
    struct job_load *load = job->load;
    job->number = ++load->counts.arrived;
    job->previous_queued = load->last_queued;
    *(load->last_queued ? &load->last_queued->next_queued : &load->first_queued) = job;
    load->last_queued = job;
    if (!load->oldest_kept)
        load->oldest_kept = job;
    load->counts.queued++;
    load->touched = true;
    expect_job_arrived(world, load);
}

static void leave_queue(struct job *job)
{
    struct job_load *load = job->load;
    if (load->oldest_kept == job)
        load->oldest_kept = job->next_queued;
    *(job->previous_queued ? &job->previous_queued->next_queued : &load->first_queued) = job->next_queued;
    *(job->next_queued ? &job->next_queued->previous_queued : &load->last_queued) = job->previous_queued;
    load->counts.queued--;
    load->touched = true;
}

static void end(struct world *world, struct job *job, const struct job_end *end)
{
    expect_job_ended(world, job, end->outcome);
    row_job(world, job, end);
    pool_give(&world->jobs->jobs, job->ref);
}

void job_drop(struct world *world, struct job *job, enum setback reason)
{
    leave_queue(job);
    job->load->counts.dropped++;
    job->load->counts.dropped_for[reason]++;
    end(world, job, &(struct job_end){JOB_DROPPED, NULL, setback_names[reason]});
}

/* --- those with one --------------------------------------------------------------------------- */

void job_has_task(struct world *world, struct job *job, struct task *task)
{
    leave_queue(job);
    job->called_at = world->run->now;
    job->load->counts.in_flight++;
    task->job = job->ref;
}

void job_starts(struct world *world, const struct task *task)
{
    struct job *job = pool_find(&world->jobs->jobs, task->job);
    simtime wait = world->run->now - job->arrived_at;
    job->started_at = world->run->now;
    samples_add(&job->load->waits, wait);
    expect_job_waited(world, job, wait);
}

static bool is_after(simtime at, simtime arrived_at, simtime allowed)
{
    return allowed != ABSENT && at > simtime_after(arrived_at, allowed);
}

/* Ended, or still unfinished, at `now`. */
static bool is_late(const struct job *job, simtime now)
{
    const struct job_deadline_settings *deadline = job->load->settings->job.deadline;
    return deadline &&
           (is_after(simtime_earlier(job->started_at, now), job->arrived_at, deadline->start_by) ||
            is_after(now, job->arrived_at, deadline->finish_by));
}

void job_task_ends(struct world *world, const struct task *task)
{
    struct job *job = pool_find(&world->jobs->jobs, task->job);
    struct job_counts *counts = &job->load->counts;
    bool well = task->stop_code == STOP_ESSENTIAL_CONTAINER_EXITED && task->exit_code == 0;
    enum job_outcome outcome = !well ? JOB_FAILED : is_late(job, world->run->now) ? JOB_LATE : JOB_DONE;
    counts->in_flight--;
    *(outcome == JOB_DONE ? &counts->done : outcome == JOB_LATE ? &counts->late : &counts->failed) += 1;
    job->load->touched = true;
    end(world, job, &(struct job_end){outcome, task, outcome == JOB_FAILED ? task->stopped_reason : NULL});
}

/* --- instants and the end of the run ---------------------------------------------------------- */

void jobs_settle(struct world *world)
{
    struct jobs *jobs = world->jobs;
    for (uint32_t i = 0; jobs && i < jobs->load_count; i++) {
        struct job_load *load = &jobs->loads[i];
        if (load->touched)
            time_weighted_set(&load->queued_over_time, world->run->now, load->counts.queued);
        if (load->touched)
            expect_jobs_settle(world, load);
        row_queue(world, load, false);
        load->touched = false;
    }
}

static void finish_job(struct world *world, struct job *job)
{
    bool late = is_late(job, world->run->now);
    job->load->counts.overdue += late;
    expect_job_unfinished(world, job, late);
}

/* Those of tasks that the run has left alive. */
static void finish_tasks(struct world *world)
{
    for (uint32_t i = 0; i < world->family_count; i++)
        for (const struct task *task = world->families[i].first; task; task = task->next_in_deployment)
            if (task->job)
                finish_job(world, pool_find(&world->jobs->jobs, task->job));
}

void jobs_finish(struct world *world)
{
    struct jobs *jobs = world->jobs;
    if (!jobs)
        return;
    finish_tasks(world);
    for (uint32_t i = 0; i < jobs->load_count; i++) {
        struct job_load *load = &jobs->loads[i];
        for (struct job *job = load->first_queued; job; job = job->next_queued)
            finish_job(world, job);
        time_weighted_close(&load->queued_over_time, world->run->now);
        row_queue(world, load, true);
        samples_sort(&load->waits);
    }
}
