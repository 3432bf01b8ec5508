/* What a group does beside keeping its size, in one place: before it compares its capacity with what is
 * desired it replaces what is to be replaced, and learns how many instances it may have ahead.
 *
 * It is looked at when the group is woken, and when time alone could change something. */
#ifndef MODELS_ECS_UPKEEP_H
#define MODELS_ECS_UPKEEP_H

#include "models/ecs/group/maintenance_policy.h"
#include "models/ecs/world.h"

void group_maintain(struct world *, struct auto_scaling_group *);

/* Capacity that the group is to have beyond the desired one while instances are replaced, and how much of it
 * there is. */
int64_t group_ahead(const struct auto_scaling_group *);
int64_t group_present_ahead(const struct auto_scaling_group *);

/* Of a host that is being launched, by nobody's group if that is NULL. */
struct host_maintenance host_maintenance_of(const struct world *, const struct auto_scaling_group *,
                                            bool pooled);

/* It is in service, and not yet for its group's default instance warm-up: it is counted in the desired
 * capacity, and not in the group's metrics. [EAS ec2-auto-scaling-default-instance-warmup] */
bool instance_is_warming_up(const struct container_instance *, simtime now);

/* The group's instance maintenance policy, or what groups do without one. */
struct maintenance_policy group_maintenance_policy(const struct auto_scaling_group *);

/* --- replacing -------------------------------------------------------------------------------- */

/* What one cause has to replace. */
struct replacement {
    enum replacement_cause cause;
    struct maintenance_policy policy;
    simtime warmup; /* of hosts of this epoch, or a later one; others have warmed up */
    int64_t epoch;
    int64_t due; /* capacity: no more than so much now */
    bool (*means)(const struct auto_scaling_group *, const struct container_instance *, simtime now);
    const char *reason; /* as instances.csv will say it */
};

/* Terminates as many as the policy lets, in order of launch, and sets how many the cause may have ahead. One
 * host that weighs more than may go does go when nothing else is under way. Returns what was terminated. */
int64_t group_replace(struct world *, struct auto_scaling_group *, const struct replacement *);

/* Whether it serves, and has for `warmup`. */
bool instance_has_warmed_up(const struct container_instance *, simtime warmup, simtime now);

/* Event. */
void group_is_due(void *world, uint64_t group, uint64_t unused);

#endif
