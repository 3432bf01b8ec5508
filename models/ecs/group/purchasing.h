/* How a group buys, and what it has bought: its plan, and the units of the hosts that it counts. */
#ifndef MODELS_ECS_PURCHASING_H
#define MODELS_ECS_PURCHASING_H

#include "models/ecs/group/purchase_split.h"

struct purchasing {
    const struct launch_plan *plan;
    int64_t largest_weight;      /* of its options */
    struct market_units present; /* in all */
    int64_t in_service;          /* of these */
    int64_t at_risk;             /* of these, those that it rebalances (capacity_rebalancing.h) */
    uint32_t zone_count;
    struct market_units *pools; /* by option and zone; hosts of other types are in none */
};

#endif
