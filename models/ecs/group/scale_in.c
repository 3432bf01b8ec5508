#include "models/ecs/group/scale_in.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/purchase.h"
#include <stdlib.h>

/* Who may be asked for: a host, or any of a cohort. Its candidate speaks for all of them. */
struct seat {
    const struct cohort *cohort;
    struct container_instance *host; /* NULL: any of the cohort */
    bool taken;                      /* the host */
};

struct scale_in {
    struct world *world;
    struct auto_scaling_group *group;
    struct seat *seats; /* hosts in the group's order, as the next */
    struct termination_candidate *candidates;
    size_t count;
    uint32_t *indices;           /* room for all */
    const struct order **orders; /* likewise; NULL: seats are hosts */
};

/* --- the pass --------------------------------------------------------------------------------- */

static bool may_ever_go(const struct container_instance *host)
{
    return lifecycle_counts(host->lifecycle) && !host->protected_from_scale_in;
}

static struct scale_in *begin(struct world *world, struct auto_scaling_group *group, size_t most)
{
    struct scale_in *scale_in = memory_alloc(sizeof *scale_in);
    *scale_in = (struct scale_in){
        .world = world,
        .group = group,
        .seats = memory_grow(NULL, most + 1, sizeof *scale_in->seats),
        .candidates = memory_grow(NULL, most + 1, sizeof *scale_in->candidates),
        .indices = memory_grow(NULL, most + 1, sizeof *scale_in->indices),
    };
    return scale_in;
}

/* Overrides may name launch templates of their own: one is as current as the other. */
static struct launch_origin origin_of(const struct auto_scaling_group *group,
                                      const struct container_instance *host)
{
    return group_launches_like(group, host) ? group_launch_origin(group) : host->origin;
}

static void add_seat(struct scale_in *scale_in, struct seat seat, const struct container_instance *like)
{
    scale_in->seats[scale_in->count] = seat;
    scale_in->candidates[scale_in->count++] = (struct termination_candidate){
        .origin = origin_of(scale_in->group, like),
        .misfit = group_misfit(scale_in->world, scale_in->group, like),
        .age_order = like->places.launch,
        .running_at = like->running_at,
    };
}

struct scale_in *scale_in_begin_one_by_one(struct world *world, struct auto_scaling_group *group)
{
    size_t most = (size_t)group->tally.unprotected;
    struct scale_in *scale_in = begin(world, group, most);
    for (struct container_instance *each = group->first; most && each; each = each->next_in_group)
        if (may_ever_go(each))
            add_seat(scale_in, (struct seat){each->places.cohort, each, false}, each);
    return scale_in;
}

static struct scale_in *begin_by_cohorts(struct world *world, struct auto_scaling_group *group)
{
    size_t most = group->roster.cohort_count;
    struct scale_in *scale_in = begin(world, group, most);
    scale_in->orders = memory_grow(NULL, most + 1, sizeof *scale_in->orders);
    for (const struct cohort *each = group->roster.cohorts; each; each = each->next)
        if (order_count(&each->candidates))
            add_seat(scale_in, (struct seat){each, NULL, false}, order_at(&each->candidates, 0));
    return scale_in;
}

static bool asks_for(const struct auto_scaling_group *group, enum termination_policy policy)
{
    EACH(enum termination_policy, each, group->settings->behaviour.policies)
        if (*each == policy)
            return true;
    return false;
}

struct scale_in *scale_in_begin(struct world *world, struct auto_scaling_group *group)
{
    bool by_hour = asks_for(group, TERMINATE_CLOSEST_TO_NEXT_INSTANCE_HOUR);
    return by_hour ? scale_in_begin_one_by_one(world, group) : begin_by_cohorts(world, group);
}

void scale_in_end(struct scale_in *scale_in)
{
    free(scale_in->seats);
    free(scale_in->candidates);
    free(scale_in->indices);
    free(scale_in->orders);
    free(scale_in);
}

/* --- one choice: among whom ------------------------------------------------------------------- */

static int64_t hosts_left(const struct seat *seat)
{
    return seat->host ? !seat->taken : (int64_t)order_count(&seat->cohort->candidates);
}

static bool may_go(const struct seat *seat, int64_t spare, int market)
{
    const struct cohort *cohort = seat->cohort;
    return hosts_left(seat) && cohort->weight <= spare &&
           (market == EITHER_MARKET || cohort->market == market);
}

static struct zone_view *view_of(const struct scale_in *scale_in, const struct seat *seat)
{
    return &scale_in->group->views[seat->cohort->zone->index];
}

static void look_at_zones(const struct scale_in *scale_in, int64_t spare, int market)
{
    group_look_at_zones(scale_in->world, scale_in->group);
    for (size_t i = 0; i < scale_in->count; i++) {
        const struct seat *seat = &scale_in->seats[i];
        if (may_go(seat, spare, market))
            view_of(scale_in, seat)->candidates += hosts_left(seat);
    }
}

static size_t collect(struct scale_in *scale_in, int64_t spare, int market)
{
    struct auto_scaling_group *group = scale_in->group;
    int with_most = zone_with_most(group->views, (int)scale_in->world->zone_count);
    size_t count = 0;
    for (size_t i = 0; with_most != NO_ZONE && i < scale_in->count; i++)
        if (may_go(&scale_in->seats[i], spare, market) &&
            zone_scales_in(view_of(scale_in, &scale_in->seats[i]), &group->views[with_most]))
            scale_in->indices[count++] = (uint32_t)i;
    return count;
}

/* AWS does not say who goes where all of the market that is beyond its share are protected; here it is one of
 * the other. */
static int market_to_take(const struct scale_in *scale_in)
{
    int market = group_surplus_market(scale_in->group);
    for (size_t i = 0; i < scale_in->count; i++)
        if (scale_in->seats[i].cohort->market == market && hosts_left(&scale_in->seats[i]))
            return market;
    return EITHER_MARKET;
}

/* --- one choice: whom ------------------------------------------------------------------------- */

/* For a cohort the one speaks that the first policy that goes by age would take. */
static enum termination_policy policy_by_age(const struct auto_scaling_group *group)
{
    EACH(enum termination_policy, each, group->settings->behaviour.policies)
        if (*each == TERMINATE_OLDEST_INSTANCE || *each == TERMINATE_NEWEST_INSTANCE)
            return *each;
    return TERMINATE_DEFAULT;
}

static struct container_instance *speaker_of(const struct cohort *cohort, enum termination_policy by_age)
{
    const struct order *candidates = &cohort->candidates;
    return by_age == TERMINATE_NEWEST_INSTANCE ? order_last(candidates) : order_at(candidates, 0);
}

static void let_cohorts_speak(struct scale_in *scale_in, size_t count, enum termination_policy by_age)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t index = scale_in->indices[i];
        const struct container_instance *host = speaker_of(scale_in->seats[index].cohort, by_age);
        scale_in->candidates[index].age_order = host->places.launch;
    }
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

static size_t draw(struct scale_in *scale_in, size_t hosts)
{
    struct auto_scaling_group *group = scale_in->group;
    rng_key key = run_key(scale_in->world->run, DRAW_GROUP_CHOICE, group->who, ++group->choices);
    return rng_below(key, 0, hosts);
}

static struct container_instance *take_host(struct scale_in *scale_in, size_t count)
{
    struct seat *chosen = &scale_in->seats[scale_in->indices[draw(scale_in, count)]];
    chosen->taken = true;
    return chosen->host;
}

/* By age there is one: the draw has nothing to choose from, and is made all the same. */
static struct container_instance *take_of_cohorts(struct scale_in *scale_in, size_t count,
                                                  enum termination_policy by_age)
{
    size_t hosts = 0;
    for (size_t i = 0; i < count; i++) {
        scale_in->orders[i] = &scale_in->seats[scale_in->indices[i]].cohort->candidates;
        hosts += order_count(scale_in->orders[i]);
    }
    bool is_decided = by_age != TERMINATE_DEFAULT;
    size_t drawn = draw(scale_in, is_decided ? 1 : hosts);
    return is_decided ? speaker_of(scale_in->seats[scale_in->indices[0]].cohort, by_age)
                      : order_at_of_several(scale_in->orders, count, drawn);
}

struct container_instance *scale_in_choice(struct scale_in *scale_in, int64_t spare)
{
    struct auto_scaling_group *group = scale_in->group;
    enum termination_policy by_age = policy_by_age(group);
    int market = market_to_take(scale_in);
    if (!group->tally.unprotected)
        return NULL;
    look_at_zones(scale_in, spare, market);
    size_t count = collect(scale_in, spare, market);
    if (scale_in->orders)
        let_cohorts_speak(scale_in, count, by_age);
    count = heed_policies(scale_in, count);
    if (!count)
        return NULL;
    struct container_instance *host =
        scale_in->orders ? take_of_cohorts(scale_in, count, by_age) : take_host(scale_in, count);
    CHECK(may_ever_go(host));
    return host;
}
