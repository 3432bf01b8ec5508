/* quotas: what AWS limits and raises on request. */
#include "models/settings/tables.h"
#include <inttypes.h>

#define OF struct quotas_settings
static const struct param quotas_params[] = {
    ROW("tasksLaunchedPerServicePerMinute", INTEGER, tasks_launched_per_service_per_minute,
        "tasks that a service launches in any minute (default: 500 [GR])", DEFAULT("500"),
        RANGE(1, MOST_COUNT)),
    ROW("tasksPerService", INTEGER, tasks_per_service, "desired tasks of a service (default: 5,000 [GR])",
        DEFAULT("5000"), RANGE(1, MOST_COUNT)),
    ROW("tasksPerServiceWithDiscovery", INTEGER, tasks_per_discovered_service,
        "desired tasks of a service with serviceRegistries (default: 1,000 [GR])", DEFAULT("1000"),
        RANGE(1, MOST_COUNT)),
    ROW("servicesPerCluster", INTEGER, services_per_cluster, "services (default: 5,000 [GR])",
        DEFAULT("5000"), RANGE(1, MOST_COUNT)),
    ROW("containerInstancesPerCluster", INTEGER, container_instances_per_cluster,
        "hosts (default: 5,000 [GR])", DEFAULT("5000"), RANGE(1, MOST_COUNT)),
    ROW("fargateLaunchBurst", INTEGER, fargate_launch_burst,
        "tasks on Fargate that the account may launch at once (default: 100 [DG:throttling])", DEFAULT("100"),
        RANGE(1, MOST_COUNT)),
    ROW("fargateLaunchPerSecond", INTEGER, fargate_launches_per_second,
        "and, from then on, each second (default: 20 [DG:throttling])", DEFAULT("20"), RANGE(1, MOST_COUNT)),
    ROW("ec2LaunchBurst", INTEGER, ec2_launch_burst,
        "instances that the account's groups may launch at once (default: 1,000 [EC2 throttling])",
        DEFAULT("1000"), RANGE(1, MOST_COUNT)),
    ROW("ec2LaunchPerSecond", INTEGER, ec2_launches_per_second,
        "and, from then on, each second (default: 2 [EC2 throttling])", DEFAULT("2"), RANGE(1, MOST_COUNT)),
    ROW("provisioningTasksPerCluster", INTEGER, provisioning_tasks_per_cluster,
        "tasks that wait in PROVISIONING for the hosts of capacity providers (default: 500 [quota "
        "L-B7718569]; 300 in 2022, 100 before)",
        DEFAULT("500"), RANGE(0, MOST_COUNT)),
    ROW("runTaskBurst", INTEGER, run_task_burst,
        "RunTask calls that jobs may make at once (default: 100, as of calls that change a cluster's "
        "resources "
        "[DG:throttling]; AWS does not name RunTask's class)",
        DEFAULT("100"), RANGE(1, MOST_COUNT)),
    ROW("runTaskPerSecond", INTEGER, run_task_per_second, "and, from then on, each second (default: 40)",
        DEFAULT("40"), RANGE(1, MOST_COUNT)),
    ROW("ecrImagesPerSecond", INTEGER, ecr_images_per_second,
        "images of which the account's hosts may ask ECR for the manifest [ECR service quotas: "
        "BatchGetImage]",
        DEFAULT("2000"), RANGE(1, MOST_COUNT)),
    ROW("ecrLayersPerSecond", INTEGER, ecr_layers_per_second,
        "layers that they may ask for [ECR service quotas: GetDownloadUrlForLayer]", DEFAULT("3000"),
        RANGE(1, MOST_COUNT)),
    ROW("ecrTokensPerSecond", INTEGER, ecr_tokens_per_second,
        "authorization tokens that they may get [ECR service quotas: GetAuthorizationToken]", DEFAULT("500"),
        RANGE(1, MOST_COUNT)),
    PARAM_END,
};
#undef OF

const struct shape quotas_shape = {
    .name = "quotas",
    .size = sizeof(struct quotas_settings),
    .params = quotas_params,
};

static bool is_discovered(const struct quotas_settings *quotas, const char *registries)
{
    return registries && *registries && quotas->tasks_per_discovered_service < quotas->tasks_per_service;
}

int64_t quota_of_tasks(const struct quotas_settings *quotas, const char *registries)
{
    return is_discovered(quotas, registries) ? quotas->tasks_per_discovered_service
                                             : quotas->tasks_per_service;
}

static const char *name_of_quota(const struct quotas_settings *quotas, const char *registries)
{
    return is_discovered(quotas, registries) ? "tasksPerServiceWithDiscovery" : "tasksPerService";
}

void settings_check_quota_of_service(struct mistakes *mistakes, const struct ecs_settings *settings,
                                     const struct service_settings *service)
{
    const char *registries = service->configuration[CONFIGURATION_REGISTRIES];
    int64_t most = quota_of_tasks(&settings->quotas, registries);
    if (service->desired_count > most)
        mistake(mistakes, service, "desiredCount",
                "%" PRId64 " tasks; a service has at most %" PRId64 " (quotas.%s)", service->desired_count,
                most, name_of_quota(&settings->quotas, registries));
}

static void check_services(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    int64_t count = (int64_t)settings->services.count, most = settings->quotas.services_per_cluster;
    if (count > most)
        mistake(mistakes, settings, "services",
                "%" PRId64 " services; a cluster has at most %" PRId64 " (quotas.servicesPerCluster)", count,
                most);
}

/* Hosts at the start are refused; that a group may grow too large is only said, and it does grow. */
static void check_hosts(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    int64_t hosts = 0, grown = 0, most = settings->quotas.container_instances_per_cluster;
    EACH(struct container_instance_settings, each, settings->container_instances)
        hosts += each->count;
    grown = hosts;
    EACH(struct auto_scaling_group_settings, each, settings->auto_scaling_groups) {
        hosts += each->desired_capacity;
        grown += each->max_size;
    }
    if (hosts > most)
        mistake(mistakes, settings, NULL,
                "%" PRId64 " hosts; a cluster has at most %" PRId64 " (quotas.containerInstancesPerCluster)",
                hosts, most);
    else if (grown > most)
        warn(mistakes, settings, "autoScalingGroups",
             "the groups may grow to %" PRId64 " hosts, of which ECS would register %" PRId64
             " (quotas.containerInstancesPerCluster); here it registers all",
             grown, most);
}

static const char *registries_of(const struct ecs_settings *settings, const char *name)
{
    const struct service_settings *service = settings_named(settings, NAMED_SERVICE, name);
    return service ? service->configuration[CONFIGURATION_REGISTRIES] : NULL;
}

static void check_scaling(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    EACH(struct scalable_target_settings, target, settings->scalable_targets) {
        const char *registries = registries_of(settings, target->service);
        int64_t most = quota_of_tasks(&settings->quotas, registries);
        if (target->max_capacity > most)
            warn(mistakes, target, "maxCapacity",
                 "the service is never scaled beyond %" PRId64 " tasks (quotas.%s)", most,
                 name_of_quota(&settings->quotas, registries));
    }
}

void settings_check_quotas(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    check_services(mistakes, settings);
    check_hosts(mistakes, settings);
    check_scaling(mistakes, settings);
}
