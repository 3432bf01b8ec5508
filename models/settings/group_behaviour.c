/* How an Auto Scaling group behaves: zones, termination policies, health checks, suspended processes,
 * lifecycle hooks. */
#include "models/settings/tables.h"
#include <string.h>
#include <strings.h>

/* --- names ------------------------------------------------------------------------------------ */

static const char *const capacity_distributions[] = {
    [DISTRIBUTION_BALANCED_BEST_EFFORT] = "balanced-best-effort",
    [DISTRIBUTION_BALANCED_ONLY] = "balanced-only",
    [DISTRIBUTION_RESERVATIONS] = "reservations-then-balanced-best-effort",
    NULL,
};

static const char *const termination_policies[] = {
    [TERMINATE_DEFAULT] = "Default",
    [TERMINATE_ALLOCATION_STRATEGY] = "AllocationStrategy",
    [TERMINATE_OLDEST_LAUNCH_TEMPLATE] = "OldestLaunchTemplate",
    [TERMINATE_OLDEST_LAUNCH_CONFIGURATION] = "OldestLaunchConfiguration",
    [TERMINATE_CLOSEST_TO_NEXT_INSTANCE_HOUR] = "ClosestToNextInstanceHour",
    [TERMINATE_NEWEST_INSTANCE] = "NewestInstance",
    [TERMINATE_OLDEST_INSTANCE] = "OldestInstance",
    [TERMINATION_POLICIES] = NULL,
};

const char *const scaling_process_names[] = {
    [PROCESS_LAUNCH] = "Launch",
    [PROCESS_TERMINATE] = "Terminate",
    [PROCESS_ADD_TO_LOAD_BALANCER] = "AddToLoadBalancer",
    [PROCESS_ALARM_NOTIFICATION] = "AlarmNotification",
    [PROCESS_AZ_REBALANCE] = "AZRebalance",
    [PROCESS_HEALTH_CHECK] = "HealthCheck",
    [PROCESS_INSTANCE_REFRESH] = "InstanceRefresh",
    [PROCESS_REPLACE_UNHEALTHY] = "ReplaceUnhealthy",
    [PROCESS_SCHEDULED_ACTIONS] = "ScheduledActions",
    [SCALING_PROCESSES] = NULL,
};

static const char *const transitions[] = {
    [TRANSITION_LAUNCHING] = "autoscaling:EC2_INSTANCE_LAUNCHING",
    [TRANSITION_TERMINATING] = "autoscaling:EC2_INSTANCE_TERMINATING",
    NULL,
};

const char *const lifecycle_results[] = {[RESULT_ABANDON] = "ABANDON", [RESULT_CONTINUE] = "CONTINUE", NULL};

/* --- tables ----------------------------------------------------------------------------------- */

#define OF struct zone_distribution_settings
static const struct param zone_distribution_params[] = {
    ROW("capacityDistributionStrategy", CHOICE, capacity_distribution,
        "balanced-best-effort launches in another zone where one refuses, balanced-only tries that one again "
        "[API autoscaling:AvailabilityZoneDistribution]",
        DEFAULT("balanced-best-effort"), ONE_OF(capacity_distributions)),
    PARAM_END,
};
#undef OF

static void check_zone_distribution(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct zone_distribution_settings *distribution = object;
    if (distribution->capacity_distribution == DISTRIBUTION_RESERVATIONS)
        settings_warn_unmodelled(mistakes, distribution, "capacityDistributionStrategy",
                                 "what a group does with Capacity Reservations");
}

const struct shape zone_distribution_shape = {
    .name = "distribution over Availability Zones",
    .size = sizeof(struct zone_distribution_settings),
    .params = zone_distribution_params,
    .check = check_zone_distribution,
};

#define OF struct suspended_process_settings
static const struct param suspended_process_params[] = {
    ROW("processName", CHOICE, process, "its name [API autoscaling:SuspendedProcess]", REQUIRED,
        ONE_OF(scaling_process_names)),
    PARAM_END,
};
#undef OF

const struct shape suspended_process_shape = {
    .name = "suspended process",
    .size = sizeof(struct suspended_process_settings),
    .params = suspended_process_params,
    .shorthand = "processName",
};

#define OF struct attachment_settings
static const struct param target_group_params[] = {
    ROW("targetGroupARN", REFERENCE, name, "name of the target group", REQUIRED, IN("targetGroups")),
    PARAM_END,
};
static const struct param load_balancer_params[] = {
    ROW("loadBalancerName", REFERENCE, name, "name of the Classic load balancer", REQUIRED,
        IN("loadBalancerDescriptions")),
    PARAM_END,
};
#undef OF

const struct shape attached_target_group_shape = {
    .name = "target group of a group",
    .size = sizeof(struct attachment_settings),
    .params = target_group_params,
    .shorthand = "targetGroupARN",
};

const struct shape attached_load_balancer_shape = {
    .name = "load balancer of a group",
    .size = sizeof(struct attachment_settings),
    .params = load_balancer_params,
    .shorthand = "loadBalancerName",
};

#define OF struct group_hook_simulation_settings
static const struct param group_hook_simulation_params[] = {
    PARAM_DIST("after", OF, after, NULL,
               "from the instance's wait until somebody completes the action (default: nobody does but "
               "completeLifecycleAction)"),
    ROW("result", CHOICE, result, "how it is completed then: CONTINUE or ABANDON", DEFAULT("CONTINUE"),
        ONE_OF(lifecycle_results)),
    ROW("recordsHeartbeats", FLAG, records_heartbeats,
        "whether somebody records heartbeats, so that it may take 100 of them, 48 hours at most [EAS "
        "lifecycle-hooks]",
        DEFAULT("false")),
    PARAM_END,
};
#undef OF

static const struct shape group_hook_simulation_shape = {
    .name = "simulation of a lifecycle hook of a group",
    .size = sizeof(struct group_hook_simulation_settings),
    .params = group_hook_simulation_params,
};

#define OF struct group_hook_settings
static const struct param group_hook_params[] = {
    ROW("lifecycleHookName", TEXT, name, "its name", REQUIRED),
    ROW("lifecycleTransition", CHOICE, transition,
        "autoscaling:EC2_INSTANCE_LAUNCHING or autoscaling:EC2_INSTANCE_TERMINATING", REQUIRED,
        ONE_OF(transitions)),
    ROW("heartbeatTimeout", DURATION, heartbeat_timeout,
        "seconds after which it gets its default result [API autoscaling:PutLifecycleHookType]",
        DEFAULT("3600"), SECONDS(30, 7200)),
    ROW("defaultResult", CHOICE, default_result,
        "CONTINUE, or ABANDON: a launch is given up [API autoscaling:PutLifecycleHookType]",
        DEFAULT("ABANDON"), ONE_OF(lifecycle_results)),
    ROW_STRUCT("simulation", simulation, struct group_hook_simulation_settings, group_hook_simulation_shape,
               "how it is completed, which AWS cannot know"),
    PARAM_END,
};
#undef OF

const struct shape group_hook_shape = {
    .name = "lifecycle hook of a group",
    .size = sizeof(struct group_hook_settings),
    .params = group_hook_params,
};

#define OF struct group_instance_settings
static const struct param group_instance_params[] = {
    ROW("instanceType", TEXT, instance_type, "its type"),
    ROW("availabilityZone", TEXT, availability_zone, "its zone (default: where the group's balance has it)"),
    ROW("launchConfigurationName", TEXT, launch_configuration, "the launch configuration that it is from"),
    ROW_OPTIONAL("launchTemplate", launch_template, struct launch_template_specification_settings,
                 launch_template_specification_shape, "the launch template that it is from"),
    ROW("protectedFromScaleIn", FLAG, protected_from_scale_in, "whether scale-in leaves it alone",
        DEFAULT("false")),
    ROW("lifecycleState", TEXT, lifecycle_state,
        "InService, Pending, …: one that is Terminating, Standby or warmed is not there at the start"),
    PARAM_END,
};
#undef OF

static void check_group_instance(struct mistakes *mistakes, void *object, void *root)
{
    (void)mistakes;
    (void)root;
    struct group_instance_settings *instance = object;
    const char *state = instance->lifecycle_state;
    instance->in_service = !state || !strcasecmp(state, "InService") || !strncasecmp(state, "Pending", 7);
}

const struct shape group_instance_shape = {
    .name = "instance of a group",
    .size = sizeof(struct group_instance_settings),
    .params = group_instance_params,
    .check = check_group_instance,
};

/* --- termination policies --------------------------------------------------------------------- */

static int find_name(const char *const *names, const char *name)
{
    int i = 0;
    while (names[i] && strcasecmp(names[i], name) != 0)
        i++;
    return i;
}

static void refuse_policy(struct mistakes *mistakes, const void *group, const char *name)
{
    const char *nearest = nearest_name(name, termination_policies);
    if (!strncmp(name, "arn:", strlen("arn:")))
        settings_warn_unmodelled(mistakes, group, "terminationPolicies",
                                 "a custom termination policy with Lambda");
    else if (nearest)
        mistake(mistakes, group, "terminationPolicies",
                "there is no termination policy `%s`; did you mean `%s`?", name, nearest);
    else
        mistake(mistakes, group, "terminationPolicies", "there is no termination policy `%s`", name);
}

/* [EAS termination-policies: custom] */
static void read_policies(struct mistakes *mistakes, const void *group,
                          struct group_behaviour_settings *behaviour)
{
    const struct list *names = &behaviour->termination_policies;
    enum termination_policy *policies =
        arena_array(mistakes_arena(mistakes), names->count + 1, sizeof *policies);
    size_t count = 0;
    EACH_TEXT(name, *names) {
        int policy = find_name(termination_policies, *name);
        if (policy == TERMINATION_POLICIES)
            refuse_policy(mistakes, group, *name);
        else
            policies[count++] = (enum termination_policy)policy;
    }
    for (size_t i = 0; i + 1 < count; i++)
        if (policies[i] == TERMINATE_DEFAULT)
            mistake(mistakes, group, "terminationPolicies",
                    "Default is the last of the policies, or not there");
    behaviour->policies = (struct list){count, policies};
}

/* --- health checks ---------------------------------------------------------------------------- */

static bool asks_load_balancers(struct mistakes *mistakes, const void *group,
                                const struct group_behaviour_settings *behaviour)
{
    bool asks = false;
    EACH_TEXT(type, behaviour->health_check_types) {
        if (settings_same(*type, "EBS") || settings_same(*type, "VPC_LATTICE"))
            settings_warn_unmodelled(mistakes, group, "healthCheckType", *type);
        else if (settings_same(*type, "ELB"))
            asks = true;
        else if (!settings_same(*type, "EC2"))
            mistake(mistakes, group, "healthCheckType",
                    "`%s` is no type of health check: EC2, ELB, EBS or "
                    "VPC_LATTICE",
                    *type);
    }
    return asks;
}

/* Until a dead target is unhealthy; what is itself a mistake is never. */
static simtime until_unhealthy(simtime interval, int64_t unhealthy_threshold)
{
    return interval > 0 && unhealthy_threshold > 0 ? interval * unhealthy_threshold : SIMTIME_NEVER;
}

static simtime patience_of_target_groups(const struct ecs_settings *settings, const struct list *attached)
{
    simtime patience = SIMTIME_NEVER;
    EACH(struct attachment_settings, attachment, *attached) {
        const struct target_group_settings *group =
            settings_named(settings, NAMED_TARGET_GROUP, attachment->name);
        if (group)
            patience =
                simtime_earlier(patience, until_unhealthy(group->interval, group->unhealthy_threshold));
    }
    return patience;
}

static simtime patience_of_load_balancers(const struct ecs_settings *settings, const struct list *attached)
{
    simtime patience = SIMTIME_NEVER;
    EACH(struct attachment_settings, attachment, *attached) {
        const struct classic_load_balancer_settings *balancer =
            settings_named(settings, NAMED_LOAD_BALANCER, attachment->name);
        if (balancer)
            patience = simtime_earlier(patience, until_unhealthy(balancer->health_check.interval,
                                                                 balancer->health_check.unhealthy_threshold));
    }
    return patience;
}

static void derive_patience(struct mistakes *mistakes, const struct ecs_settings *settings, const void *group,
                            struct group_behaviour_settings *behaviour)
{
    behaviour->load_balancer_patience = SIMTIME_NEVER;
    if (!asks_load_balancers(mistakes, group, behaviour))
        return;
    if (!behaviour->target_groups.count && !behaviour->load_balancers.count)
        warn(mistakes, group, "healthCheckType",
             "the group has no targetGroupARNs and no loadBalancerNames that could be asked");
    behaviour->load_balancer_patience =
        simtime_earlier(patience_of_target_groups(settings, &behaviour->target_groups),
                        patience_of_load_balancers(settings, &behaviour->load_balancers));
}

/* --- all of it -------------------------------------------------------------------------------- */

static void check_hooks(struct mistakes *mistakes, const void *group, const struct list *hooks)
{
    if (hooks->count > MOST_GROUP_HOOKS)
        mistake(mistakes, group, "lifecycleHookSpecificationList",
                "%zu lifecycle hooks; a group has at most %d", hooks->count, MOST_GROUP_HOOKS);
    EACH(struct group_hook_settings, hook, *hooks) {
        for (const struct group_hook_settings *other = hooks->items; other < hook; other++)
            if (settings_same(other->name, hook->name))
                mistake(mistakes, hook, "lifecycleHookName", "a second lifecycle hook `%s`", hook->name);
    }
}

void settings_derive_behaviour(struct mistakes *mistakes, const struct ecs_settings *settings,
                               const void *group, struct group_behaviour_settings *behaviour)
{
    EACH(struct suspended_process_settings, suspended, behaviour->suspended_processes)
        behaviour->suspended |= 1U << suspended->process;
    read_policies(mistakes, group, behaviour);
    derive_patience(mistakes, settings, group, behaviour);
    check_hooks(mistakes, group, &behaviour->lifecycle_hooks);
}
