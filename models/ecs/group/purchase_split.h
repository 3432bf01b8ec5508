/* How much of a mixed group is On-Demand, and so which market the next host comes from or leaves: pure
 * functions of the distribution and of what the group has.
 *
 * Capacities are units of the desired capacity. The base is met first; of what is above it the percentage is
 * On-Demand, and a fraction is a whole unit of On-Demand. [EAS mixed-instances-groups] */
#ifndef MODELS_ECS_PURCHASE_SPLIT_H
#define MODELS_ECS_PURCHASE_SPLIT_H

#include "models/settings/launch_plan.h"

/* Of which market the units are that a group has, or should have. */
struct market_units {
    int64_t of[MARKET_COUNT];
};

/* What a capacity should be made of. */
struct market_units purchase_split(const struct instances_distribution_settings *, int64_t capacity);

/* Of a group that has fewer units than it wants: On-Demand until its share is met, then Spot. Where Spot has
 * no capacity On-Demand does not stand in for it. [EAS mixed-instances-groups] */
enum market purchase_next_market(const struct instances_distribution_settings *, int64_t desired,
                                 const struct market_units *present);

/* Of a group that scales in to `desired`: the market that is more over its share; Spot where both are as much
 * (AWS does not say). [EAS termination-policies] */
enum market purchase_surplus_market(const struct instances_distribution_settings *, int64_t desired,
                                    const struct market_units *present);

#endif
