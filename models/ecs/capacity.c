#include "models/ecs/capacity.h"
#include "models/ecs/auto_scaling_group.h"
#include "models/ecs/capacity_split.h"
#include "models/ecs/fargate.h"
#include <string.h>

/* --- providers and strategies ----------------------------------------------------------------- */

static struct capacity_provider *find(const struct world *world, const char *name)
{
    for (uint32_t i = 0; i < world->provider_count; i++)
        if (!strcmp(world->providers[i].name, name))
            return &world->providers[i];
    return NULL;
}

static void add(struct world *world, const char *name, const struct auto_scaling_group *group,
                int64_t price_share)
{
    CHECK(world->provider_count < MOST_CAPACITY_PROVIDERS);
    struct capacity_provider *provider = &world->providers[world->provider_count];
    *provider = (struct capacity_provider){name, world->provider_count++, group, price_share};
}

static void add_provider(struct world *world, const struct capacity_provider_settings *settings)
{
    const struct auto_scaling_group_provider_settings *of_group = settings->auto_scaling_group_provider;
    if (!settings_is_fargate(settings->name))
        add(world, settings->name, group_find(world, of_group->auto_scaling_group), ABSENT);
    else if (settings->simulation.price_share != ABSENT)
        find(world, settings->name)->price_share = settings->simulation.price_share;
}

void capacity_begin(struct world *world)
{
    world->providers = arena_array(world->arena, MOST_CAPACITY_PROVIDERS, sizeof *world->providers);
    add(world, "FARGATE", NULL, MILLION);
    add(world, "FARGATE_SPOT", NULL, ABSENT);
    EACH(struct capacity_provider_settings, each, world->settings->capacity_providers)
        add_provider(world, each);
}

struct capacity_strategy capacity_strategy_of(const struct world *world, const struct list *items)
{
    struct capacity_strategy strategy = {0};
    EACH(struct capacity_provider_item_settings, item, *items) {
        strategy.items[strategy.count].provider = find(world, item->capacity_provider);
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

/* --- the choice ------------------------------------------------------------------------------- */

static void fill_shares(const struct capacity_strategy *strategy, const int64_t *tasks_of,
                        struct capacity_share *shares)
{
    for (int i = 0; i < strategy->count; i++)
        shares[i] = (struct capacity_share){strategy->items[i].base, strategy->items[i].weight,
                                            tasks_of[strategy->items[i].provider->index]};
}

static enum capacity_verdict choose_host(struct world *world, struct placement_request *request,
                                         struct capacity *chosen)
{
    const struct auto_scaling_group *group = chosen->provider ? chosen->provider->group : NULL;
    request->fleet = group ? group->index + 1 : 0;
    placement_instance host = placement_choose(world->placement, request);
    if (host == PLACEMENT_NONE)
        return CAPACITY_NO_HOST;
    chosen->instance = world->hosts[host];
    return CAPACITY_FOUND;
}

static enum capacity_verdict choose_fargate(struct world *world, const struct capacity_seeker *seeker,
                                            const struct task_definition *definition, struct capacity *chosen)
{
    struct zone *zone = fargate_zone(world, seeker->fargate_tasks);
    if (!zone)
        return CAPACITY_NO_FARGATE;
    if (!fargate_may_launch(world))
        return CAPACITY_LATER;
    chosen->instance = fargate_machine(world, zone, definition);
    return CAPACITY_FOUND;
}

const struct capacity_provider *capacity_to_join(const struct capacity_seeker *seeker)
{
    struct capacity_share shares[MOST_STRATEGY_ITEMS];
    const struct capacity_strategy *strategy = seeker->strategy;
    if (!strategy->count)
        return NULL;
    fill_shares(strategy, seeker->tasks_of, shares);
    return strategy->items[capacity_gains(shares, strategy->count)].provider;
}

enum capacity_verdict capacity_choose(struct world *world, const struct capacity_seeker *seeker,
                                      const struct task_definition *definition,
                                      struct placement_request *request, struct capacity *chosen)
{
    *chosen = (struct capacity){.provider = capacity_to_join(seeker)};
    if (capacity_is_fargate(seeker->strategy))
        return choose_fargate(world, seeker, definition, chosen);
    return choose_host(world, request, chosen);
}

const struct capacity_provider *capacity_to_leave(const struct deployment *deployment,
                                                  bool (*may_go)(const struct task *))
{
    struct capacity_share shares[MOST_STRATEGY_ITEMS];
    int64_t tasks_of[MOST_CAPACITY_PROVIDERS] = {0};
    const struct capacity_strategy *strategy = deployment->strategy;
    if (!strategy->count)
        return NULL;
    for (const struct task *task = deployment->first; task; task = task->next_in_deployment)
        tasks_of[task->provider->index] += may_go(task);
    fill_shares(strategy, tasks_of, shares);
    return strategy->items[capacity_loses(shares, strategy->count)].provider;
}
