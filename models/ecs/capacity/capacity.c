#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/capacity_split.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/capacity/managed_draining.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/instance/host_filter.h"
#include <string.h>

/* --- providers and strategies ----------------------------------------------------------------- */

struct capacity_provider *capacity_provider_named(const struct world *world, const char *name)
{
    for (uint32_t i = 0; i < world->provider_count; i++)
        if (!strcmp(world->providers[i].name, name))
            return &world->providers[i];
    return NULL;
}

static struct capacity_provider *add(struct world *world, const char *name, int64_t price_share)
{
    CHECK(world->provider_count < MOST_CAPACITY_PROVIDERS);
    struct capacity_provider *provider = &world->providers[world->provider_count];
    *provider = (struct capacity_provider){
        .name = name,
        .index = world->provider_count++,
        .price_share = price_share,
        .world = world,
    };
    return provider;
}

static void add_provider_of_group(struct world *world, const char *name,
                                  const struct auto_scaling_group_provider_settings *settings)
{
    struct capacity_provider *provider = add(world, name, ABSENT);
    provider->group = group_find(world, settings->auto_scaling_group);
    if (settings->managed_scaling.status)
        provider->scaling = &settings->managed_scaling;
    provider->protects = settings->managed_termination_protection;
    if (settings->managed_draining)
        managed_draining_begin(world, provider->group);
}

static void add_provider(struct world *world, const struct capacity_provider_settings *settings)
{
    if (!settings_is_fargate(settings->name))
        add_provider_of_group(world, settings->name, settings->auto_scaling_group_provider);
    else if (settings->simulation.price_share != ABSENT)
        capacity_provider_named(world, settings->name)->price_share = settings->simulation.price_share;
}

void capacity_begin(struct world *world)
{
    world->providers = arena_array(world->arena, MOST_CAPACITY_PROVIDERS, sizeof *world->providers);
    add(world, "FARGATE", MILLION);
    add(world, "FARGATE_SPOT", ABSENT);
    EACH(struct capacity_provider_settings, each, world->settings->capacity_providers)
        add_provider(world, each);
}

struct capacity_strategy capacity_strategy_of(const struct world *world, const struct list *items)
{
    struct capacity_strategy strategy; /* of which only so many items are read as it has */
    strategy.count = 0;
    EACH(struct capacity_provider_item_settings, item, *items) {
        strategy.items[strategy.count].provider = capacity_provider_named(world, item->capacity_provider);
        strategy.items[strategy.count].base = item->base;
        strategy.items[strategy.count++].weight = item->weight;
    }
    return strategy;
}

const struct capacity_strategy *capacity_strategy_new(struct world *world, const struct list *items)
{
    struct capacity_strategy *strategy = arena_alloc(world->arena, sizeof *strategy);
    *strategy = capacity_strategy_of(world, items);
    return strategy;
}

bool capacity_is_fargate(const struct capacity_strategy *strategy)
{
    return strategy->count > 0 && !strategy->items[0].provider->group; /* the two kinds are never mixed */
}

bool capacity_uses_host(const struct capacity_strategy *strategy, const struct container_instance *host)
{
    for (int i = 0; i < strategy->count; i++)
        if (strategy->items[i].provider->group && strategy->items[i].provider->group == host->group &&
            strategy->items[i].weight > 0)
            return true;
    return strategy->count == 0;
}

/* --- the choice ------------------------------------------------------------------------------- */

static void fill_shares(const struct capacity_strategy *strategy, const int64_t *tasks_of,
                        struct capacity_share *shares)
{
    for (int i = 0; i < strategy->count; i++)
        shares[i] = (struct capacity_share){strategy->items[i].base, strategy->items[i].weight,
                                            tasks_of[strategy->items[i].provider->index]};
}

/* The provider that the next task goes to; NULL without a strategy. */
static const struct capacity_provider *provider_to_join(const struct capacity_seeker *seeker)
{
    struct capacity_share shares[MOST_STRATEGY_ITEMS];
    const struct capacity_strategy *strategy = seeker->strategy;
    if (!strategy->count)
        return NULL;
    fill_shares(strategy, seeker->tasks_of, shares);
    return strategy->items[capacity_gains(shares, strategy->count)].provider;
}

void capacity_hold_to(const struct capacity_provider *provider, struct placement_request *request,
                      struct placement_filter *filter)
{
    *filter = hosts_of_provider(provider, request->filter);
    request->filter = filter;
}

static placement_instance choose_host(struct world *world, struct capacity_seeker *seeker,
                                      const struct capacity_provider *provider,
                                      struct placement_request *request)
{
    if (provider)
        capacity_hold_to(provider, request, &seeker->of_provider);
    return placement_choose(world->placement, request);
}

/* Who has waited comes first. */
static void catch_up(struct world *world, const struct capacity_seeker *seeker)
{
    const struct capacity_provider *provider = provider_to_join(seeker);
    if (provider && provider->group)
        provisioning_catch_up(world, provider);
}

static struct zone *choose_zone(struct world *world, const struct capacity_seeker *seeker,
                                const struct placement_request *request)
{
    struct zone *best = NULL;
    for (uint32_t i = 0; i < world->zone_count; i++) {
        struct zone *zone = &world->zones[i];
        if (seeker->only && seeker->only != zone)
            continue;
        if (fargate_launches_in(zone, request->availability_zones) &&
            (!best || seeker->zones[i].tasks < seeker->zones[best->index].tasks))
            best = zone;
    }
    return best;
}

bool capacity_is_there(struct world *world, struct capacity_seeker *seeker, struct placement_request *request)
{
    if (capacity_is_fargate(seeker->strategy))
        return choose_zone(world, seeker, request);
    catch_up(world, seeker);
    return choose_host(world, seeker, provider_to_join(seeker), request) != PLACEMENT_NONE;
}

static enum capacity_verdict choose_fargate(struct world *world, const struct host_choice *choice,
                                            struct capacity *chosen)
{
    if (!choice->zone)
        return CAPACITY_NO_FARGATE;
    if (!fargate_may_launch(world))
        return CAPACITY_LATER;
    chosen->instance = fargate_machine(world, choice->zone, choice->definition);
    return CAPACITY_FOUND;
}

/* Without managed scaling a task without a host comes to nothing. In the world before t = 0 nobody waits: it
 * is tried again at the first tick. */
static enum capacity_verdict without_host(const struct world *world, const struct capacity_seeker *seeker,
                                          const struct capacity_provider *provider)
{
    if (!provider || !provider->scaling || seeker->only || world->starting)
        return CAPACITY_NO_HOST;
    return provisioning_is_full(world) ? CAPACITY_PROVISIONING_FULL : CAPACITY_PROVISIONING;
}

struct host_choice capacity_consider(struct world *world, struct capacity_seeker *seeker,
                                     const struct task_definition *definition,
                                     struct placement_request *request)
{
    struct host_choice choice = {
        .request = request,
        .definition = definition,
        .service = seeker->service,
        .provider = provider_to_join(seeker),
        .on_fargate = capacity_is_fargate(seeker->strategy),
        .host = PLACEMENT_NONE,
    };
    if (choice.on_fargate)
        choice.zone = choose_zone(world, seeker, request);
    else
        choice.host = choose_host(world, seeker, choice.provider, request);
    return choice;
}

enum capacity_verdict capacity_choose(struct world *world, struct capacity_seeker *seeker,
                                      const struct task_definition *definition,
                                      struct placement_request *request, struct capacity *chosen)
{
    catch_up(world, seeker);
    struct host_choice choice = capacity_consider(world, seeker, definition, request);
    run_tell_choice(world->run, &choice);
    *chosen = (struct capacity){.provider = choice.provider};
    if (choice.on_fargate)
        return choose_fargate(world, &choice, chosen);
    if (choice.host == PLACEMENT_NONE)
        return without_host(world, seeker, choice.provider);
    chosen->instance = world->hosts[choice.host];
    return CAPACITY_FOUND;
}

const struct capacity_provider *capacity_to_leave(const struct part *part)
{
    struct capacity_share shares[MOST_STRATEGY_ITEMS];
    int64_t tasks_of[MOST_CAPACITY_PROVIDERS] = {0};
    const struct capacity_strategy *strategy = part->deployment->strategy;
    if (!strategy->count)
        return NULL;
    if (strategy->count == 1)
        return strategy->items[0].provider;
    for (const struct task *task = part->deployment->first; task; task = task->next_in_deployment)
        tasks_of[task->provider->index] += part_may_lose(part, task);
    fill_shares(strategy, tasks_of, shares);
    return strategy->items[capacity_loses(shares, strategy->count)].provider;
}
