#include "models/ecs/group/purchase.h"
#include "models/ecs/group/purchase_pools.h"
#include "models/ecs/group/spot_market.h"

/* --- what the group has ----------------------------------------------------------------------- */

static const struct launch_option *option_at(const struct launch_plan *plan, size_t option)
{
    return LIST_AT(struct launch_option, plan->options, option);
}

static struct market_units *pool_at(const struct purchasing *purchasing, size_t option, uint32_t zone)
{
    return &purchasing->pools[option * purchasing->zone_count + zone];
}

/* NO_POOL: the plan has no such type. */
static size_t option_of(const struct launch_plan *plan, const struct instance_type *type)
{
    for (size_t i = 0; i < plan->options.count; i++)
        if (option_at(plan, i)->type == type)
            return i;
    return NO_POOL;
}

void purchase_count(struct auto_scaling_group *group, const struct container_instance *host, int sign)
{
    struct purchasing *purchasing = &group->purchasing;
    size_t option = option_of(purchasing->plan, host->type);
    purchasing->present.of[host->market] += sign * host->weight;
    purchasing->in_service += sign * host->weight * (host->lifecycle == LIFECYCLE_IN_SERVICE);
    purchasing->at_risk += sign * host->weight * (host->at_risk && group->settings->capacity_rebalance);
    if (option != NO_POOL)
        pool_at(purchasing, option, host->zone->index)->of[host->market] += sign * host->weight;
}

static int64_t largest_weight(const struct launch_plan *plan)
{
    int64_t largest = 1;
    EACH(struct launch_option, option, plan->options)
        largest = option->weight > largest ? option->weight : largest;
    return largest;
}

void group_adopt_plan(struct world *world, struct auto_scaling_group *group, const struct launch_plan *plan)
{
    struct purchasing *purchasing = &group->purchasing;
    *purchasing = (struct purchasing){
        .plan = plan,
        .largest_weight = largest_weight(plan),
        .zone_count = world->zone_count,
        .pools =
            arena_array(world->arena, plan->options.count * world->zone_count, sizeof *purchasing->pools),
    };
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (lifecycle_counts(each->lifecycle))
            purchase_count(group, each, +1);
}

int64_t group_largest_weight(const struct auto_scaling_group *group)
{
    return group->purchasing.largest_weight;
}

/* --- what there is to buy --------------------------------------------------------------------- */

/* Where and on which market a group looks at its options. */
struct offer {
    const struct world *world;
    const struct auto_scaling_group *group;
    const struct zone *zone;
    enum market market;
};

/* Dollars an hour of one unit; ABSENT: the On-Demand price, which no Spot pool exceeds. */
static bool is_too_dear(const struct launch_plan *plan, const struct purchase_pool *pool)
{
    return plan->spot_max_price != ABSENT && pool->price >= 0 &&
           (__int128)plan->spot_max_price * 1000 * pool->weight < pool->price;
}

static struct purchase_pool spot_pool_of(const struct offer *offer, const struct launch_option *option)
{
    const struct spot_market *market = &offer->world->spot_market;
    struct purchase_pool pool = {
        .price = spot_price(market, option->type, offer->zone->name),
        .room = spot_room(market, option->type, offer->zone->name),
        .weight = option->weight,
    };
    if (is_too_dear(offer->group->purchasing.plan, &pool))
        pool.room = 0;
    return pool;
}

static struct purchase_pool pool_of(const struct offer *offer, size_t option)
{
    const struct purchasing *purchasing = &offer->group->purchasing;
    const struct launch_option *of = option_at(purchasing->plan, option);
    struct purchase_pool pool = {.price = of->type->price, .room = POOL_BOUNDLESS, .weight = of->weight};
    if (offer->market == MARKET_SPOT)
        pool = spot_pool_of(offer, of);
    if (offer->zone->launch_refusals)
        pool.room = 0;
    pool.units = pool_at(purchasing, option, offer->zone->index)->of[offer->market];
    return pool;
}

static void fill_pools(const struct offer *offer, struct purchase_pool *pools)
{
    for (size_t i = 0; i < offer->group->purchasing.plan->options.count; i++)
        pools[i] = pool_of(offer, i);
}

/* --- by which strategy ------------------------------------------------------------------------ */

static const enum allocation_strategy on_demand_strategies[] = {
    [ON_DEMAND_PRIORITIZED] = ALLOCATION_PRIORITIZED,
    [ON_DEMAND_LOWEST_PRICE] = ALLOCATION_LOWEST_PRICE,
};

static const enum allocation_strategy spot_strategies[] = {
    [SPOT_LOWEST_PRICE] = ALLOCATION_LOWEST_PRICE,
    [SPOT_CAPACITY_OPTIMIZED] = ALLOCATION_CAPACITY_OPTIMIZED,
    [SPOT_CAPACITY_OPTIMIZED_PRIORITIZED] = ALLOCATION_CAPACITY_OPTIMIZED_PRIORITIZED,
    [SPOT_PRICE_CAPACITY_OPTIMIZED] = ALLOCATION_PRICE_CAPACITY_OPTIMIZED,
};

static struct allocation allocation_of(const struct instances_distribution_settings *distribution,
                                       enum market market, int64_t missing)
{
    struct allocation allocation = {ALLOCATION_PRIORITIZED, 1, missing};
    if (!distribution)
        return allocation;
    allocation.strategy = market == MARKET_SPOT
                              ? spot_strategies[distribution->spot_allocation_strategy]
                              : on_demand_strategies[distribution->on_demand_allocation_strategy];
    if (market == MARKET_SPOT && allocation.strategy == ALLOCATION_LOWEST_PRICE)
        allocation.spread = given_or(distribution->spot_instance_pools, 2);
    return allocation;
}

/* What the group has, those aside that it replaces since they are at risk. */
static struct market_units lasting_units(const struct purchasing *purchasing)
{
    struct market_units units = purchasing->present;
    units.of[MARKET_SPOT] -= purchasing->at_risk;
    return units;
}

/* A launch beyond the desired capacity is shared as if that were larger: so what is over its share
 * afterwards, and goes, is of the market of what was launched ahead of it. */
static enum market next_market(const struct auto_scaling_group *group)
{
    const struct launch_plan *plan = group->purchasing.plan;
    struct market_units units = lasting_units(&group->purchasing);
    int64_t one_more = units.of[MARKET_ON_DEMAND] + units.of[MARKET_SPOT] + 1;
    int64_t wanted = one_more > group->desired ? one_more : group->desired;
    return plan->distribution ? purchase_next_market(plan->distribution, wanted, &units)
                              : (enum market)plan->market;
}

static int64_t used_zones(const struct auto_scaling_group *group)
{
    int64_t used = 0;
    for (uint32_t i = 0; i < group->purchasing.zone_count; i++)
        used += group->zones[i].used;
    return used;
}

/* Units that are to be launched in a zone: its even part of what the market lacks, one at least. */
static int64_t missing_in_zone(const struct auto_scaling_group *group, enum market market)
{
    const struct purchasing *purchasing = &group->purchasing;
    int64_t wanted = purchasing->plan->distribution
                         ? purchase_split(purchasing->plan->distribution, group->desired).of[market]
                         : group->desired;
    int64_t missing = wanted - lasting_units(purchasing).of[market], zones = used_zones(group);
    return missing > 0 && zones > 0 ? (missing + zones - 1) / zones : 1;
}

static size_t choose_option(const struct offer *offer, struct purchase_pool *pools)
{
    const struct auto_scaling_group *group = offer->group;
    const struct launch_plan *plan = group->purchasing.plan;
    struct allocation allocation =
        allocation_of(plan->distribution, offer->market, missing_in_zone(group, offer->market));
    fill_pools(offer, pools);
    return purchase_choose_pool(&allocation, pools, plan->options.count);
}

/* --- where it comes from ---------------------------------------------------------------------- */

/* Where the scenario does not hold the template, $Latest and $Default say no number. */
struct launch_origin launch_origin_of(const char *launch_configuration,
                                      const struct launch_template_specification_settings *specification)
{
    struct launch_origin origin = {.launch_configuration = launch_configuration};
    const struct launch_template_settings *template = specification ? specification->launch_template : NULL;
    if (template) {
        origin.launch_template = template->name ? template->name : template->id;
        origin.version = template->version;
        origin.instance_profile = template->data.instance_profile.name;
    } else if (specification) {
        origin.launch_template = specification->name ? specification->name : specification->id;
        origin.version = specification->version ? atoll(specification->version) : 0;
    }
    return origin;
}

/* NULL once a refresh has brought a configuration of its own. */
static const char *launch_configuration(const struct auto_scaling_group *group)
{
    bool has_been_refreshed = group->purchasing.plan != &group->settings->plan;
    return has_been_refreshed ? NULL : group->settings->behaviour.launch_configuration;
}

struct launch_origin group_launch_origin(const struct auto_scaling_group *group)
{
    return launch_origin_of(launch_configuration(group), group->purchasing.plan->specification);
}

static struct launch_origin origin_of_option(const struct auto_scaling_group *group,
                                             const struct launch_option *option)
{
    return launch_origin_of(launch_configuration(group), option->specification);
}

bool launch_origins_are_same(struct launch_origin a, struct launch_origin b)
{
    return text_is_same(a.launch_configuration, b.launch_configuration) &&
           text_is_same(a.launch_template, b.launch_template) && a.version == b.version;
}

bool group_launches_like(const struct auto_scaling_group *group, const struct container_instance *host)
{
    EACH(struct launch_option, option, group->purchasing.plan->options) {
        if (option->type == host->type &&
            launch_origins_are_same(host->origin, origin_of_option(group, option)))
            return true;
    }
    return false;
}

/* --- the launch ------------------------------------------------------------------------------- */

struct purchase group_purchase(const struct world *world, const struct auto_scaling_group *group,
                               const struct zone *zone)
{
    struct purchase_pool pools[MOST_LAUNCH_OPTIONS];
    struct offer offer = {world, group, zone, next_market(group)};
    size_t chosen = choose_option(&offer, pools);
    if (chosen == NO_POOL)
        return (struct purchase){0};
    const struct launch_option *option = option_at(group->purchasing.plan, chosen);
    return (struct purchase){
        .type = option->type,
        .simulation = &group->settings->simulation,
        .origin = origin_of_option(group, option),
        .market = offer.market,
        .weight = option->weight,
        .price = pools[chosen].price,
    };
}

bool group_zone_refuses(const struct world *world, const struct auto_scaling_group *group,
                        const struct zone *zone)
{
    struct purchase_pool pools[MOST_LAUNCH_OPTIONS];
    struct offer offer = {world, group, zone, next_market(group)};
    return zone->launch_refusals || choose_option(&offer, pools) == NO_POOL;
}

struct purchase purchase_of_type(const struct world *world, const struct instance_type *type,
                                 const struct host_simulation_settings *simulation, const struct zone *zone)
{
    bool is_spot = simulation->market == MARKET_SPOT;
    return (struct purchase){
        .type = type,
        .simulation = simulation,
        .market = simulation->market,
        .weight = 1,
        .price = is_spot ? spot_price(&world->spot_market, type, zone->name) : type->price,
    };
}

/* --- scale-in --------------------------------------------------------------------------------- */

int group_surplus_market(const struct auto_scaling_group *group)
{
    const struct purchasing *purchasing = &group->purchasing;
    if (!purchasing->plan->distribution)
        return EITHER_MARKET;
    return purchase_surplus_market(purchasing->plan->distribution, group->desired, &purchasing->present);
}

int64_t group_misfit(const struct world *world, const struct auto_scaling_group *group,
                     const struct container_instance *host)
{
    const struct launch_plan *plan = group->purchasing.plan;
    struct purchase_pool pools[MOST_LAUNCH_OPTIONS];
    struct offer offer = {world, group, host->zone, (enum market)host->market};
    struct allocation allocation = allocation_of(plan->distribution, offer.market, 1);
    size_t option = option_of(plan, host->type);
    bool is_heeded = offer.market == MARKET_SPOT || allocation.strategy != ALLOCATION_LOWEST_PRICE;
    if (!plan->distribution || plan->options.count == 1 || !is_heeded)
        return 0;
    if (option == NO_POOL)
        return INT64_MAX;
    fill_pools(&offer, pools);
    return purchase_misfit(&allocation, pools, plan->options.count, option);
}
