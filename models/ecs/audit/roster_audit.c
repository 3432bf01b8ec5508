#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/group/purchase.h"
#include "models/ecs/group/scale_in.h"
#include "models/ecs/group/upkeep.h"

/* As many as belong into it, in the group's order. */
static void audit_place(const struct order *order, size_t *seen, bool belongs,
                        const struct container_instance *host)
{
    CHECK(!belongs || order_at(order, (*seen)++) == host);
}

static bool is_unhealthy_in(const struct container_instance *host, uint32_t zone)
{
    return host->zone->index == zone && lifecycle_counts(host->lifecycle) && host->health.unhealthy;
}

static bool is_replaced_at_risk(const struct container_instance *host)
{
    return lifecycle_counts(host->lifecycle) && host->at_risk && host->group->settings->capacity_rebalance;
}

static void audit_unhealthy(const struct auto_scaling_group *group, uint32_t zone)
{
    const struct order *unhealthy = &group->zones[zone].unhealthy;
    size_t seen = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        audit_place(unhealthy, &seen, is_unhealthy_in(each, zone), each);
    CHECK(seen == order_count(unhealthy));
}

static void audit_cohort(const struct auto_scaling_group *group, const struct cohort *cohort)
{
    size_t seen = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        bool is_of = each->places.cohort == cohort;
        CHECK(!is_of ||
              (each->zone == cohort->zone && each->type == cohort->type && each->market == cohort->market &&
               each->weight == cohort->weight && launch_origins_are_same(each->origin, cohort->origin)));
        audit_place(&cohort->candidates, &seen,
                    is_of && lifecycle_counts(each->lifecycle) && !each->protected_from_scale_in, each);
    }
    CHECK(seen == order_count(&cohort->candidates));
}

static void audit_warming(struct auto_scaling_group *group, simtime now)
{
    int64_t warming_up = 0;
    simtime next = SIMTIME_NEVER, warmup = group->settings->maintenance.default_instance_warmup;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (instance_is_warming_up(each, now)) {
            warming_up++;
            next = simtime_earlier(next, simtime_after(each->in_service_at, warmup));
        }
    CHECK(warming_up == roster_warming_up(group, now) && next == roster_next_warm(group, now));
}

static void audit_orders(struct auto_scaling_group *group, uint32_t zone_count, simtime now)
{
    const struct roster *roster = &group->roster;
    int64_t terminating = 0, unhealthy_otherwise = 0;
    size_t at_risk = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        terminating += each->lifecycle == LIFECYCLE_TERMINATING_WAIT;
        unhealthy_otherwise += each->health.unhealthy && !each->health.of_load_balancer;
        audit_place(&roster->at_risk, &at_risk, is_replaced_at_risk(each), each);
    }
    CHECK(terminating == roster->terminating && unhealthy_otherwise == roster->unhealthy_otherwise);
    CHECK(at_risk == order_count(&roster->at_risk));
    for (uint32_t i = 0; i < zone_count; i++)
        audit_unhealthy(group, i);
    for (const struct cohort *each = roster->cohorts; each; each = each->next)
        audit_cohort(group, each);
    audit_warming(group, now);
}

static struct container_instance *first_choice(struct auto_scaling_group *group, struct scale_in *pass,
                                               int64_t spare)
{
    uint64_t choices = group->choices;
    struct container_instance *chosen = scale_in_choice(pass, spare);
    scale_in_end(pass);
    group->choices = choices;
    return chosen;
}

/* Whom it would give up now is the same by cohorts and by a look at each host. */
static void audit_scale_in(struct world *world, struct auto_scaling_group *group)
{
    for (int64_t spare = 1; spare <= group_largest_weight(group); spare++)
        CHECK(first_choice(group, scale_in_begin(world, group), spare) ==
              first_choice(group, scale_in_begin_one_by_one(world, group), spare));
}

void audit_roster(struct world *world, struct auto_scaling_group *group)
{
    audit_orders(group, world->zone_count, world->run->now);
    audit_scale_in(world, group);
}
#endif
