#include "models/ecs/instance/host_filter.h"

static bool is_in_zone(const void *context, placement_instance instance)
{
    const struct zone *zone = context;
    const struct container_instance *host = zone->world->hosts[instance];
    return host && host->zone == zone;
}

struct placement_filter hosts_in_zone(const struct zone *zone, const struct placement_filter *next)
{
    return (struct placement_filter){is_in_zone, zone, REFUSED_INACTIVE, next};
}

static bool is_of_provider(const void *context, placement_instance instance)
{
    const struct capacity_provider *provider = context;
    const struct container_instance *host = provider->world->hosts[instance];
    return host && host->group == provider->group;
}

struct placement_filter hosts_of_provider(const struct capacity_provider *provider,
                                          const struct placement_filter *next)
{
    return (struct placement_filter){is_of_provider, provider, REFUSED_INACTIVE, next};
}

static bool is_draining(const void *context, placement_instance instance)
{
    const struct world *world = context;
    const struct container_instance *host = world->hosts[instance];
    return host && host->status == INSTANCE_DRAINING;
}

struct placement_filter hosts_draining(const struct world *world, const struct placement_filter *next)
{
    return (struct placement_filter){is_draining, world, REFUSED_INACTIVE, next};
}

static bool is_not_draining(const void *context, placement_instance instance)
{
    return !is_draining(context, instance);
}

struct placement_filter hosts_not_draining(const struct world *world, const struct placement_filter *next)
{
    return (struct placement_filter){is_not_draining, world, REFUSED_INACTIVE, next};
}
