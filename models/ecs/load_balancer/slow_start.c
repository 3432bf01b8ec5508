#include "models/ecs/load_balancer/slow_start.h"
#include "models/ecs/events.h"
#include "models/ecs/load_balancer/target_group.h"
#include "models/ecs/task/task.h"

int64_t slow_start_weight(int64_t tasks, int64_t since, int64_t second)
{
    return tasks * (second + 1) - since;
}

static bool has_full_share(const struct deployment *deployment)
{
    return deployment->receivers.routed.tasks > deployment->receivers.ramping.tasks;
}

/* Whether it comes to targets with a full share. A deployment with a part of the traffic is in a group of its
 * own. */
static bool joins_others(const struct task *task)
{
    if (task->deployment->traffic_permille != ABSENT)
        return has_full_share(task->deployment);
    for (const struct deployment *each = task->service->primary; each; each = each->older)
        if (has_full_share(each))
            return true;
    return false;
}

static simtime duration(const struct task *task)
{
    return registrations_slow_start(task->deployment->registrations, task->deployment->registration_count);
}

void slow_start_registers(struct world *world, struct task *task)
{
    task->starts_slowly = !world->starting && task->service->load && duration(task) > 0 && joins_others(task);
}

static void begin(struct world *world, struct task *task)
{
    task->ramping = true;
    task->ramp_second = world->run->now / SIMTIME_SECOND;
    task->ramp_event = run_schedule(world->run, task->ramp_second * SIMTIME_SECOND + duration(task),
                                    PHASE_WORLD, EVENT_SLOW_START_ENDS, task->ref, 0);
}

void slow_start_stop(struct world *world, struct task *task)
{
    task->ramping = false;
    run_cancel(world->run, &task->ramp_event);
}

void slow_start_turns(struct world *world, struct task *task, bool routed)
{
    if (routed && !task->routed && task->starts_slowly)
        begin(world, task);
    if (!routed && task->routed) {
        slow_start_stop(world, task);
        task->starts_slowly = task->service->load && duration(task) > 0;
    }
}

void slow_start_ends(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct task *task = pool_find(&world->tasks, ref);
    if (!task)
        return;
    task->ramp_event = 0;
    task_uncount(world, task);
    task->ramping = false;
    task_count(world, task);
}
