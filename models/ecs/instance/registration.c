#include "models/ecs/instance/registration.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/task/container.h"
#include "models/ecs/volume/volume.h"
#include "models/settings/room.h"

const struct container_instance *registration_machine(const struct container_instance *instance)
{
    return instance->agent.machine ? instance->agent.machine : instance;
}

const char *registration_machine_name(const struct container_instance *instance)
{
    return instance->agent.machine_name ? instance->agent.machine_name : instance->name;
}

bool registration_is_forgotten(const struct container_instance *instance)
{
    return instance->agent.is_new && !instance->simulation->host.keeps_state &&
           instance_is_registered(instance) && !instance_is_launching(instance);
}

/* --- what is left behind ---------------------------------------------------------------------- */

/* In the books of ECS it is what the host was; in EC2 it is nothing. */
static struct container_instance books_of(const struct container_instance *instance, simtime now)
{
    return (struct container_instance){
        .name = instance->name,
        .who = instance->who,
        .group = instance->group,
        .zone = instance->zone,
        .type = instance->type,
        .simulation = instance->simulation,
        .status = instance->status,
        .lifecycle = LIFECYCLE_TERMINATED,
        .market = instance->market,
        .origin = instance->origin,
        .agent_connected = instance->agent_connected,
        .placement = instance->placement,
        .attributes = instance->attributes,
        .attribute_count = instance->attribute_count,
        .registered_cpu = instance->registered_cpu,
        .registered_memory_mib = instance->registered_memory_mib,
        .registered_enis = instance->registered_enis,
        .registered_gpus = instance->registered_gpus,
        .held_cpu = instance->held_cpu,
        .held_memory_mib = instance->held_memory_mib,
        .held_gpus = instance->held_gpus,
        .own_tasks = instance->own_tasks,
        .first_task = instance->first_task,
        .last_task = instance->last_task,
        .first_waiting = instance->first_waiting,
        .last_waiting = instance->last_waiting,
        .launched_at = instance->launched_at,
        .running_at = SIMTIME_NEVER,
        .in_service_at = SIMTIME_NEVER,
        .active_at = instance->active_at,
        .draining_at = instance->draining_at,
        .terminated_at = now,
        .reason = "its agent registered anew",
        .version = instance->version,
    };
}

static bool lives(const struct task *task)
{
    for (int i = 0; i < task->definition->container_count; i++)
        if (container_up(task, i))
            return true;
    return false;
}

/* Their containers stay on the host's disk, where no agent knows of them. */
static void move_tasks(struct world *world, struct container_instance *left)
{
    for (struct task *task = left->first_task; task; task = task->next_on_instance) {
        housekeeping_forget(world, task);
        if (!lives(task)) /* the host has booted */
            volumes_let_go(world, task);
        task->instance = left;
    }
}

static void link_to_machine(struct container_instance *left, struct container_instance *machine)
{
    left->agent = (struct host_agent){
        .is_left = true,
        .machine = machine,
        .machine_name = registration_machine_name(machine),
        .next_left = machine->agent.first_left,
    };
    machine->agent.first_left = left;
}

/* As a host that EC2 runs and ECS does not know. */
static void become_unknown(struct world *world, struct container_instance *instance)
{
    struct host_agent *agent = &instance->agent;
    agent->machine_name = registration_machine_name(instance);
    instance->name =
        arena_format(world->arena, "%s.%d", agent->machine_name, (int)++agent->registrations + 1);
    instance->status = INSTANCE_LAUNCHING;
    instance->agent_connected = instance->stopped = false;
    instance->placement = PLACEMENT_NONE;
    instance->held_cpu = instance->held_memory_mib = instance->held_gpus = 0;
    instance->first_task = instance->last_task = NULL;
    instance->first_waiting = instance->last_waiting = NULL;
    instance->active_at = instance->draining_at = SIMTIME_NEVER;
    instance->version = 0;
}

void registration_leave_behind(struct world *world, struct container_instance *instance)
{
    pool_ref ref;
    run_cancel(world->run, &instance->notice_event);
    run_cancel(world->run, &instance->health.verdict);
    struct container_instance *left = pool_take(&world->instances, &ref);
    *left = books_of(instance, world->run->now);
    left->ref = ref;
    link_to_machine(left, instance);
    move_tasks(world, left);
    world->hosts[left->placement] = left;
    instance_count_task(instance, (int)-instance->own_tasks);
    become_unknown(world, instance);
    instance_link_to_launching(world, instance);
    instance_expect_notice(world, left);
}

/* --- what lives on beside it ------------------------------------------------------------------ */

static const struct host_port *port_taken(const struct container_instance *left, const struct task *wanted)
{
    for (const struct task *task = left->first_task; task; task = task->next_on_instance) {
        const struct host_port *port =
            lives(task) ? room_shared_port(task->definition->settings, wanted->definition->settings) : NULL;
        if (port)
            return port;
    }
    return NULL;
}

const char *registration_port_taken(struct world *world, const struct task *task)
{
    const struct host_port *port = NULL;
    const struct container_instance *left = task->instance->agent.first_left;
    for (; left && !port; left = left->agent.next_left)
        port = port_taken(left, task);
    if (!port)
        return NULL;
    return arena_format(world->arena,
                        "CannotStartContainerError: Error response from daemon: driver failed programming "
                        "external connectivity on endpoint ecs-%s: Bind for 0.0.0.0:%u failed: port is "
                        "already allocated",
                        task->name, port->port);
}

/* --- their end -------------------------------------------------------------------------------- */

void registrations_die(struct world *world, struct container_instance *machine)
{
    for (struct container_instance *left = machine->agent.first_left; left; left = left->agent.next_left) {
        instance_containers_die(world, left);
        for (struct task *task = left->first_task; task; task = task->next_on_instance)
            volumes_let_go(world, task);
    }
}

void registrations_lose_machine(struct container_instance *machine)
{
    struct container_instance *next;
    for (struct container_instance *left = machine->agent.first_left; left; left = next) {
        next = left->agent.next_left;
        left->agent.machine = left->agent.next_left = NULL;
    }
    machine->agent.first_left = NULL;
}

void registration_ends(struct container_instance *left)
{
    struct container_instance *machine = left->agent.machine;
    if (!machine)
        return;
    struct container_instance **at = &machine->agent.first_left;
    while (*at != left)
        at = &(*at)->agent.next_left;
    *at = left->agent.next_left;
}
