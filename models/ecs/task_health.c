#include "models/ecs/task_health.h"
#include "models/ecs/container_instance.h"
#include "models/ecs/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/service.h"
#include "models/ecs/task.h"

void task_health_begin(struct world *world, struct task *task)
{
    (void)world;
    for (int i = 0; i < task->definition->probe_count; i++)
        task->checks[task->check_count++].probe = &task->definition->probes[i];
    if (!task->service)
        return;
    for (int i = 0; i < task->service->registration_count; i++)
        task->checks[task->check_count++].probe = &task->service->registrations[i].probe;
    task->target_count = task->service->registration_count;
}

static bool is_target(const struct task *task, int check)
{
    return check >= task->check_count - task->target_count;
}

static const struct registration *target_of(const struct task *task, int check)
{
    return &task->service->registrations[check - (task->check_count - task->target_count)];
}

const struct registration *task_health_failed_target(const struct task *task)
{
    for (int i = task->check_count - task->target_count; i < task->check_count; i++)
        if (task->checks[i].health == HEALTH_UNHEALTHY)
            return target_of(task, i);
    return NULL;
}

/* --- what is true ----------------------------------------------------------------------------- */

static bool truly_answers(const struct task *task)
{
    return task->process_up && task->answering && instance_serves(task->instance);
}

static bool check_succeeds(const struct task *task, int check)
{
    return is_target(task, check) ? truly_answers(task) : task->process_up && task->answering;
}

static bool is_silent(const struct task *task)
{
    return task->silent || !instance_serves(task->instance);
}

/* Containers are checked by the agent; without it their last result stands. [DG:healthcheck] */
static bool is_frozen(const struct task *task, int check)
{
    return !is_target(task, check) && !instance_reachable(task->instance);
}

static void schedule_turn(struct world *world, struct task *task, int i)
{
    struct check *check = &task->checks[i];
    run_cancel(world->run, &check->turn);
    if (is_frozen(task, i) || check->health == (check->success ? HEALTH_HEALTHY : HEALTH_UNHEALTHY))
        return;
    simtime now = world->run->now;
    simtime at = check->success ? probe_turns_healthy(check->probe, check->origin, check->health, now)
                                : probe_turns_unhealthy(check->probe, check->origin, check->health, now,
                                                        is_silent(task));
    check->turn = run_schedule(world->run, at, PHASE_WORLD, EVENT_CHECK_TURNS, task->ref, (uint64_t)i);
}

static void update_serving(struct world *world, struct task *task)
{
    bool serving = !task->stopping && task->last_status == TASK_RUNNING && truly_answers(task);
    if (serving == task->serving)
        return;
    task_uncount(world, task);
    task->serving = serving;
    task_count(world, task);
}

void task_health_look(struct world *world, struct task *task)
{
    update_serving(world, task);
    if (task->stopping || task->last_status != TASK_RUNNING)
        return;
    for (int i = 0; i < task->check_count; i++) {
        bool was = task->checks[i].success;
        task->checks[i].success = check_succeeds(task, i);
        if (task->checks[i].success != was || !task->checks[i].turn || is_frozen(task, i))
            schedule_turn(world, task, i);
    }
}

/* --- what ECS believes ------------------------------------------------------------------------ */

static bool any_unhealthy(const struct task *task)
{
    for (int i = 0; i < task->check_count; i++)
        if (task->checks[i].health == HEALTH_UNHEALTHY)
            return true;
    return false;
}

static bool all_healthy(const struct task *task, int from)
{
    for (int i = from; i < task->check_count; i++)
        if (task->checks[i].health != HEALTH_HEALTHY)
            return false;
    return true;
}

/* Bad results inside the grace period are ignored, good ones are not.
 * [API:UpdateServiceRequest.healthCheckGracePeriodSeconds] */
static simtime grace_ends_at(const struct task *task)
{
    return task->service ? task->started_at + task->service->grace_period : task->started_at;
}

static void note_first_healthy(struct world *world, struct task *task)
{
    task->healthy_at = world->run->now;
    const struct dist *unhealthy_after = &task->definition->settings->simulation.unhealthy_after;
    if (!dist_given(unhealthy_after))
        return;
    simtime after = run_draw(world->run, unhealthy_after, DRAW_UNHEALTHY_AFTER, task->who, 0);
    task->process_event = run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD,
                                       EVENT_TASK_FALLS_ILL, task->ref, 0);
}

static void update_belief(struct world *world, struct task *task)
{
    bool in_grace = world->run->now < grace_ends_at(task);
    bool sick = any_unhealthy(task);
    bool healthy = task->check_count ? all_healthy(task, 0) : task->settled;
    bool unhealthy = sick && !in_grace;
    bool routed = task->registered && all_healthy(task, task->check_count - task->target_count);
    if (sick && in_grace && !task->settle_event)
        task->settle_event =
            run_schedule(world->run, grace_ends_at(task), PHASE_WORLD, EVENT_TASK_SETTLES, task->ref, 0);
    if (healthy == task->healthy && unhealthy == task->unhealthy && routed == task->routed)
        return;
    task_uncount(world, task);
    task->healthy = healthy;
    task->unhealthy = unhealthy;
    task->routed = routed;
    bool first = healthy && !task->was_healthy;
    task->was_healthy |= healthy;
    task_count(world, task);
    if (first)
        note_first_healthy(world, task);
    if (first && task->deployment)
        deployment_task_healthy(task->deployment);
    if (task->service)
        service_wake(world, task->service);
}

static void begin_checks(struct world *world, struct task *task)
{
    for (int i = 0; i < task->check_count; i++) {
        task->checks[i].origin = world->run->now;
        if (world->starting && check_succeeds(task, i))
            task->checks[i].health = HEALTH_HEALTHY;
        task->checks[i].success = check_succeeds(task, i);
        schedule_turn(world, task, i);
    }
}

static void start_up(struct world *world, struct task *task)
{
    const struct task_simulation_settings *simulation = &task->definition->settings->simulation;
    if (simulation->never_healthy)
        return;
    simtime startup =
        world->starting ? 0 : run_draw(world->run, &simulation->startup, DRAW_STARTUP, task->who, 0);
    if (startup == 0)
        task->answering = true;
    else
        task->process_event = run_schedule(world->run, simtime_after(world->run->now, startup), PHASE_WORLD,
                                           EVENT_TASK_ANSWERS, task->ref, 0);
}

static void wait_to_settle(struct world *world, struct task *task)
{
    simtime patience = world->settings->timing.healthy_without_checks;
    if (task->check_count)
        return;
    if (world->starting || patience == 0)
        task->settled = true;
    else
        task->settle_event = run_schedule(world->run, world->run->now + patience, PHASE_WORLD,
                                          EVENT_TASK_SETTLES, task->ref, 0);
}

void task_health_started(struct world *world, struct task *task)
{
    if (task->target_count) {
        task_uncount(world, task);
        task->registered = true;
        task_count(world, task);
        service_registered_target(world, task->service);
    }
    start_up(world, task);
    begin_checks(world, task);
    wait_to_settle(world, task);
    update_serving(world, task);
    update_belief(world, task);
}

void task_health_end(struct world *world, struct task *task)
{
    run_cancel(world->run, &task->process_event);
    run_cancel(world->run, &task->settle_event);
    for (int i = 0; i < task->check_count; i++)
        run_cancel(world->run, &task->checks[i].turn);
}

/* All its load balancers drain at the same time, and ECS waits for the slowest.
 * [DG:load-balancer-connection-draining] */
simtime task_health_deregister(struct world *world, struct task *task)
{
    simtime longest = 0;
    if (!task->registered)
        return 0;
    task_uncount(world, task);
    task->registered = task->routed = false;
    task_count(world, task);
    service_deregistered_target(world, task);
    for (int i = 0; i < task->service->registration_count; i++)
        if (task->service->registrations[i].deregistration_delay > longest)
            longest = task->service->registrations[i].deregistration_delay;
    return longest;
}

/* --- events ----------------------------------------------------------------------------------- */

static void set_answering(struct world *world, uint64_t ref, bool answering)
{
    struct task *task = pool_find(&world->tasks, ref);
    if (!task)
        return;
    task->process_event = 0;
    task->answering = answering;
    task_health_look(world, task);
}

void task_answers(void *world, uint64_t ref, uint64_t unused)
{
    (void)unused;
    set_answering(world, ref, true);
}

void task_falls_ill(void *world, uint64_t ref, uint64_t unused)
{
    (void)unused;
    set_answering(world, ref, false);
}

void task_health_hang(struct world *world, struct task *task)
{
    run_cancel(world->run, &task->process_event);
    task->answering = false;
    task->silent = true;
    task_health_look(world, task);
}

void task_settles(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct task *task = pool_find(&world->tasks, ref);
    if (!task)
        return;
    task->settle_event = 0;
    task->settled = true;
    update_belief(world, task);
}

void check_turns(void *context, uint64_t ref, uint64_t index)
{
    struct world *world = context;
    struct task *task = pool_find(&world->tasks, ref);
    if (!task)
        return;
    struct check *check = &task->checks[index];
    check->turn = 0;
    check->health = check->success ? HEALTH_HEALTHY : HEALTH_UNHEALTHY;
    if (check->health == HEALTH_UNHEALTHY && is_target(task, (int)index))
        service_target_unhealthy(world, task, target_of(task, (int)index));
    update_belief(world, task);
}
