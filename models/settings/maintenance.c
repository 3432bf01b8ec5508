/* What Auto Scaling groups do beside keeping their size: instance maintenance policy, warm pool, zonal shift,
 * instance refresh. The rows in the table of groups are those of ROWS_OF_GROUP_MAINTENANCE. */
#include "models/settings/tables.h"
#include <inttypes.h>

enum { WIDEST_RANGE = 100, NOT_SET = -1 }; /* percentage points */

/* --- of a group ------------------------------------------------------------------------------- */

#define OF struct instance_maintenance_policy_settings
static const struct param instance_maintenance_policy_params[] = {
    ROW("minHealthyPercentage", INTEGER, min_healthy_percentage,
        "percent of the desired capacity that stays in service while instances are replaced; -1: no policy "
        "[API autoscaling:InstanceMaintenancePolicy]",
        REQUIRED, RANGE(NOT_SET, 100)),
    ROW("maxHealthyPercentage", INTEGER, max_healthy_percentage,
        "percent of it that may be in service or pending meanwhile, from 100 on; -1: no policy "
        "[API autoscaling:InstanceMaintenancePolicy]",
        REQUIRED, RANGE(NOT_SET, 200)),
    PARAM_END,
};
#undef OF

static void check_range(struct mistakes *mistakes, const void *object, int64_t least, int64_t most)
{
    if (most - least > WIDEST_RANGE)
        mistake(mistakes, object, "maxHealthyPercentage",
                "it may be at most %d above minHealthyPercentage %" PRId64 ", not %" PRId64, WIDEST_RANGE,
                least, most);
}

static void check_policy(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct instance_maintenance_policy_settings *policy = object;
    int64_t least = policy->min_healthy_percentage, most = policy->max_healthy_percentage;
    if ((least == NOT_SET) != (most == NOT_SET))
        mistake(mistakes, policy, least == NOT_SET ? "minHealthyPercentage" : "maxHealthyPercentage",
                "-1 takes a policy away, and then both percentages are -1");
    else if (most != NOT_SET && most < 100)
        mistake(mistakes, policy, "maxHealthyPercentage", "it must be from 100 to 200, or -1");
    else
        check_range(mistakes, policy, least, most);
}

const struct shape instance_maintenance_policy_shape = {
    .name = "instance maintenance policy",
    .size = sizeof(struct instance_maintenance_policy_settings),
    .params = instance_maintenance_policy_params,
    .check = check_policy,
};

const char *const warm_pool_states[] = {
    [POOL_STOPPED] = "Stopped", [POOL_RUNNING] = "Running", [POOL_HIBERNATED] = "Hibernated", NULL};

#define OF struct instance_reuse_policy_settings
static const struct param instance_reuse_policy_params[] = {
    ROW("reuseOnScaleIn", FLAG, reuse_on_scale_in,
        "whether instances go back to the pool on scale-in; not modelled, ECS does not support it",
        DEFAULT("false")),
    PARAM_END,
};
#undef OF

static const struct shape instance_reuse_policy_shape = {
    .name = "instance reuse policy",
    .size = sizeof(struct instance_reuse_policy_settings),
    .params = instance_reuse_policy_params,
};

#define OF struct warm_pool_settings
static const struct param warm_pool_params[] = {
    ROW("maxGroupPreparedCapacity", INTEGER, max_group_prepared_capacity,
        "most instances in the pool and the group together; -1: the group's maxSize "
        "[API autoscaling:PutWarmPool]",
        DEFAULT("-1"), RANGE(NOT_SET, MOST_COUNT)),
    ROW("minSize", INTEGER, min_size, "least instances in the pool [API autoscaling:PutWarmPool]",
        DEFAULT("0"), RANGE(0, MOST_COUNT)),
    ROW("poolState", CHOICE, pool_state,
        "in which they wait: Stopped, Running or Hibernated [API autoscaling:PutWarmPool]",
        DEFAULT("Stopped"), ONE_OF(warm_pool_states)),
    ROW_STRUCT("instanceReusePolicy", instance_reuse_policy, struct instance_reuse_policy_settings,
               instance_reuse_policy_shape, "what becomes of instances on scale-in"),
    PARAM_END,
};
#undef OF

static void check_warm_pool(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct warm_pool_settings *pool = object;
    if (pool->instance_reuse_policy.reuse_on_scale_in)
        settings_warn_unmodelled(mistakes, &pool->instance_reuse_policy, "reuseOnScaleIn",
                                 "the return of instances to a warm pool, which ECS does not support,");
}

const struct shape warm_pool_shape = {
    .name = "warm pool",
    .size = sizeof(struct warm_pool_settings),
    .params = warm_pool_params,
    .check = check_warm_pool,
};

static const char *const impaired_zone_behaviors[] = {
    [IMPAIRED_REPLACE_UNHEALTHY] = "ReplaceUnhealthy", [IMPAIRED_IGNORE_UNHEALTHY] = "IgnoreUnhealthy", NULL};

#define OF struct zone_impairment_policy_settings
static const struct param zone_impairment_policy_params[] = {
    ROW("zonalShiftEnabled", FLAG, zonal_shift_enabled,
        "whether startZonalShift may shift the group (default: a choice, false)", DEFAULT("false")),
    ROW("impairedZoneHealthCheckBehavior", CHOICE, health_check_behavior,
        "what becomes of unhealthy instances of the zone that is shifted away from: ReplaceUnhealthy, in "
        "another zone, or IgnoreUnhealthy (default: a choice, ReplaceUnhealthy)",
        DEFAULT("ReplaceUnhealthy"), ONE_OF(impaired_zone_behaviors)),
    PARAM_END,
};
#undef OF

const struct shape zone_impairment_policy_shape = {
    .name = "Availability Zone impairment policy",
    .size = sizeof(struct zone_impairment_policy_settings),
    .params = zone_impairment_policy_params,
};

/* [EAS asg-max-instance-lifetime; EAS ec2-auto-scaling-warm-pools; DG:asg-capacity-providers] */
void settings_check_group_maintenance(struct mistakes *mistakes,
                                      const struct auto_scaling_group_settings *group)
{
    const struct group_maintenance_settings *maintenance = &group->maintenance;
    if (maintenance->max_instance_lifetime > 0 && maintenance->max_instance_lifetime < SIMTIME_DAY)
        mistake(mistakes, group, "maxInstanceLifetime", "it must be 0, or a day (86400 seconds) at least");
    if (!maintenance->warm_pool)
        return;
    if (group->mixed_instances_policy || group->plan.market == MARKET_SPOT)
        mistake(mistakes, group, "warmPoolConfiguration",
                "a group with a mixed instances policy or of Spot Instances cannot have a warm pool");
    if (!group->simulation.ecs_config.warm_pools_check)
        warn(mistakes, group, "warmPoolConfiguration",
             "without ECS_WARM_POOLS_CHECK=true ECS may place tasks on instances that are about to enter "
             "the warm pool; they are taken not to register there");
}

/* --- instance refresh ------------------------------------------------------------------------- */

#define OF struct checkpoint_settings
static const struct param checkpoint_params[] = {
    ROW("percentage", INTEGER, percentage, "percent of the group", REQUIRED, RANGE(1, 100)),
    PARAM_END,
};
#undef OF

static const struct shape checkpoint_shape = {
    .name = "checkpoint",
    .size = sizeof(struct checkpoint_settings),
    .params = checkpoint_params,
    .shorthand = "percentage",
};

#define OF struct refresh_alarms_settings
static const struct param refresh_alarms_params[] = {
    ROW_LIST("alarms", alarms, alarm_name_shape, "any of these in ALARM fails the refresh"),
    PARAM_END,
};
#undef OF

static const struct shape refresh_alarms_shape = {
    .name = "alarm specification",
    .size = sizeof(struct refresh_alarms_settings),
    .params = refresh_alarms_params,
};

static const char *const protected_names[] = {
    [PROTECTED_WAIT] = "Wait", [PROTECTED_IGNORE] = "Ignore", [PROTECTED_REFRESH] = "Refresh", NULL};

#define OF struct refresh_preferences_settings
static const struct param refresh_preferences_params[] = {
    ROW("minHealthyPercentage", INTEGER, min_healthy_percentage,
        "percent of the desired capacity that stays in service (default: the group's "
        "instanceMaintenancePolicy, else 90 [API autoscaling:RefreshPreferences])",
        RANGE(0, 100)),
    ROW("maxHealthyPercentage", INTEGER, max_healthy_percentage,
        "percent of it that may be in service or pending (default: the group's instanceMaintenancePolicy, "
        "else 100 [API autoscaling:RefreshPreferences])",
        RANGE(100, 200)),
    ROW("instanceWarmup", DURATION, instance_warmup,
        "seconds from InService until a new instance counts as replaced (default: the group's "
        "defaultInstanceWarmup, else its healthCheckGracePeriod [API autoscaling:RefreshPreferences])",
        SECONDS(0, INT32_MAX)),
    ROW_LIST("checkpointPercentages", checkpoint_percentages, checkpoint_shape,
             "percent of the group, ascending, at which it pauses; it ends at the last (default: 100 alone)"),
    ROW("checkpointDelay", DURATION, checkpoint_delay,
        "seconds for which it pauses [API autoscaling:RefreshPreferences]", DEFAULT("3600"),
        SECONDS(0, 172800)),
    ROW("bakeTime", DURATION, bake_time,
        "seconds from the last replacement until it is Successful [API autoscaling:RefreshPreferences]",
        DEFAULT("0"), SECONDS(0, 172800)),
    ROW("skipMatching", FLAG, skip_matching,
        "whether instances that have the configuration already stay [API autoscaling:RefreshPreferences]",
        DEFAULT("false")),
    ROW("autoRollback", FLAG, auto_rollback,
        "whether a refresh that fails is rolled back [API autoscaling:RefreshPreferences]", DEFAULT("false")),
    ROW("scaleInProtectedInstances", CHOICE, protected_instances,
        "what it does about instances that are protected from scale-in: Wait, Ignore or Refresh "
        "[API autoscaling:RefreshPreferences]",
        DEFAULT("Wait"), ONE_OF(protected_names)),
    ROW_STRUCT("alarmSpecification", alarm_specification, struct refresh_alarms_settings,
               refresh_alarms_shape, "alarms that fail it"),
    PARAM_END,
};
#undef OF

static void check_checkpoints(struct mistakes *mistakes,
                              const struct refresh_preferences_settings *preferences)
{
    int64_t before = 0;
    EACH(struct checkpoint_settings, checkpoint, preferences->checkpoint_percentages) {
        if (checkpoint->percentage <= before)
            mistake(mistakes, checkpoint, NULL,
                    "the percentages must ascend, and %" PRId64 " is not more than %" PRId64,
                    checkpoint->percentage, before);
        before = checkpoint->percentage;
    }
}

/* [API autoscaling:RefreshPreferences.MaxHealthyPercentage] */
static void check_preferences(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct refresh_preferences_settings *preferences = object;
    int64_t least = preferences->min_healthy_percentage, most = preferences->max_healthy_percentage;
    if (most != ABSENT && least == ABSENT)
        mistake(mistakes, preferences, "maxHealthyPercentage",
                "a maxHealthyPercentage needs a minHealthyPercentage beside it");
    else if (most != ABSENT)
        check_range(mistakes, preferences, least, most);
    check_checkpoints(mistakes, preferences);
}

static const struct shape refresh_preferences_shape = {
    .name = "preferences of an instance refresh",
    .size = sizeof(struct refresh_preferences_settings),
    .params = refresh_preferences_params,
    .check = check_preferences,
};

#define OF struct desired_configuration_settings
static const struct param desired_configuration_params[] = {
    ROW_OPTIONAL("launchTemplate", launch_template, struct launch_template_specification_settings,
                 launch_template_specification_shape, "the launch template that the group has from then on"),
    ROW_OPTIONAL("mixedInstancesPolicy", mixed_instances_policy, struct mixed_instances_policy_settings,
                 mixed_instances_policy_shape, "or its mixed instances policy"),
    PARAM_END,
};
#undef OF

static const struct shape desired_configuration_shape = {
    .name = "desired configuration",
    .size = sizeof(struct desired_configuration_settings),
    .params = desired_configuration_params,
};

static const char *const refresh_strategies[] = {
    [REFRESH_ROLLING] = "Rolling", [REFRESH_REPLACE_ROOT_VOLUME] = "ReplaceRootVolume", NULL};

#define OF struct start_instance_refresh_settings
static const struct param start_instance_refresh_params[] = {
    ROW("autoScalingGroupName", REFERENCE, auto_scaling_group, "group whose instances are replaced", REQUIRED,
        IN("autoScalingGroups")),
    ROW("strategy", CHOICE, strategy,
        "Rolling; ReplaceRootVolume is not modelled [API autoscaling:StartInstanceRefreshType]",
        DEFAULT("Rolling"), ONE_OF(refresh_strategies)),
    ROW_OPTIONAL("desiredConfiguration", desired_configuration, struct desired_configuration_settings,
                 desired_configuration_shape, "what the group launches from then on"),
    ROW_STRUCT("preferences", preferences, struct refresh_preferences_settings, refresh_preferences_shape,
               "how many at a time, and where it pauses"),
    PARAM_END,
};
#undef OF

/* Where neither the launch template nor the policy says a type, or a market, it is the group's own. */
static void derive_desired_plan(struct mistakes *mistakes, const struct ecs_settings *settings,
                                const struct start_instance_refresh_settings *start)
{
    struct desired_configuration_settings *desired = start->desired_configuration;
    const struct auto_scaling_group_settings *group =
        settings_named(settings, NAMED_AUTO_SCALING_GROUP, start->auto_scaling_group);
    const char *own_type = settings_template_type(desired->launch_template);
    if (!desired->launch_template && !desired->mixed_instances_policy)
        mistake(mistakes, desired, NULL, "it has neither a launchTemplate nor a mixedInstancesPolicy");
    else if (group)
        settings_derive_plan(mistakes, settings,
                             &(struct launch_source){
                                 .object = desired,
                                 .instance_type = own_type ? NULL : group->instance_type,
                                 .launch_template = desired->launch_template,
                                 .mixed_instances_policy = desired->mixed_instances_policy,
                                 .market = group->simulation.market,
                             },
                             &desired->plan);
}

static void check_start_refresh(struct mistakes *mistakes, void *object, void *root)
{
    const struct start_instance_refresh_settings *start = object;
    if (start->strategy != REFRESH_ROLLING)
        settings_warn_unmodelled(mistakes, start, "strategy", refresh_strategies[start->strategy]);
    /* [API autoscaling:RefreshPreferences.AutoRollback] */
    if (start->preferences.auto_rollback && !start->desired_configuration)
        mistake(mistakes, &start->preferences, "autoRollback",
                "a rollback needs a desiredConfiguration to roll back from");
    if (start->desired_configuration)
        derive_desired_plan(mistakes, root, start);
}

const struct shape start_instance_refresh_shape = {
    .name = "startInstanceRefresh",
    .size = sizeof(struct start_instance_refresh_settings),
    .params = start_instance_refresh_params,
    .check = check_start_refresh,
};

#define OF struct end_instance_refresh_settings
static const struct param end_instance_refresh_params[] = {
    ROW("autoScalingGroupName", REFERENCE, auto_scaling_group, "group whose refresh is ended", REQUIRED,
        IN("autoScalingGroups")),
    PARAM_END,
};
#undef OF

const struct shape cancel_instance_refresh_shape = {
    .name = "cancelInstanceRefresh",
    .size = sizeof(struct end_instance_refresh_settings),
    .params = end_instance_refresh_params,
};

const struct shape rollback_instance_refresh_shape = {
    .name = "rollbackInstanceRefresh",
    .size = sizeof(struct end_instance_refresh_settings),
    .params = end_instance_refresh_params,
};

/* --- zonal shift ------------------------------------------------------------------------------ */

#define OF struct start_zonal_shift_settings
static const struct param start_zonal_shift_params[] = {
    ROW("resourceIdentifier", REFERENCE, auto_scaling_group, "group that is shifted", REQUIRED,
        IN("autoScalingGroups")),
    ROW("awayFrom", TEXT, away_from, "zone in which it launches nothing meanwhile", REQUIRED),
    ROW("expiresIn", DURATION, expires_in,
        "for how long, at most 3 days [API arc-zonal-shift:StartZonalShift]", REQUIRED,
        RANGE(SIMTIME_MINUTE, 3 * SIMTIME_DAY)),
    ROW("comment", TEXT, comment, "why"),
    PARAM_END,
};
#undef OF

static void check_start_shift(struct mistakes *mistakes, void *object, void *root)
{
    const struct ecs_settings *settings = root;
    const struct start_zonal_shift_settings *start = object;
    if (settings->zones_source == ZONES_LISTED && start->away_from &&
        !settings_named(settings, NAMED_ZONE, start->away_from))
        mistake(mistakes, start, "awayFrom", "`%s` is not one of the scenario's availabilityZones",
                start->away_from);
}

const struct shape start_zonal_shift_shape = {
    .name = "startZonalShift",
    .size = sizeof(struct start_zonal_shift_settings),
    .params = start_zonal_shift_params,
    .check = check_start_shift,
};

#define OF struct cancel_zonal_shift_settings
static const struct param cancel_zonal_shift_params[] = {
    ROW("resourceIdentifier", REFERENCE, auto_scaling_group,
        "group that is shifted, in place of the zonalShiftId that a scenario cannot know", REQUIRED,
        IN("autoScalingGroups")),
    PARAM_END,
};
#undef OF

const struct shape cancel_zonal_shift_shape = {
    .name = "cancelZonalShift",
    .size = sizeof(struct cancel_zonal_shift_settings),
    .params = cancel_zonal_shift_params,
};
