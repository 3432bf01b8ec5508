#include "models/ecs/service/daemon.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/service/eligible_hosts.h"
#include "models/ecs/service/service.h"
#include "models/ecs/task/task_definition.h"
#include <stdlib.h>

/* --- where it lacks a task -------------------------------------------------------------------- */

static bool has_task_of(const struct container_instance *host, const struct service *service)
{
    for (const struct task *task = host->first_task; task; task = task->next_on_instance)
        if (task->service == service)
            return true;
    return false;
}

static bool lacks_task(const void *context, placement_instance instance)
{
    const struct daemon *daemon = context;
    return eligible_hosts_have(daemon->service->eligible, instance) &&
           !has_task_of(daemon->world->hosts[instance], daemon->service);
}

/* Which hosts meet the constraints is known already, and any of them is as good as another. */
struct placement_request daemon_request(const struct service *service,
                                        const struct task_definition *definition)
{
    static const struct list no_strategies;
    struct placement_request request = definition_request(definition);
    request.group = service->group;
    request.strategies = &no_strategies;
    request.constraints[0] = NULL;
    request.filter = &service->daemon->filter;
    request.uses_kept_room = true;
    return request;
}

void daemon_begin(struct world *world, struct service *service)
{
    struct daemon *daemon = arena_alloc(world->arena, sizeof *daemon);
    *daemon = (struct daemon){
        .world = world,
        .service = service,
        .filter = {.admits = lacks_task, .context = daemon, .refusal = REFUSED_INACTIVE},
    };
    service->daemon = daemon;
    world->daemon_count++;
}

const char *daemon_refuses(const struct update_service_settings *update)
{
    int64_t most = update->deployment_configuration.maximum_percent;
    if (update->desired_count != ABSENT)
        return "InvalidParameterException: The daemon scheduling strategy does not support a desired count.";
    if (update->capacity_provider_strategy.count)
        return "InvalidParameterException: Specifying a capacity provider strategy is not supported when you "
               "use the DAEMON scheduling strategy.";
    if (update->placement_strategies.count)
        return "InvalidParameterException: The daemon scheduling strategy does not support placement "
               "strategies.";
    if (most != ABSENT && most != 100)
        return "InvalidParameterException: The daemon scheduling strategy requires a maximumPercent of 100.";
    if (update->availability_zone_rebalancing == REBALANCING_ENABLED)
        return settings_rebalancing_obstacle(&(struct rebalancing_terms){.daemon = true});
    return NULL;
}

/* --- how many it wants ------------------------------------------------------------------------ */

static void want(struct world *world, struct service *service, int64_t desired)
{
    if (service->desired_count == desired)
        return;
    service->desired_count = service->primary->desired = desired;
    service->primary->touched = true;
    index_set_add(&world->touched_services, service->index);
    service_wake(world, service);
}

/* --- the room that is kept -------------------------------------------------------------------- */

static const struct task_definition **kept_on(const struct world *world, struct daemon *daemon,
                                              placement_instance host)
{
    if (daemon->kept_capacity < world->host_capacity) {
        daemon->kept = memory_grow(daemon->kept, world->host_capacity, sizeof *daemon->kept);
        for (uint32_t i = daemon->kept_capacity; i < world->host_capacity; i++)
            daemon->kept[i] = NULL;
        daemon->kept_capacity = world->host_capacity;
    }
    return &daemon->kept[host];
}

static void keep(struct world *world, placement_instance host, const struct task_definition *definition,
                 int sign)
{
    if (!definition)
        return;
    struct placement_request request = definition_request(definition);
    struct placement_facts *facts = placement_touch_room(world->placement, host);
    facts->kept_cpu += sign * request.cpu;
    facts->kept_memory_mib += sign * request.memory_mib;
    facts->kept_enis += sign * request.enis;
}

static void look_at_room(struct world *world, struct service *service, placement_instance host)
{
    bool lacks = service->exists && eligible_hosts_have(service->eligible, host) &&
                 !placement_tasks_on(world->placement, service->group, host);
    const struct task_definition *wanted = lacks ? service->primary->definition : NULL;
    const struct task_definition **kept = kept_on(world, service->daemon, host), *before = *kept;
    if (wanted == before)
        return;
    keep(world, host, before, -1);
    keep(world, host, wanted, +1);
    *kept = wanted;
    if (!before)
        return;
    provisioning_room_freed(world, world->hosts[host]->group);
    services_room_freed(world);
}

void daemon_end(struct world *world, struct service *service)
{
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            look_at_room(world, service, i);
    free(service->daemon->kept);
    service->daemon = NULL;
    world->daemon_count--;
}

/* --- hosts change ----------------------------------------------------------------------------- */

static void suspect(struct world *world, struct service *service)
{
    service->daemon->suspicious = true;
    service_wake(world, service);
}

void daemon_look_at_host(struct world *world, struct service *service, const struct container_instance *host)
{
    placement_instance instance = host->placement;
    if (service->exists)
        want(world, service, service->eligible->count);
    look_at_room(world, service, instance);
    if (!eligible_hosts_have(service->eligible, instance) &&
        placement_tasks_on(world->placement, service->group, instance))
        suspect(world, service);
}

void daemons_task_left(struct world *world, const struct container_instance *host)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (service->daemon && placement_tasks_on(world->placement, service->group, host->placement))
            suspect(world, service);
    }
}

static bool has_replica_task(const struct container_instance *host)
{
    for (const struct task *task = host->first_task; task; task = task->next_on_instance)
        if (task->service && !task->service->daemon)
            return true;
    return false;
}

bool daemon_take_suspicion(struct service *service)
{
    bool suspicious = service->daemon && service->daemon->suspicious;
    if (suspicious)
        service->daemon->suspicious = false;
    return suspicious;
}

enum misplacement daemon_misplacement(const struct task *task)
{
    const struct container_instance *host = task->instance;
    if (task->stopping)
        return MISPLACED_NOT;
    if (host->status == INSTANCE_DRAINING)
        return has_replica_task(host) ? MISPLACED_NOT : MISPLACED_BY_DRAINING;
    bool violates =
        host->status == INSTANCE_ACTIVE && !eligible_hosts_have(task->service->eligible, host->placement);
    return violates ? MISPLACED_BY_CONSTRAINT : MISPLACED_NOT;
}
