#include "models/ecs/service/service_placement.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/service/zone_rebalancer.h"
#include "models/ecs/task/task_definition.h"

struct placement_request service_request(const struct service *service,
                                         const struct task_definition *definition, rng_key draw)
{
    if (service->daemon)
        return daemon_request(service, definition);
    struct placement_request request = definition_request(definition);
    request.group = service->group;
    request.strategies = service->strategies->count ? service->strategies : &placement_default_for_services;
    request.constraints[1] = service->constraints;
    request.availability_zones = definition_zones(definition, service->network_configuration);
    request.draw = draw;
    if (service->rebalancing.surplus)
        request.filter = &service->rebalancing.filter;
    return request;
}

struct capacity_seeker service_seeker(const struct deployment *deployment)
{
    const struct service *service = deployment->service;
    return (struct capacity_seeker){
        .service = service,
        .strategy = deployment->strategy,
        .tasks_of = deployment->alive_of,
        .zones = service->zones,
        .only = service->rebalancing.surplus ? service->rebalancing.to : NULL,
    };
}

/* --- eligible hosts --------------------------------------------------------------------------- */

static void make_room(const struct world *world, struct service *service)
{
    if (service->eligible_capacity >= world->host_capacity)
        return;
    service->eligible = memory_grow(service->eligible, world->host_capacity, sizeof *service->eligible);
    for (uint32_t i = service->eligible_capacity; i < world->host_capacity; i++)
        service->eligible[i] = false;
    service->eligible_capacity = world->host_capacity;
}

static bool is_eligible(const struct world *world, const struct service *service,
                        const struct container_instance *host)
{
    return host->status == INSTANCE_ACTIVE && capacity_uses_host(service->strategy, host) &&
           placement_reaches(world->placement, service->eligible_zones, host->placement) &&
           placement_satisfies(world->placement, service->eligible_under[0], host->placement) &&
           placement_satisfies(world->placement, service->eligible_under[1], host->placement);
}

static void look_at_host(struct world *world, struct service *service, const struct container_instance *host)
{
    bool eligible = is_eligible(world, service, host);
    int change = eligible - service->eligible[host->placement];
    if (change && service->daemon) /* its filter goes by it */
        placement_touch(world->placement, host->placement);
    service->eligible[host->placement] = eligible;
    service->eligible_hosts += change;
    service->zones[host->zone->index].hosts += change;
    if (service->daemon)
        daemon_look_at_host(world, service, host);
    else if (change)
        zone_rebalancer_consider(world, service);
}

/* Whether it has changed. */
static bool look_at_zone(struct service *service, const struct zone *zone)
{
    struct zone_share *share = &service->zones[zone->index];
    bool launched = share->launches;
    share->launches =
        capacity_is_fargate(service->strategy) && fargate_launches_in(zone, service->eligible_zones);
    return share->launches != launched;
}

void service_look_at_hosts(struct world *world, struct service *service)
{
    make_room(world, service);
    service->eligible_under[0] = &service->primary->definition->settings->placement_constraints;
    service->eligible_under[1] = service->constraints;
    service->eligible_zones = definition_zones(service->primary->definition, service->network_configuration);
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            look_at_host(world, service, world->hosts[i]);
    for (uint32_t i = 0; i < world->zone_count; i++)
        look_at_zone(service, &world->zones[i]);
}

void services_host_changed(struct world *world, const struct container_instance *host)
{
    if (host->placement == PLACEMENT_NONE)
        return; /* given up before it was registered */
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (!service->primary)
            continue;
        make_room(world, service);
        look_at_host(world, service, host);
    }
}

void services_zone_changed(struct world *world, const struct zone *zone)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (service->primary && look_at_zone(service, zone))
            zone_rebalancer_consider(world, service);
    }
}
