/* How many instances of an Auto Scaling group may be replaced at a time. Pure: health replacement, instance
 * refresh and maximum lifetime all ask it.
 *
 * At least minHealthyPercentage of the desired capacity stays in service, rounded up [EAS
 * asg-instance-refresh]; at most maxHealthyPercentage of it is in service or pending
 * [API autoscaling:InstanceMaintenancePolicy]. What lies below the desired capacity is terminated and
 * launched at the same time; what lies above it is launched first, and the old ones are terminated when the
 * new ones are in service and warmed up. A minimum of 100 % leaves one at a time, one of 0 % all at once [EAS
 * asg-instance-refresh]; so does any range that rounding leaves empty: one goes when nothing is pending.
 *
 * AWS does not say how a maximum rounds; it is rounded down, but one instance at least where it is above 100,
 * as groups do when they rebalance [EAS auto-scaling-benefits]. */
#ifndef MODELS_ECS_MAINTENANCE_POLICY_H
#define MODELS_ECS_MAINTENANCE_POLICY_H

#include <stdint.h>

/* Percent of the desired capacity. */
struct maintenance_policy {
    int64_t min_healthy, max_healthy;
};

/* Without a policy of its own a group replaces unhealthy instances so: a tenth of the group at a time, and it
 * waits where less than nine tenths are in service. [EAS health-checks] */
extern const struct maintenance_policy maintenance_by_default;

struct maintenance_view {
    int64_t desired;
    int64_t in_service; /* and warmed up; those that are to be replaced are among them */
    int64_t pending;    /* being launched, or warming up */
    int64_t outdated;   /* of in_service, those that are to be replaced */
};

struct maintenance_step {
    int64_t terminations; /* now */
    int64_t ahead;        /* instances beyond the desired capacity, to have their successors first */
};

struct maintenance_step maintenance_step(struct maintenance_policy, const struct maintenance_view *);

/* Instances that a group of this desired capacity has at least in service, and at most in all. */
int64_t maintenance_least(struct maintenance_policy, int64_t desired);
int64_t maintenance_most(struct maintenance_policy, int64_t desired);

#endif
