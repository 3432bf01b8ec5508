#include "models/ecs/service/service_placement.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/service/eligible_hosts.h"
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

/* Whether one of its zones has begun or ceased to have some. */
static bool look_at_zones(const struct world *world, struct service *service)
{
    bool changed = false;
    for (uint32_t i = 0; i < world->zone_count; i++) {
        struct zone_share *share = &service->zones[i];
        bool has_hosts = service->eligible->in_zone[i] > 0;
        changed |= share->has_hosts != has_hosts;
        share->has_hosts = has_hosts;
    }
    return changed;
}

/* Whether it has changed. */
static bool look_at_launches(struct service *service, const struct zone *zone)
{
    struct zone_share *share = &service->zones[zone->index];
    bool launched = share->launches;
    share->launches =
        capacity_is_fargate(service->strategy) && fargate_launches_in(zone, service->eligible->wishes.zones);
    return share->launches != launched;
}

/* A daemon's filter goes by what is eligible. */
static void look_as_daemon(struct world *world, struct service *service,
                           const struct container_instance *host, bool has_changed)
{
    if (has_changed)
        placement_touch(world->placement, host->placement);
    daemon_look_at_host(world, service, host);
}

static void look_at_all_as_daemon(struct world *world, struct service *service,
                                  const struct eligible_hosts *before)
{
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            look_as_daemon(world, service, world->hosts[i],
                           eligible_hosts_have(before, i) != eligible_hosts_have(service->eligible, i));
}

void service_look_at_hosts(struct world *world, struct service *service)
{
    const struct task_definition *definition = service->primary->definition;
    struct eligible_hosts *before = service->eligible;
    service->eligible = eligible_hosts_take(
        world, &(struct host_wishes){
                   .strategy = service->strategy,
                   .zones = definition_zones(definition, service->network_configuration),
                   .constraints = {&definition->settings->placement_constraints, service->constraints},
               });
    bool zones_changed = look_at_zones(world, service);
    if (service->daemon)
        look_at_all_as_daemon(world, service, before);
    else if (zones_changed)
        zone_rebalancer_consider(world, service);
    eligible_hosts_give(world, before);
    for (uint32_t i = 0; i < world->zone_count; i++)
        look_at_launches(service, &world->zones[i]);
}

void services_host_changed(struct world *world, const struct container_instance *host)
{
    if (host->placement == PLACEMENT_NONE)
        return; /* given up before it was registered */
    if (!eligible_hosts_look(world, host) && !world->daemon_count)
        return;
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (!service->primary)
            continue;
        bool zones_changed = look_at_zones(world, service);
        if (service->daemon)
            look_as_daemon(world, service, host, service->eligible->has_changed);
        else if (zones_changed)
            zone_rebalancer_consider(world, service);
    }
}

void services_zone_changed(struct world *world, const struct zone *zone)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (service->primary && look_at_launches(service, zone))
            zone_rebalancer_consider(world, service);
    }
}
