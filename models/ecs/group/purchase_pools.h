/* Which pool of a zone a host comes from: a pure choice among the types that a group may launch there.
 *
 * A pool is hosts of one type, in one zone, of one market. How much a Spot pool can still hold is AWS's
 * secret and the scenario's setting; where it says nothing all pools are boundless. A pool is called deep
 * enough if it can hold all that is being launched. [EAS mixed-instances-groups; EAS allocation-strategies]
 *
 *   prioritized                      the first in the order of the overrides
 *   lowest-price                     the cheapest unit; Spot spreads evenly over the N cheapest with room
 *   capacity-optimized               the deepest, in units
 *   capacity-optimized-prioritized   the first that is deep enough, else the deepest
 *   price-capacity-optimized         the cheapest unit that is deep enough, else the deepest
 *
 * Equals are told apart by the order of the overrides (AWS does not say). A pool without a known price is
 * dearer than any other. */
#ifndef MODELS_ECS_PURCHASE_POOLS_H
#define MODELS_ECS_PURCHASE_POOLS_H

#include <stddef.h>
#include <stdint.h>

enum allocation_strategy {
    ALLOCATION_PRIORITIZED,
    ALLOCATION_LOWEST_PRICE,
    ALLOCATION_CAPACITY_OPTIMIZED,
    ALLOCATION_CAPACITY_OPTIMIZED_PRIORITIZED,
    ALLOCATION_PRICE_CAPACITY_OPTIMIZED,
    ALLOCATION_COUNT,
};

#define POOL_BOUNDLESS INT64_MAX
#define NO_POOL SIZE_MAX

struct purchase_pool {
    int64_t price;  /* of an hour of a host, billionths of a dollar; negative: unknown */
    int64_t weight; /* units that a host is, at least 1 */
    int64_t room;   /* hosts that it can still hold; 0: none is launched there now */
    int64_t units;  /* that the group has in it */
};

struct allocation {
    enum allocation_strategy strategy;
    int64_t spread;  /* lowest-price: over how many pools, at least 1 */
    int64_t missing; /* units that are being launched */
};

/* The price of one unit, billionths of a dollar; INT64_MAX: unknown. */
int64_t purchase_unit_price(const struct purchase_pool *);

/* The pool that the next host comes from; NO_POOL if none has room. */
size_t purchase_choose_pool(const struct allocation *, const struct purchase_pool *, size_t count);

/* How badly hosts of a pool fit the strategy: at a scale-in those of the highest go first, so that what
 * remains is aligned with it. [EAS termination-policies] Under lowest-price what is outside the N cheapest
 * pools goes first, the dearest before all, then what their fullest has. */
int64_t purchase_misfit(const struct allocation *, const struct purchase_pool *, size_t count, size_t pool);

#endif
