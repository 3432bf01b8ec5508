#include "models/ecs/log/log_driver.h"
#include "models/ecs/events.h"
#include "models/ecs/log/log_lines.h"
#include "models/ecs/log/log_outage.h"
#include "models/ecs/results/expect.h"
#include <stdlib.h>

#define EACH_LOG(i, task) for (int i = 0; (task)->logs && i < (task)->definition->container_count; i++)

static const struct log_plan *plan_of(const struct task *task, int index)
{
    return task->definition->containers[index].log;
}

static bool has_log(const struct task *task)
{
    for (int i = 0; i < task->definition->container_count; i++)
        if (plan_of(task, i))
            return true;
    return false;
}

void log_driver_create(struct task *task)
{
    size_t count = (size_t)task->definition->container_count;
    task->logs = has_log(task) ? memory_grow(NULL, count, sizeof *task->logs) : NULL;
    EACH_LOG(i, task)
        task->logs[i] = (struct container_log){.cut_off_at = SIMTIME_NEVER, .blocked_at = SIMTIME_NEVER};
}

void log_driver_free(struct task *task)
{
    EACH_LOG(i, task)
        free(task->logs[i].held);
    free(task->logs);
}

static struct container_log *open_log(const struct task *task, int index)
{
    return task->logs && task->logs[index].open ? &task->logs[index] : NULL;
}

/* --- counting --------------------------------------------------------------------------------- */

static struct log_tally *tally_of(const struct world *world, const struct task *task)
{
    return task->service ? &world->logs->of_service[task->service->index] : &world->logs->standalone;
}

static void lose(struct world *world, const struct task *task, int64_t lines, __int128 bytes)
{
    struct log_tally *tallies[] = {tally_of(world, task), &world->logs->all};
    if (!lines)
        return;
    for (int i = 0; i < 2; i++) {
        tallies[i]->lines_lost += lines;
        tallies[i]->bytes_lost += bytes;
    }
    expect_logs_dropped(world, task->service, lines);
}

static void count_blocked(struct world *world, const struct task *task, const struct container_log *log)
{
    if (log->blocked_at == SIMTIME_NEVER)
        return;
    simtime time = world->run->now - log->blocked_at;
    tally_of(world, task)->blocked += time;
    world->logs->all.blocked += time;
}

/* Of the flow, since it was cut off; what a container that stands still has yet to write is not lost. */
static void lose_flow(struct world *world, const struct task *task, int index, bool kept_too)
{
    const struct container_log *log = &task->logs[index];
    const struct log_plan *plan = plan_of(task, index);
    simtime from = log->cut_off_at - log->origin, until = world->run->now - log->origin;
    int64_t written = log_flow_lines(&plan->flow, from, until);
    int64_t kept = log_flow_kept(&plan->flow, from, until, plan->room);
    int64_t lost = (plan->blocking ? 0 : written - kept) + (kept_too ? kept : 0);
    lose(world, task, lost, (__int128)lost * plan->flow.line_bytes);
}

static void lose_held(struct world *world, const struct task *task, struct container_log *log)
{
    int64_t bytes = 0;
    for (size_t i = 0; i < log->held_count; i++)
        bytes += log_line_size(&log->held[i]);
    lose(world, task, (int64_t)log->held_count, bytes);
    log->held_count = 0;
}

/* --- lines of its life ------------------------------------------------------------------------ */

static void hold(struct container_log *log, const struct log_line *line)
{
    if (!(log->held_count & (log->held_count - 1)))
        log->held = memory_grow(log->held, log->held_count ? 2 * log->held_count : 1, sizeof *log->held);
    log->held[log->held_count++] = *line;
}

static void say(struct world *world, struct task *task, int index, const struct log_line *line)
{
    struct container_log *log = open_log(task, index);
    if (!log || world->starting || log->blocked_at != SIMTIME_NEVER)
        return;
    if (log->cut_off_at == SIMTIME_NEVER)
        log_line_write(world, task, index, line);
    else
        hold(log, line);
}

void log_driver_say(struct world *world, struct task *task, int index, enum log_message message)
{
    say(world, task, index, &(struct log_line){.at = world->run->now, .message = message});
}

/* --- start and end ---------------------------------------------------------------------------- */

const char *log_driver_refuses(const struct world *world, const struct task *task, int index)
{
    const struct log_plan *plan = plan_of(task, index);
    enum log_place place = task->instance->fargate ? LOG_ON_FARGATE : LOG_ON_EC2;
    return plan ? log_plan_refuses(world->logs, plan, place) : NULL;
}

static bool is_cut_off(const struct logs *logs, const struct log_plan *plan)
{
    return logs->outages[LOGS_UNREACHABLE] || logs->outages[LOGS_THROTTLED] || log_plan_lacks_group(plan);
}

static void cut_off(struct world *world, struct task *task, int index)
{
    struct container_log *log = &task->logs[index];
    const struct log_plan *plan = plan_of(task, index);
    log->cut_off_at = world->run->now;
    if (!plan->blocking)
        return;
    simtime full = log_flow_full_at(&plan->flow, log->cut_off_at - log->origin, plan->room);
    if (full != SIMTIME_NEVER)
        log->full_event = run_schedule(world->run, simtime_after(log->origin, full), PHASE_WORLD,
                                       EVENT_LOG_FULL, task->ref, (uint64_t)index);
}

void log_driver_started(struct world *world, struct task *task, int index)
{
    const struct log_plan *plan = plan_of(task, index);
    if (!plan)
        return;
    if (plan->creates_group && !plan->group->exists && !world->logs->outages[LOGS_UNREACHABLE]) {
        plan->group->exists = true;
        logs_reconnect(world);
    }
    task->logs[index].open = true;
    task->logs[index].origin = world->run->now;
    if (is_cut_off(world->logs, plan))
        cut_off(world, task, index);
    log_driver_say(world, task, index, LOG_STARTED);
}

void log_driver_lost(struct world *world, struct task *task, int index)
{
    struct container_log *log = open_log(task, index);
    if (!log)
        return;
    if (log->cut_off_at != SIMTIME_NEVER)
        lose_flow(world, task, index, true);
    lose_held(world, task, log);
    count_blocked(world, task, log);
    run_cancel(world->run, &log->full_event);
    task->containers[index].blocked = false;
    log->cut_off_at = log->blocked_at = SIMTIME_NEVER;
    log->open = false;
}

void log_driver_task_gone(struct world *world, struct task *task)
{
    EACH_LOG(i, task)
        log_driver_lost(world, task, i);
}

void log_driver_ended(struct world *world, struct task *task, int index, int exit_code)
{
    struct log_line line = {world->run->now, LOG_EXITED, (int16_t)exit_code};
    if (exit_code != EXIT_CODE_KILLED)
        say(world, task, index, &line);
    log_driver_lost(world, task, index);
}

/* --- outages ---------------------------------------------------------------------------------- */

void log_driver_is_full(void *context, uint64_t ref, uint64_t index)
{
    struct world *world = context;
    struct task *task = pool_find(&world->tasks, ref);
    if (!task)
        return;
    task->logs[index].full_event = 0;
    task->logs[index].blocked_at = world->run->now;
    container_block(world, task, (int)index, &task->logs[index].pause);
}

void log_driver_cut_off(struct world *world, struct task *task)
{
    EACH_LOG(i, task)
        if (open_log(task, i) && task->logs[i].cut_off_at == SIMTIME_NEVER)
            cut_off(world, task, i);
}

static void go_on(struct world *world, struct task *task, int index)
{
    struct container_log *log = &task->logs[index];
    if (log->blocked_at == SIMTIME_NEVER)
        return;
    count_blocked(world, task, log);
    log->origin += world->run->now - log->blocked_at;
    log->blocked_at = SIMTIME_NEVER;
    container_go_on(world, task, index, &log->pause);
    if (container_answers(task, index))
        log_driver_say(world, task, index, LOG_ANSWERS);
}

static void reconnect(struct world *world, struct task *task, int index)
{
    struct container_log *log = &task->logs[index];
    lose_flow(world, task, index, false);
    for (size_t i = 0; i < log->held_count; i++)
        log_line_write(world, task, index, &log->held[i]);
    log->held_count = 0;
    log->cut_off_at = SIMTIME_NEVER;
    run_cancel(world->run, &log->full_event);
    go_on(world, task, index);
}

void log_driver_create_groups(struct world *world, struct task *task)
{
    (void)world;
    EACH_LOG(i, task)
        if (open_log(task, i))
            plan_of(task, i)->group->exists |= plan_of(task, i)->creates_group;
}

void log_driver_reconnect(struct world *world, struct task *task)
{
    EACH_LOG(i, task)
        if (open_log(task, i) && task->logs[i].cut_off_at != SIMTIME_NEVER &&
            !is_cut_off(world->logs, plan_of(task, i)))
            reconnect(world, task, i);
}

void log_driver_finish(struct world *world, struct task *task)
{
    EACH_LOG(i, task) {
        if (!open_log(task, i) || task->logs[i].cut_off_at == SIMTIME_NEVER)
            continue;
        lose_flow(world, task, i, false);
        count_blocked(world, task, &task->logs[i]);
    }
}
