#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT

static bool is_in_pool(const struct spot_pool *pool, const struct container_instance *host)
{
    return host->terminated_at == SIMTIME_NEVER && spot_pool_has(pool, host);
}

/* Hand-built hosts ask no limit, so there may be more than it. */
void audit_spot_pool(const struct world *world, const struct spot_pool *pool)
{
    int64_t hosts = 0;
    for (uint32_t i = 0; i < world->host_count; i++)
        hosts += world->hosts[i] && is_in_pool(pool, world->hosts[i]);
    for (const struct container_instance *each = world->first_launching; each; each = each->next_launching)
        hosts += each->placement == PLACEMENT_NONE && is_in_pool(pool, each);
    CHECK(pool->most == ABSENT || hosts == pool->hosts);
    CHECK(pool->closings >= 0 && pool->risks >= pool->closings);
}
#endif
