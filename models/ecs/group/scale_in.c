#include "models/ecs/group/scale_in.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/purchase.h"
#include <stdlib.h>

/* Who may be asked for. */
struct scale_in {
    struct world *world;
    struct auto_scaling_group *group;
    int64_t spare;
    int market;
    struct container_instance **hosts;
    struct termination_candidate *candidates;
    uint32_t *indices;
    size_t count;
};

static bool may_go(const struct scale_in *scale_in, const struct container_instance *host)
{
    return lifecycle_counts(host->lifecycle) && !host->protected_from_scale_in &&
           host->weight <= scale_in->spare &&
           (scale_in->market == EITHER_MARKET || scale_in->market == host->market);
}

static void look_at_zones(const struct scale_in *scale_in)
{
    struct auto_scaling_group *group = scale_in->group;
    group_look_at_zones(scale_in->world, group);
    for (uint32_t i = 0; i < scale_in->world->zone_count; i++)
        group->views[i].candidates = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        group->views[each->zone->index].candidates += may_go(scale_in, each);
}

static void add_candidate(struct scale_in *scale_in, struct container_instance *host, int64_t age_order)
{
    size_t i = scale_in->count++;
    scale_in->hosts[i] = host;
    scale_in->indices[i] = (uint32_t)i;
    scale_in->candidates[i] = (struct termination_candidate){
        .origin = host->origin,
        .misfit = group_misfit(scale_in->world, scale_in->group, host),
        .age_order = age_order,
        .running_at = host->running_at,
    };
}

static void collect(struct scale_in *scale_in)
{
    const struct auto_scaling_group *group = scale_in->group;
    int with_most = zone_with_most(group->views, (int)scale_in->world->zone_count);
    size_t most = (size_t)group->tally.hosts;
    if (with_most == NO_ZONE)
        return;
    scale_in->hosts = memory_grow(NULL, most, sizeof *scale_in->hosts);
    scale_in->candidates = memory_grow(NULL, most, sizeof *scale_in->candidates);
    scale_in->indices = memory_grow(NULL, most, sizeof *scale_in->indices);
    int64_t age_order = 0;
    for (struct container_instance *each = group->first; each; each = each->next_in_group, age_order++)
        if (may_go(scale_in, each) &&
            zone_scales_in(&group->views[each->zone->index], &group->views[with_most]))
            add_candidate(scale_in, each, age_order);
}

static struct container_instance *choose(struct scale_in *scale_in)
{
    struct auto_scaling_group *group = scale_in->group;
    struct run *run = scale_in->world->run;
    const struct list *policies = &group->settings->behaviour.policies;
    struct termination_question question = {
        .policies = policies->items,
        .policy_count = policies->count,
        .current = group_launch_origin(group),
        .now = run->now,
    };
    size_t left = termination_choose(&question, scale_in->candidates, scale_in->indices, scale_in->count);
    if (!left)
        return NULL;
    uint64_t drawn = rng_below(run_key(run, DRAW_GROUP_CHOICE, group->who, ++group->choices), 0, left);
    return scale_in->hosts[scale_in->indices[drawn]];
}

struct container_instance *scale_in_choice(struct world *world, struct auto_scaling_group *group,
                                           int64_t spare)
{
    if (!group->tally.unprotected)
        return NULL;
    struct scale_in scale_in = {
        .world = world, .group = group, .spare = spare, .market = group_surplus_market(group)};
    look_at_zones(&scale_in);
    collect(&scale_in);
    struct container_instance *chosen = choose(&scale_in);
    free(scale_in.hosts);
    free(scale_in.candidates);
    free(scale_in.indices);
    return chosen;
}
