#include "models/ecs/group/roster.h"
#include "models/ecs/group/purchase.h"
#include "models/ecs/group/upkeep.h"
#include "models/ecs/group/zonal_shift.h"

/* --- cohorts ---------------------------------------------------------------------------------- */

static bool is_of(const struct cohort *cohort, const struct container_instance *host)
{
    return cohort->zone == host->zone && cohort->type == host->type && cohort->market == host->market &&
           cohort->weight == host->weight && launch_origins_are_same(cohort->origin, host->origin);
}

static struct cohort *new_cohort(struct roster *roster, const struct container_instance *host)
{
    struct cohort *cohort = arena_alloc(roster->arena, sizeof *cohort);
    *cohort = (struct cohort){
        .next = roster->cohorts,
        .zone = host->zone,
        .type = host->type,
        .market = host->market,
        .weight = host->weight,
        .origin = host->origin,
    };
    roster->cohorts = cohort;
    roster->cohort_count++;
    return cohort;
}

static struct cohort *cohort_of(struct roster *roster, const struct container_instance *host)
{
    struct cohort *cohort = roster->cohorts;
    while (cohort && !is_of(cohort, host))
        cohort = cohort->next;
    return cohort ? cohort : new_cohort(roster, host);
}

/* --- who stands where ------------------------------------------------------------------------- */

void roster_begin(struct auto_scaling_group *group, struct arena *arena)
{
    group->roster = (struct roster){.arena = arena};
}

static void keep_in_order_of_launch(struct order *order, struct order_place *place, bool belongs,
                                    struct container_instance *host)
{
    order_keep(order, place, belongs, host->places.launch, host);
}

static void keep_warming(struct roster *roster, struct container_instance *host)
{
    struct order_place *place = &host->places.among_warming;
    bool warms = host->group->settings->maintenance.default_instance_warmup > 0 &&
                 host->lifecycle == LIFECYCLE_IN_SERVICE && !host->maintenance.seasoned;
    if (warms && !place->thing && !host->places.has_warmed)
        order_add(&roster->warming, place, ++roster->entered, host);
    else if (!warms && place->thing)
        order_remove(&roster->warming, place);
}

void roster_look(struct container_instance *host)
{
    struct auto_scaling_group *group = host->group;
    struct roster_places *places = &host->places;
    bool counts = lifecycle_counts(host->lifecycle);
    keep_in_order_of_launch(&places->cohort->candidates, &places->among_candidates,
                            counts && !host->protected_from_scale_in, host);
    keep_in_order_of_launch(&group->zones[host->zone->index].unhealthy, &places->among_unhealthy,
                            counts && host->health.unhealthy, host);
    keep_in_order_of_launch(&group->roster.at_risk, &places->among_at_risk,
                            counts && host->at_risk && group->settings->capacity_rebalance, host);
    keep_warming(&group->roster, host);
}

void roster_host_joins(struct container_instance *host)
{
    struct roster *roster = &host->group->roster;
    host->places.launch = ++roster->joined;
    host->places.cohort = cohort_of(roster, host);
    roster_look(host);
}

void roster_host_leaves(struct container_instance *host)
{
    struct auto_scaling_group *group = host->group;
    struct roster_places *places = &host->places;
    keep_in_order_of_launch(&places->cohort->candidates, &places->among_candidates, false, host);
    keep_in_order_of_launch(&group->zones[host->zone->index].unhealthy, &places->among_unhealthy, false,
                            host);
    keep_in_order_of_launch(&group->roster.at_risk, &places->among_at_risk, false, host);
    keep_in_order_of_launch(&group->roster.warming, &places->among_warming, false, host);
}

/* --- those that warm up ----------------------------------------------------------------------- */

/* The first of those that still do; others that stood before it are gone. */
static const struct container_instance *first_warming(struct roster *roster, simtime now)
{
    struct container_instance *host;
    while ((host = order_at(&roster->warming, 0)) && !instance_is_warming_up(host, now)) {
        order_remove(&roster->warming, &host->places.among_warming);
        host->places.has_warmed = true;
    }
    return host;
}

int64_t roster_warming_up(struct auto_scaling_group *group, simtime now)
{
    first_warming(&group->roster, now);
    return (int64_t)order_count(&group->roster.warming);
}

simtime roster_next_warm(struct auto_scaling_group *group, simtime now)
{
    const struct container_instance *first = first_warming(&group->roster, now);
    return first ? simtime_after(first->in_service_at, group->settings->maintenance.default_instance_warmup)
                 : SIMTIME_NEVER;
}

/* --- one after the other ---------------------------------------------------------------------- */

struct container_instance *roster_next_at_risk(const struct auto_scaling_group *group, int64_t launch)
{
    return order_from(&group->roster.at_risk, launch + 1);
}

struct container_instance *roster_next_unhealthy(const struct auto_scaling_group *group, int64_t launch)
{
    struct container_instance *next = NULL;
    for (uint32_t i = 0; i < group->purchasing.zone_count; i++) {
        struct container_instance *host =
            zonal_shift_ignores(group, i) ? NULL : order_from(&group->zones[i].unhealthy, launch + 1);
        if (host && (!next || host->places.launch < next->places.launch))
            next = host;
    }
    return next;
}
