/* The verbs by which EC2 takes Spot capacity back. */
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/capacity_rebalancing.h"
#include "models/ecs/group/spot_market.h"
#include "models/ecs/instance/spot.h"
#include "models/ecs/results/rows.h"
#include "models/failure/failure.h"
#include <stdlib.h>

simtime fault_rebalance_lead(const struct world *world)
{
    EACH(struct auto_scaling_group_settings, group, world->settings->auto_scaling_groups) {
        if (group->capacity_rebalance)
            return world->settings->timing.rebalance_recommendation;
    }
    return 0;
}

bool fault_host_at_risk(struct world *world, struct container_instance *host)
{
    if (host->at_risk || !spot_may_be_interrupted(host))
        return false;
    capacity_rebalancing_recommended(world, host);
    return true;
}

/* --- pools ------------------------------------------------------------------------------------ */

/* Who is in a pool: all are found before the first is struck. */
struct catch
{
    pool_ref *refs;
    size_t count;
};

static void add(struct catch *catch, const struct spot_pool *pool, const struct container_instance *host)
{
    if (!spot_pool_has(pool, host) || !spot_may_be_interrupted(host))
        return;
    catch->refs = memory_grow(catch->refs, catch->count + 1, sizeof *catch->refs);
    catch->refs[catch->count++] = host->ref;
}

/* Those that are REGISTERING are among both. */
static struct catch catch_all(const struct world *world, const struct spot_pool *pool)
{
    struct catch catch = {0};
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i])
            add(&catch, pool, world->hosts[i]);
    for (const struct container_instance *each = world->first_launching; each; each = each->next_launching)
        if (each->placement == PLACEMENT_NONE)
            add(&catch, pool, each);
    return catch;
}

static void foresee(struct world *world, const struct spot_pool *pool)
{
    struct catch catch = catch_all(world, pool);
    for (size_t i = 0; i < catch.count; i++)
        fault_host_at_risk(world, pool_find(&world->instances, catch.refs[i]));
    free(catch.refs);
}

static void take_back(struct world *world, const struct spot_pool *pool, enum host_failure failure)
{
    struct catch catch = catch_all(world, pool);
    for (size_t i = 0; i < catch.count; i++) {
        struct container_instance *host = pool_find(&world->instances, catch.refs[i]);
        if (host)
            fault_host(world, host, failure);
    }
    free(catch.refs);
}

static void mark_closed(struct world *world, const struct spot_pool *pool)
{
    row_mark(world, NULL, "failure",
             arena_format(world->arena, "no Spot capacity of %s in %s",
                          pool->instance_type ? pool->instance_type : "any type",
                          pool->zone ? pool->zone : "any zone"));
}

static void wake_groups(struct world *world)
{
    for (uint32_t i = 0; i < world->group_count; i++)
        group_wake(world, &world->groups[i]);
}

void fault_spot_pool(struct world *world, const char *instance_type, const char *zone,
                     enum spot_pool_state state, enum host_failure failure)
{
    struct spot_pool *pool = spot_market_pool(world, instance_type, zone);
    switch (state) {
    case SPOT_POOL_AT_RISK:
        pool->risks++;
        foresee(world, pool);
        break;
    case SPOT_POOL_CLOSED:
        pool->closings++;
        mark_closed(world, pool);
        take_back(world, pool, failure);
        break;
    case SPOT_POOL_OPEN:
        pool->closings--;
        pool->risks--;
        wake_groups(world);
        break;
    }
}
