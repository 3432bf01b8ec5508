#include "models/ecs/group/purchase_pools.h"
#include <stdbool.h>

int64_t purchase_unit_price(const struct purchase_pool *pool)
{
    return pool->price < 0 ? INT64_MAX : pool->price / pool->weight;
}

/* In units. */
static int64_t depth(const struct purchase_pool *pool)
{
    int64_t units;
    return __builtin_mul_overflow(pool->room, pool->weight, &units) ? INT64_MAX : units;
}

static bool is_deep_enough(const struct allocation *allocation, const struct purchase_pool *pool)
{
    return depth(pool) >= allocation->missing;
}

/* Below 0: the first is preferred. */
static int compare_prices(const struct purchase_pool *one, const struct purchase_pool *other)
{
    int64_t first = purchase_unit_price(one), second = purchase_unit_price(other);
    return (first > second) - (first < second);
}

static int compare_depths(const struct purchase_pool *one, const struct purchase_pool *other)
{
    int64_t first = depth(one), second = depth(other);
    return (first < second) - (first > second);
}

/* Whoever is deep enough comes first, whatever the strategy says of those; the deepest of the others next. */
static int compare_sufficiency(const struct allocation *allocation, const struct purchase_pool *one,
                               const struct purchase_pool *other)
{
    bool first = is_deep_enough(allocation, one), second = is_deep_enough(allocation, other);
    if (first != second)
        return second - first;
    return first ? 0 : compare_depths(one, other);
}

static int compare(const struct allocation *allocation, const struct purchase_pool *one,
                   const struct purchase_pool *other)
{
    int order = 0;
    switch (allocation->strategy) {
    case ALLOCATION_LOWEST_PRICE:
        return compare_prices(one, other);
    case ALLOCATION_CAPACITY_OPTIMIZED:
        return compare_depths(one, other);
    case ALLOCATION_CAPACITY_OPTIMIZED_PRIORITIZED:
        return compare_sufficiency(allocation, one, other);
    case ALLOCATION_PRICE_CAPACITY_OPTIMIZED:
        order = compare_sufficiency(allocation, one, other);
        return order ? order : compare_prices(one, other);
    case ALLOCATION_PRIORITIZED:
    case ALLOCATION_COUNT:
        break;
    }
    return 0;
}

/* How many pools that have room are preferred to this one: the earlier among equals. */
static int64_t place(const struct allocation *allocation, const struct purchase_pool *pools, size_t count,
                     size_t pool)
{
    int64_t before = 0;
    for (size_t i = 0; i < count; i++) {
        int order = compare(allocation, &pools[i], &pools[pool]);
        before += i != pool && pools[i].room > 0 && (order < 0 || (order == 0 && i < pool));
    }
    return before;
}

static int64_t spread_of(const struct allocation *allocation)
{
    return allocation->strategy == ALLOCATION_LOWEST_PRICE ? allocation->spread : 1;
}

/* Of the pools over which is spread, the one with the fewest of the group's units. */
size_t purchase_choose_pool(const struct allocation *allocation, const struct purchase_pool *pools,
                            size_t count)
{
    size_t best = NO_POOL;
    int64_t best_place = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t its_place = place(allocation, pools, count, i);
        if (pools[i].room == 0 || its_place >= spread_of(allocation))
            continue;
        if (best == NO_POOL || pools[i].units < pools[best].units ||
            (pools[i].units == pools[best].units && its_place < best_place))
            best = i, best_place = its_place;
    }
    return best;
}

/* Of the pools over which is spread: how many have fewer of the group's units. */
static int64_t fullness(const struct allocation *allocation, const struct purchase_pool *pools, size_t count,
                        size_t pool)
{
    int64_t fewer = 0;
    for (size_t i = 0; i < count; i++)
        fewer += pools[i].room > 0 && pools[i].units < pools[pool].units &&
                 place(allocation, pools, count, i) < spread_of(allocation);
    return fewer;
}

int64_t purchase_misfit(const struct allocation *allocation, const struct purchase_pool *pools, size_t count,
                        size_t pool)
{
    int64_t its_place = place(allocation, pools, count, pool);
    return its_place < spread_of(allocation) ? fullness(allocation, pools, count, pool) : its_place;
}
