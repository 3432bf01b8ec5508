/* Which instance a group that scales in gives up. Pure. [EAS termination-policies]
 *
 * The zones come first (zone_balance.h), and in a mixed group the purchase option that is beyond its share
 * (purchase.h); among the instances that are left each policy of the list in turn keeps those that it would
 * take first, and of what the last one keeps, one is drawn.
 *
 * `Default` is a chain of its own: the allocation strategy of a mixed group; then launch configurations
 * before launch templates, another template before the current one, the oldest version of the current one;
 * then the next billing hour, then the draw. Hosts here run Linux, which EC2 bills by the second, so for
 * Default none is closer to an hour than another; ClosestToNextInstanceHour, which is asked for by name,
 * counts hours since the instance was running.
 *
 * AWS does not say which of two launch configurations, or of two other templates, is the oldest: the
 * configuration that the group has now is the newest, and the others are alike. */
#ifndef MODELS_ECS_TERMINATION_POLICY_H
#define MODELS_ECS_TERMINATION_POLICY_H

#include "models/settings/auto_scaling_group.h"

/* What an instance was launched from: a launch configuration or a launch template of some version. NULL:
 * nobody says. */
struct launch_origin {
    const char *launch_configuration;
    const char *launch_template;
    int64_t version;
    const char *instance_profile; /* of the launch template; NULL: it says none */
};

struct termination_candidate {
    struct launch_origin origin;
    int64_t misfit;     /* how badly it fits the allocation strategy, the worst highest; 0 in groups of one
                           type */
    int64_t age_order;  /* of two hosts the one launched first has the lower one */
    simtime running_at; /* SIMTIME_NEVER: it does not run yet */
};

struct termination_question {
    const enum termination_policy *policies; /* in order; none: Default */
    size_t policy_count;
    struct launch_origin current; /* the group's */
    simtime now;
};

/* Brings those that all policies keep to the front, in their order, and returns how many they are: at least
 * one of one or more. `indices` say which candidate stands where; both arrays are the caller's. */
size_t termination_choose(const struct termination_question *, const struct termination_candidate *,
                          uint32_t *indices, size_t count);

#endif
