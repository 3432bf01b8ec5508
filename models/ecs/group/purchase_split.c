#include "models/ecs/group/purchase_split.h"

static int64_t at_least_zero(int64_t value)
{
    return value > 0 ? value : 0;
}

struct market_units purchase_split(const struct instances_distribution_settings *distribution,
                                   int64_t capacity)
{
    int64_t base =
        distribution->on_demand_base_capacity < capacity ? distribution->on_demand_base_capacity : capacity;
    int64_t above = capacity - base;
    int64_t on_demand = base + (above * distribution->on_demand_percentage_above_base_capacity + 99) / 100;
    return (struct market_units){{[MARKET_ON_DEMAND] = on_demand, [MARKET_SPOT] = capacity - on_demand}};
}

enum market purchase_next_market(const struct instances_distribution_settings *distribution, int64_t desired,
                                 const struct market_units *present)
{
    struct market_units wanted = purchase_split(distribution, desired);
    return present->of[MARKET_ON_DEMAND] < wanted.of[MARKET_ON_DEMAND] ? MARKET_ON_DEMAND : MARKET_SPOT;
}

enum market purchase_surplus_market(const struct instances_distribution_settings *distribution,
                                    int64_t desired, const struct market_units *present)
{
    struct market_units wanted = purchase_split(distribution, desired);
    int64_t on_demand = at_least_zero(present->of[MARKET_ON_DEMAND] - wanted.of[MARKET_ON_DEMAND]);
    int64_t spot = at_least_zero(present->of[MARKET_SPOT] - wanted.of[MARKET_SPOT]);
    return on_demand > spot ? MARKET_ON_DEMAND : MARKET_SPOT;
}
