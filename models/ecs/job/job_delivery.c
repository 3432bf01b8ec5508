/* How jobs are handed over: the queue, the function's executions, and attempt after attempt. */
#include "models/ecs/events.h"
#include "models/ecs/job/job.h"

/* --- lists ------------------------------------------------------------------------------------ */

void job_list_add(struct job_list *list, struct job *job)
{
    job->next = NULL;
    job->previous = list->last;
    *(list->last ? &list->last->next : &list->first) = job;
    list->last = job;
    list->count++;
}

static void job_list_remove(struct job_list *list, struct job *job)
{
    *(job->previous ? &job->previous->next : &list->first) = job->next;
    *(job->next ? &job->next->previous : &list->last) = job->previous;
    list->count--;
}

struct job *job_list_take(struct job_list *list)
{
    struct job *job = list->first;
    if (job)
        job_list_remove(list, job);
    return job;
}

/* --- one delivery ----------------------------------------------------------------------------- */

void delivery_fails(struct delivery *delivery, int64_t count, enum setback setback)
{
    for (int64_t i = 0; i < count; i++) {
        struct job *job = job_list_take(&delivery->jobs);
        job->setback = setback;
        job_list_add(&delivery->failed, job);
    }
}

static struct delivery *new_delivery(struct world *world, struct job_load *load)
{
    pool_ref ref;
    struct delivery *delivery = pool_take(&world->jobs->deliveries, &ref);
    *delivery = (struct delivery){.ref = ref, .load = load};
    return delivery;
}

static void run_function(struct world *world, struct delivery *delivery)
{
    struct job_load *load = delivery->load;
    const struct function_settings *function = load->traits.function;
    rng_key key = run_key(world->run, DRAW_FUNCTION, load->who, load->functions_drawn++);
    simtime takes = simtime_earlier(dist_draw(&function->duration, key), function->timeout);
    load->running++;
    delivery->runs = true;
    for (struct job *job = delivery->jobs.first; job; job = job->next)
        job->errors++;
    run_schedule(world->run, world->run->now + takes, PHASE_WORLD, EVENT_JOB_CALLS, delivery->ref, 0);
}

static void begin_attempt(struct world *world, struct delivery *delivery)
{
    struct job_load *load = delivery->load;
    bool has_function = load->traits.function;
    delivery->began_at = world->run->now;
    delivery->tries = 0; /* the function's time may have run out between two of them */
    for (struct job *job = delivery->jobs.first; job; job = job->next)
        job->attempts++;
    if (load->traits.burst && !token_bucket_take(&load->gate, world->run->now)) {
        delivery_fails(delivery, delivery->jobs.count, SETBACK_GATEWAY);
        delivery_ends(world, delivery);
    } else if (has_function &&
               (load->running >= load->traits.concurrency || jobs_api_throttles(world, FAILING_INVOKE))) {
        delivery_fails(delivery, delivery->jobs.count, SETBACK_FUNCTION);
        delivery_ends(world, delivery);
    } else if (has_function) {
        run_function(world, delivery);
    } else {
        job_calls(world, delivery->ref, 0);
    }
}

/* --- after it --------------------------------------------------------------------------------- */

static struct next_attempt next_attempt_of(struct world *world, const struct delivery *delivery,
                                           const struct job *job, rng_key draw)
{
    const struct attempt attempt = {
        .setback = job->setback,
        .number = job->attempts,
        .errors = job->errors,
        .age = world->run->now - job->arrived_at,
        .lasted = world->run->now - delivery->began_at,
        .draw = draw,
    };
    return trigger_next(delivery->load->settings->job.trigger, &attempt);
}

/* Those that are tried again are so together: they have the same age and as many attempts, or wait for the
 * end of the same visibility timeout. Returns after how long; SIMTIME_NEVER: none is. */
static simtime keep_some(struct world *world, struct delivery *delivery)
{
    struct job_load *load = delivery->load;
    rng_key draw = run_key(world->run, DRAW_JOB_RETRY, load->who, load->waits_drawn++);
    simtime after = SIMTIME_NEVER;
    for (struct job *job; (job = job_list_take(&delivery->failed));) {
        struct next_attempt next = next_attempt_of(world, delivery, job, draw);
        if (next.after == SIMTIME_NEVER) {
            job_drop(world, job, next.reason);
        } else {
            after = next.after;
            job_list_add(&delivery->jobs, job);
        }
    }
    return after;
}

void delivery_ends(struct world *world, struct delivery *delivery)
{
    struct job_load *load = delivery->load;
    bool ran = delivery->runs;
    if (ran && world->run->now - delivery->began_at > load->traits.patience)
        load->counts.timeouts++;
    load->running -= ran;
    delivery->runs = false;
    simtime after = delivery->failed.count ? keep_some(world, delivery) : SIMTIME_NEVER;
    if (after == SIMTIME_NEVER)
        pool_give(&world->jobs->deliveries, delivery->ref);
    else
        run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD, EVENT_JOB_RETURNS,
                     delivery->ref, 0);
    if (ran)
        job_queue_look(world, load);
}

/* --- the queue -------------------------------------------------------------------------------- */

static void gather(struct world *world, struct job_load *load)
{
    load->gather_until = world->run->now + load->traits.window;
    run_cancel(world->run, &load->gather_event);
    if (load->traits.window)
        load->gather_event =
            run_schedule(world->run, load->gather_until, PHASE_WORLD, EVENT_JOBS_GATHERED, load->index, 0);
}

static void make_visible(struct world *world, struct job_load *load, struct job *job)
{
    job->delivered = false;
    load->touched = true;
    if (!load->visible.count)
        gather(world, load);
    job_list_add(&load->visible, job);
}

static bool may_hand_over(const struct world *world, const struct job_load *load)
{
    const struct job_list *visible = &load->visible;
    return visible->count && load->running < load->traits.concurrency &&
           (visible->count >= load->traits.batch || world->run->now >= load->gather_until);
}

static void hand_over(struct world *world, struct job_load *load)
{
    struct delivery *delivery = new_delivery(world, load);
    load->touched = true;
    while (load->visible.count && delivery->jobs.count < load->traits.batch) {
        struct job *job = job_list_take(&load->visible);
        job->delivered = true;
        job_list_add(&delivery->jobs, job);
    }
    if (load->visible.count)
        gather(world, load);
    begin_attempt(world, delivery);
}

void job_queue_look(struct world *world, struct job_load *load)
{
    while (may_hand_over(world, load))
        hand_over(world, load);
}

void jobs_gathered(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct job_load *load = &world->jobs->loads[index];
    load->gather_event = 0;
    job_queue_look(world, load);
}

void jobs_enter(struct world *world, struct job_load *load, struct job_list *jobs)
{
    if (!load->traits.batch) {
        struct delivery *delivery = new_delivery(world, load);
        delivery->jobs = *jobs;
        begin_attempt(world, delivery);
        return;
    }
    for (struct job *job; (job = job_list_take(jobs));)
        make_visible(world, load, job);
    job_queue_expect_expiry(world, load);
    job_queue_look(world, load);
}

static void return_to_queue(struct world *world, struct job_load *load, struct job *job)
{
    if (job->expired)
        job_drop(world, job, SETBACK_EXPIRED);
    else if (job->attempts >= load->traits.most_attempts)
        job_drop(world, job, SETBACK_DEAD_LETTER);
    else
        make_visible(world, load, job);
}

void job_returns(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct delivery *delivery = pool_find(&world->jobs->deliveries, ref);
    struct job_load *load = delivery->load;
    if (!load->traits.batch) {
        begin_attempt(world, delivery);
        return;
    }
    for (struct job *job; (job = job_list_take(&delivery->jobs));)
        return_to_queue(world, load, job);
    pool_give(&world->jobs->deliveries, ref);
    job_queue_look(world, load);
}

/* --- retention -------------------------------------------------------------------------------- */

static simtime expiry_of(const struct job *job)
{
    return simtime_after(job->arrived_at, job->load->traits.retention);
}

/* One event stands for all: that of the oldest. */
void job_queue_expect_expiry(struct world *world, struct job_load *load)
{
    if (!load->expiry_event && load->oldest_kept && load->traits.retention < SIMTIME_NEVER)
        load->expiry_event = run_schedule(world->run, expiry_of(load->oldest_kept), PHASE_WORLD,
                                          EVENT_JOBS_EXPIRE, load->index, 0);
}

static void expire(struct world *world, struct job_load *load, struct job *job)
{
    if (job->delivered) {
        job->expired = true;
        return;
    }
    job_list_remove(&load->visible, job);
    job_drop(world, job, SETBACK_EXPIRED);
}

void jobs_expire(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct job_load *load = &world->jobs->loads[index];
    load->expiry_event = 0;
    for (struct job *job; (job = load->oldest_kept) && expiry_of(job) <= world->run->now;) {
        load->oldest_kept = job->next_queued;
        expire(world, load, job);
    }
    job_queue_expect_expiry(world, load);
}
