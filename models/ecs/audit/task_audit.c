#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/log/log_driver.h"
#include "models/ecs/task/task.h"

/* A RUNNING task has started all its containers, each after those that it waits for. */
static void audit_containers(const struct task *task)
{
    unsigned started = 0;
    for (int i = 0; i < task->definition->container_count; i++)
        started |= (unsigned)(task->containers[i].started_at != SIMTIME_NEVER) << i;
    for (int i = 0; i < task->definition->container_count; i++) {
        const struct container_order *order = &task->definition->containers[i].order;
        CHECK(task->last_status != TASK_RUNNING || (started >> i & 1));
        for (int condition = 0; (started >> i & 1) && condition < CONDITION_COUNT; condition++)
            CHECK(!(order->after[condition] & ~started));
    }
}

/* What runs and writes to CloudWatch Logs is cut off exactly while that takes nothing; only what is cut off
 * has lines that wait, or stands still. */
static void audit_logs(const struct task *task)
{
    for (int i = 0; i < task->definition->container_count; i++) {
        const struct log_plan *plan = task->definition->containers[i].log;
        const struct container_log *log = task->logs ? &task->logs[i] : NULL;
        bool blocked = log && log->blocked_at != SIMTIME_NEVER;
        bool cut_off = log && log->cut_off_at != SIMTIME_NEVER;
        CHECK(!plan || log);
        CHECK(!log || log->open == (plan && plan->group && container_up(task, i)));
        CHECK(blocked == task->containers[i].blocked);
        CHECK(!blocked || (cut_off && plan->blocking && !log->full_event));
        CHECK(!cut_off || (log->open && log->origin <= log->cut_off_at));
        CHECK(!log || cut_off || (!log->held_count && !log->full_event));
    }
}

struct task_counts audit_tasks(const struct task *first, struct deployment *deployment)
{
    struct task_counts counts = {0};
    for (const struct task *task = first; task; task = task->next_in_deployment) {
        struct task_share share = task_share(task);
        CHECK(task->deployment == deployment);
        audit_containers(task);
        audit_logs(task);
        CHECK(!task->next_in_deployment || task->next_in_deployment->previous_in_deployment == task);
        counts.pending += share.pending;
        counts.running += share.running;
        counts.healthy += share.healthy;
        counts.serving += share.serving;
        counts.stopping += share.stopping;
    }
    return counts;
}
#endif
