#include "models/ecs/group/membership.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/purchase.h"

static void add_share(struct group_tally *tally, const struct container_instance *instance, int sign)
{
    tally->hosts += sign;
    tally->capacity += sign * instance->weight;
    tally->in_service += sign * (instance->lifecycle == LIFECYCLE_IN_SERVICE);
    tally->unprotected += sign * !instance->protected_from_scale_in;
    tally->unhealthy += sign * instance->health.unhealthy;
    tally->at_once += sign * (instance->health.unhealthy && instance->health.goes_at_once);
    tally->occupied += sign * (instance->lifecycle == LIFECYCLE_IN_SERVICE && instance->own_tasks > 0);
}

static void add_others(struct roster *roster, const struct container_instance *instance, int sign)
{
    roster->terminating += sign * (instance->lifecycle == LIFECYCLE_TERMINATING_WAIT);
    roster->unhealthy_otherwise += sign * (instance->health.unhealthy && !instance->health.of_load_balancer);
}

static void count(const struct container_instance *instance, int sign)
{
    struct auto_scaling_group *group = instance->group;
    if (!group)
        return;
    index_set_add(group->touched, group->index);
    add_others(&group->roster, instance, sign);
    if (instance->lifecycle == LIFECYCLE_WARMED) {
        group->maintenance.warmed += sign;
        group->zones[instance->zone->index].warmed += sign;
    }
    if (!lifecycle_counts(instance->lifecycle))
        return;
    add_share(&group->tally, instance, sign);
    add_share(&group->zones[instance->zone->index].tally, instance, sign);
    purchase_count(group, instance, sign);
}

void group_add(struct auto_scaling_group *group, struct container_instance *instance)
{
    instance->previous_in_group = group->last;
    *(group->last ? &group->last->next_in_group : &group->first) = instance;
    group->last = instance;
    count(instance, +1);
    roster_host_joins(instance);
}

void group_remove(struct auto_scaling_group *group, struct container_instance *instance)
{
    count(instance, -1);
    roster_host_leaves(instance);
    *(instance->previous_in_group ? &instance->previous_in_group->next_in_group : &group->first) =
        instance->next_in_group;
    *(instance->next_in_group ? &instance->next_in_group->previous_in_group : &group->last) =
        instance->previous_in_group;
}

/* What was counted less before its change is counted again. */
static void has_changed(struct container_instance *instance)
{
    count(instance, +1);
    if (instance->group)
        roster_look(instance);
}

void instance_set_lifecycle(struct container_instance *instance, enum lifecycle_state state)
{
    count(instance, -1);
    instance->lifecycle = state;
    has_changed(instance);
}

void instance_set_at_risk(struct container_instance *instance)
{
    count(instance, -1);
    instance->at_risk = true;
    has_changed(instance);
}

void instance_protect(struct world *world, struct container_instance *instance, bool protected_from_scale_in)
{
    count(instance, -1);
    instance->protected_from_scale_in = protected_from_scale_in;
    has_changed(instance);
    if (instance->group)
        group_wake(world, instance->group);
}

void instance_set_unhealthy(struct container_instance *instance, bool unhealthy, bool goes_at_once)
{
    count(instance, -1);
    instance->health.unhealthy = unhealthy;
    instance->health.goes_at_once = goes_at_once;
    has_changed(instance);
}

/* Fargate's machines have no group. */
void instance_count_task(struct container_instance *instance, int change)
{
    bool changes = !instance->own_tasks != !(instance->own_tasks + change);
    if (changes)
        count(instance, -1);
    instance->own_tasks += change;
    if (changes)
        count(instance, +1);
}

int64_t group_in_service(const struct auto_scaling_group *group)
{
    return group->tally.in_service;
}
