/* autoScalingGroups: CreateAutoScalingGroup, and what describe-auto-scaling-groups prints. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

#define OF struct auto_scaling_group_settings
static const struct param group_params[] = {
    ROW("autoScalingGroupName", NAME, name, "its name", REQUIRED),
    ROW("instanceType", TEXT, instance_type,
        "type of its hosts (default: the launch template's, or that of the `instances` that AWS printed)"),
    ROW("minSize", INTEGER, min_size, "least number of hosts", REQUIRED, RANGE(0, MOST_COUNT)),
    ROW("maxSize", INTEGER, max_size, "most hosts", REQUIRED, RANGE(0, MOST_COUNT)),
    ROW("desiredCapacity", INTEGER, desired_capacity, "hosts to begin with (default: minSize)",
        RANGE(0, MOST_COUNT)),
    ROW("availabilityZones", TEXTS, availability_zones, "zones over which it spreads (default: all)"),
    ROW_LIST("instances", instances, group_instance_shape, "what AWS printed of its instances"),
    ROW_OPTIONAL("launchTemplate", launch_template, struct launch_template_specification_settings,
                 launch_template_specification_shape, "the launch template of its hosts"),
    ROW_OPTIONAL("mixedInstancesPolicy", mixed_instances_policy, struct mixed_instances_policy_settings,
                 mixed_instances_policy_shape,
                 "several instance types, and On-Demand and Spot hosts, in one group"),
    ROW("capacityRebalance", FLAG, capacity_rebalance,
        "whether a Spot host that is at risk of interruption is replaced before its notice [EAS "
        "capacity-rebalancing]",
        DEFAULT("false")),
    ROW("launchConfigurationName", TEXT, behaviour.launch_configuration,
        "the launch configuration of its hosts; of it only the name counts, for OldestLaunchConfiguration"),
    ROW_STRUCT("availabilityZoneDistribution", behaviour.zone_distribution, struct zone_distribution_settings,
               zone_distribution_shape, "what becomes of launches that a zone refuses"),
    ROW("terminationPolicies", TEXTS, behaviour.termination_policies,
        "in their order, which host scale-in takes (default: Default [EAS termination-policies])"),
    ROW("newInstancesProtectedFromScaleIn", FLAG, behaviour.new_instances_protected,
        "whether scale-in leaves its hosts alone, from InService on", DEFAULT("false")),
    ROW("healthCheckType", TEXTS, behaviour.health_check_types,
        "EC2, which is always checked, or ELB: its load balancers are asked, too (default: EC2)", COMMAS),
    ROW("healthCheckGracePeriod", DURATION, behaviour.health_check_grace_period,
        "seconds from InService on in which failed checks count for nothing; a host that is not running is "
        "replaced all the same (default: 0 [API autoscaling:CreateAutoScalingGroup])",
        DEFAULT("0"), SECONDS(0, INT32_MAX)),
    ROW_LIST("targetGroupARNs", behaviour.target_groups, attached_target_group_shape,
             "target groups whose targets are its hosts; of use with healthCheckType ELB"),
    ROW_LIST("loadBalancerNames", behaviour.load_balancers, attached_load_balancer_shape,
             "Classic load balancers of its hosts; of use with healthCheckType ELB"),
    ROW_LIST("suspendedProcesses", behaviour.suspended_processes, suspended_process_shape,
             "what it does not do: Launch, Terminate, AZRebalance, HealthCheck, ReplaceUnhealthy, …"),
    ROW_LIST("lifecycleHookSpecificationList", behaviour.lifecycle_hooks, group_hook_shape,
             "for what its hosts wait before they come into service, or before they end; at most 50"),
    ROWS_OF_GROUP_MAINTENANCE,
    ROW("defaultCooldown", DURATION, default_cooldown,
        "after a launch or termination, until simple scaling acts again [EAS scaling-cooldowns]",
        DEFAULT("300s"), RANGE(0, SIMTIME_DAY)),
    ROW_STRUCT("simulation", simulation, struct host_simulation_settings, host_simulation_shape,
               "what AWS does not say of its hosts"),
    PARAM_END,
};
#undef OF

/* NULL where AWS printed none. False, and a mistake, where they are of several. */
static bool agree_on_type(struct mistakes *mistakes, const struct auto_scaling_group_settings *group,
                          const char **type)
{
    *type = NULL;
    EACH(struct group_instance_settings, instance, group->instances) {
        if (!instance->instance_type)
            continue;
        if (*type && strcmp(*type, instance->instance_type) != 0) {
            mistake(mistakes, group, "instances",
                    "instances of several types, `%s` and `%s`; give the group an instanceType", *type,
                    instance->instance_type);
            return false;
        }
        *type = instance->instance_type;
    }
    return true;
}

static bool says_type(const struct auto_scaling_group_settings *group)
{
    return group->instance_type || group->mixed_instances_policy ||
           settings_template_type(group->launch_template);
}

/* What AWS printed of its instances matters where nothing else says their type. */
static void derive_plan(struct mistakes *mistakes, const struct ecs_settings *settings,
                        struct auto_scaling_group_settings *group)
{
    struct launch_source source = {
        .object = group,
        .instance_type = group->instance_type,
        .launch_template = group->launch_template,
        .mixed_instances_policy = group->mixed_instances_policy,
        .market = group->simulation.market,
    };
    if (says_type(group) || agree_on_type(mistakes, group, &source.instance_type))
        settings_derive_plan(mistakes, settings, &source, &group->plan);
}

/* [API autoscaling:CreateAutoScalingGroup] */
static void check_sizes(struct mistakes *mistakes, struct auto_scaling_group_settings *group)
{
    if (group->desired_capacity == ABSENT)
        group->desired_capacity = group->min_size;
    if (group->min_size > group->max_size)
        mistake(mistakes, group, "minSize", "minSize %" PRId64 " is more than maxSize %" PRId64,
                group->min_size, group->max_size);
    else if (group->desired_capacity < group->min_size)
        mistake(mistakes, group, "desiredCapacity",
                "desiredCapacity %" PRId64 " is less than minSize %" PRId64, group->desired_capacity,
                group->min_size);
    else if (group->desired_capacity > group->max_size)
        mistake(mistakes, group, "desiredCapacity",
                "desiredCapacity %" PRId64 " is more than maxSize %" PRId64, group->desired_capacity,
                group->max_size);
}

static void check_group(struct mistakes *mistakes, void *object, void *root)
{
    struct auto_scaling_group_settings *group = object;
    derive_plan(mistakes, root, group);
    settings_derive_behaviour(mistakes, root, group, &group->behaviour);
    check_sizes(mistakes, group);
    settings_check_group_maintenance(mistakes, group);
}

const struct shape auto_scaling_group_shape = {
    .name = "Auto Scaling group",
    .size = sizeof(struct auto_scaling_group_settings),
    .params = group_params,
    .collection = "autoScalingGroups",
    .name_key = "autoScalingGroupName",
    .check = check_group,
};
