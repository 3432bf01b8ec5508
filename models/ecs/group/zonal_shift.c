#include "models/ecs/group/zonal_shift.h"
#include "models/ecs/group/auto_scaling_group.h"

bool zone_is_shifted(const struct auto_scaling_group *group, const struct zone *zone)
{
    return group->maintenance.shifted == zone;
}

bool zonal_shift_ignores(const struct auto_scaling_group *group, uint32_t zone)
{
    const struct zone *shifted = group->maintenance.shifted;
    return shifted && shifted->index == zone &&
           group->settings->maintenance.impairment.health_check_behavior == IMPAIRED_IGNORE_UNHEALTHY;
}

static const struct zone *zone_of_group(const struct world *world, const struct auto_scaling_group *group,
                                        const char *name)
{
    const struct zone *zone = zone_named(world, name);
    return zone && group->zones[zone->index].used ? zone : NULL;
}

const char *zonal_shift_start(struct world *world, struct auto_scaling_group *group, const char *zone,
                              simtime expires_in)
{
    if (!group->settings->maintenance.impairment.zonal_shift_enabled)
        return "ValidationException: Zonal shift is not enabled for the Auto Scaling group.";
    if (group->maintenance.shifted)
        return "ConflictException: There is already an active zonal shift for that resource identifier.";
    const struct zone *from = zone_of_group(world, group, zone);
    if (!from)
        return "ValidationException: The Availability Zone is not one of the resource.";
    group->maintenance.shifted = from;
    group->maintenance.shift_ends_at = simtime_after(world->run->now, expires_in);
    group_wake(world, group);
    return NULL;
}

static void end(struct world *world, struct auto_scaling_group *group)
{
    group->maintenance.shifted = NULL;
    group_wake(world, group);
}

const char *zonal_shift_cancel(struct world *world, struct auto_scaling_group *group)
{
    if (!group->maintenance.shifted)
        return "ResourceNotFoundException: There is no active zonal shift for that resource identifier.";
    end(world, group);
    return NULL;
}

simtime zonal_shift_look(struct world *world, struct auto_scaling_group *group)
{
    if (!group->maintenance.shifted)
        return SIMTIME_NEVER;
    if (group->maintenance.shift_ends_at > world->run->now)
        return group->maintenance.shift_ends_at;
    end(world, group);
    return SIMTIME_NEVER;
}
