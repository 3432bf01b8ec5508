/* The root of a scenario. */
#include "models/settings/tables.h"
#include <string.h>

static const char *const start_modes[] = {[START_STEADY] = "steady", [START_EMPTY] = "empty", NULL};
static const char *const recorded_kinds[RECORDED_KINDS] = {"service", "deployment", "instance", "task",
                                                           "alarm"};

bool settings_same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static void index_settings(struct mistakes *mistakes, void *object)
{
    settings_index(mistakes_arena(mistakes), object);
}

#define OF struct cluster_settings
static const struct param cluster_params[] = {
    ROW("clusterName", NAME, name, "its name", DEFAULT("default")),
    ROW_LIST("defaultCapacityProviderStrategy", default_capacity_provider_strategy,
             capacity_provider_item_shape,
             "where tasks run whose service or call has neither launchType nor capacityProviderStrategy"),
    PARAM_END,
};
#undef OF

static void check_cluster(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct cluster_settings *cluster = object;
    settings_check_capacity_strategy(mistakes, cluster, "defaultCapacityProviderStrategy",
                                     &cluster->default_capacity_provider_strategy);
}

static const struct shape cluster_shape = {
    .name = "cluster",
    .size = sizeof(struct cluster_settings),
    .params = cluster_params,
    .shorthand = "clusterName",
    .check = check_cluster,
};

#define OF struct ecs_settings
static const struct param ecs_params[] = {
    RUN_PARAMS(OF),
    ROW("start", CHOICE, start,
        "steady: groups have launched and services are healthy at t = 0; empty: nothing has happened yet",
        DEFAULT("steady"), ONE_OF(start_modes)),
    ROW("recordEvents", TEXTS, record_events, "what goes into events.jsonl",
        DEFAULT("service, deployment, instance, task, alarm"), COMMAS),
    ROW_STRUCT("cluster", cluster, struct cluster_settings, cluster_shape, "the cluster",
               ALIAS("clusterName"), AWS("cluster"), PRINTED_AS("clusters")),
    ROW("availabilityZones", TEXTS, availability_zones,
        "the zones there are (default: those that hosts and subnets name, or us-east-1a)", COMMAS),
    ROW_LIST("instanceTypes", instance_types, instance_type_shape,
             "additions to the catalogue of instance types, and replacements"),
    ROW_LIST("launchTemplates", launch_templates, launch_template_shape,
             "what groups launch: one element per version of a launch template", AWS("launchTemplates"),
             PRINTED_AS("LaunchTemplateVersions")),
    ROW_STRUCT("spotMarket", spot_market, struct spot_market_settings, spot_market_shape,
               "what spare capacity EC2 has, and its price"),
    ROW_LIST("autoScalingGroups", auto_scaling_groups, auto_scaling_group_shape, "groups of hosts",
             AWS("autoScalingGroups"), PRINTED_AS("AutoScalingGroups")),
    ROW_LIST("containerInstances", container_instances, container_instance_shape, "hosts outside any group",
             AWS("containerInstances"), PRINTED_AS("containerInstances")),
    ROW_LIST("taskDefinitions", task_definitions, task_definition_shape, "what tasks are made of",
             AWS("taskDefinitions"), PRINTED_AS("taskDefinition")),
    ROW_LIST("targetGroups", target_groups, target_group_shape,
             "target groups of Application and Network load balancers", AWS("targetGroups"),
             PRINTED_AS("TargetGroups")),
    ROW_LIST("loadBalancerDescriptions", load_balancers, classic_load_balancer_shape,
             "Classic load balancers", AWS("loadBalancerDescriptions"),
             PRINTED_AS("LoadBalancerDescriptions")),
    ROW_LIST("services", services, service_shape, "what keeps tasks running", AWS("services"),
             PRINTED_AS("services")),
    ROW_LIST("capacityProviders", capacity_providers, capacity_provider_shape,
             "groups of hosts to which capacity provider strategies may send tasks", AWS("capacityProviders"),
             PRINTED_AS("capacityProviders")),
    ROW_LIST("load", load, load_shape, "requests that services are asked, and jobs that are run"),
    ROW_LIST("scalableTargets", scalable_targets, scalable_target_shape,
             "services whose desired count may follow their load", AWS("scalableTargets"),
             PRINTED_AS("ScalableTargets")),
    ROW_LIST("scalingPolicies", scaling_policies, scaling_policy_shape, "how it follows",
             AWS("scalingPolicies"), PRINTED_AS("ScalingPolicies")),
    ROW_LIST("alarms", alarms, alarm_shape,
             "CloudWatch alarms: they may fail a deployment, or drive a scaling policy", AWS("alarms"),
             PRINTED_AS("MetricAlarms")),
    ROW_LIST("metrics", metrics, metric_shape,
             "metrics that something outside the cluster publishes: a queue"),
    ROW("recordMetrics", TEXTS, record_metrics,
        "what goes into metrics.csv beside what somebody watches: true is every metric, else names and "
        "namespaces of metrics",
        COMMAS),
    ROW_LIST("logGroups", logs.groups, log_group_shape,
             "log groups that exist in CloudWatch Logs; [] is none (default: all that containers name)",
             AWS("logGroups"), PRINTED_AS("logGroups")),
    ROW("recordLogs", FLAG, logs.recorded,
        "whether the lines of containers with the log driver awslogs go into logs.jsonl", DEFAULT("true")),
    ROW_STRUCT("timing", timing, struct timing_settings, timing_shape, "latencies of the modelled world"),
    ROW_STRUCT("quotas", quotas, struct quotas_settings, quotas_shape, "what AWS limits"),
    ROW_LIST("roles", roles, role_shape,
             "IAM roles that exist; [] is none, and one that is named and not listed is missing "
             "(default: every one exists)",
             AWS("roles"), PRINTED_AS("Roles")),
    ROW_LIST("failures", failures, failure_shape, "what goes wrong"),
    ROW_LIST("timeline", timeline, timeline_shape, "what people do"),
    ROW_LIST("expect", expect, expect_shape, "what the scenario promises"),
    ROW_LIST("scheduledActions", scheduled_actions, scheduled_action_shape,
             "limits of services that change by the clock", AWS("scheduledActions"),
             PRINTED_AS("ScheduledActions")),
    ROW_LIST("scheduledUpdateGroupActions", scheduled_update_group_actions,
             scheduled_update_group_action_shape, "sizes of groups that change by the clock",
             AWS("scheduledUpdateGroupActions"), PRINTED_AS("ScheduledUpdateGroupActions")),
    ROW_LIST("volumes", volumes, ebs_volume_shape, "EBS volumes that there are", AWS("volumes"),
             PRINTED_AS("Volumes")),
    ROW_LIST("fileSystems", file_systems, file_system_shape, "EFS file systems and their mount targets",
             AWS("fileSystems"), PRINTED_AS("FileSystems")),
    ROW_LIST("mountTargets", mount_targets, mount_target_shape, "mount targets of these file systems",
             AWS("mountTargets"), PRINTED_AS("MountTargets")),
    ROW_LIST("subnets", subnets, subnet_shape, "in which zone a subnet is", AWS("subnets"),
             PRINTED_AS("Subnets")),
    ROW_LIST("accountSettings", account_settings, account_setting_shape,
             "what the account has opted in to, before its hosts were launched: {awsvpcTrunking: enabled}",
             AWS("accountSettings"), PRINTED_AS("settings")),
    ROW_LIST("images", images, image_shape, "what registries hold: how much an image's pull brings",
             AWS("images"), PRINTED_AS("imageDetails")),
    ROW_LIST("registries", registries, registry_shape, "where images come from, and how fast"),
    PARAM_END,
};
#undef OF

void settings_warn_unmodelled(struct mistakes *mistakes, const void *object, const char *key,
                              const char *what)
{
    warn(mistakes, object, key, "%s is not modelled yet and changes the answer", what);
}

static bool record_kind(struct ecs_settings *settings, const char *name)
{
    for (int kind = 0; kind < RECORDED_KINDS; kind++)
        if (settings_same(recorded_kinds[kind], name))
            return settings->records_of[kind] = true;
    return false;
}

static void record_kinds(struct mistakes *mistakes, struct ecs_settings *settings)
{
    EACH_TEXT(name, settings->record_events) {
        if (!record_kind(settings, *name))
            mistake(mistakes, settings, "recordEvents",
                    "`%s` is no kind of event; there are service, deployment, instance, task and alarm",
                    *name);
    }
}

static void check_settings(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct ecs_settings *settings = object;
    record_kinds(mistakes, settings);
    settings_check_zones(mistakes, settings);
    settings_check_mount_targets(mistakes, settings);
    settings_check_spot_market(mistakes, settings);
    settings_check_account(mistakes, settings);
    settings_derive_log_mode(mistakes, settings);
    settings_check_rooms(mistakes, settings);
    settings_check_askers(mistakes, settings);
    settings_check_quotas(mistakes, settings);
    settings_check_recorded_metrics(mistakes, settings);
    settings_check_alarms(mistakes, settings);
    settings_check_images(mistakes, settings);
    settings_check_tidying(mistakes, settings);
}

const struct shape ecs_settings_shape = {
    .name = "scenario",
    .size = sizeof(struct ecs_settings),
    .params = ecs_params,
    .index = index_settings,
    .check = check_settings,
};
