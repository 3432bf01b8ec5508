/* spotMarket: what AWS does not publish of its spare capacity. */
#include "models/settings/tables.h"

#define OF struct spot_pool_settings
static const struct param pool_params[] = {
    ROW("instanceType", TEXT, instance_type, "of hosts of this type (default: of any)"),
    ROW("availabilityZone", TEXT, availability_zone, "in this zone (default: in any)"),
    ROW("hosts", INTEGER, hosts,
        "hosts that EC2 can have there at a time (default: as many as are asked for)", RANGE(0, MOST_COUNT)),
    ROW("priceShare", NUMBER, price_share, "its price, as a share of the On-Demand price", RANGE(0, MILLION)),
    PARAM_END,
};
#undef OF

static void check_pool(struct mistakes *mistakes, void *object, void *root)
{
    const struct spot_pool_settings *pool = object;
    if (pool->instance_type)
        settings_instance_type(mistakes, root, pool, pool->instance_type);
}

static const struct shape pool_shape = {
    .name = "Spot pool",
    .size = sizeof(struct spot_pool_settings),
    .params = pool_params,
    .check = check_pool,
};

void settings_check_spot_market(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    EACH(struct spot_pool_settings, pool, settings->spot_market.pools) {
        if (pool->availability_zone && !settings_named(settings, NAMED_ZONE, pool->availability_zone))
            mistake(mistakes, pool, "availabilityZone", "`%s` is not one of the scenario's availabilityZones",
                    pool->availability_zone);
    }
}

#define OF struct spot_market_settings
static const struct param market_params[] = {
    ROW("priceShare", NUMBER, price_share,
        "what a Spot host costs, as a share of the On-Demand price (default: what r5.16xlarge cost on "
        "average in three zones of us-east-1, by the public traces of skypilot-org/spot-traces)",
        DEFAULT("0.36"), RANGE(0, MILLION)),
    ROW_LIST("pools", pools, pool_shape,
             "pools of which more is known: each is of one type and zone, or says something of all that it "
             "leaves open; where several fit, all limits hold, and the first price"),
    PARAM_END,
};
#undef OF

const struct shape spot_market_shape = {
    .name = "Spot market",
    .size = sizeof(struct spot_market_settings),
    .params = market_params,
};
