#include "models/ecs/container_instance.h"
#include "models/ecs/agent.h"
#include "models/ecs/auto_scaling_group.h"
#include "models/ecs/container.h"
#include "models/ecs/events.h"
#include "models/ecs/rows.h"
#include "models/ecs/service.h"
#include "models/ecs/task.h"
#include "models/ecs/task_health.h"
#include "models/failure/failure.h"
#include <stdlib.h>
#include <string.h>

const char *const instance_status_names[] = {"REGISTERING", "ACTIVE", "DRAINING", "INACTIVE"};

/* --- counting --------------------------------------------------------------------------------- */

static struct fleet_cell *cell_of(struct world *world, const struct container_instance *instance)
{
    struct fleet_cell *cells = instance->group ? instance->group->cells : world->hand_built;
    return &cells[instance->zone->index];
}

static void add_share(struct world *world, const struct container_instance *instance, int sign)
{
    struct fleet_cell *cell = cell_of(world, instance);
    bool registered = instance->status == INSTANCE_ACTIVE || instance->status == INSTANCE_DRAINING;
    cell->launching += sign * (instance->status == INSTANCE_LAUNCHING);
    cell->active += sign * (instance->status == INSTANCE_ACTIVE);
    cell->draining += sign * (instance->status == INSTANCE_DRAINING);
    cell->disconnected += sign * (registered && !instance->agent_connected);
    cell->cpu_registered += sign * (registered ? instance->registered_cpu : 0);
    cell->memory_registered += sign * (registered ? instance->registered_memory_mib : 0);
    index_set_add(&world->touched_cells, cell->index);
}

static void mirror(struct world *world, const struct container_instance *instance)
{
    if (instance->placement == PLACEMENT_NONE)
        return;
    struct placement_facts *facts = placement_touch(world->placement, instance->placement);
    facts->active = instance->status == INSTANCE_ACTIVE;
    facts->agent_connected = instance->agent_connected;
}

/* Tasks count differently on a host that is DRAINING. */
static void set_status(struct world *world, struct container_instance *instance, enum instance_status status)
{
    for (struct task *task = instance->first_task; task; task = task->next_on_instance)
        task_uncount(world, task);
    instance->status = status;
    for (struct task *task = instance->first_task; task; task = task->next_on_instance)
        task_count(world, task);
}

static void set_state(struct world *world, struct container_instance *instance, enum instance_status status,
                      bool connected)
{
    add_share(world, instance, -1);
    set_status(world, instance, status);
    instance->agent_connected = connected;
    add_share(world, instance, +1);
    mirror(world, instance);
    event_instance_changed(world, instance);
    if (status == INSTANCE_ACTIVE && connected)
        services_room_freed(world);
}

/* --- launching -------------------------------------------------------------------------------- */

static void set_attributes(struct world *world, struct container_instance *instance,
                           const struct list *attributes)
{
    const struct list *own = &instance->simulation->attributes;
    struct attribute *all =
        arena_array(world->arena, 6 + own->count + (attributes ? attributes->count : 0), sizeof *all);
    size_t n = 0;
    all[n++] = (struct attribute){"ecs.availability-zone", instance->zone->name};
    all[n++] = (struct attribute){"ecs.instance-type", instance->type->name};
    all[n++] = (struct attribute){"ecs.os-type", "linux"};
    all[n++] = (struct attribute){"ecs.os-family", "LINUX"};
    all[n++] = (struct attribute){"ecs.cpu-architecture",
                                  strcmp(instance->type->arch, "arm64") ? "x86_64" : "arm64"};
    all[n++] = (struct attribute){"ecs.ami-id", "ami-0123456789abcdef0"};
    EACH(struct pair, pair, *own)
        all[n++] = (struct attribute){pair->key, pair->value};
    if (attributes)
        EACH(struct pair, pair, *attributes)
            all[n++] = (struct attribute){pair->key, pair->value};
    instance->attributes = all;
    instance->attribute_count = n;
}

static int64_t next_of_type(struct world *world, const struct instance_type *type)
{
    struct type_count *count = world->type_counts;
    while (count < world->type_counts + world->type_count && count->type != type)
        count++;
    if (count == world->type_counts + world->type_count)
        world->type_count++;
    count->type = type;
    return ++count->launched;
}

/* It outlives the host: placement and results still know it. */
static const char *host_name(struct world *world, const struct auto_scaling_group *group,
                             const struct instance_type *type)
{
    int64_t number = group ? group->launched : next_of_type(world, type);
    return arena_format(world->arena, "%s-%ld", group ? group->name : type->name, (long)number);
}

static void link_to_group(struct container_instance *instance)
{
    struct auto_scaling_group *group = instance->group;
    if (!group)
        return;
    group->count++;
    instance->previous_in_group = group->last;
    *(group->last ? &group->last->next_in_group : &group->first) = instance;
    group->last = instance;
}

static void unlink_from_group(struct container_instance *instance)
{
    struct auto_scaling_group *group = instance->group;
    if (!group)
        return;
    *(instance->previous_in_group ? &instance->previous_in_group->next_in_group : &group->first) =
        instance->next_in_group;
    *(instance->next_in_group ? &instance->next_in_group->previous_in_group : &group->last) =
        instance->previous_in_group;
}

struct container_instance *instance_launch(struct world *world, struct auto_scaling_group *group,
                                           struct zone *zone, const struct instance_type *type,
                                           const struct host_simulation_settings *simulation,
                                           const struct list *attributes)
{
    pool_ref ref;
    struct container_instance *instance = pool_take(&world->instances, &ref);
    if (group)
        group->launched++;
    *instance = (struct container_instance){
        .ref = ref,
        .name = host_name(world, group, type),
        .group = group,
        .zone = zone,
        .type = type,
        .simulation = simulation,
        .host_up = true,
        .agent_up = true,
        .placement = PLACEMENT_NONE,
        .registered_cpu = type->cpu_units,
        .registered_memory_mib = type->memory_mib - simulation->ecs_config.reserved_memory_mib,
        .registered_enis = type->max_enis - 1,
        .launched_at = world->run->now,
        .active_at = SIMTIME_NEVER,
        .draining_at = SIMTIME_NEVER,
        .terminated_at = SIMTIME_NEVER,
    };
    instance->who = rng_name(instance->name);
    set_attributes(world, instance, attributes);
    link_to_group(instance);
    add_share(world, instance, +1);
    simtime after = world->starting ? 0
                                    : run_draw(world->run, &world->settings->timing.instance_launch,
                                               DRAW_INSTANCE_LAUNCH, instance->who, 0);
    if (world->starting)
        instance_ready(world, ref, 0);
    else
        instance->next_event = run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD,
                                            EVENT_INSTANCE_READY, ref, 0);
    failures_host_launched(world, instance);
    return instance;
}

static void reserve_agent_ports(struct world *world, const struct container_instance *instance)
{
    EACH(struct host_port, port, instance->simulation->ecs_config.reserved_ports)
        placement_take_port(world->placement, instance->placement, *port);
}

static void remember_host(struct world *world, struct container_instance *instance)
{
    if (world->host_count == world->host_capacity) {
        world->host_capacity = world->host_capacity ? 2 * world->host_capacity : 64;
        world->hosts = memory_grow(world->hosts, world->host_capacity, sizeof *world->hosts);
    }
    CHECK(instance->placement == world->host_count);
    world->hosts[world->host_count++] = instance;
}

static void register_instance(struct world *world, struct container_instance *instance)
{
    struct placement_facts facts = {
        .cpu = instance->registered_cpu,
        .memory_mib = instance->registered_memory_mib,
        .gpus = instance->type->gpus,
        .enis = instance->registered_enis,
        .registered_at_us = world->settings->run.start_time_us + world->run->now,
        .ec2_instance_id = instance->name,
        .agent_version = "1.105.1",
        .attributes = instance->attributes,
        .attribute_count = instance->attribute_count,
    };
    instance->placement = placement_register(world->placement, &facts);
    remember_host(world, instance);
    reserve_agent_ports(world, instance);
    instance->active_at = world->run->now;
}

static void tasks_of_dead_host_end(struct world *world, struct container_instance *instance,
                                   enum stop_code code, const char *reason)
{
    while (instance->first_task)
        task_stopped(world, instance->first_task, code, reason);
}

static void resume_tasks(struct world *world, struct container_instance *instance)
{
    for (struct task *task = instance->first_task, *next; task; task = next) {
        next = task->next_on_instance;
        task_resume(world, task);
    }
    agent_start_waiting(world, instance);
}

static void come_back(struct world *world, struct container_instance *instance)
{
    run_cancel(world->run, &instance->notice_event);
    run_cancel(world->run, &instance->status_check_event);
    if (!instance->host_up) {
        instance->host_up = true;
        tasks_of_dead_host_end(world, instance, STOP_INFRASTRUCTURE_HEALTH,
                               "Container instance was restarted");
    }
    instance->agent_up = true;
    instance->stopped = false;
    if (!instance->agent_connected)
        set_state(world, instance, instance->status, true);
    resume_tasks(world, instance);
}

/* Cut off: the agent calls again and again. */
static void try_again(struct world *world, struct container_instance *instance)
{
    instance->next_event = run_schedule(world->run, world->run->now + world->settings->timing.agent_reconnect,
                                        PHASE_WORLD, EVENT_INSTANCE_READY, instance->ref, 0);
}

void instance_ready(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->next_event = 0;
    if (instance->zone->network_outages) {
        try_again(world, instance);
        return;
    }
    if (instance->status != INSTANCE_LAUNCHING) {
        come_back(world, instance);
        return;
    }
    register_instance(world, instance);
    set_state(world, instance, INSTANCE_ACTIVE, true);
}

/* --- tasks on it ------------------------------------------------------------------------------ */

static void book(struct world *world, struct container_instance *instance, const struct task *task, int sign)
{
    const struct task_definition_settings *settings = task->definition->settings;
    struct placement_facts *facts = placement_touch(world->placement, instance->placement);
    facts->cpu -= sign * settings->reserved_cpu;
    facts->memory_mib -= sign * settings->reserved_memory_mib;
    for (size_t i = 0; i < settings->host_port_count; i++)
        (sign > 0 ? placement_take_port : placement_free_port)(world->placement, instance->placement,
                                                               settings->host_ports[i]);
    placement_count_task(world->placement, task->group, instance->placement, sign);
    struct fleet_cell *cell = cell_of(world, instance);
    cell->tasks += sign;
    cell->cpu_reserved += sign * settings->reserved_cpu;
    cell->memory_reserved += sign * settings->reserved_memory_mib;
    index_set_add(&world->touched_cells, cell->index);
}

static void take_enis(struct world *world, const struct container_instance *instance, const struct task *task,
                      int64_t count)
{
    if (task->definition->settings->network_mode == NETWORK_AWSVPC)
        placement_touch(world->placement, instance->placement)->enis -= count;
}

void instance_reserve(struct world *world, struct container_instance *instance, const struct task *task)
{
    book(world, instance, task, +1);
    take_enis(world, instance, task, 1);
    event_instance_changed(world, instance);
    services_task_placed(world);
}

void instance_unreserve(struct world *world, struct container_instance *instance, const struct task *task)
{
    book(world, instance, task, -1);
    if (instance->status != INSTANCE_INACTIVE)
        event_instance_changed(world, instance);
    services_room_freed(world);
}

void instance_add_task(struct container_instance *instance, struct task *task)
{
    task->previous_on_instance = instance->last_task;
    *(instance->last_task ? &instance->last_task->next_on_instance : &instance->first_task) = task;
    instance->last_task = task;
}

void instance_remove_task(struct world *world, struct container_instance *instance, struct task *task)
{
    take_enis(world, instance, task, -1);
    services_room_freed(world);
    *(task->previous_on_instance ? &task->previous_on_instance->next_on_instance : &instance->first_task) =
        task->next_on_instance;
    *(task->next_on_instance ? &task->next_on_instance->previous_on_instance : &instance->last_task) =
        task->previous_on_instance;
}

bool instance_reachable(const struct container_instance *instance)
{
    return instance_serves(instance) && instance->agent_up;
}

bool instance_serves(const struct container_instance *instance)
{
    return instance->host_up && !instance->zone->network_outages;
}

bool instance_has_images(const struct container_instance *instance, const struct task_definition *definition)
{
    for (uint32_t i = 0; i < instance->cached_count; i++)
        if (instance->cached[i] == definition)
            return true;
    return false;
}

void instance_remember_images(struct container_instance *instance, const struct task_definition *definition)
{
    if (instance_has_images(instance, definition))
        return;
    instance->cached = memory_grow(instance->cached, instance->cached_count + 1, sizeof *instance->cached);
    instance->cached[instance->cached_count++] = definition;
}

/* --- dying ------------------------------------------------------------------------------------ */

/* EC2 bills by the second from the launch on, a minute at least. [EC2 pricing] */
int64_t instance_cost(const struct container_instance *instance, simtime until)
{
    simtime lived = until - instance->launched_at;
    if (instance->type->price < 0)
        return 0; /* unknown; the reader has warned */
    if (lived < SIMTIME_MINUTE)
        lived = SIMTIME_MINUTE;
    return (int64_t)((__int128)instance->type->price * lived / SIMTIME_HOUR);
}

static void give_up(struct world *world, struct container_instance *instance)
{
    if (!instance->group || instance->leaving)
        return;
    instance->leaving = true;
    instance->group->count--;
    group_wake(world, instance->group);
}

static void forget(struct world *world, struct container_instance *instance)
{
    run_cancel(world->run, &instance->next_event);
    run_cancel(world->run, &instance->notice_event);
    run_cancel(world->run, &instance->status_check_event);
    if (instance->placement != PLACEMENT_NONE)
        world->hosts[instance->placement] = NULL;
    unlink_from_group(instance);
    free(instance->cached);
    pool_give(&world->instances, instance->ref);
}

/* INACTIVE at once, and its tasks STOPPED. [ODG:ECS_instances] Its attributes stay: placement still sees
 * them. */
void instance_terminate(struct world *world, struct container_instance *instance, const char *reason)
{
    failures_host_gone(world, instance);
    give_up(world, instance);
    instance->host_up = false;
    instance->terminated_at = world->run->now;
    instance->reason = reason;
    set_state(world, instance, INSTANCE_INACTIVE, false);
    const char *stopped = arena_format(world->arena, "Host EC2 (instance %s) terminated.", instance->name);
    tasks_of_dead_host_end(world, instance, STOP_TERMINATION_NOTICE, stopped);
    add_share(world, instance, -1);
    row_instance(world, instance);
    forget(world, instance);
}

static void expect_notice(struct world *world, struct container_instance *instance)
{
    if (instance->notice_event || !instance->agent_connected)
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

static void tasks_die(struct world *world, struct container_instance *instance)
{
    for (struct task *task = instance->first_task; task; task = task->next_on_instance) {
        freeze_task(world, task);
        containers_die(world, task);
    }
}

static void host_dies(struct world *world, struct container_instance *instance)
{
    instance->host_up = false;
    instance->agent_up = false;
    run_cancel(world->run, &instance->next_event);
    tasks_die(world, instance);
    expect_notice(world, instance);
}

void instance_crash(struct world *world, struct container_instance *instance)
{
    if (!instance->host_up)
        return;
    host_dies(world, instance);
    if (instance->group)
        instance->status_check_event =
            run_schedule(world->run, world->run->now + world->settings->timing.status_check_patience,
                         PHASE_WORLD, EVENT_INSTANCE_STATUS_CHECK_FAILED, instance->ref, 0);
}

/* A group replaces an instance that is not running at once. [EAS health checks] */
void instance_stop(struct world *world, struct container_instance *instance)
{
    if (!instance->host_up)
        return;
    host_dies(world, instance);
    instance->stopped = true;
    if (instance->group)
        instance_terminate(world, instance, "stopped");
}

void instance_lose_agent(struct world *world, struct container_instance *instance)
{
    if (!instance->agent_up)
        return;
    instance->agent_up = false;
    for (struct task *task = instance->first_task; task; task = task->next_on_instance)
        task_health_look(world, task);
    expect_notice(world, instance);
}

void instance_repair(struct world *world, struct container_instance *instance)
{
    if (instance->host_up && instance->agent_up)
        return;
    if (instance->next_event)
        return;
    simtime after = instance->host_up ? world->settings->timing.agent_reconnect
                                      : run_draw(world->run, &world->settings->timing.instance_boot,
                                                 DRAW_INSTANCE_BOOT, instance->who, ++instance->boots);
    instance->next_event = run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD,
                                        EVENT_INSTANCE_READY, instance->ref, 0);
}

void instance_network_changed(struct world *world, struct container_instance *instance)
{
    for (struct task *task = instance->first_task; task; task = task->next_on_instance)
        task_health_look(world, task);
    if (instance->zone->network_outages) {
        if (instance->status != INSTANCE_LAUNCHING)
            expect_notice(world, instance);
    } else if (instance->host_up && instance->agent_up && !instance->next_event) {
        try_again(world, instance);
    }
}

void instance_silence_noticed(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->notice_event = 0;
    set_state(world, instance, instance->status, false);
    if (instance->stopped)
        tasks_of_dead_host_end(world, instance, STOP_INFRASTRUCTURE_HEALTH,
                               arena_format(world->arena, "Host EC2 (instance %s) stopped.", instance->name));
}

/* The group terminates and launches at the same time. [EAS health checks] */
void instance_status_check_failed(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (instance)
        instance_terminate(world, instance, "failed status checks");
}
