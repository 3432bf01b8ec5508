#include "models/ecs/group/capacity_rebalancing.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/group/purchase.h"

int64_t capacity_ahead(int64_t at_risk, int64_t desired, int64_t largest_weight)
{
    int64_t most = desired / 10 > largest_weight ? desired / 10 : largest_weight;
    return at_risk < most ? at_risk : most;
}

int64_t group_capacity_ahead(const struct auto_scaling_group *group)
{
    return capacity_ahead(group->purchasing.at_risk, group->desired, group_largest_weight(group));
}

static bool is_replaced(const struct auto_scaling_group *group, const struct container_instance *host)
{
    int64_t others = group->purchasing.in_service;
    if (host->lifecycle == LIFECYCLE_IN_SERVICE)
        others -= host->weight;
    return others >= group->desired;
}

void group_rebalance_capacity(struct world *world, struct auto_scaling_group *group)
{
    bool some_may_go = group->purchasing.at_risk && group->purchasing.in_service >= group->desired;
    if (!some_may_go || group_suspends(group, PROCESS_TERMINATE))
        return;
    int64_t launch = 0;
    for (struct container_instance *each; (each = roster_next_at_risk(group, launch));) {
        launch = each->places.launch;
        if (!is_replaced(group, each))
            continue;
        run_decide(world->run, &(struct decision){DECISION_TERMINATE_INSTANCE, 0, group->who, each->ref});
        group_terminate(world, each, "capacity rebalancing");
    }
}

static bool is_rebalanced(const struct container_instance *host)
{
    return host->group && host->group->settings->capacity_rebalance;
}

void capacity_rebalancing_recommended(struct world *world, struct container_instance *host)
{
    if (host->at_risk)
        return;
    instance_set_at_risk(host);
    if (is_rebalanced(host))
        group_wake(world, host->group);
}

void capacity_rebalancing_noticed(struct world *world, struct container_instance *host)
{
    capacity_rebalancing_recommended(world, host);
    if (is_rebalanced(host) && group_has_hooks(host->group, TRANSITION_TERMINATING))
        group_terminate(world, host, "Spot interruption");
}
