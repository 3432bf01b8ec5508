#include "models/ecs/group/spot_market.h"
#include "models/ecs/group/purchase_pools.h"
#include "models/ecs/world.h"
#include <string.h>

void spot_market_begin(struct world *world)
{
    const struct spot_market_settings *settings = &world->settings->spot_market;
    size_t most = settings->pools.count + world->settings->failures.count;
    struct spot_market *market = &world->spot_market;
    *market = (struct spot_market){
        .pools = arena_array(world->arena, most, sizeof *market->pools),
        .price_share = settings->price_share,
    };
    EACH(struct spot_pool_settings, pool, settings->pools)
        market->pools[market->pool_count++] = (struct spot_pool){.instance_type = pool->instance_type,
                                                                 .zone = pool->availability_zone,
                                                                 .most = pool->hosts,
                                                                 .price_share = pool->price_share};
}

static bool fits(const struct spot_pool *pool, const struct instance_type *type, const char *zone)
{
    return (!pool->instance_type || !strcmp(pool->instance_type, type->name)) &&
           (!pool->zone || !strcmp(pool->zone, zone));
}

static int64_t room_in(const struct spot_pool *pool)
{
    int64_t room = pool->most == ABSENT       ? POOL_BOUNDLESS
                   : pool->most > pool->hosts ? pool->most - pool->hosts
                                              : 0;
    if (pool->closings)
        return 0;
    return pool->risks && room > 1 ? 1 : room;
}

int64_t spot_room(const struct spot_market *market, const struct instance_type *type, const char *zone)
{
    int64_t room = POOL_BOUNDLESS;
    for (size_t i = 0; i < market->pool_count; i++)
        if (fits(&market->pools[i], type, zone) && room_in(&market->pools[i]) < room)
            room = room_in(&market->pools[i]);
    return room;
}

static int64_t price_share(const struct spot_market *market, const struct instance_type *type,
                           const char *zone)
{
    for (size_t i = 0; i < market->pool_count; i++)
        if (market->pools[i].price_share != ABSENT && fits(&market->pools[i], type, zone))
            return market->pools[i].price_share;
    return market->price_share;
}

int64_t spot_price(const struct spot_market *market, const struct instance_type *type, const char *zone)
{
    if (type->price < 0)
        return type->price;
    return (int64_t)((__int128)type->price * price_share(market, type, zone) / MILLION);
}

bool spot_pool_has(const struct spot_pool *pool, const struct container_instance *host)
{
    return host->market == MARKET_SPOT && fits(pool, host->type, host->zone->name);
}

void spot_market_count(struct spot_market *market, const struct container_instance *host, int sign)
{
    for (size_t i = 0; i < market->pool_count; i++)
        if (market->pools[i].most != ABSENT)
            market->pools[i].hosts += sign * spot_pool_has(&market->pools[i], host);
}

/* Each failure names one pool at most, and there is room for them from the beginning. */
struct spot_pool *spot_market_pool(struct world *world, const char *instance_type, const char *zone)
{
    struct spot_market *market = &world->spot_market;
    for (size_t i = 0; i < market->pool_count; i++)
        if (text_is_same(market->pools[i].instance_type, instance_type) &&
            text_is_same(market->pools[i].zone, zone))
            return &market->pools[i];
    struct spot_pool *pool = &market->pools[market->pool_count++];
    *pool = (struct spot_pool){
        .instance_type = instance_type, .zone = zone, .most = ABSENT, .price_share = ABSENT};
    return pool;
}
