#include "models/ecs/listings.h"
#include "models/ecs/results/rows.h"
#include "models/failure/failure.h"
#include "models/scaling/scaling.h"
#include "models/settings/settings.h"

static void print_instance_types(struct text *out)
{
    text_add(out, "instance type           arch    vCPU      MiB   GPUs  ENIs  awsvpc tasks  with trunking   "
                  "USD/hour\n");
    for (size_t i = 0; i < instance_type_count; i++) {
        const struct instance_type *type = &instance_types[i];
        text_add_format(out, "%-22s  %-6s %5ld %8ld%c %5ld %5ld %13ld", type->name, type->arch,
                        (long)type->vcpu, (long)type->memory_mib, type->memory_estimated ? '~' : ' ',
                        (long)type->gpus, (long)type->max_enis, (long)(type->max_enis - 1));
        if (type->awsvpc_tasks_with_trunking < 0)
            text_add(out, "              -   ");
        else
            text_add_format(out, " %14ld   ", (long)type->awsvpc_tasks_with_trunking);
        if (type->price < 0)
            text_add(out, "-");
        else
            text_add_decimal(out, type->price, 9);
        text_add(out, "\n");
    }
    text_add(out, "~: nobody measured the memory that the system sees; 0.95 of what is sold\n");
}

static void print_catalogue(struct text *out, const struct catalogue *catalogue)
{
    for (size_t i = 0; catalogue->variants[i]; i++)
        text_add_format(out, "%-36s %s\n", catalogue->variants[i]->name,
                        catalogue->variants[i]->meaning ? catalogue->variants[i]->meaning : "");
}

/* What one could write, below it. */
static void print_examples(struct text *out, const struct catalogue *catalogue)
{
    for (size_t i = 0; catalogue->variants[i]; i++) {
        const struct variant *variant = catalogue->variants[i];
        text_add_format(out, "%-36s %s\n    - %s: {%s}\n", variant->name, variant->meaning, variant->name,
                        variant->example);
    }
}

static void print_strategies(struct text *out)
{
    print_catalogue(out, &placement_strategies);
}

static void print_constraints(struct text *out)
{
    print_catalogue(out, &placement_constraints);
}

static void print_failures(struct text *out)
{
    print_examples(out, &failure_catalogue);
}

static void print_distributions(struct text *out)
{
    print_catalogue(out, &dist_catalogue);
}

static void print_workloads(struct text *out)
{
    print_catalogue(out, &workload_catalogue);
}

static void print_triggers(struct text *out)
{
    print_catalogue(out, &trigger_catalogue);
}

static void print_policies(struct text *out)
{
    print_catalogue(out, &scaling_policies);
}

static void print_actions(struct text *out)
{
    print_catalogue(out, &timeline_actions);
}

static void print_volumes(struct text *out)
{
    for (size_t i = 0; i < VOLUME_KINDS; i++)
        text_add_format(out, "%-16s %s\n%16s %s\n", volume_kind_words[i].name, volume_kind_words[i].written,
                        "", volume_kind_words[i].modelled);
    text_add_format(out, "%-16s %s\n%16s %s\n", "S3", "simulation: {downloads: [{from: s3://…, size: 2GiB}]}",
                    "", "downloaded at each start, before `startup`, at timing.downloadPerSecond");
}

static void print_params(struct text *out, const struct shape *shape, int key_width, int default_width)
{
    for (const struct param *param = shape->params; param->key; param++)
        text_add_format(out, "%-*s %-*s %s\n", key_width, param->key, default_width,
                        param->fallback ? param->fallback : "-", param->meaning);
}

static void print_timings(struct text *out)
{
    print_params(out, &timing_shape, 25, 8);
}

static void print_agent_settings(struct text *out)
{
    print_params(out, &ecs_config_shape, 45, 30);
}

static void print_log_drivers(struct text *out)
{
    text_add(out, "logDriver     on            what is modelled of it\n");
    for (int i = 0; i < LOG_DRIVER_COUNT; i++)
        text_add_format(out, "%-12s  %-12s  %s\n", log_drivers[i].name,
                        log_drivers[i].on_fargate ? "EC2, Fargate" : "EC2", log_drivers[i].meaning);
}

static const char *const dimension_names[] = {
    [METRIC_OF_CLUSTER] = "ClusterName",
    [METRIC_OF_SERVICE] = "ClusterName, ServiceName",
    [METRIC_OF_TARGET_GROUP] = "TargetGroup",
    [METRIC_OF_GROUP] = "AutoScalingGroupName",
    [METRIC_OF_CAPACITY_PROVIDER] = "ClusterName, CapacityProviderName",
};

static void print_metrics(struct text *out)
{
    for (enum metric_name name = 0; name < METRIC_COUNT; name++) {
        const struct metric_definition *metric = &metric_definitions[name];
        if (metric->name)
            text_add_format(out, "%-22s %-27s %-33s %s\n", metric->namespace, metric->name,
                            dimension_names[metric->kind],
                            metric->visibility == METRIC_HIGH_RESOLUTION ? "every 20 s" : "every minute");
    }
}

static void print_capabilities(struct text *out)
{
    for (int i = 0; i < CAPABILITY_COUNT; i++) {
        const struct capability_definition *each = &capability_definitions[i];
        text_add_format(out, "%s\n    given by %s; needed by %s\n", each->attribute, each->given_by,
                        each->needed_by);
    }
}

static void print_roles(struct text *out)
{
    static const struct {
        const char *role, *said_in, *without_it;
    } roles[] = {
        {"instance role", "launchTemplateData.iamInstanceProfile, or `simulation` of hosts",
         "agents do not register; those that are connected lose their connection"},
        {"service role", "services: role", "targets are neither registered nor deregistered"},
        {"autoscaling role", "scalableTargets: roleARN", "scaling activities are Failed"},
        {"task role", "taskDefinitions: taskRoleArn", "containers with needsTaskRole exit"},
        {"task execution role", "taskDefinitions: executionRoleArn",
         "no pull from ECR on Fargate, no secrets, no credentials of private registries"},
    };
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        text_add_format(out, "%-20s %s\n    without it: %s\n", roles[i].role, roles[i].said_in,
                        roles[i].without_it);
    text_add(out, "A task whose task or execution role is missing altogether is not launched.\n");
}

static void print_results(struct text *out)
{
    for (size_t i = 0; i < SERIES_COUNT; i++) {
        text_add_format(out, "%s: %s\n", ecs_series[i].file, ecs_series[i].meaning);
        for (size_t j = 0; ecs_series[i].columns && j < ecs_series[i].column_count; j++)
            text_add_format(out, "  %-20s %s\n", ecs_series[i].columns[j].name,
                            ecs_series[i].columns[j].meaning);
    }
}

const struct listing ecs_listings[] = {
    {"instance-types", "the catalogue of EC2 instance types", print_instance_types},
    {"placement-strategies", "placementStrategy", print_strategies},
    {"placement-constraints", "placementConstraints", print_constraints},
    {"failures", "what can go wrong", print_failures},
    {"volumes", "what tasks keep their data on, and what is modelled of it", print_volumes},
    {"timings", "every latency of the modelled world, its default and its source", print_timings},
    {"agent-settings", "ecsConfig: what the container agent is told", print_agent_settings},
    {"distributions", "how a duration may vary", print_distributions},
    {"workloads", "load: requestsPerSecond", print_workloads},
    {"triggers", "load: trigger, who calls RunTask", print_triggers},
    {"scaling-policies", "scalingPolicies", print_policies},
    {"timeline-actions", "what people do", print_actions},
    {"metrics", "what CloudWatch knows of the cluster", print_metrics},
    {"capabilities", "attributes that a host may lack and a task definition may need", print_capabilities},
    {"log-drivers", "logConfiguration of containers", print_log_drivers},
    {"roles", "IAM roles: where they are said, and what is missing without them", print_roles},
    {"results", "files of the results and their columns", print_results},
    {NULL, NULL, NULL},
};
