/* scalableTargets, scalingPolicies: how the desired counts of services and the desired capacities of groups
 * follow. */
#include "models/scaling/scaling.h"
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

/* --- scalable targets -------------------------------------------------------------------------- */

#define OF struct suspended_state_settings
static const struct param suspended_state_params[] = {
    ROW("dynamicScalingInSuspended", FLAG, dynamic_scaling_in,
        "policies do not scale in [API application-autoscaling:SuspendedState]", DEFAULT("false")),
    ROW("dynamicScalingOutSuspended", FLAG, dynamic_scaling_out,
        "policies do not scale out [API application-autoscaling:SuspendedState]", DEFAULT("false")),
    ROW("scheduledScalingSuspended", FLAG, scheduled_scaling,
        "scheduled actions do nothing [API application-autoscaling:SuspendedState]", DEFAULT("false")),
    PARAM_END,
};
#undef OF

static const struct shape suspended_state_shape = {
    .name = "suspended state",
    .size = sizeof(struct suspended_state_settings),
    .params = suspended_state_params,
};

#define OF struct scalable_target_settings
static const struct param scalable_target_params[] = {
    ROW("resourceId", REFERENCE, service, "service/CLUSTER/NAME, or its name", REQUIRED, IN("services"),
        ALIAS("service")),
    ROW("minCapacity", INTEGER, min_capacity, "least desired count", REQUIRED, RANGE(0, MOST_COUNT)),
    ROW("maxCapacity", INTEGER, max_capacity, "most desired count", REQUIRED, RANGE(0, MOST_COUNT)),
    ROW("roleARN", NAME, role, "the role by which the service is scaled (default: the service-linked one)"),
    ROW_STRUCT("suspendedState", suspended, struct suspended_state_settings, suspended_state_shape,
               "what is switched off"),
    PARAM_END,
};
#undef OF

static bool is_daemon(const struct ecs_settings *settings, const char *name)
{
    const struct service_settings *service = settings_named(settings, NAMED_SERVICE, name);
    return service && service->scheduling_strategy == SCHEDULING_DAEMON;
}

static void check_scalable_target(struct mistakes *mistakes, void *object, void *root)
{
    const struct scalable_target_settings *target = object;
    settings_check_role(mistakes, root, target, "roleARN", target->role);
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

/* --- policies ---------------------------------------------------------------------------------- */

enum { POLICY_NOT_SAID, POLICY_TARGET_TRACKING, POLICY_STEP, POLICY_SIMPLE, POLICY_PREDICTIVE };

static const char *const policy_types[] = {
    "", "TargetTrackingScaling", "StepScaling", "SimpleScaling", "PredictiveScaling", NULL};

/* As adjustment_type_names, but for a first that stands for none. */
static const char *const adjustment_types[] = {"", "ChangeInCapacity", "ExactCapacity",
                                               "PercentChangeInCapacity", NULL};

enum { MOST_WARMUP_S = 3600 }; /* [API autoscaling:PutScalingPolicy.EstimatedInstanceWarmup] */

#define OF struct scaling_policy_settings
static const struct param scaling_policy_params[] = {
    ROW("policyName", NAME, name, "its name", REQUIRED),
    ROW("resourceId", REFERENCE, service, "service/CLUSTER/NAME, or its name", IN("services"),
        ALIAS("service")),
    ROW("autoScalingGroupName", REFERENCE, auto_scaling_group, "the group, of a policy of EC2 Auto Scaling",
        IN("autoScalingGroups")),
    ROW("policyType", CHOICE, policy_type, "its type (default: that of its configuration)",
        ONE_OF(policy_types)),
    ROW("enabled", FLAG, enabled,
        "of a policy of a group: whether it acts [API autoscaling:PutScalingPolicyType]", DEFAULT("true")),
    ROW_OPTIONAL("targetTrackingScalingPolicyConfiguration", target_tracking, struct target_tracking,
                 target_tracking_shape, "the metric and the value at which it is held",
                 ALIAS("targetTrackingConfiguration")),
    ROW_OPTIONAL("stepScalingPolicyConfiguration", step_scaling, struct step_scaling, step_scaling_shape,
                 "adjustments by how far a metric is beyond an alarm's threshold"),
    ROW_OPTIONAL("predictiveScalingPolicyConfiguration", predictive, struct predictive_scaling,
                 predictive_scaling_shape, "the load that is forecast",
                 ALIAS("predictiveScalingConfiguration")),
    ROW("adjustmentType", CHOICE, adjustment_type, "step and simple scaling of a group: what adjustments say",
        ONE_OF(adjustment_types)),
    ROW_LIST("stepAdjustments", step_adjustments, step_adjustment_shape, "step scaling of a group"),
    ROW("scalingAdjustment", INTEGER, scaling_adjustment, "simple scaling of a group: the adjustment",
        RANGE(-MOST_ADJUSTMENT, MOST_ADJUSTMENT)),
    ROW("minAdjustmentMagnitude", INTEGER, min_adjustment_magnitude,
        "step and simple scaling of a group, PercentChangeInCapacity: a change is at least so large",
        RANGE(1, MOST_ADJUSTMENT)),
    ROW("metricAggregationType", CHOICE, aggregation,
        "step scaling of a group: as of a service [API autoscaling:PutScalingPolicyType]", DEFAULT("Average"),
        ONE_OF(scaling_aggregations)),
    ROW("cooldown", DURATION, cooldown,
        "simple scaling: from the end of an activity until the next (default: the group's defaultCooldown)",
        RANGE(0, SIMTIME_DAY)),
    ROW("estimatedInstanceWarmup", DURATION, estimated_instance_warmup,
        "target tracking and step scaling of a group: for so long after it came into service an instance is "
        "not counted (default: the group's defaultInstanceWarmup, else its defaultCooldown)",
        SECONDS(0, MOST_WARMUP_S)),
    PARAM_END,
};
#undef OF

static int configured_type(const struct scaling_policy_settings *policy)
{
    if (policy->policy_type != POLICY_NOT_SAID)
        return policy->policy_type;
    if (policy->target_tracking)
        return POLICY_TARGET_TRACKING;
    if (policy->predictive)
        return POLICY_PREDICTIVE;
    if (policy->step_scaling || policy->step_adjustments.count)
        return POLICY_STEP;
    return policy->auto_scaling_group ? POLICY_SIMPLE : POLICY_NOT_SAID;
}

/* Policies of this name are made by capacity providers, for themselves. */
static bool is_managed(const char *name)
{
    static const char managed[] = "ECSManagedAutoScalingPolicy-";
    return name && strncmp(name, managed, strlen(managed)) == 0;
}

/* --- the parts that EC2 Auto Scaling does not nest --- */

static bool check_adjustment_type(struct mistakes *mistakes, const struct scaling_policy_settings *policy)
{
    if (!policy->adjustment_type)
        mistake(mistakes, policy, "policyName", "step and simple scaling need an adjustmentType");
    else
        adjustment_check(mistakes, policy, policy->adjustment_type - 1, policy->min_adjustment_magnitude);
    return policy->adjustment_type != 0;
}

static const struct step_scaling *step_of_group(struct mistakes *mistakes,
                                                const struct scaling_policy_settings *policy)
{
    if (!check_adjustment_type(mistakes, policy))
        return NULL;
    step_adjustments_check(mistakes, policy,
                           policy->step_adjustments.count ? "stepAdjustments" : "policyName",
                           &policy->step_adjustments);
    struct step_scaling *step = arena_alloc(mistakes_arena(mistakes), sizeof *step);
    *step = (struct step_scaling){
        .adjustment_type = policy->adjustment_type - 1,
        .steps = policy->step_adjustments,
        .magnitude = policy->min_adjustment_magnitude,
        .aggregation = policy->aggregation,
    };
    return step;
}

static const struct simple_scaling *simple_of_group(struct mistakes *mistakes,
                                                    const struct scaling_policy_settings *policy,
                                                    const struct ecs_settings *settings)
{
    const struct auto_scaling_group_settings *group =
        settings_named(settings, NAMED_AUTO_SCALING_GROUP, policy->auto_scaling_group);
    if (policy->scaling_adjustment == ABSENT)
        mistake(mistakes, policy, "policyName", "simple scaling needs a scalingAdjustment");
    if (!check_adjustment_type(mistakes, policy) || policy->scaling_adjustment == ABSENT || !group)
        return NULL;
    struct simple_scaling *simple = arena_alloc(mistakes_arena(mistakes), sizeof *simple);
    *simple = (struct simple_scaling){
        .adjustment_type = policy->adjustment_type - 1,
        .amount = policy->scaling_adjustment,
        .magnitude = policy->min_adjustment_magnitude,
        .cooldown = policy->cooldown != ABSENT ? policy->cooldown : group->default_cooldown,
    };
    return simple;
}

/* [API autoscaling:PutScalingPolicy] */
static void check_of_group(struct mistakes *mistakes, const struct scaling_policy_settings *policy, int type)
{
    if (policy->cooldown != ABSENT && type != POLICY_SIMPLE)
        mistake(mistakes, policy, "cooldown", "only simple scaling of a group has a cooldown");
    if (policy->estimated_instance_warmup != ABSENT && type != POLICY_STEP && type != POLICY_TARGET_TRACKING)
        mistake(mistakes, policy, "estimatedInstanceWarmup",
                "only target tracking and step scaling have an estimatedInstanceWarmup");
    if (policy->step_scaling)
        mistake(mistakes, policy, "stepScalingPolicyConfiguration",
                "a policy of a group has its adjustmentType and stepAdjustments beside its name");
}

static void check_of_service(struct mistakes *mistakes, const struct scaling_policy_settings *policy,
                             const struct ecs_settings *settings)
{
    if (policy->policy_type == POLICY_SIMPLE)
        mistake(mistakes, policy, "policyType", "simple scaling is of Auto Scaling groups");
    if (policy->adjustment_type || policy->step_adjustments.count || policy->scaling_adjustment != ABSENT ||
        policy->min_adjustment_magnitude != ABSENT || policy->cooldown != ABSENT ||
        policy->estimated_instance_warmup != ABSENT)
        mistake(
            mistakes, policy, "policyName",
            "a policy of a service has its adjustments and cooldown in its stepScalingPolicyConfiguration");
    if (!settings_named(settings, NAMED_SCALABLE_TARGET, policy->service))
        mistake(mistakes, policy, "resourceId", "service `%s` is not among the scalableTargets",
                policy->service);
}

/* --- what it follows --- */

static bool is_of_groups(int type)
{
    return type >= METRIC_ASG_CPU && type <= METRIC_ASG_NETWORK_OUT;
}

static struct metric_reference metric_of_type(const struct scaling_policy_settings *policy,
                                              const struct predefined_metric *metric)
{
    static const enum metric_name names[] = {
        [METRIC_ECS_CPU] = METRIC_SERVICE_CPU,
        [METRIC_ECS_MEMORY] = METRIC_SERVICE_MEMORY,
        [METRIC_ALB_REQUEST_COUNT_PER_TARGET] = METRIC_REQUEST_COUNT_PER_TARGET,
        [METRIC_ASG_CPU] = METRIC_GROUP_CPU,
        [METRIC_ASG_NETWORK_IN] = METRIC_COUNT,
        [METRIC_ASG_NETWORK_OUT] = METRIC_COUNT,
        [METRIC_ECS_CPU_HIGH_RESOLUTION] = METRIC_SERVICE_CPU_20S,
        [METRIC_ECS_MEMORY_HIGH_RESOLUTION] = METRIC_SERVICE_MEMORY_20S,
    };
    const char *subject = policy->service ? policy->service : policy->auto_scaling_group;
    bool of_target_group = metric->type == METRIC_ALB_REQUEST_COUNT_PER_TARGET;
    return (struct metric_reference){
        .name = names[metric->type],
        .subject = of_target_group ? metric->resource_label : subject,
    };
}

/* [DG:target-tracking-faster-auto-scaling] */
static void check_resolution(struct mistakes *mistakes, const struct scaling_policy_settings *policy,
                             int type, const struct ecs_settings *settings)
{
    const char *name = type == METRIC_ECS_CPU_HIGH_RESOLUTION      ? "CPUUtilization"
                       : type == METRIC_ECS_MEMORY_HIGH_RESOLUTION ? "MemoryUtilization"
                                                                   : NULL;
    if (name && policy->service && !settings_monitored_every_20s(settings, policy->service, name))
        mistake(mistakes, policy, "policyName",
                "%s needs `monitoring` of service `%s` with %s every 20 seconds",
                scaling_metric_type_names[type], policy->service, name);
}

/* ALBRequestCountPerTarget is of both. */
static void check_metric(struct mistakes *mistakes, const struct scaling_policy_settings *policy, int type,
                         const struct ecs_settings *settings)
{
    if (type == METRIC_ALB_REQUEST_COUNT_PER_TARGET)
        return;
    if (is_of_groups(type) != (policy->auto_scaling_group != NULL))
        mistake(mistakes, policy, "policyName", "%s is a metric of %s", scaling_metric_type_names[type],
                is_of_groups(type) ? "Auto Scaling groups" : "services");
    else if (type == METRIC_ASG_NETWORK_IN || type == METRIC_ASG_NETWORK_OUT)
        settings_warn_unmodelled(mistakes, policy, "policyName", "network traffic");
    check_resolution(mistakes, policy, type, settings);
}

static struct metric_selector selector_of(struct arena *arena, const struct customized_metric *metric)
{
    size_t count = metric->dimensions.count;
    const struct dimension *given = metric->dimensions.items;
    struct dimension_settings *dimensions = arena_array(arena, count, sizeof *dimensions);
    for (size_t i = 0; i < count; i++)
        dimensions[i] = (struct dimension_settings){given[i].name, given[i].value};
    return (struct metric_selector){metric->namespace, metric->name, {count, dimensions}};
}

static void follow_customized(struct mistakes *mistakes, struct scaling_policy_settings *policy,
                              const struct ecs_settings *settings)
{
    const struct customized_metric *metric = policy->target_tracking->customized;
    struct metric_selector selector = selector_of(mistakes_arena(mistakes), metric);
    policy->followed = settings_metric(mistakes_arena(mistakes), settings, &selector);
    policy->statistic = STATISTIC_AVERAGE + metric->statistic;
    if (policy->followed.name == METRIC_COUNT && !metric->metric_math)
        warn(mistakes, metric, "metricName",
             "no such metric is modelled (`ecsim list metrics`): policy `%s` never sees a point",
             policy->name);
}

/* Cooldowns are of Application Auto Scaling: 300 s unless said otherwise
 * [API application-autoscaling:TargetTrackingScalingPolicyConfiguration]. */
static void derive_cooldowns(struct mistakes *mistakes, struct scaling_policy_settings *policy)
{
    struct scaling_cooldowns *given = &policy->target_tracking->cooldowns;
    simtime fallback = policy->service ? 300 * SIMTIME_SECOND : 0;
    if (!policy->service && (given->out != ABSENT || given->in != ABSENT))
        mistake(mistakes, policy, "policyName",
                "target tracking of a group has no cooldowns, but an estimatedInstanceWarmup");
    given->out = given->out != ABSENT ? given->out : fallback;
    given->in = given->in != ABSENT ? given->in : fallback;
}

static void check_target_tracking(struct mistakes *mistakes, struct scaling_policy_settings *policy,
                                  const struct ecs_settings *settings)
{
    const struct predefined_metric *predefined = policy->target_tracking->predefined;
    derive_cooldowns(mistakes, policy);
    policy->statistic = STATISTIC_AVERAGE;
    if (predefined) {
        check_metric(mistakes, policy, predefined->type, settings);
        policy->followed = metric_of_type(policy, predefined);
    } else if (policy->target_tracking->customized) {
        follow_customized(mistakes, policy, settings);
    }
}

/* The load is the total of what target tracking holds at its target. */
static void check_predictive(struct mistakes *mistakes, struct scaling_policy_settings *policy,
                             const struct ecs_settings *settings)
{
    const struct predefined_metric *metric =
        policy->predictive->metrics.count == 1 ? predictive_follows(policy->predictive) : NULL;
    if (!metric)
        return;
    check_metric(mistakes, policy, metric->type, settings);
    policy->followed = metric_of_type(policy, metric);
    policy->statistic = STATISTIC_SUM;
    if (metric->type == METRIC_ALB_REQUEST_COUNT_PER_TARGET)
        policy->followed.name = METRIC_REQUEST_COUNT;
}

/* --- all of it --- */

static const void *configuration_of(struct mistakes *mistakes, struct scaling_policy_settings *policy,
                                    const struct ecs_settings *settings, int type)
{
    switch (type) {
    case POLICY_TARGET_TRACKING:
        return policy->target_tracking;
    case POLICY_STEP:
        return policy->service ? policy->step_scaling : step_of_group(mistakes, policy);
    case POLICY_SIMPLE:
        return policy->service ? NULL : simple_of_group(mistakes, policy, settings);
    case POLICY_PREDICTIVE:
        return policy->predictive;
    default:
        return NULL;
    }
}

static bool lacks_configuration(const struct scaling_policy_settings *policy, int type)
{
    switch (type) {
    case POLICY_TARGET_TRACKING:
        return !policy->target_tracking;
    case POLICY_STEP:
        return policy->service && !policy->step_scaling;
    case POLICY_SIMPLE:
        return false;
    case POLICY_PREDICTIVE:
        return !policy->predictive;
    default:
        return true;
    }
}

/* One whose type is not said was meant to be of the type that people write most. */
static void check_configuration(struct mistakes *mistakes, struct scaling_policy_settings *policy,
                                const struct ecs_settings *settings, int type)
{
    if (lacks_configuration(policy, type))
        mistake(mistakes, policy, "policyName", "the policy has no %s",
                type == POLICY_STEP         ? "stepScalingPolicyConfiguration"
                : type == POLICY_PREDICTIVE ? "predictiveScalingPolicyConfiguration"
                                            : "targetTrackingScalingPolicyConfiguration");
    else if (type == POLICY_TARGET_TRACKING)
        check_target_tracking(mistakes, policy, settings);
    else if (type == POLICY_PREDICTIVE)
        check_predictive(mistakes, policy, settings);
}

void settings_index_policies(struct ecs_settings *settings)
{
    struct symbols *names = settings->by_name;
    struct symbols services = {.arena = names->arena}, groups = {.arena = names->arena};
    EACH(struct alarm_settings, alarm, settings->alarms) {
        EACH(struct alarm_action_settings, action, alarm->alarm_actions)
            symbol_enter(&names[NAMED_BY_ALARM], action->name, action);
    }
    for (size_t i = 0; i < settings->scaling_policies.count; i++) {
        struct scaling_policy_settings *policy =
            LIST_AT(struct scaling_policy_settings, settings->scaling_policies, i);
        settings_nth(&names[NAMED_POLICY], policy->name);
        policy->nth = policy->service ? settings_nth(&services, policy->service)
                                      : settings_nth(&groups, policy->auto_scaling_group);
    }
}

static bool is_alone(const struct ecs_settings *settings, const struct scaling_policy_settings *policy)
{
    return !policy->name || symbol_number(&settings->by_name[NAMED_POLICY], policy->name) == 1;
}

/* AWS takes a policy that no alarm drives; here an alarm names it without its resource. */
static void check_drivers(struct mistakes *mistakes, const struct scaling_policy_settings *policy,
                          const struct ecs_settings *settings)
{
    if (!settings_named(settings, NAMED_BY_ALARM, policy->name))
        warn(mistakes, policy, "policyName", "no alarm has `%s` among its alarmActions: it never acts",
             policy->name);
    else if (!is_alone(settings, policy))
        mistake(mistakes, policy, "policyName",
                "there are several policies `%s`: an alarm could not tell which it drives", policy->name);
}

static void derive_policy(struct mistakes *mistakes, struct scaling_policy_settings *policy,
                          const struct ecs_settings *settings)
{
    int type = configured_type(policy);
    check_configuration(mistakes, policy, settings, type);
    const void *configuration = configuration_of(mistakes, policy, settings, type);
    if (configuration && (type == POLICY_STEP || type == POLICY_SIMPLE))
        check_drivers(mistakes, policy, settings);
    if (configuration && policy->enabled)
        policy->policy =
            (struct chosen){catalogue_find(&scaling_policies, policy_types[type]), (void *)configuration};
}

enum { MOST_POLICIES_OF_RESOURCE = 50 }; /* [Q] */

static void check_quota(struct mistakes *mistakes, const struct scaling_policy_settings *policy)
{
    if (policy->nth == MOST_POLICIES_OF_RESOURCE + 1)
        mistake(mistakes, policy, "policyName", "a resource has at most %d scaling policies",
                MOST_POLICIES_OF_RESOURCE);
}

static void check_scaling_policy(struct mistakes *mistakes, void *object, void *root)
{
    struct scaling_policy_settings *policy = object;
    policy->followed.name = METRIC_COUNT;
    if (is_managed(policy->name))
        return;
    if (!policy->service == !policy->auto_scaling_group) {
        mistake(mistakes, policy, policy->service ? "autoScalingGroupName" : NULL,
                "a scaling policy is of one resource: `resourceId` or `autoScalingGroupName`");
        return;
    }
    if (policy->service)
        check_of_service(mistakes, policy, root);
    else
        check_of_group(mistakes, policy, configured_type(policy));
    check_quota(mistakes, policy);
    derive_policy(mistakes, policy, root);
}

const struct shape scaling_policy_shape = {
    .name = "scaling policy",
    .size = sizeof(struct scaling_policy_settings),
    .params = scaling_policy_params,
    .check = check_scaling_policy,
};
