#include "models/ecs/results/explain_task.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/load_balancer/target_group.h"
#include "models/ecs/load_balancer/targets.h"
#include "models/ecs/task/task.h"

void explain_time(struct text *text, const char *before, simtime at)
{
    text_add(text, before);
    text_add_human(text, at);
}

/* --- before it is RUNNING --------------------------------------------------------------------- */

static const char *before_the_agent(const struct task *task)
{
    const struct container_instance *host = task->instance;
    if (!host->host_up)
        return "its host is down";
    if (!host->agent_up || !host->agent_connected)
        return "the agent of its host is not connected";
    if (task->waiting && !task->begun)
        return "in the agent's queue: what it needs is still held by tasks that stop, or by those before it";
    return "on its way to the agent";
}

static const char *after_the_pull(const struct task *task)
{
    if (!volumes_wait(task))
        return "its containers start";
    return task->volumes->stalls ? "a volume that it mounts does not answer" : "its volumes are mounted";
}

static const char *attachments(const struct task *task)
{
    if (!volume_is_managed(task->definition))
        return "its network interface is attached";
    return task->volumes->stalls ? "EBS does not answer, from which it gets a volume"
                                 : "its volume is attached";
}

static const char *on_the_way(const struct task *task)
{
    bool pulled = task->pull_stopped_at != SIMTIME_NEVER;
    if (!task->instance)
        return "it waits for a host of its capacity provider that has room";
    if (task->pull_started_at != SIMTIME_NEVER)
        return pulled ? after_the_pull(task) : "its images are pulled";
    if (task->last_status == TASK_PROVISIONING)
        return task->instance->fargate ? "Fargate prepares its machine" : attachments(task);
    return task->instance->fargate ? "Fargate prepares its machine" : before_the_agent(task);
}

/* --- RUNNING ---------------------------------------------------------------------------------- */

static void add_targets(const struct task *task, struct text *text)
{
    for (int i = 0; i < task->target_count; i++) {
        const struct registration *registration = &task->deployment->registrations[i];
        enum target_state state = targets_state_of(task, i);
        if (state == TARGET_HEALTHY)
            continue;
        text_add_format(text, "; %s %s: %s", registration_kind(registration), registration->name,
                        state == TARGET_UNUSED    ? "not registered yet"
                        : state == TARGET_INITIAL ? "registered, its checks have not passed yet"
                                                  : "its checks fail");
    }
}

static void add_container_checks(const struct task *task, struct text *text)
{
    for (int i = task->definition->aside_count; i < task->check_count - task->target_count; i++) {
        const struct check *check = &task->checks[i];
        const char *name = task->definition->containers[check->container].settings->name;
        if (check->health != HEALTH_HEALTHY)
            text_add_format(text, "; the health check of container %s %s", name,
                            check->health == HEALTH_UNKNOWN ? "has not passed yet" : "fails");
    }
}

static bool has_checks(const struct task *task)
{
    return task->check_count > task->definition->aside_count;
}

static void add_health(const struct world *world, const struct task *task, struct text *text)
{
    if (task->unhealthy)
        text_add(text, " and unhealthy: it is to be replaced");
    else if (task->ailing) {
        text_add(text, ", and its checks fail inside the grace period");
        explain_time(text, ", which ends at ", task->started_at + task->service->grace_period);
    } else if (task->healthy)
        text_add(text, " and healthy");
    else if (has_checks(task))
        text_add(text, ", not healthy yet");
    else
        explain_time(text, ", and counts as healthy at ",
                     task->started_at + world->settings->timing.healthy_without_checks);
    if (task->healthy)
        return;
    add_container_checks(task, text);
    add_targets(task, text);
}

/* --- on its way out --------------------------------------------------------------------------- */

static const char *on_the_way_out(const struct task *task)
{
    if (task->awaits_scheduler)
        return "its targets are deregistered at the scheduler's next pass";
    if (task->last_status == TASK_DEACTIVATING)
        return "its targets drain until the deregistration delay is over";
    if (task->last_status == TASK_DEPROVISIONING)
        return volume_is_managed(task->definition) ? "its volume is detached"
                                                   : "its network interface is detached";
    return "its containers have been told to stop";
}

/* --- all of it -------------------------------------------------------------------------------- */

void explain_task_state(const struct world *world, const struct task *task, struct text *text)
{
    text_add(text, task_status_names[task->last_status]);
    if (task->last_status == TASK_STOPPED)
        return;
    if (task->stopping) {
        explain_time(text, ", told to stop at ", task->stopping_at);
        text_add_format(text, ": %s", on_the_way_out(task));
    } else if (task->last_status == TASK_RUNNING)
        add_health(world, task, text);
    else
        text_add_format(text, ": %s", on_the_way(task));
    if (task->guarded && !task->stopping)
        explain_time(text, "; protected from being stopped until ", task->guarded_until);
}

static void add_instant(struct text *text, const char *what, simtime at, bool *any)
{
    if (at == SIMTIME_NEVER)
        return;
    text_add_format(text, "%s%s ", *any ? ", " : "  ", what);
    explain_time(text, "", at);
    *any = true;
}

void explain_task_life(const struct task *task, struct text *text)
{
    bool any = false;
    add_instant(text, "created", task->created_at, &any);
    add_instant(text, "placed", task->placed_at, &any);
    add_instant(text, "pull began", task->pull_started_at, &any);
    add_instant(text, "pulled", task->pull_stopped_at, &any);
    add_instant(text, "RUNNING", task->started_at, &any);
    add_instant(text, "first healthy", task->healthy_at, &any);
    add_instant(text, "told to stop", task->stopping_at, &any);
    add_instant(text, "STOPPED", task->stopped_at, &any);
    text_add(text, "\n");
    if (task->stop_code == STOP_NONE)
        return;
    text_add_format(text, "  it stops for %s", stop_code_names[task->stop_code]);
    if (task->stopped_reason)
        text_add_format(text, ": %s", task->stopped_reason);
    if (task->exit_code != ABSENT)
        text_add_format(text, " (exit code %ld)", (long)task->exit_code);
    text_add(text, "\n");
}

/* ECS does not look at disks when it places tasks. [DG:task-placement] */
void explain_task_disk(const struct world *world, const struct task *task, struct text *text)
{
    const struct container_instance *host = task->instance;
    if (!host || !host->disk)
        return;
    struct disk_state state = disk_watch_state(world, host);
    text_add_format(text, "  on the disk of %s: ", host->name);
    text_add_format(text, "%ld images of %ld MiB, containers of %ld MiB, %ld MiB free%s\n",
                    (long)state.images, (long)state.image_mib, (long)state.containers_mib,
                    (long)state.free_mib, host->disk->filled ? " (something else has filled it)" : "");
}
