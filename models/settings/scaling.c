/* scalableTargets, scalingPolicies: how the desired counts of services follow what is asked of them. */
#include "models/scaling/scaling.h"
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

enum { POLICY_TARGET_TRACKING, POLICY_STEP, POLICY_PREDICTIVE };

static const char *const policy_types[] = {"TargetTrackingScaling", "StepScaling", "PredictiveScaling", NULL};

#define OF struct scalable_target_settings
static const struct param scalable_target_params[] = {
    ROW("resourceId", REFERENCE, service, "service/CLUSTER/NAME, or its name", REQUIRED, IN("services"),
        ALIAS("service")),
    ROW("minCapacity", INTEGER, min_capacity, "least desired count", REQUIRED, RANGE(0, MOST_COUNT)),
    ROW("maxCapacity", INTEGER, max_capacity, "most desired count", REQUIRED, RANGE(0, MOST_COUNT)),
    PARAM_END,
};
#undef OF

static bool is_daemon(const struct ecs_settings *settings, const char *name)
{
    EACH(struct service_settings, service, settings->services) {
        if (settings_same(service->name, name))
            return service->scheduling_strategy == SCHEDULING_DAEMON;
    }
    return false;
}

static void check_scalable_target(struct mistakes *mistakes, void *object, void *root)
{
    const struct scalable_target_settings *target = object;
    if (is_daemon(root, target->service))
        mistake(mistakes, target, "resourceId",
                "`%s` is a DAEMON service: it has no desired count that could be scaled", target->service);
    if (target->min_capacity > target->max_capacity)
        mistake(mistakes, target, "minCapacity", "minCapacity %" PRId64 " is more than maxCapacity %" PRId64,
                target->min_capacity, target->max_capacity);
}

const struct shape scalable_target_shape = {
    .name = "scalable target",
    .size = sizeof(struct scalable_target_settings),
    .params = scalable_target_params,
    .check = check_scalable_target,
};

#define OF struct scaling_policy_settings
static const struct param scaling_policy_params[] = {
    ROW("policyName", NAME, name, "its name", REQUIRED),
    ROW("resourceId", REFERENCE, service, "service/CLUSTER/NAME, or its name", IN("services"),
        ALIAS("service")),
    ROW("autoScalingGroupName", NAME, auto_scaling_group,
        "the group, of a policy of EC2 Auto Scaling; not modelled yet"),
    ROW("policyType", CHOICE, policy_type, "only TargetTrackingScaling is modelled",
        DEFAULT("TargetTrackingScaling"), ONE_OF(policy_types)),
    ROW_OPTIONAL("targetTrackingScalingPolicyConfiguration", target_tracking, struct target_tracking,
                 target_tracking_shape, "the metric and the value at which it is held"),
    PARAM_END,
};
#undef OF

static bool is_scalable(const struct ecs_settings *settings, const char *service)
{
    EACH(struct scalable_target_settings, target, settings->scalable_targets) {
        if (settings_same(target->service, service))
            return true;
    }
    return false;
}

static void check_policy_of_service(struct mistakes *mistakes, const struct scaling_policy_settings *policy,
                                    const struct ecs_settings *settings)
{
    if (policy->policy_type != POLICY_TARGET_TRACKING)
        settings_warn_unmodelled(mistakes, policy, "policyType", policy_types[policy->policy_type]);
    else if (!policy->target_tracking)
        mistake(mistakes, policy, "policyName", "the policy has no targetTrackingScalingPolicyConfiguration");
    if (!is_scalable(settings, policy->service))
        mistake(mistakes, policy, "resourceId", "service `%s` is not among the scalableTargets",
                policy->service);
}

/* Policies of this name are made by capacity providers, for themselves. */
static bool is_managed(const char *name)
{
    static const char managed[] = "ECSManagedAutoScalingPolicy-";
    return strncmp(name, managed, strlen(managed)) == 0;
}

static void check_scaling_policy(struct mistakes *mistakes, void *object, void *root)
{
    const struct scaling_policy_settings *policy = object;
    if (policy->service)
        check_policy_of_service(mistakes, policy, root);
    else if (!policy->auto_scaling_group)
        mistake(mistakes, policy, NULL, "scaling policy lacks `resourceId`");
    else if (!is_managed(policy->name))
        settings_warn_unmodelled(mistakes, policy, "autoScalingGroupName", "scaling an Auto Scaling group");
}

const struct shape scaling_policy_shape = {
    .name = "scaling policy",
    .size = sizeof(struct scaling_policy_settings),
    .params = scaling_policy_params,
    .check = check_scaling_policy,
};
