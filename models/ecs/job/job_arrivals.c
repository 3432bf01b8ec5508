/* When jobs arrive: by a rate, by the rows of a trace, or at the times of a schedule. */
#include "models/ecs/events.h"
#include "models/ecs/job/job.h"
#include "models/scaling/schedule.h"
#include "sim/engine/exact.h"
#include <string.h>

/* --- the next one ----------------------------------------------------------------------------- */

/* What is asked between two arrivals, millionths of a request: 1, or exponential with that mean, so that they
 * are a Poisson process whatever the rate does. */
static int64_t draw_gap(struct world *world, struct job_load *load)
{
    if (load->settings->job.arrivals == ARRIVALS_REGULAR)
        return MILLION;
    rng_key key = run_key(world->run, DRAW_JOB_ARRIVAL, load->who, load->arrivals_drawn++);
    return (int64_t)(-exact_log(rng_unit(key, 0)) * (double)MILLION + 0.5);
}

static simtime next_of_rate(struct world *world, struct job_load *load)
{
    const struct run_settings *run = &world->settings->run;
    load->asked += draw_gap(world, load);
    return workload_time_of(&load->settings->requests_per_second, load->asked, world->run->now, run->duration,
                            run->start_time_us);
}

static simtime next_of_trace(const struct job_load *load)
{
    const struct arrivals *trace = load->settings->run_task->trace;
    return load->next_row < trace->count ? trace->items[load->next_row].at : SIMTIME_NEVER;
}

/* A rate begins one rate after the start of the run, as if the schedule had been created then. */
static simtime next_of_schedule(const struct world *world, const struct schedule *schedule, simtime from)
{
    int64_t start_us = world->settings->run.start_time_us;
    int64_t at_us = schedule_next(schedule, start_us + schedule->rate, start_us + from);
    return at_us == SCHEDULE_NEVER ? SIMTIME_NEVER : at_us - start_us;
}

/* `from` is now, or the instant after an arrival of now. */
static void schedule_arrival(struct world *world, struct job_load *load, simtime from)
{
    simtime at = load->traits.schedule             ? next_of_schedule(world, load->traits.schedule, from)
                 : load->settings->run_task->trace ? next_of_trace(load)
                                                   : next_of_rate(world, load);
    if (at < SIMTIME_NEVER)
        run_schedule(world->run, at, PHASE_WORLD, EVENT_JOB_ARRIVES, load->index, 0);
}

static const struct arrival *take_row(struct job_load *load)
{
    const struct arrivals *trace = load->settings->run_task->trace;
    return trace ? &trace->items[load->next_row++] : NULL;
}

static struct job *new_job(struct world *world, struct job_load *load, const struct arrival *row)
{
    pool_ref ref;
    struct job *job = pool_take(&world->jobs->jobs, &ref);
    *job = (struct job){
        .ref = ref,
        .load = load,
        .row = row,
        .arrived_at = world->run->now,
        .called_at = SIMTIME_NEVER,
        .started_at = SIMTIME_NEVER,
    };
    job_arrives_in(world, job);
    return job;
}

/* One request, message or firing: as many jobs as it asks for tasks. */
void job_arrives(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct job_load *load = &world->jobs->loads[index];
    const struct arrival *row = take_row(load);
    struct job_list jobs = {0};
    for (int64_t n = 0; n < load->settings->run_task->run.count; n++)
        job_list_add(&jobs, new_job(world, load, row));
    jobs_enter(world, load, &jobs);
    schedule_arrival(world, load, world->run->now + 1);
}

/* --- the beginning and the end ---------------------------------------------------------------- */

static void begin_load(struct world *world, const struct load_settings *settings)
{
    struct jobs *jobs = world->jobs;
    struct job_load *load = &jobs->loads[jobs->load_count];
    const char *name = settings_job_name(world->settings, settings);
    *load = (struct job_load){
        .settings = settings,
        .traits = trigger_describe(settings->job.trigger),
        .name = name,
        .who = rng_name(name),
        .index = jobs->load_count++,
        .resized = {.arena = world->arena},
        .touched = true,
    };
    if (load->traits.burst)
        load->gate = token_bucket_full(load->traits.burst, load->traits.per_second);
    symbol_enter(&jobs->names, name, load);
    time_weighted_start(&load->queued_over_time, 0, 0);
}

static size_t count_loads(const struct ecs_settings *settings)
{
    size_t count = 0;
    EACH(struct load_settings, each, settings->load)
        count += each->job.trigger != NULL;
    return count;
}

void jobs_begin(struct world *world)
{
    const struct ecs_settings *settings = world->settings;
    size_t count = count_loads(settings);
    if (!count)
        return;
    struct jobs *jobs = world->jobs = arena_alloc(world->arena, sizeof *jobs);
    *jobs = (struct jobs){
        .loads = arena_array(world->arena, count, sizeof *jobs->loads),
        .names = {.arena = world->arena},
        .throttles = arena_array(world->arena, settings->failures.count + 1, sizeof(struct throttle)),
        .run_task_calls =
            token_bucket_full(settings->quotas.run_task_burst, settings->quotas.run_task_per_second),
    };
    pool_init(&jobs->jobs, sizeof(struct job));
    pool_init(&jobs->deliveries, sizeof(struct delivery));
    EACH(struct load_settings, each, settings->load)
        if (each->job.trigger)
            begin_load(world, each);
}

const struct job_load *job_load_named(const struct world *world, const char *name)
{
    return world->jobs ? symbol_entered(&world->jobs->names, name) : NULL;
}

void jobs_start(struct world *world)
{
    for (uint32_t i = 0; world->jobs && i < world->jobs->load_count; i++)
        schedule_arrival(world, &world->jobs->loads[i], 0);
}

void jobs_end(struct world *world)
{
    struct jobs *jobs = world->jobs;
    for (uint32_t i = 0; jobs && i < jobs->load_count; i++) {
        samples_free(&jobs->loads[i].waits);
    }
    if (!jobs)
        return;
    pool_free(&jobs->jobs);
    pool_free(&jobs->deliveries);
}
