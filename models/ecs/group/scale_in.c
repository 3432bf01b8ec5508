#include "models/ecs/group/scale_in.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/purchase.h"
#include <stdlib.h>

/* Who may be asked for, as far as it does not change from one choice to the next. */
struct seat {
    struct container_instance *host; /* NULL: it was taken */
    int64_t weight;
    uint32_t zone;
    int market;
};

struct scale_in {
    struct world *world;
    struct auto_scaling_group *group;
    struct seat *seats; /* in the group's order, as the next */
    struct termination_candidate *candidates;
    size_t count;
    uint32_t *indices; /* room for all */
};

static bool may_ever_go(const struct container_instance *host)
{
    return lifecycle_counts(host->lifecycle) && !host->protected_from_scale_in;
}

/* Overrides may name launch templates of their own: one is as current as the other. */
static struct launch_origin origin_of(const struct auto_scaling_group *group,
                                      const struct container_instance *host)
{
    return group_launches_like(group, host) ? group_launch_origin(group) : host->origin;
}

static void add_seat(struct scale_in *scale_in, struct container_instance *host, int64_t age_order)
{
    scale_in->seats[scale_in->count] = (struct seat){host, host->weight, host->zone->index, host->market};
    scale_in->candidates[scale_in->count++] = (struct termination_candidate){
        .origin = origin_of(scale_in->group, host),
        .misfit = group_misfit(scale_in->world, scale_in->group, host),
        .age_order = age_order,
        .running_at = host->running_at,
    };
}

struct scale_in *scale_in_begin(struct world *world, struct auto_scaling_group *group)
{
    struct scale_in *scale_in = memory_alloc(sizeof *scale_in);
    size_t most = (size_t)group->tally.unprotected;
    *scale_in = (struct scale_in){
        .world = world,
        .group = group,
        .seats = memory_grow(NULL, most + 1, sizeof *scale_in->seats),
        .candidates = memory_grow(NULL, most + 1, sizeof *scale_in->candidates),
        .indices = memory_grow(NULL, most + 1, sizeof *scale_in->indices),
    };
    int64_t age_order = 0;
    for (struct container_instance *each = group->first; most && each;
         each = each->next_in_group, age_order++)
        if (may_ever_go(each))
            add_seat(scale_in, each, age_order);
    return scale_in;
}

void scale_in_end(struct scale_in *scale_in)
{
    free(scale_in->seats);
    free(scale_in->candidates);
    free(scale_in->indices);
    free(scale_in);
}

/* --- one choice ------------------------------------------------------------------------------- */

static bool may_go(const struct seat *seat, int64_t spare, int market)
{
    return seat->host && seat->weight <= spare && (market == EITHER_MARKET || seat->market == market);
}

static void look_at_zones(const struct scale_in *scale_in, int64_t spare, int market)
{
    struct auto_scaling_group *group = scale_in->group;
    group_look_at_zones(scale_in->world, group);
    for (size_t i = 0; i < scale_in->count; i++)
        group->views[scale_in->seats[i].zone].candidates += may_go(&scale_in->seats[i], spare, market);
}

static size_t collect(struct scale_in *scale_in, int64_t spare, int market)
{
    struct auto_scaling_group *group = scale_in->group;
    int with_most = zone_with_most(group->views, (int)scale_in->world->zone_count);
    size_t count = 0;
    for (size_t i = 0; with_most != NO_ZONE && i < scale_in->count; i++)
        if (may_go(&scale_in->seats[i], spare, market) &&
            zone_scales_in(&group->views[scale_in->seats[i].zone], &group->views[with_most]))
            scale_in->indices[count++] = (uint32_t)i;
    return count;
}

static size_t heed_policies(struct scale_in *scale_in, size_t count)
{
    struct auto_scaling_group *group = scale_in->group;
    const struct list *policies = &group->settings->behaviour.policies;
    struct termination_question question = {
        .policies = policies->items,
        .policy_count = policies->count,
        .current = group_launch_origin(group),
        .now = scale_in->world->run->now,
    };
    return termination_choose(&question, scale_in->candidates, scale_in->indices, count);
}

/* AWS does not say who goes where all of the market that is beyond its share are protected; here it is one of
 * the other. */
static int market_to_take(const struct scale_in *scale_in)
{
    int market = group_surplus_market(scale_in->group);
    for (size_t i = 0; i < scale_in->count; i++)
        if (scale_in->seats[i].host && scale_in->seats[i].market == market)
            return market;
    return EITHER_MARKET;
}

struct container_instance *scale_in_choice(struct scale_in *scale_in, int64_t spare)
{
    struct auto_scaling_group *group = scale_in->group;
    int market = market_to_take(scale_in);
    if (!group->tally.unprotected)
        return NULL;
    look_at_zones(scale_in, spare, market);
    size_t left = heed_policies(scale_in, collect(scale_in, spare, market));
    if (!left)
        return NULL;
    rng_key key = run_key(scale_in->world->run, DRAW_GROUP_CHOICE, group->who, ++group->choices);
    struct seat *chosen = &scale_in->seats[scale_in->indices[rng_below(key, 0, left)]];
    struct container_instance *host = chosen->host;
    CHECK(may_ever_go(host));
    chosen->host = NULL;
    return host;
}
