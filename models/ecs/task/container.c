#include "models/ecs/task/container.h"
#include "models/ecs/events.h"
#include "models/ecs/image/task_layer.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/log/log_driver.h"
#include "models/ecs/role/role.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_health.h"

enum {
    EXIT_CODE_DENIED = 1,     /* of a container whose task role may not what it needs */
    EXIT_CODE_NO_START = 143, /* what the agent says of a container that could not start
                                 [AGENT:agent/engine/task_manager.go] */
};

#define EACH_CONTAINER(i, task) for (int i = 0; i < (task)->definition->container_count; i++)

static uint16_t bit(int index)
{
    return (uint16_t)(1u << index);
}

static const struct container_definition *definition_of(const struct task *task, int index)
{
    return &task->definition->containers[index];
}

static size_t containers_size(const struct task *task)
{
    return (size_t)task->definition->container_count * sizeof *task->containers;
}

void containers_create(struct world *world, struct task *task)
{
    task->containers = pieces_take(&world->pieces, containers_size(task));
    EACH_CONTAINER(i, task)
        task->containers[i] = (struct container){
            .started_at = SIMTIME_NEVER,
            .due_at = SIMTIME_NEVER,
            .turns_at = SIMTIME_NEVER,
            .exits_at = SIMTIME_NEVER,
            .exit_code = EXIT_CODE_UNKNOWN,
        };
}

void containers_free(struct world *world, struct task *task)
{
    pieces_give(&world->pieces, task->containers, containers_size(task));
}

/* --- what is ---------------------------------------------------------------------------------- */

bool container_up(const struct task *task, int index)
{
    enum container_status status = task->containers[index].status;
    return status == CONTAINER_RUNNING || status == CONTAINER_STOPPING;
}

/* For a volume, or for somebody to take what it writes. */
static bool container_waits(const struct task *task, int index)
{
    return task->containers[index].stalled || task->containers[index].blocked;
}

bool container_answers(const struct task *task, int index)
{
    return container_up(task, index) && task->containers[index].answering && !container_waits(task, index);
}

bool container_hangs(const struct task *task, int index)
{
    return task->containers[index].silent || container_waits(task, index);
}

uint16_t containers_up(const struct task *task)
{
    uint16_t up = 0;
    EACH_CONTAINER(i, task)
        if (container_up(task, i))
            up |= bit(i);
    return up;
}

static bool has_started(const struct task *task, int index)
{
    return task->containers[index].started_at != SIMTIME_NEVER;
}

static bool all_have_started(const struct task *task)
{
    EACH_CONTAINER(i, task)
        if (!has_started(task, i))
            return false;
    return true;
}

static struct container_sets sets_of(const struct task *task)
{
    struct container_sets sets = {0};
    EACH_CONTAINER(i, task) {
        const struct container *container = &task->containers[i];
        bool completed = has_started(task, i) && container->status == CONTAINER_STOPPED;
        sets.met[CONDITION_START] |= has_started(task, i) ? bit(i) : 0;
        sets.met[CONDITION_COMPLETE] |= completed ? bit(i) : 0;
        sets.met[CONDITION_SUCCESS] |= completed && container->exit_code == 0 ? bit(i) : 0;
    }
    for (int i = 0; i < task->definition->probe_count; i++)
        if (task->checks[i].health == HEALTH_HEALTHY)
            sets.met[CONDITION_HEALTHY] |= bit(task->checks[i].container);
    return sets;
}

const char *container_status_name(const struct task *task, int index)
{
    switch ((enum container_status)task->containers[index].status) {
    case CONTAINER_PENDING:
    case CONTAINER_STARTING:
        break;
    case CONTAINER_RUNNING:
    case CONTAINER_STOPPING:
    case CONTAINER_EXITED: /* ECS does not know yet */
        return "RUNNING";
    case CONTAINER_STOPPED:
        return "STOPPED";
    }
    return "PENDING";
}

/* --- what time will do ------------------------------------------------------------------------ */

/* Draws of a container have a number of their own; what the task shares has none. */
static uint64_t draw_number(const struct task *task, int index, bool of_task)
{
    return (uint64_t)task->containers[index].restarts << 8 | (of_task ? 0 : (uint64_t)index + 1);
}

static simtime draw(struct world *world, const struct task *task, int index, struct container_dist from,
                    enum draw_purpose purpose)
{
    return run_draw(world->run, from.dist, purpose, task->who, draw_number(task, index, from.of_task));
}

static simtime from_now(const struct world *world, simtime after)
{
    return simtime_after(world->run->now, after);
}

static void schedule_exit(struct world *world, struct task *task)
{
    simtime next = SIMTIME_NEVER;
    EACH_CONTAINER(i, task)
        if (task->containers[i].exits_at < next)
            next = task->containers[i].exits_at;
    run_cancel(world->run, &task->exit_event);
    if (next != SIMTIME_NEVER)
        task->exit_event = run_schedule(world->run, next, PHASE_WORLD, EVENT_TASK_EXITS, task->ref, 0);
}

static void schedule_turn(struct world *world, struct task *task)
{
    const struct container *next = &task->containers[0];
    EACH_CONTAINER(i, task)
        if (task->containers[i].turns_at < next->turns_at)
            next = &task->containers[i];
    run_cancel(world->run, &task->process_event);
    if (next->turns_at != SIMTIME_NEVER && !task->stopping)
        task->process_event =
            run_schedule(world->run, next->turns_at, PHASE_WORLD,
                         next->answering ? EVENT_TASK_FALLS_ILL : EVENT_TASK_ANSWERS, task->ref, 0);
}

/* When those who wait for it give up. [API:ContainerDefinition.startTimeout] */
static simtime deadline(const struct task *task, int index)
{
    simtime timeout = definition_of(task, index)->settings->start_timeout;
    if (timeout == ABSENT || !has_started(task, index))
        return SIMTIME_NEVER;
    struct container_sets sets = sets_of(task);
    EACH_CONTAINER(i, task)
        if (task->containers[i].status == CONTAINER_PENDING &&
            container_awaits(&definition_of(task, i)->order, &sets) & bit(index))
            return simtime_after(task->containers[index].started_at, timeout);
    return SIMTIME_NEVER;
}

static void schedule_step(struct world *world, struct task *task)
{
    simtime next = SIMTIME_NEVER, now = world->run->now;
    EACH_CONTAINER(i, task) {
        simtime due_at = task->containers[i].due_at, gives_up_at = deadline(task, i);
        next = due_at < next ? due_at : next;
        next = gives_up_at < next ? gives_up_at : next;
    }
    run_cancel(world->run, &task->life_event);
    if (next != SIMTIME_NEVER)
        task->life_event =
            run_schedule(world->run, next > now ? next : now, PHASE_WORLD, EVENT_TASK_STEP, task->ref, 0);
}

/* --- starting --------------------------------------------------------------------------------- */

static bool waits_for_nobody(const struct container_order *order)
{
    static const struct container_sets nothing;
    return container_may_start(order, &nothing);
}

static void begin_to_start(struct world *world, struct task *task, int index)
{
    const struct timing_settings *timing = &world->settings->timing;
    struct container_dist start = {
        .dist = task->instance->fargate ? &timing->fargate_container_start : &timing->container_start,
        .of_task = waits_for_nobody(&definition_of(task, index)->order),
    };
    task->containers[index].status = CONTAINER_STARTING;
    task->containers[index].due_at = from_now(world, draw(world, task, index, start, DRAW_CONTAINER_START));
}

static void start_up(struct world *world, struct task *task, int index)
{
    const struct container_definition *definition = definition_of(task, index);
    struct container *container = &task->containers[index];
    if (definition->never_healthy)
        return;
    simtime startup = world->starting ? 0 : draw(world, task, index, definition->startup, DRAW_STARTUP);
    if (!world->starting)
        startup = simtime_after(startup, definition->download);
    container->answering = startup == 0;
    if (container->answering)
        log_driver_say(world, task, index, LOG_ANSWERS);
    else
        container->turns_at = from_now(world, startup);
}

static void runs(struct world *world, struct task *task, int index)
{
    const struct container_definition *definition = definition_of(task, index);
    struct container *container = &task->containers[index];
    container->status = CONTAINER_RUNNING;
    container->started_at = world->run->now;
    container->due_at = SIMTIME_NEVER;
    container->exit_code = EXIT_CODE_UNKNOWN;
    container->silent = false;
    log_driver_started(world, task, index);
    if (task->last_status == TASK_RUNNING)
        task_layer_runs(world, task);
    if (task->runtime != ABSENT && index == task->definition->main)
        container->exits_at = from_now(world, task->runtime);
    else if (definition->runtime.dist)
        container->exits_at = from_now(world, draw(world, task, index, definition->runtime, DRAW_RUNTIME));
    start_up(world, task, index);
    container->denied = definition->needs_task_role && role_denies_task(world, task);
    if (container->denied)
        container->exits_at = container->answering ? world->run->now : container->turns_at;
    task_health_container_started(world, task, index);
}

void containers_start_at_once(struct world *world, struct task *task)
{
    EACH_CONTAINER(i, task) {
        if (definition_of(task, i)->is_over) {
            task->containers[i].started_at = world->run->now;
            task->containers[i].status = CONTAINER_STOPPED;
            task->containers[i].exit_code = 0;
        } else {
            runs(world, task, i);
        }
    }
    schedule_exit(world, task);
    task_started(world, task);
}

/* --- ending ----------------------------------------------------------------------------------- */

static void end(struct world *world, struct task *task, int index, int exit_code)
{
    struct container *container = &task->containers[index];
    log_driver_ended(world, task, index, exit_code);
    container->status = CONTAINER_EXITED;
    container->exit_code = (int16_t)exit_code;
    container->due_at = container->turns_at = container->exits_at = SIMTIME_NEVER;
    container->answering = false;
}

/* For good. */
static void note_the_end(struct task *task, int index)
{
    struct container *container = &task->containers[index];
    container->status = CONTAINER_STOPPED;
    if (task->exit_code == ABSENT && container->exit_code != EXIT_CODE_UNKNOWN &&
        definition_of(task, index)->settings->essential)
        task->exit_code = container->exit_code;
}

static const char failed_to_start[] = "Task failed to start";

/* In the agent's words. [AGENT:agent/engine/dependencygraph/graph.go] */
static const char *why_not(struct world *world, const char *target, const char *dependency, bool late)
{
    return arena_format(world->arena,
                        late ? "CannotStartContainerError: dependency graph: container ordering dependency "
                               "[%s] for target [%s] has timed out."
                             : "CannotStartContainerError: dependency graph: failed to resolve container "
                               "ordering dependency [%s] for target [%s] as dependency did not exit "
                               "successfully.",
                        dependency, target);
}

static void cannot_start(struct world *world, struct task *task, int index, const char *reason,
                         const char *of_task)
{
    end(world, task, index, EXIT_CODE_NO_START);
    note_the_end(task, index);
    task->containers[index].reason = reason;
    task_end(world, task, of_task);
}

static void dependency_fails(struct world *world, struct task *task, int index, int because_of, bool late)
{
    const char *reason = why_not(world, definition_of(task, index)->settings->name,
                                 definition_of(task, because_of)->settings->name, late);
    cannot_start(world, task, index, reason, failed_to_start);
}

/* Of Fargate it is the task that says why. */
static bool log_driver_fails(struct world *world, struct task *task)
{
    EACH_CONTAINER(i, task) {
        const struct container *container = &task->containers[i];
        if (container->status != CONTAINER_STARTING || container->due_at > world->run->now)
            continue;
        const char *reason = log_driver_refuses(world, task, i);
        bool fargate = task->instance->fargate;
        if (reason) {
            cannot_start(world, task, i, fargate ? NULL : reason, fargate ? reason : failed_to_start);
            return true;
        }
    }
    return false;
}

static bool start_fails(struct world *world, const struct task *task)
{
    const struct container *container = &task->containers[task->definition->main];
    int64_t probability = task->definition->settings->simulation.start_failure;
    if (container->status != CONTAINER_STARTING || container->due_at > world->run->now || container->restarts)
        return false;
    rng_key key = run_key(world->run, DRAW_START_FAILURE, task->who, 0);
    return probability > 0 && (int64_t)rng_below(key, 0, MILLION) < probability;
}

/* Whether its policy starts it again. How long it ran is told by the agent's clock, when it looks. */
static bool restart(struct world *world, struct task *task, int index)
{
    struct container *container = &task->containers[index];
    const struct restart_policy_settings *policy = definition_of(task, index)->settings->restart_policy;
    simtime ran = world->run->now - container->started_at;
    if (task->stopping || !container_restarts(policy, ran, container->exit_code))
        return false;
    container->restarts++;
    begin_to_start(world, task, index);
    return true;
}

/* What has exited is started again or has stopped; whether anything has, and an essential one for good. */
static bool take_note(struct world *world, struct task *task, bool *essential)
{
    bool any = false;
    EACH_CONTAINER(i, task) {
        if (task->containers[i].status != CONTAINER_EXITED)
            continue;
        any = true;
        if (restart(world, task, i))
            continue;
        note_the_end(task, i);
        *essential |= definition_of(task, i)->settings->essential;
    }
    return any;
}

/* --- stopping --------------------------------------------------------------------------------- */

/* SIGKILL follows the stop signal after the timeout. [API:StopTask] */
static void stop(struct world *world, struct task *task, int index)
{
    const struct container_definition *definition = definition_of(task, index);
    struct container *container = &task->containers[index];
    simtime timeout = container_stop_timeout(definition->settings, &task->instance->simulation->ecs_config);
    simtime time = draw(world, task, index, definition->stop_time, DRAW_STOP_TIME);
    container->status = CONTAINER_STOPPING;
    container->exit_code = time > timeout ? EXIT_CODE_KILLED : EXIT_CODE_UNKNOWN;
    container->due_at = from_now(world, time > timeout ? timeout : time);
    log_driver_say(world, task, index, LOG_STOP_SIGNAL);
}

static void stop_those_that_may(struct world *world, struct task *task)
{
    uint16_t up = containers_up(task);
    if (!up) {
        task_containers_gone(world, task);
        return;
    }
    EACH_CONTAINER(i, task)
        if (task->containers[i].status == CONTAINER_RUNNING &&
            container_may_stop(&definition_of(task, i)->order, up))
            stop(world, task, i);
    schedule_step(world, task);
}

void containers_stop(struct world *world, struct task *task)
{
    EACH_CONTAINER(i, task)
        if (!container_up(task, i) && task->containers[i].status != CONTAINER_STOPPED) {
            end(world, task, i, task->containers[i].exit_code);
            note_the_end(task, i);
        }
    stop_those_that_may(world, task);
}

static void end_those_due(struct world *world, struct task *task)
{
    EACH_CONTAINER(i, task) {
        const struct container *container = &task->containers[i];
        if (container->status == CONTAINER_STOPPING && container->due_at <= world->run->now)
            end(world, task, i, container->exit_code);
    }
}

/* --- the agent -------------------------------------------------------------------------------- */

/* The container that a dependent must give up waiting for; -1: none. */
static int timed_out(const struct world *world, const struct task *task)
{
    EACH_CONTAINER(i, task)
        if (deadline(task, i) <= world->run->now)
            return i;
    return -1;
}

static int first_of(uint16_t set)
{
    return __builtin_ctz(set);
}

static int first_that_awaits(const struct task *task, const struct container_sets *sets, int index)
{
    int i = 0;
    while (task->containers[i].status != CONTAINER_PENDING ||
           !(container_awaits(&definition_of(task, i)->order, sets) & bit(index)))
        i++;
    return i;
}

/* False: one never can, and the task ends. */
static bool start_those_that_may(struct world *world, struct task *task, const struct container_sets *sets)
{
    EACH_CONTAINER(i, task) {
        const struct container_order *order = &definition_of(task, i)->order;
        if (task->containers[i].status != CONTAINER_PENDING)
            continue;
        uint16_t barred_by = container_barred_by(order, sets);
        if (barred_by) {
            dependency_fails(world, task, i, first_of(barred_by), false);
            return false;
        }
        if (container_may_start(order, sets))
            begin_to_start(world, task, i);
    }
    return true;
}

static void advance(struct world *world, struct task *task)
{
    struct container_sets sets = sets_of(task);
    if (!start_those_that_may(world, task, &sets))
        return;
    int late = timed_out(world, task);
    if (late >= 0)
        dependency_fails(world, task, first_that_awaits(task, &sets, late), late, true);
    else
        schedule_step(world, task);
}

void containers_look(struct world *world, struct task *task)
{
    bool essential = false;
    if (!instance_reachable(task->instance))
        return; /* nobody can tell ECS: it learns when the agent is back */
    bool any = take_note(world, task, &essential);
    if (task->last_status == TASK_STOPPING) {
        stop_those_that_may(world, task);
    } else if (essential) {
        task_end(world, task, "Essential container in task exited");
    } else if (!task->stopping) {
        if (any)
            event_task_changed(world, task);
        advance(world, task);
    }
}

static bool start_those_due(struct world *world, struct task *task)
{
    bool any = false;
    EACH_CONTAINER(i, task) {
        const struct container *container = &task->containers[i];
        if (container->status != CONTAINER_STARTING || container->due_at > world->run->now)
            continue;
        runs(world, task, i);
        any = true;
    }
    schedule_exit(world, task);
    schedule_turn(world, task);
    return any;
}

static void fail_to_start(struct world *world, struct task *task)
{
    int64_t exit_code = task->definition->settings->simulation.exit_code;
    end(world, task, task->definition->main, exit_code ? (int)exit_code : 1);
    note_the_end(task, task->definition->main);
    task_end(world, task, "Essential container in task exited");
}

void containers_step(struct world *world, struct task *task)
{
    if (task->last_status == TASK_STOPPING) {
        end_those_due(world, task);
        task_health_look(world, task);
        containers_look(world, task);
        return;
    }
    if (start_fails(world, task)) {
        fail_to_start(world, task);
        return;
    }
    if (task->logs && log_driver_fails(world, task))
        return;
    bool any = start_those_due(world, task);
    if (task->last_status == TASK_ACTIVATING && all_have_started(task))
        task_started(world, task);
    else if (any)
        event_task_changed(world, task);
    task_health_look(world, task);
    containers_look(world, task);
}

/* --- what befalls them ------------------------------------------------------------------------ */

static void look_again(struct world *world, struct task *task)
{
    schedule_exit(world, task);
    schedule_turn(world, task);
    task_health_look(world, task);
}

static void react(struct world *world, struct task *task)
{
    look_again(world, task);
    containers_look(world, task);
}

void container_exit(struct world *world, struct task *task, int index, int exit_code)
{
    if (!container_up(task, index))
        return;
    end(world, task, index, exit_code);
    react(world, task);
}

void containers_are_denied(struct world *world, struct task *task)
{
    bool any = false;
    EACH_CONTAINER(i, task) {
        if (!definition_of(task, i)->needs_task_role || !container_up(task, i))
            continue;
        end(world, task, i, EXIT_CODE_DENIED);
        any = true;
    }
    if (any)
        react(world, task);
}

void container_hang(struct world *world, struct task *task, int index)
{
    struct container *container = &task->containers[index];
    container->turns_at = SIMTIME_NEVER;
    container->answering = false;
    container->silent = true;
    log_driver_say(world, task, index, LOG_ANSWERS_NO_MORE);
    schedule_turn(world, task);
    task_health_look(world, task);
}

void containers_stall(struct world *world, struct task *task, uint16_t set)
{
    bool changes = false;
    EACH_CONTAINER(i, task) {
        struct container *container = &task->containers[i];
        changes |= container->stalled != (set >> i & 1);
        container->stalled = set >> i & 1;
    }
    if (changes)
        task_health_look(world, task);
}

static simtime left_until(const struct world *world, simtime at)
{
    return at == SIMTIME_NEVER ? SIMTIME_NEVER : at - world->run->now;
}

void container_block(struct world *world, struct task *task, int index, struct container_pause *pause)
{
    struct container *container = &task->containers[index];
    *pause = (struct container_pause){left_until(world, container->turns_at),
                                      left_until(world, container->exits_at)};
    container->turns_at = container->exits_at = SIMTIME_NEVER;
    container->blocked = true;
    look_again(world, task);
}

/* If it has come to hang in between, it will not turn. */
void container_go_on(struct world *world, struct task *task, int index, const struct container_pause *pause)
{
    struct container *container = &task->containers[index];
    container->turns_at = container->silent ? SIMTIME_NEVER : from_now(world, pause->turns_after);
    container->exits_at = from_now(world, pause->exits_after);
    container->blocked = false;
    look_again(world, task);
}

void containers_die(struct world *world, struct task *task)
{
    EACH_CONTAINER(i, task)
        if (container_up(task, i)) {
            log_driver_lost(world, task, i);
            end(world, task, i, EXIT_CODE_UNKNOWN);
        }
    task_layer_ended(world, task);
    run_cancel(world->run, &task->exit_event);
    run_cancel(world->run, &task->process_event);
    task_health_look(world, task);
}

static void will_fall_ill(struct world *world, struct task *task, int index)
{
    struct container_dist after = definition_of(task, index)->unhealthy_after;
    if (after.dist && container_answers(task, index))
        task->containers[index].turns_at =
            from_now(world, draw(world, task, index, after, DRAW_UNHEALTHY_AFTER));
}

void containers_are_healthy(struct world *world, struct task *task)
{
    EACH_CONTAINER(i, task)
        will_fall_ill(world, task, i);
    schedule_turn(world, task);
}

/* --- events ----------------------------------------------------------------------------------- */

void task_exits(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct task *task = pool_find(&world->tasks, ref);
    if (!task)
        return;
    task->exit_event = 0;
    EACH_CONTAINER(i, task)
        if (task->containers[i].exits_at <= world->run->now)
            end(world, task, i,
                task->containers[i].denied ? EXIT_CODE_DENIED : definition_of(task, i)->exit_code);
    react(world, task);
}

static void turn(struct world *world, uint64_t ref)
{
    struct task *task = pool_find(&world->tasks, ref);
    if (!task)
        return;
    task->process_event = 0;
    EACH_CONTAINER(i, task) {
        struct container *container = &task->containers[i];
        if (container->turns_at > world->run->now)
            continue;
        container->turns_at = SIMTIME_NEVER;
        container->answering = !container->answering;
        log_driver_say(world, task, i, container->answering ? LOG_ANSWERS : LOG_ANSWERS_NO_MORE);
        if (task->was_healthy)
            will_fall_ill(world, task, i);
    }
    schedule_turn(world, task);
    task_health_look(world, task);
}

void task_answers(void *world, uint64_t ref, uint64_t unused)
{
    (void)unused;
    turn(world, ref);
}

void task_falls_ill(void *world, uint64_t ref, uint64_t unused)
{
    (void)unused;
    turn(world, ref);
}
