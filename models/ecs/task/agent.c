#include "models/ecs/task/agent.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/task/task.h"
#include "models/settings/room.h"

static bool ports_free(const struct container_instance *instance,
                       const struct task_definition_settings *wanted)
{
    if (!wanted->host_port_count)
        return true;
    for (const struct task *task = instance->first_task; task; task = task->next_on_instance)
        if (task->begun && room_shared_port(wanted, task->definition->settings))
            return false;
    return true;
}

static bool fits(const struct container_instance *instance, const struct task *task)
{
    const struct task_definition_settings *settings = task->definition->settings;
    return instance->held_cpu + settings->reserved_cpu <= instance->registered_cpu &&
           instance->held_memory_mib + settings->reserved_memory_mib <= instance->registered_memory_mib &&
           instance->held_gpus + settings->reserved_gpus <= instance->registered_gpus &&
           ports_free(instance, settings);
}

static void account(struct task *task, int sign)
{
    const struct task_definition_settings *settings = task->definition->settings;
    struct container_instance *instance = task->instance;
    instance->held_cpu += sign * settings->reserved_cpu;
    instance->held_memory_mib += sign * settings->reserved_memory_mib;
    instance->held_gpus += sign * settings->reserved_gpus;
}

void agent_hold(struct task *task)
{
    task->begun = true;
    account(task, +1);
}

void agent_release(struct task *task)
{
    if (task->begun)
        account(task, -1);
    task->begun = false;
}

void agent_receive(struct world *world, struct task *task)
{
    struct container_instance *instance = task->instance;
    task->waiting = true;
    task->next_waiting = NULL;
    task->previous_waiting = instance->last_waiting;
    *(instance->last_waiting ? &instance->last_waiting->next_waiting : &instance->first_waiting) = task;
    instance->last_waiting = task;
    agent_start_waiting(world, instance);
}

void agent_forget(struct task *task)
{
    struct container_instance *instance = task->instance;
    *(task->previous_waiting ? &task->previous_waiting->next_waiting : &instance->first_waiting) =
        task->next_waiting;
    *(task->next_waiting ? &task->next_waiting->previous_waiting : &instance->last_waiting) =
        task->previous_waiting;
    task->waiting = false;
}

void agent_start_waiting(struct world *world, struct container_instance *instance)
{
    while (instance->first_waiting && instance_reachable(instance) &&
           fits(instance, instance->first_waiting)) {
        struct task *task = instance->first_waiting;
        agent_forget(task);
        agent_hold(task);
        task_begin(world, task);
    }
}
