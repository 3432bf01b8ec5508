/* The Spot market: in which pools EC2 has hosts to spare, and what they cost.
 *
 * A pool is hosts of one type in one zone, whoever has them. It is boundless, safe and as dear as the market,
 * but for what the scenario says of it (spotMarket) and what befalls it: a pool that is closed takes no
 * launches; one at risk has a single host left to give, so that strategies that look for capacity avoid it
 * (AWS publishes neither its depth nor its risk). What is said of "any" type or zone holds for all of them:
 * all limits hold, and the first price. A host counts from its launch request until EC2 has ended it. */
#ifndef MODELS_ECS_SPOT_MARKET_H
#define MODELS_ECS_SPOT_MARKET_H

#include "models/settings/launch_plan.h"

struct world;
struct zone;
struct container_instance;

/* What is known of one pool, or of several. */
struct spot_pool {
    const char *instance_type, *zone; /* NULL: any */
    int64_t most;                     /* hosts that it can hold; ABSENT: without limit */
    int64_t price_share;              /* ABSENT: the market's */
    int64_t hosts;                    /* counted where there is a limit */
    int closings, risks;              /* going on */
};

struct spot_market {
    struct spot_pool *pools;
    size_t pool_count;
    int64_t price_share;
};

void spot_market_begin(struct world *);

/* Hosts of the type that EC2 can still launch in the zone; POOL_BOUNDLESS. */
int64_t spot_room(const struct spot_market *, const struct instance_type *, const char *zone);
/* Of an hour, billionths of a dollar; negative: unknown. */
int64_t spot_price(const struct spot_market *, const struct instance_type *, const char *zone);

/* A Spot host is launched (+1), or EC2 has ended it (-1). */
void spot_market_count(struct spot_market *, const struct container_instance *, int sign);

/* The pool, to be closed or put at risk; NULL stands for any type or zone. */
struct spot_pool *spot_market_pool(struct world *, const char *instance_type, const char *zone);
bool spot_pool_has(const struct spot_pool *, const struct container_instance *);

#endif
