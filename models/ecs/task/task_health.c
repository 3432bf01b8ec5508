#include "models/ecs/task/task_health.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/load_balancer/slow_start.h"
#include "models/ecs/load_balancer/targets.h"
#include "models/ecs/service/service.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_definition.h"

/* --- who is checked --------------------------------------------------------------------------- */

static void add_check(struct task *task, const struct probe *probe, int container)
{
    task->checks[task->check_count++] = (struct check){.probe = probe, .container = (uint8_t)container};
}

static void add_target(struct task *task, const struct registration *registration)
{
    int container = definition_container(task->definition, registration->container_name);
    add_check(task, &registration->probe, container);
    task->front |= (uint16_t)(1u << container);
    task->target_count++;
}

static uint16_t essential_containers(const struct task_definition *definition)
{
    unsigned set = 0;
    for (int i = 0; i < definition->container_count; i++)
        set |= (unsigned)definition->containers[i].settings->essential << i;
    return (uint16_t)set;
}

void task_health_begin(struct world *world, struct task *task)
{
    const struct task_definition *definition = task->definition;
    int targets = task->deployment ? task->deployment->registration_count : 0;
    int count = definition->probe_count + targets;
    task->checks = count ? pieces_take(&world->pieces, (size_t)count * sizeof *task->checks) : NULL;
    for (int i = 0; i < definition->probe_count; i++)
        add_check(task, &definition->probes[i], definition->probed[i]);
    for (int i = 0; i < targets; i++)
        add_target(task, &task->deployment->registrations[i]);
    if (!targets)
        task->front = essential_containers(definition);
}

void task_health_free(struct world *world, struct task *task)
{
    pieces_give(&world->pieces, task->checks, (size_t)task->check_count * sizeof *task->checks);
}

/* What counts of the checks: the essential containers', then the targets'. */
static int counted_from(const struct task *task)
{
    return task->definition->aside_count;
}

static enum health health_of_last(const struct task *task, int count)
{
    return count ? health_together(&task->checks[task->check_count - count], count) : HEALTH_HEALTHY;
}

static enum health health_of_counted(const struct task *task)
{
    return health_of_last(task, task->check_count - counted_from(task));
}

static enum health health_of_targets(const struct task *task)
{
    return health_of_last(task, task->target_count);
}

static bool counts_checks(const struct task *task)
{
    return task->check_count > counted_from(task);
}

static bool is_target(const struct task *task, int check)
{
    return check >= task->check_count - task->target_count;
}

static const struct registration *target_of(const struct task *task, int check)
{
    return &task->deployment->registrations[check - (task->check_count - task->target_count)];
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
    for (int i = 0; i < task->definition->container_count; i++)
        if ((task->front >> i & 1) && !container_answers(task, i))
            return false;
    return instance_serves(task->instance);
}

static bool check_succeeds(const struct task *task, int check)
{
    return container_answers(task, task->checks[check].container) &&
           (!is_target(task, check) || instance_serves(task->instance));
}

static bool is_silent(const struct task *task, int check)
{
    return container_hangs(task, task->checks[check].container) || !instance_serves(task->instance);
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
    simtime now = world->run->now, told = is_target(task, i) ? 0 : world->settings->timing.health_report;
    simtime at = check->success ? probe_turns_healthy(check->probe, check->origin, check->health, now)
                                : probe_turns_unhealthy(check->probe, check->origin, check->health, now,
                                                        is_silent(task, i));
    check->turn = run_schedule(world->run, simtime_after(at, told), PHASE_WORLD, EVENT_CHECK_TURNS, task->ref,
                               (uint64_t)i);
}

static void update_serving(struct world *world, struct task *task)
{
    bool serving = truly_answers(task);
    if (serving == task->serving)
        return;
    task_uncount(world, task);
    task->serving = serving;
    task_count(world, task);
}

void task_health_look(struct world *world, struct task *task)
{
    update_serving(world, task);
    if (task->stopping)
        return;
    for (int i = 0; i < task->check_count; i++) {
        bool was = task->checks[i].success;
        if (!task->checks[i].begun)
            continue;
        task->checks[i].success = check_succeeds(task, i);
        if (task->checks[i].success != was || !task->checks[i].turn || is_frozen(task, i))
            schedule_turn(world, task, i);
    }
}

/* --- what ECS believes ------------------------------------------------------------------------ */

/* Bad results inside the grace period are ignored, good ones are not.
 * [API:UpdateServiceRequest.healthCheckGracePeriodSeconds] */
static simtime grace_ends_at(const struct task *task)
{
    return task->service ? task->started_at + task->service->grace_period : task->started_at;
}

static void note_first_healthy(struct world *world, struct task *task)
{
    task->healthy_at = world->run->now;
    containers_are_healthy(world, task);
}

static void update_belief(struct world *world, struct task *task)
{
    if (task->last_status != TASK_RUNNING)
        return;
    enum health health = health_of_counted(task);
    bool in_grace = world->run->now < grace_ends_at(task);
    bool sick = health == HEALTH_UNHEALTHY;
    bool healthy = counts_checks(task) ? health == HEALTH_HEALTHY : task->settled;
    bool unhealthy = sick && !in_grace, ailing = sick && in_grace;
    bool routed = task->registered && health_of_targets(task) == HEALTH_HEALTHY;
    if (ailing && !task->settle_event)
        task->settle_event =
            run_schedule(world->run, grace_ends_at(task), PHASE_WORLD, EVENT_TASK_SETTLES, task->ref, 0);
    if (healthy == task->healthy && unhealthy == task->unhealthy && ailing == task->ailing &&
        routed == task->routed)
        return;
    task_uncount(world, task);
    task->healthy = healthy;
    task->unhealthy = unhealthy;
    slow_start_turns(world, task, routed);
    task->ailing = ailing;
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

static void begin_check(struct world *world, struct task *task, int i)
{
    struct check *check = &task->checks[i];
    check->begun = true;
    check->origin = world->run->now;
    check->success = check_succeeds(task, i);
    check->health = world->starting && check->success ? HEALTH_HEALTHY : HEALTH_UNKNOWN;
    schedule_turn(world, task, i);
}

/* When it is started again, its check begins anew. */
void task_health_container_started(struct world *world, struct task *task, int index)
{
    for (int i = 0; i < task->definition->probe_count; i++)
        if (task->checks[i].container == index)
            begin_check(world, task, i);
    update_belief(world, task);
}

static void wait_to_settle(struct world *world, struct task *task)
{
    simtime patience = world->settings->timing.healthy_without_checks;
    if (counts_checks(task))
        return;
    if (world->starting || patience == 0)
        task->settled = true;
    else
        task->settle_event = run_schedule(world->run, world->run->now + patience, PHASE_WORLD,
                                          EVENT_TASK_SETTLES, task->ref, 0);
}

void task_health_started(struct world *world, struct task *task)
{
    wait_to_settle(world, task);
    update_serving(world, task);
    update_belief(world, task);
    if (task->target_count)
        targets_await_registration(world, task);
}

void task_health_registered(struct world *world, struct task *task)
{
    task_uncount(world, task);
    task->registered = true;
    for (int i = task->definition->probe_count; i < task->check_count; i++)
        begin_check(world, task, i);
    task_count(world, task);
    update_belief(world, task);
}

void task_health_end(struct world *world, struct task *task)
{
    run_cancel(world->run, &task->process_event);
    run_cancel(world->run, &task->settle_event);
    for (int i = 0; i < task->check_count; i++)
        run_cancel(world->run, &task->checks[i].turn);
}

/* --- events ----------------------------------------------------------------------------------- */

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
    task_uncount(world, task);
    check->health = check->success ? HEALTH_HEALTHY : HEALTH_UNHEALTHY;
    task_count(world, task);
    if (check->health == HEALTH_UNHEALTHY && is_target(task, (int)index))
        service_target_unhealthy(world, task, target_of(task, (int)index));
    update_belief(world, task);
    if (task->last_status == TASK_ACTIVATING)
        containers_look(world, task); /* others may have waited for its health */
}
