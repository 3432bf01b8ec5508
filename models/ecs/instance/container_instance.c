#include "models/ecs/instance/container_instance.h"
#include "models/ecs/capacity/managed_draining.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/group/purchase.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/group/warm_pool.h"
#include "models/ecs/ids.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/instance/registration.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/task/free_room.h"
#include "models/ecs/task/task.h"
#include "models/failure/failure.h"
#include <string.h>

const char *const instance_status_names[] = {
    [INSTANCE_LAUNCHING] = "LAUNCHING", [INSTANCE_REGISTERING] = "REGISTERING",
    [INSTANCE_ACTIVE] = "ACTIVE",       [INSTANCE_DRAINING] = "DRAINING",
    [INSTANCE_INACTIVE] = "INACTIVE",   [INSTANCE_DEREGISTERING] = "DEREGISTERING",
};

bool instance_is_registered(const struct container_instance *instance)
{
    return instance->status > INSTANCE_LAUNCHING && instance->status < INSTANCE_DEREGISTERING;
}

bool instance_is_launching(const struct container_instance *instance)
{
    return instance->status < INSTANCE_ACTIVE;
}

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
    cell->launching += sign * (instance_is_launching(instance) && !instance->maintenance.pooled);
    cell->active += sign * (instance->status == INSTANCE_ACTIVE);
    cell->draining += sign * (instance->status == INSTANCE_DRAINING);
    cell->disconnected += sign * (registered && !instance->agent_connected);
    cell->cpu_registered += sign * (registered ? instance->registered_cpu : 0);
    cell->memory_registered += sign * (registered ? instance->registered_memory_mib : 0);
    cell->gpus_registered += sign * (registered ? instance->registered_gpus : 0);
    index_set_add(&world->touched_cells, cell->index);
}

static void mirror(struct world *world, const struct container_instance *instance)
{
    if (instance->placement == PLACEMENT_NONE)
        return;
    struct placement_facts *facts = placement_touch(world->placement, instance->placement);
    facts->active = instance->status == INSTANCE_ACTIVE;
    facts->agent_connected = instance->agent_connected;
    free_room_see(world, instance->placement);
}

/* Tasks count differently on a host that is DRAINING. */
static void set_status(struct world *world, struct container_instance *instance, enum instance_status status)
{
    bool recounts = (instance->status == INSTANCE_DRAINING) != (status == INSTANCE_DRAINING);
    for (struct task *task = instance->first_task; recounts && task; task = task->next_on_instance)
        task_uncount(world, task);
    instance->status = status;
    for (struct task *task = instance->first_task; recounts && task; task = task->next_on_instance)
        task_count(world, task);
}

static void room_freed(struct world *world, const struct container_instance *instance)
{
    provisioning_room_freed(world, instance->group);
    services_room_freed(world);
}

void instance_set_state(struct world *world, struct container_instance *instance, enum instance_status status,
                        bool connected)
{
    add_share(world, instance, -1);
    set_status(world, instance, status);
    instance->agent_connected = connected;
    add_share(world, instance, +1);
    mirror(world, instance);
    services_host_changed(world, instance);
    event_instance_changed(world, instance);
    if (status == INSTANCE_ACTIVE && connected)
        room_freed(world, instance);
    managed_draining_look(world, instance);
}

/* --- draining --------------------------------------------------------------------------------- */

/* Standalone tasks stay. */
static void stop_pending_tasks(struct world *world, struct container_instance *instance)
{
    for (struct task *task = instance->first_task, *next; task; task = next) {
        next = task->next_on_instance;
        if (task->service && task->last_status < TASK_RUNNING)
            task_stop(world, task, STOP_SERVICE_SCHEDULER_INITIATED,
                      service_scaling_reason(world, task->service));
    }
}

static void wake_services(struct world *world, const struct container_instance *instance)
{
    for (const struct task *task = instance->first_task; task; task = task->next_on_instance)
        if (task->service)
            service_wake(world, task->service);
}

void instance_drain(struct world *world, struct container_instance *instance)
{
    CHECK(instance->status == INSTANCE_ACTIVE);
    instance->draining_at = world->run->now;
    instance_set_state(world, instance, INSTANCE_DRAINING, instance->agent_connected);
    stop_pending_tasks(world, instance);
    wake_services(world, instance);
}

void instance_take_back(struct world *world, struct container_instance *instance)
{
    CHECK(instance->status == INSTANCE_DRAINING);
    instance_set_state(world, instance, INSTANCE_ACTIVE, instance->agent_connected);
    wake_services(world, instance);
}

/* --- launching -------------------------------------------------------------------------------- */

static void add_attribute(struct container_instance *instance, const char *name, const char *value)
{
    if (value)
        instance->attributes[instance->attribute_count++] = (struct attribute){name, value};
}

static void add_attributes(struct container_instance *instance, const struct list *attributes)
{
    EACH(struct pair, pair, *attributes)
        instance->attributes[instance->attribute_count++] = (struct attribute){pair->key, pair->value};
}

/* Where the scenario has one subnet in the host's zone, the host is in it; of several nobody says which. */
static const struct subnet_settings *only_subnet(const struct world *world, const struct zone *zone)
{
    const struct subnet_settings *found = NULL;
    EACH(struct subnet_settings, subnet, world->settings->subnets) {
        if (strcmp(subnet->availability_zone, zone->name))
            continue;
        if (found)
            return NULL;
        found = subnet;
    }
    return found;
}

static const char *trunk_id(struct world *world, const struct container_instance *instance)
{
    char id[HEX_ID_SIZE];
    if (!instance->has_trunk)
        return NULL;
    hex_id(id, "trunk", instance->name);
    return arena_format(world->arena, "eni-%.17s", id);
}

/* Those of hosts whose kind is said. */
static void add_capabilities(struct container_instance *instance)
{
    const struct host_settings *host = &instance->simulation->host;
    for (int i = 0; host->kind != HOST_KIND_NOT_SAID && i < CAPABILITY_COUNT; i++)
        if (host->capabilities >> i & 1)
            instance->attributes[instance->attribute_count++] =
                (struct attribute){capability_definitions[i].attribute, NULL};
}

/* Of two with one name the first counts, so that what AWS printed of a host wins over what is usual. */
static void set_attributes(struct world *world, struct container_instance *instance,
                           const struct list *attributes)
{
    enum { OUR_OWN = 9 + CAPABILITY_COUNT };
    static const struct list none;
    const struct list *own = &instance->simulation->attributes, *given = attributes ? attributes : &none;
    const struct subnet_settings *subnet = only_subnet(world, instance->zone);
    bool is_arm = !strcmp(instance->type->arch, "arm64");
    instance->attributes =
        arena_array(world->arena, OUR_OWN + own->count + given->count, sizeof *instance->attributes);
    add_attribute(instance, "ecs.availability-zone", instance->zone->name);
    add_attribute(instance, "ecs.instance-type", instance->type->name);
    add_attributes(instance, own);
    add_attributes(instance, given);
    add_attribute(instance, "ecs.os-type", "linux");
    add_attribute(instance, "ecs.os-family", "LINUX");
    add_attribute(instance, "ecs.cpu-architecture", is_arm ? "arm64" : "x86_64");
    add_attribute(instance, "ecs.ami-id", "ami-0123456789abcdef0");
    add_attribute(instance, "ecs.subnet-id", subnet ? subnet->id : NULL);
    add_attribute(instance, "ecs.vpc-id", subnet ? subnet->vpc_id : NULL);
    add_attribute(instance, "ecs.awsvpc-trunk-id", trunk_id(world, instance));
    add_capabilities(instance);
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

void instance_link_to_launching(struct world *world, struct container_instance *instance)
{
    instance->previous_launching = world->last_launching;
    instance->next_launching = NULL;
    *(world->last_launching ? &world->last_launching->next_launching : &world->first_launching) = instance;
    world->last_launching = instance;
    add_share(world, instance, +1);
}

void instance_unlink_from_launching(struct world *world, struct container_instance *instance)
{
    *(instance->previous_launching ? &instance->previous_launching->next_launching
                                   : &world->first_launching) = instance->next_launching;
    *(instance->next_launching ? &instance->next_launching->previous_launching : &world->last_launching) =
        instance->previous_launching;
}

/* A type that can trunk takes more tasks than it has network interfaces of its own. */
static bool gets_trunk(const struct world *world, const struct instance_type *type)
{
    return world->settings->awsvpc_trunking && type->awsvpc_tasks_with_trunking > type->max_enis - 1;
}

int64_t instance_interfaces(const struct world *world, const struct instance_type *type)
{
    return gets_trunk(world, type) ? type->awsvpc_tasks_with_trunking : type->max_enis - 1;
}

static event_handle later(struct world *world, const struct container_instance *instance, simtime after,
                          enum event_name event)
{
    return run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD, event, instance->ref,
                        0);
}

/* EC2 boots it; in the steady world it is there. */
static void start_boot(struct world *world, struct container_instance *instance)
{
    const struct timing_settings *timing = &world->settings->timing;
    if (world->starting) {
        instance_runs(world, instance->ref, 0);
        instance_ready(world, instance->ref, 0);
        return;
    }
    const struct dist *launch = &instance->simulation->host.launch;
    simtime active = run_draw(world->run, dist_given(launch) ? launch : &timing->instance_launch,
                              DRAW_INSTANCE_LAUNCH, instance->who, 0);
    simtime running =
        run_draw(world->run, &timing->instance_running, DRAW_INSTANCE_RUNNING, instance->who, 0);
    instance->running_event =
        later(world, instance, running < active ? running : active, EVENT_INSTANCE_RUNS);
    instance->next_event = later(world, instance, active, EVENT_INSTANCE_READY);
}

struct container_instance *instance_launch(struct world *world, struct auto_scaling_group *group,
                                           struct zone *zone, const struct purchase *purchase,
                                           const struct list *attributes)
{
    pool_ref ref;
    const struct instance_type *type = purchase->type;
    const struct host_simulation_settings *simulation = purchase->simulation;
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
        .market = purchase->market,
        .weight = purchase->weight,
        .price = purchase->price,
        .host_up = true,
        .agent_up = true,
        .placement = PLACEMENT_NONE,
        .registered_cpu = type->cpu_units,
        .registered_memory_mib = type->memory_mib - simulation->ecs_config.reserved_memory_mib,
        .registered_gpus = type->gpus,
        .launched_at = world->run->now,
        .origin = purchase->origin,
        .lifecycle = purchase->warms ? LIFECYCLE_WARMED : LIFECYCLE_PENDING,
        .maintenance = host_maintenance_of(world, group, purchase->warms),
        .running_at = SIMTIME_NEVER,
        .booted_at = SIMTIME_NEVER,
        .in_service_at = SIMTIME_NEVER,
        .active_at = SIMTIME_NEVER,
        .draining_at = SIMTIME_NEVER,
        .terminated_at = SIMTIME_NEVER,
    };
    instance->who = rng_name(instance->name);
    instance->has_trunk = gets_trunk(world, type);
    instance->registered_enis = instance_interfaces(world, type);
    set_attributes(world, instance, attributes);
    host_disk_begin(world, instance);
    if (group)
        group_add(group, instance);
    spot_market_count(&world->spot_market, instance, +1);
    instance_link_to_launching(world, instance);
    start_boot(world, instance);
    failures_host_launched(world, instance);
    return instance;
}

void instance_leave_pool(struct world *world, struct container_instance *instance, simtime after)
{
    add_share(world, instance, -1);
    instance->maintenance.pooled = false;
    instance_set_lifecycle(instance, LIFECYCLE_PENDING);
    add_share(world, instance, +1);
    instance->running_event = later(world, instance, after, EVENT_INSTANCE_RUNS);
    instance->next_event = later(world, instance, after, EVENT_INSTANCE_READY);
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
        .gpus = instance->registered_gpus,
        .enis = instance->registered_enis,
        .registered_at_us = world->settings->run.start_time_us + world->run->now,
        .ec2_instance_id = registration_machine_name(instance),
        .agent_version = "1.105.1",
        .capabilities = instance->simulation->host.capabilities,
        .attributes = instance->attributes,
        .attribute_count = instance->attribute_count,
    };
    instance->placement = placement_register(world->placement, &facts);
    remember_host(world, instance);
    reserve_agent_ports(world, instance);
}

static void activate(struct world *world, struct container_instance *instance)
{
    instance_unlink_from_launching(world, instance);
    instance->active_at = world->run->now;
    instance_set_state(world, instance, INSTANCE_ACTIVE, true);
}

/* Under awsvpcTrunking it is REGISTERING until its trunk is there. [API:ContainerInstance.status] */
static void appear(struct world *world, struct container_instance *instance)
{
    instance->host_up = instance->agent_up = true;
    register_instance(world, instance);
    housekeeping_agent_starts(world, instance);
    if (!instance->has_trunk || world->starting) {
        activate(world, instance);
        return;
    }
    simtime after =
        run_draw(world->run, &world->settings->timing.trunk_attach, DRAW_TRUNK_ATTACH, instance->who, 0);
    instance_set_state(world, instance, INSTANCE_REGISTERING, true);
    instance->next_event = run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD,
                                        EVENT_INSTANCE_READY, instance->ref, 0);
}

void instance_runs(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->running_event = 0;
    if (instance->running_at == SIMTIME_NEVER) /* else it was running in the warm pool */
        instance->running_at = instance->booted_at = world->run->now;
    if (!instance_is_warmed(instance))
        group_instance_runs(world, instance);
}

static void return_to_work(struct world *world, struct container_instance *instance)
{
    if (!host_agent_is_back(world, instance))
        return;
    if (registration_is_forgotten(instance)) {
        registration_leave_behind(world, instance);
        appear(world, instance);
    } else {
        instance_come_back(world, instance);
    }
    instance->agent.is_new = false;
}

void instance_ready(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    bool registers = instance->status == INSTANCE_REGISTERING;
    instance->next_event = 0;
    if (instance_is_warmed(instance))
        warm_pool_prepared(world, instance);
    else if (instance->zone->network_outages)
        instance_call_later(world, instance);
    else if (instance->status != INSTANCE_LAUNCHING)
        return_to_work(world, instance);
    else if (host_agent_registers(world, instance))
        appear(world, instance);
    if (registers && !instance->next_event)
        activate(world, instance);
}

/* --- tasks on it ------------------------------------------------------------------------------ */

static void book(struct world *world, struct container_instance *instance, const struct task *task, int sign)
{
    const struct task_definition_settings *settings = task->definition->settings;
    struct placement_facts *facts = placement_touch_room(world->placement, instance->placement);
    facts->cpu -= sign * settings->reserved_cpu;
    facts->memory_mib -= sign * settings->reserved_memory_mib;
    facts->gpus -= sign * settings->reserved_gpus;
    free_room_see(world, instance->placement);
    facts->running_tasks_count += sign; /* by desired status [API:ContainerInstance.runningTasksCount] */
    for (size_t i = 0; i < settings->host_port_count; i++)
        (sign > 0 ? placement_take_port : placement_free_port)(world->placement, instance->placement,
                                                               settings->host_ports[i]);
    placement_count_task(world->placement, task->group, instance->placement, sign);
    if (task->service && task->service->daemon)
        daemon_look_at_host(world, task->service, instance);
    struct fleet_cell *cell = cell_of(world, instance);
    cell->tasks += sign;
    cell->cpu_reserved += sign * settings->reserved_cpu;
    cell->memory_reserved += sign * settings->reserved_memory_mib;
    cell->gpus_reserved += sign * settings->reserved_gpus;
    index_set_add(&world->touched_cells, cell->index);
    if (instance_is_registered(instance)) /* its remaining resources have changed [ODG:ecs_cwe_events] */
        event_instance_changed(world, instance);
}

static void take_enis(struct world *world, const struct container_instance *instance, const struct task *task,
                      int64_t count)
{
    if (task->definition->settings->network_mode == NETWORK_AWSVPC)
        placement_touch_room(world->placement, instance->placement)->enis -= count;
}

/* On Fargate nobody else can use what it reserves. */
void instance_reserve(struct world *world, struct container_instance *instance, const struct task *task)
{
    if (instance->fargate)
        return;
    book(world, instance, task, +1);
    take_enis(world, instance, task, 1);
    provisioning_task_placed(world, instance->group);
    services_task_placed(world);
}

void instance_unreserve(struct world *world, struct container_instance *instance, const struct task *task)
{
    if (instance->fargate)
        return;
    cost_reservation_ends(world, task);
    book(world, instance, task, -1);
    room_freed(world, instance);
}

void instance_add_task(struct container_instance *instance, struct task *task)
{
    task->previous_on_instance = instance->last_task;
    *(instance->last_task ? &instance->last_task->next_on_instance : &instance->first_task) = task;
    instance->last_task = task;
    if (!task->of_daemon)
        instance_count_task(instance, +1);
}

void instance_remove_task(struct world *world, struct container_instance *instance, struct task *task)
{
    if (!instance->fargate) {
        placement_touch_room(world->placement, instance->placement); /* a daemon's next task may come */
        take_enis(world, instance, task, -1);
        room_freed(world, instance);
    }
    *(task->previous_on_instance ? &task->previous_on_instance->next_on_instance : &instance->first_task) =
        task->next_on_instance;
    *(task->next_on_instance ? &task->next_on_instance->previous_on_instance : &instance->last_task) =
        task->previous_on_instance;
    if (!task->of_daemon)
        instance_count_task(instance, -1);
    if (instance->status == INSTANCE_DRAINING)
        daemons_task_left(world, instance);
    managed_draining_look(world, instance);
}

bool instance_reachable(const struct container_instance *instance)
{
    return instance_serves(instance) && instance->agent_up;
}

bool instance_serves(const struct container_instance *instance)
{
    return registration_machine(instance)->host_up && !instance->zone->network_outages;
}

bool instance_has_images(const struct container_instance *instance, const struct task_definition *definition)
{
    for (uint32_t i = 0; i < instance->cached_count; i++)
        if (instance->cached[i] == definition->images)
            return true;
    return false;
}

void instance_remember_images(struct container_instance *instance, const struct task_definition *definition)
{
    if (instance->fargate || instance_has_images(instance, definition))
        return;
    instance->cached = memory_grow(instance->cached, instance->cached_count + 1, sizeof *instance->cached);
    instance->cached[instance->cached_count++] = definition->images;
}
