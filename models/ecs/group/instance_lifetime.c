#include "models/ecs/group/instance_lifetime.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/instance_refresh.h"
#include "models/ecs/group/lifetime_pace.h"
#include "models/ecs/group/upkeep.h"

static simtime warmup_of(const struct auto_scaling_group *group)
{
    simtime warmup = group->settings->maintenance.default_instance_warmup;
    return warmup > 0 ? warmup : 0;
}

static simtime lifetime_ends_at(const struct auto_scaling_group *group,
                                const struct container_instance *instance)
{
    return simtime_after(instance->in_service_at, group->settings->maintenance.max_instance_lifetime);
}

static bool is_too_old(const struct auto_scaling_group *group, const struct container_instance *instance,
                       simtime now)
{
    return !instance->protected_from_scale_in && lifetime_ends_at(group, instance) <= now;
}

/* Whose predecessors are gone, and that do not serve yet. */
static int64_t under_way(const struct auto_scaling_group *group, simtime now)
{
    int64_t pending = 0, missing = group->desired - group->tally.capacity;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group)
        if (lifecycle_counts(each->lifecycle) && !instance_has_warmed_up(each, warmup_of(group), now))
            pending += each->weight;
    return pending + missing > 0 ? pending + missing : 0;
}

static void measure(struct group_maintenance *maintenance, bool is_over, simtime now)
{
    if (!is_over || maintenance->aged_replaced_at == SIMTIME_NEVER)
        return;
    maintenance->replacement_took = now - maintenance->aged_replaced_at;
    maintenance->aged_replaced_at = SIMTIME_NEVER;
}

static simtime next_look(const struct auto_scaling_group *group, simtime now)
{
    simtime next = SIMTIME_NEVER;
    for (const struct container_instance *each = group->first; each; each = each->next_in_group) {
        if (each->lifecycle != LIFECYCLE_IN_SERVICE)
            continue;
        simtime warm = simtime_after(each->in_service_at, warmup_of(group));
        simtime at = warm > now ? warm : lifetime_ends_at(group, each);
        next = at > now && at < next ? at : next;
    }
    return next;
}

simtime instance_lifetime_look(struct world *world, struct auto_scaling_group *group)
{
    struct group_maintenance *maintenance = &group->maintenance;
    simtime lifetime = group->settings->maintenance.max_instance_lifetime, now = world->run->now;
    if (!lifetime || refresh_is_active(&maintenance->refresh) || group_suspends(group, PROCESS_TERMINATE))
        return SIMTIME_NEVER;
    int64_t replacing = under_way(group, now);
    measure(maintenance, replacing == 0, now);
    int64_t due = lifetime_at_once(group->desired, lifetime, maintenance->replacement_took) - replacing;
    int64_t replaced = group_replace(world, group,
                                     &(struct replacement){
                                         .cause = REPLACED_FOR_AGE,
                                         .policy = group_maintenance_policy(group),
                                         .warmup = warmup_of(group),
                                         .due = due > 0 ? due : 0,
                                         .means = is_too_old,
                                         .reason = "maximum instance lifetime",
                                     });
    if (replaced && maintenance->aged_replaced_at == SIMTIME_NEVER)
        maintenance->aged_replaced_at = now;
    return next_look(group, now);
}
