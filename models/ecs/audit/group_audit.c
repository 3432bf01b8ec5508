#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/group/upkeep.h"
#include <string.h>

static bool is_empty(const struct container_instance *host)
{
    for (const struct task *task = host->first_task; task; task = task->next_on_instance)
        if (!task->of_daemon)
            return false;
    return true;
}

static void tally_host(struct group_tally *tally, const struct container_instance *host)
{
    if (!lifecycle_counts(host->lifecycle))
        return;
    tally->hosts++;
    tally->capacity += host->weight;
    tally->in_service += host->lifecycle == LIFECYCLE_IN_SERVICE;
    tally->unprotected += !host->protected_from_scale_in;
    tally->unhealthy += host->health.unhealthy;
    tally->at_once += host->health.unhealthy && host->health.goes_at_once;
    tally->occupied += host->lifecycle == LIFECYCLE_IN_SERVICE && !is_empty(host);
}

static void audit_zone_of_group(const struct auto_scaling_group *group, uint32_t zone)
{
    struct group_tally tally = {0};
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (each->zone->index == zone)
            tally_host(&tally, each);
    CHECK(!memcmp(&tally, &group->zones[zone].tally, sizeof tally));
}

/* ECS does not know what is in a warm pool, and that serves nobody. A refresh that is over has nothing ahead,
 * and one that is under way has a configuration to come from. */
static void audit_maintenance(const struct auto_scaling_group *group, uint32_t zone_count)
{
    const struct group_maintenance *maintenance = &group->maintenance;
    int64_t warmed = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        bool is_warmed = each->lifecycle == LIFECYCLE_WARMED;
        CHECK(!is_warmed || (each->status == INSTANCE_LAUNCHING && each->in_service_at == SIMTIME_NEVER));
        CHECK(each->maintenance.epoch <= maintenance->epoch);
        warmed += is_warmed;
    }
    int64_t in_zones = 0;
    for (uint32_t i = 0; i < zone_count; i++)
        in_zones += group->zones[i].warmed;
    CHECK(warmed == maintenance->warmed && warmed == in_zones);
    CHECK(!warmed || group->settings->maintenance.warm_pool);
    CHECK(refresh_is_active(&maintenance->refresh) || !maintenance->ahead[REPLACED_BY_REFRESH]);
    CHECK(!refresh_is_active(&maintenance->refresh) || maintenance->refresh.plan_before);
    CHECK(group_present_ahead(group) <= group_ahead(group));
}

static int64_t units_in_pool(const struct auto_scaling_group *group, const struct instance_type *type,
                             uint32_t zone, int market)
{
    int64_t units = 0;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (lifecycle_counts(each->lifecycle) && each->type == type && each->zone->index == zone &&
            each->market == market)
            units += each->weight;
    return units;
}

/* All that it has is On-Demand or Spot; and what its pools have is what is counted. */
static void audit_purchases(const struct auto_scaling_group *group)
{
    const struct purchasing *purchasing = &group->purchasing;
    const struct list *options = &purchasing->plan->options;
    CHECK(purchasing->present.of[MARKET_ON_DEMAND] + purchasing->present.of[MARKET_SPOT] ==
          group->tally.capacity);
    for (size_t i = 0; i < options->count * purchasing->zone_count; i++) {
        const struct launch_option *option =
            LIST_AT(struct launch_option, *options, i / purchasing->zone_count);
        for (int market = 0; market < MARKET_COUNT; market++)
            CHECK(purchasing->pools[i].of[market] ==
                  units_in_pool(group, option->type, (uint32_t)(i % purchasing->zone_count), market));
    }
}

/* A host in service runs, and what its group counts is what is counted; what is missing is on its way, or may
 * not be launched. */
void audit_group(struct world *world, struct auto_scaling_group *group)
{
    struct group_tally tally = {0};
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        CHECK(each->group == group && each->terminated_at == SIMTIME_NEVER);
        CHECK(each->lifecycle != LIFECYCLE_IN_SERVICE || each->running_at != SIMTIME_NEVER);
        CHECK((each->hook_wait.hooks != 0) == lifecycle_waits(each->lifecycle));
        tally_host(&tally, each);
    }
    CHECK(!memcmp(&tally, &group->tally, sizeof tally));
    CHECK(group->rebalancing.ahead >= 0);
    CHECK(tally.capacity >= group->desired || group->retry_event || group_suspends(group, PROCESS_LAUNCH));
    for (uint32_t i = 0; i < world->zone_count; i++)
        audit_zone_of_group(group, i);
    audit_maintenance(group, world->zone_count);
    audit_purchases(group);
    audit_roster(world, group);
}
#endif
