#include "models/ecs/events.h"
#include "models/ecs/image/download.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/registration.h"
#include "models/ecs/task/agent.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_health.h"

/* --- dead ------------------------------------------------------------------------------------- */

void instance_tasks_end(struct world *world, struct container_instance *instance, enum stop_code code,
                        const char *reason)
{
    while (instance->first_task)
        task_stopped(world, instance->first_task, code, reason);
}

void instance_expect_notice(struct world *world, struct container_instance *instance)
{
    if (instance->notice_event || !instance->agent_connected || instance->fargate)
        return;
    instance->notice_event =
        run_schedule(world->run, world->run->now + world->settings->timing.agent_disconnect_notice,
                     PHASE_WORLD, EVENT_INSTANCE_SILENCE_NOTICED, instance->ref, 0);
}

static void freeze_task(struct world *world, struct task *task)
{
    if (task->last_status == TASK_DEACTIVATING)
        return; /* the load balancer drains without the host */
    run_cancel(world->run, &task->life_event);
}

void instance_containers_die(struct world *world, struct container_instance *instance)
{
    for (struct task *task = instance->first_task; task; task = task->next_on_instance) {
        freeze_task(world, task);
        containers_die(world, task);
    }
    downloads_break(world, instance);
}

static void host_dies(struct world *world, struct container_instance *instance)
{
    instance->host_up = false;
    instance->agent_up = false;
    run_cancel(world->run, &instance->next_event);
    instance_containers_die(world, instance);
    registrations_die(world, instance);
    housekeeping_agent_stops(world, instance);
    instance_expect_notice(world, instance);
}

void instance_crash(struct world *world, struct container_instance *instance)
{
    if (!instance->host_up)
        return;
    host_dies(world, instance);
    instance_health_look(world, instance);
}

void instance_stop(struct world *world, struct container_instance *instance)
{
    if (!instance->host_up)
        return;
    host_dies(world, instance);
    instance->stopped = true;
    instance_not_running(world, instance);
}

void instance_silence_noticed(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->notice_event = 0;
    instance_set_state(world, instance, instance->status, false);
    if (instance->stopped)
        instance_tasks_end(world, instance,
                           instance->interrupted ? STOP_SPOT_INTERRUPTION : STOP_INFRASTRUCTURE_HEALTH,
                           arena_format(world->arena, "Host EC2 (instance %s) stopped.",
                                        registration_machine_name(instance)));
}

/* --- without its agent ------------------------------------------------------------------------ */

void instance_lose_agent(struct world *world, struct container_instance *instance)
{
    if (!instance->agent_up)
        return;
    instance->agent_up = false;
    housekeeping_agent_stops(world, instance);
    for (struct task *task = instance->first_task; task; task = task->next_on_instance)
        task_health_look(world, task);
    instance_expect_notice(world, instance);
}

void instance_network_changed(struct world *world, struct container_instance *instance)
{
    for (struct task *task = instance->first_task; task; task = task->next_on_instance)
        task_health_look(world, task);
    instance_health_look(world, instance);
    if (instance->zone->network_outages) {
        downloads_break(world, instance);
        if (!instance_is_launching(instance))
            instance_expect_notice(world, instance);
    } else if (instance->host_up && instance->agent_up && !instance->next_event) {
        instance_call_later(world, instance);
    }
}

/* --- back ------------------------------------------------------------------------------------- */

void instance_repair(struct world *world, struct container_instance *instance)
{
    if (instance->host_up && instance->agent_up)
        return;
    if (instance->next_event)
        return;
    const struct dist *own = &instance->simulation->host.boot;
    const struct dist *boot = dist_given(own) ? own : &world->settings->timing.instance_boot;
    simtime after = instance->host_up
                        ? world->settings->timing.agent_reconnect
                        : run_draw(world->run, boot, DRAW_INSTANCE_BOOT, instance->who, ++instance->boots);
    instance->next_event = run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD,
                                        EVENT_INSTANCE_READY, instance->ref, 0);
}

void instance_call_later(struct world *world, struct container_instance *instance)
{
    instance->next_event = run_schedule(world->run, world->run->now + world->settings->timing.agent_reconnect,
                                        PHASE_WORLD, EVENT_INSTANCE_READY, instance->ref, 0);
}

static void resume_tasks(struct world *world, struct container_instance *instance)
{
    bool is_host = !instance->fargate; /* else it may end here, with its task */
    for (struct task *task = instance->first_task, *next; task; task = next) {
        next = task->next_on_instance;
        task_resume(world, task);
    }
    if (is_host)
        agent_start_waiting(world, instance);
}

void instance_come_back(struct world *world, struct container_instance *instance)
{
    run_cancel(world->run, &instance->notice_event);
    run_cancel(world->run, &instance->health.verdict);
    if (!instance->host_up) {
        instance->host_up = true;
        instance->booted_at = world->run->now;
        instance_tasks_end(world, instance, STOP_INFRASTRUCTURE_HEALTH, "Container instance was restarted");
    }
    if (!instance->agent_up)
        housekeeping_agent_starts(world, instance);
    instance->agent_up = true;
    instance->stopped = false;
    if (!instance->agent_connected && instance_is_registered(instance))
        instance_set_state(world, instance, instance->status, true);
    resume_tasks(world, instance);
}
