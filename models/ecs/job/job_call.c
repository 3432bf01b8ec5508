/* The RunTask calls of a delivery: at most ten jobs at a time, as long as AWS lets them. */
#include "models/ecs/events.h"
#include "models/ecs/job/job.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/task/run_task_of_size.h"
#include <string.h>

/* --- throttling ------------------------------------------------------------------------------- */

void jobs_throttle(struct world *world, uint32_t failure, enum failing_api api, int64_t share, bool begins)
{
    struct throttle *throttle = &world->jobs->throttles[failure];
    throttle->api = api;
    throttle->share = share;
    throttle->strikes += begins ? 1 : -1;
    CHECK(throttle->strikes >= 0);
}

/* Of several failures at a time the greatest share counts. */
bool jobs_api_throttles(struct world *world, enum failing_api api)
{
    struct jobs *jobs = world->jobs;
    int64_t share = 0;
    for (size_t i = 0; i < world->settings->failures.count; i++) {
        const struct throttle *each = &jobs->throttles[i];
        if (each->strikes && each->api == api && each->share > share)
            share = each->share;
    }
    if (!share)
        return false;
    rng_key key = run_key(world->run, DRAW_API_THROTTLE, (uint64_t)api, jobs->throttle_draws++);
    return (int64_t)rng_below(key, 0, MILLION) < share;
}

/* --- one call --------------------------------------------------------------------------------- */

static const struct task_size as_defined = {ABSENT, ABSENT, ABSENT};

static const struct task_size *size_of(const struct job *job)
{
    return job->row ? &job->row->size : &as_defined;
}

/* An override is of all tasks of a call. */
static int64_t count_for_call(const struct delivery *delivery)
{
    const struct job *first = delivery->jobs.first;
    int64_t count = 0;
    for (const struct job *job = first; job && count < MOST_TASKS_OF_CALL; job = job->next, count++)
        if (memcmp(size_of(job), size_of(first), sizeof as_defined))
            break;
    return count;
}

static struct run_task_answer call(struct world *world, struct job_load *load, const struct job *first,
                                   int64_t count)
{
    bool throttled = jobs_api_throttles(world, FAILING_RUN_TASK) ||
                     !token_bucket_take(&world->jobs->run_task_calls, world->run->now);
    load->counts.calls++;
    if (throttled)
        return (struct run_task_answer){.error = RUN_TASK_THROTTLED, .throttled = true};
    return run_task_of_size(world, &load->settings->run_task->run, size_of(first), count, &load->resized);
}

/* Calls that AWS refuses are lines of calls.jsonl; the others have their rows of tasks.csv. */
static void tell_refusal(struct world *world, const struct job_load *load, int64_t count, const char *error)
{
    if (!error || !run_wants(world->run, SERIES_CALLS))
        return;
    struct text line = {0};
    struct json json = {.out = &line, .one_line = true};
    json_begin_object(&json, NULL);
    json_seconds(&json, "time_s", world->run->now);
    json_string(&json, "action", "RunTask");
    json_begin_object(&json, "request");
    json_string(&json, "taskDefinition", load->settings->run_task->run.task_definition);
    json_integer(&json, "count", count);
    json_string(&json, "startedBy", load->name);
    json_end_object(&json);
    json_string(&json, "error", error);
    json_end_object(&json);
    row_document(world, SERIES_CALLS, &line);
    text_free(&line);
}

/* The first jobs get the tasks that there are. */
static void take_answer(struct world *world, struct delivery *delivery, const struct run_task_answer *answer,
                        int64_t count)
{
    for (int i = 0; i < answer->task_count; i++) {
        struct job *job = job_list_take(&delivery->jobs);
        answer->tasks[i]->runtime = job->row ? job->row->runtime : ABSENT;
        job_has_task(world, job, answer->tasks[i]);
    }
    delivery_fails(delivery, count - answer->task_count, SETBACK_PLACEMENT);
    delivery->tries = 0;
}

/* --- call after call -------------------------------------------------------------------------- */

static int64_t most_tries(const struct job_load *load)
{
    return load->traits.function ? load->traits.function->attempts : 1;
}

static simtime end_of_function(const struct delivery *delivery)
{
    const struct function_settings *function = delivery->load->traits.function;
    return function ? simtime_after(delivery->began_at, function->timeout) : SIMTIME_NEVER;
}

/* False: the same call is made again after a while, or the function's time is up by then. */
static bool call_once(struct world *world, struct delivery *delivery)
{
    struct job_load *load = delivery->load;
    int64_t count = count_for_call(delivery);
    struct run_task_answer answer = call(world, load, delivery->jobs.first, count);
    tell_refusal(world, load, count, answer.error);
    if (!answer.throttled) {
        take_answer(world, delivery, &answer, count);
        return true;
    }
    load->counts.throttled_calls++;
    if (++delivery->tries >= most_tries(load)) {
        delivery->tries = 0;
        delivery_fails(delivery, count, SETBACK_CALL);
        return true;
    }
    rng_key key = run_key(world->run, DRAW_JOB_RETRY, load->who, load->waits_drawn++);
    simtime at = simtime_after(world->run->now, backoff_of_sdk(delivery->tries, key));
    run_schedule(world->run, simtime_earlier(at, end_of_function(delivery)), PHASE_WORLD, EVENT_JOB_CALLS,
                 delivery->ref, 0);
    return false;
}

/* Whoever is handed a job looks whether it is still worth starting. */
static void drop_those_too_late(struct world *world, struct delivery *delivery)
{
    const struct job_deadline_settings *deadline = delivery->load->settings->job.deadline;
    struct job_list jobs = delivery->jobs;
    if (!deadline || deadline->start_by == ABSENT)
        return;
    delivery->jobs = (struct job_list){0};
    for (struct job *job; (job = job_list_take(&jobs));)
        if (world->run->now > simtime_after(job->arrived_at, deadline->start_by))
            job_drop(world, job, SETBACK_DEADLINE);
        else
            job_list_add(&delivery->jobs, job);
}

void job_calls(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct delivery *delivery = pool_find(&world->jobs->deliveries, ref);
    if (world->run->now >= end_of_function(delivery))
        delivery_fails(delivery, delivery->jobs.count, SETBACK_TIMEOUT);
    else
        drop_those_too_late(world, delivery);
    while (delivery->jobs.count)
        if (!call_once(world, delivery))
            return;
    delivery_ends(world, delivery);
}
