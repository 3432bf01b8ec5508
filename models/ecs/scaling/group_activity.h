/* When the launches and terminations of a group end: what a cooldown counts from [EAS:scaling-cooldowns], and
 * the warm-up of what it has launched [EAS:ec2-auto-scaling-default-instance-warmup]. */
#ifndef MODELS_ECS_GROUP_ACTIVITY_H
#define MODELS_ECS_GROUP_ACTIVITY_H

#include "sim/engine/simtime.h"
#include <stdbool.h>

struct world;
struct auto_scaling_group;

struct group_activity {
    bool any;
    simtime ended_at; /* of the latest */
};

/* An instance has come into service, or is gone. */
void group_activity_ends(const struct world *, struct auto_scaling_group *);

/* Instances that are Terminating:Wait. */
int64_t group_terminating(const struct auto_scaling_group *);

/* SIMTIME_NEVER: some activity goes on; ABSENT: there was none. */
simtime group_idle_since(const struct auto_scaling_group *);

/* The capacity that has been InService for so long, or more. */
int64_t group_warm_capacity(const struct auto_scaling_group *, simtime now, simtime warmup);
/* When first after `from` it grows by itself. */
simtime group_next_warm(const struct auto_scaling_group *, simtime from, simtime warmup);

#endif
