#include "models/ecs/results/job_rows.h"
#include "models/ecs/results/rows.h"
#include <inttypes.h>
#include <stdio.h>

static const char *const outcome_names[] = {
    [JOB_DONE] = "done", [JOB_LATE] = "late", [JOB_DROPPED] = "dropped", [JOB_FAILED] = "failed"};

void row_job(struct world *world, const struct job *job, const struct job_end *end)
{
    if (!run_wants(world->run, SERIES_JOBS))
        return;
    struct text name = {0};
    text_add_format(&name, "%s-%" PRId64, job->load->name, job->number);
    run_row(world->run, SERIES_JOBS,
            (struct value[]){
                value_text(name.bytes),
                value_seconds(job->arrived_at),
                value_seconds(job->called_at),
                value_text(end->task ? end->task->name : NULL),
                value_seconds(job->started_at),
                value_seconds(world->run->now),
                value_text(outcome_names[end->outcome]),
                value_text(end->reason),
                value_integer(job->attempts),
            });
    text_free(&name);
}

void row_queue(struct world *world, struct job_load *load, bool always)
{
    const struct job_counts *counts = &load->counts;
    int64_t values[] = {counts->arrived, counts->queued, load->visible.count, counts->in_flight,
                        counts->done,    counts->late,   counts->dropped,     counts->failed};
    bool sampled = world->settings->run.sample_every != ABSENT;
    bool due = always || (sampled ? world->sample_due : load->touched);
    if (!due || !row_is_due(&load->last_row, world->run->now, values, 8, always || sampled))
        return;
    run_row(world->run, SERIES_QUEUES,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(load->name),
                value_integer(counts->arrived),
                value_integer(counts->queued),
                load->traits.batch ? value_integer(load->visible.count) : value_empty(),
                value_integer(counts->in_flight),
                value_integer(counts->done),
                value_integer(counts->late),
                value_integer(counts->dropped),
                value_integer(counts->failed),
            });
}
