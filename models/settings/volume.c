/* The volumes, mount points and downloads of task definitions. */
#include "models/settings/volume.h"
#include "models/settings/tables.h"
#include "sim/engine/arena.h"
#include <string.h>

const struct volume_kind_words volume_kind_words[VOLUME_KINDS] = {
    [VOLUME_SCRATCH] = {"scratch", "host: {}, or dockerVolumeConfiguration: {scope: task}",
                        "nothing: it ends with its task"},
    [VOLUME_ON_HOST] = {"host", "host: {sourcePath: …}, or dockerVolumeConfiguration: {scope: shared}",
                        "with simulation: {keepsData: true}: tasks that start where their data are not "
                        "(startsWithoutData)"},
    [VOLUME_EBS] = {"EBS by a plugin",
                    "dockerVolumeConfiguration: {driver: rexray/ebs}, and `volumes:` by the tag Name",
                    "one zone and one instance at a time, attach and detach, autoprovision, preemption, "
                    "volumeFailure"},
    [VOLUME_MANAGED] = {"EBS by ECS", "configuredAtLaunch: true, and a service's volumeConfigurations",
                        "a new one per task, attached in PROVISIONING and detached in DEPROVISIONING, "
                        "volumeFailure"},
    [VOLUME_EFS] = {"EFS", "efsVolumeConfiguration: {fileSystemId: …}, and `fileSystems:`",
                    "a mount target per zone: without one tasks do not start, while it is lost they hang "
                    "(mountTargetOutage)"},
};

/* --- of a task definition --------------------------------------------------------------------- */

#define OF struct host_volume_settings
static const struct param host_volume_params[] = {
    ROW("sourcePath", TEXT, source_path, "folder of the host (default: one that ends with the task)"),
    PARAM_END,
};
#undef OF

static const struct shape host_volume_shape = {
    .name = "host of a volume",
    .size = sizeof(struct host_volume_settings),
    .params = host_volume_params,
};

static const char *const scopes[] = {[SCOPE_TASK] = "task", [SCOPE_SHARED] = "shared", NULL};

#define OF struct docker_volume_settings
static const struct param docker_volume_params[] = {
    ROW("scope", CHOICE, scope,
        "task: it ends with its task; shared: it outlives it [API:DockerVolumeConfiguration.scope]",
        DEFAULT("task"), ONE_OF(scopes)),
    ROW("autoprovision", FLAG, autoprovision,
        "whether the volume is made where there is none [API:DockerVolumeConfiguration.autoprovision]",
        DEFAULT("false")),
    ROW("driver", TEXT, driver, "the Docker plugin: rexray/ebs attaches an EBS volume", DEFAULT("local")),
    PARAM_END,
};
#undef OF

static const struct shape docker_volume_shape = {
    .name = "Docker volume",
    .size = sizeof(struct docker_volume_settings),
    .params = docker_volume_params,
};

#define OF struct efs_volume_settings
static const struct param efs_volume_params[] = {
    ROW("fileSystemId", REFERENCE, file_system, "one of `fileSystems:`", REQUIRED, IN("fileSystems")),
    PARAM_END,
};
#undef OF

static const struct shape efs_volume_shape = {
    .name = "EFS volume",
    .size = sizeof(struct efs_volume_settings),
    .params = efs_volume_params,
};

#define OF struct volume_simulation_settings
static const struct param simulation_params[] = {
    ROW("keepsData", FLAG, keeps_data,
        "whether a task needs what an earlier one has left on the volume: of a host's, on that instance",
        DEFAULT("false")),
    ROW("preempt", FLAG, preempts,
        "whether the plugin takes an EBS volume from the instance that has it: REXRAY_PREEMPT "
        "(default: as the plugin's)",
        DEFAULT("false")),
    PARAM_END,
};
#undef OF

static const struct shape simulation_shape = {
    .name = "simulation of a volume",
    .size = sizeof(struct volume_simulation_settings),
    .params = simulation_params,
};

#define OF struct volume_settings
static const struct param volume_params[] = {
    ROW("name", TEXT, name, "its name within the task definition; of a Docker volume, on the host too",
        REQUIRED),
    ROW_STRUCT("host", host, struct host_volume_settings, host_volume_shape, "a folder of the host"),
    ROW_OPTIONAL("dockerVolumeConfiguration", docker, struct docker_volume_settings, docker_volume_shape,
                 "a Docker volume, on EC2 only"),
    ROW_OPTIONAL("efsVolumeConfiguration", efs, struct efs_volume_settings, efs_volume_shape,
                 "an EFS file system"),
    ROW("configuredAtLaunch", FLAG, configured_at_launch,
        "a new EBS volume for each task, as the service's volumeConfigurations say [API:Volume]",
        DEFAULT("false")),
    ROW_STRUCT("simulation", simulation, struct volume_simulation_settings, simulation_shape,
               "what AWS cannot know"),
    PARAM_END,
};
#undef OF

const struct shape volume_shape = {
    .name = "volume",
    .size = sizeof(struct volume_settings),
    .params = volume_params,
    .name_key = "name",
};

#define OF struct mount_point_settings
static const struct param mount_point_params[] = {
    ROW("sourceVolume", TEXT, source_volume, "a volume of the task definition", REQUIRED),
    PARAM_END,
};
#undef OF

const struct shape mount_point_shape = {
    .name = "mount point",
    .size = sizeof(struct mount_point_settings),
    .params = mount_point_params,
};

#define OF struct download_settings
static const struct param download_params[] = {
    ROW("from", TEXT, from, "s3://BUCKET/KEY, for the reader"),
    ROW("size", MEMORY, size_mib, "how much: 2GiB", REQUIRED, RANGE(1, MOST_MEMORY_MIB)),
    PARAM_END,
};
#undef OF

const struct shape download_shape = {
    .name = "download",
    .size = sizeof(struct download_settings),
    .params = download_params,
};

/* --- what AWS would refuse -------------------------------------------------------------------- */

static bool is_ebs_plugin(const char *driver)
{
    static const char plugin[] = "rexray/ebs";
    return driver && strncmp(driver, plugin, strlen(plugin)) == 0;
}

static enum volume_kind kind_of(const struct volume_settings *volume)
{
    if (volume->configured_at_launch)
        return VOLUME_MANAGED;
    if (volume->efs)
        return VOLUME_EFS;
    if (volume->docker && is_ebs_plugin(volume->docker->driver))
        return VOLUME_EBS;
    bool outlives = volume->docker ? volume->docker->scope == SCOPE_SHARED : volume->host.source_path != NULL;
    return outlives ? VOLUME_ON_HOST : VOLUME_SCRATCH;
}

static void check_one_configuration(struct mistakes *mistakes, const struct volume_settings *volume)
{
    int given = (volume->host.source_path != NULL) + (volume->docker != NULL) + (volume->efs != NULL) +
                volume->configured_at_launch;
    if (given > 1)
        mistake(mistakes, volume, NULL,
                "volume `%s` is one of host, dockerVolumeConfiguration, efsVolumeConfiguration and "
                "configuredAtLaunch, not several",
                volume->name);
}

/* [API:DockerVolumeConfiguration.autoprovision: only with scope shared] */
static void check_docker(struct mistakes *mistakes, const struct docker_volume_settings *docker)
{
    if (docker->autoprovision && docker->scope == SCOPE_TASK)
        mistake(mistakes, docker, "autoprovision", "autoprovision needs `scope: shared`");
}

static void check_simulation(struct mistakes *mistakes, const struct volume_settings *volume)
{
    const struct volume_simulation_settings *simulation = &volume->simulation;
    if (simulation->keeps_data && volume->kind != VOLUME_ON_HOST && volume->kind != VOLUME_EBS)
        mistake(mistakes, simulation, "keepsData",
                "only a host's or a shared Docker volume can be missed elsewhere; `%s` is %s", volume->name,
                volume_kind_words[volume->kind].name);
    if (simulation->preempts && volume->kind != VOLUME_EBS)
        mistake(mistakes, simulation, "preempt",
                "it is the plugin rexray/ebs that preempts, and `%s` has none", volume->name);
}

static void check_volume(struct mistakes *mistakes, const struct ecs_settings *settings,
                         struct volume_settings *volume)
{
    check_one_configuration(mistakes, volume);
    volume->kind = kind_of(volume);
    volume->place = volume->docker ? volume->name : volume->host.source_path;
    if (volume->docker)
        check_docker(mistakes, volume->docker);
    if (volume->kind == VOLUME_EBS && !volume->docker->autoprovision &&
        !settings_named(settings, NAMED_EBS_VOLUME, volume->name))
        mistake(mistakes, volume, "name",
                "no EBS volume of `volumes:` has the tag Name `%s`, and without autoprovision none is made",
                volume->name);
    check_simulation(mistakes, volume);
}

/* The first of each name, with its number in the list, from 1. */
static void index_volumes(struct mistakes *mistakes, struct symbols *names, const struct list *volumes)
{
    int64_t number = 0;
    EACH(struct volume_settings, volume, *volumes) {
        number++;
        if (!volume->name)
            continue;
        struct symbol *name = symbol_named(names, volume->name);
        if (name->number)
            mistake(mistakes, volume, "name", "another volume of this task definition is named `%s`",
                    volume->name);
        else
            name->number = number;
    }
}

static struct volume_settings *find_volume(const struct symbols *names, const struct list *volumes,
                                           const char *name)
{
    int64_t number = name ? symbol_number(names, name) : 0;
    return number ? LIST_AT(struct volume_settings, *volumes, (size_t)number - 1) : NULL;
}

static void check_mount_points(struct mistakes *mistakes, const struct symbols *names,
                               const struct task_definition_settings *definition, size_t index)
{
    const struct container_settings *container =
        LIST_AT(struct container_settings, definition->containers, index);
    EACH(struct mount_point_settings, mount, container->mount_points) {
        struct volume_settings *volume = find_volume(names, &definition->volumes, mount->source_volume);
        if (!volume)
            mistake(mistakes, mount, "sourceVolume", "ClientException: Unknown volume '%s'.",
                    mount->source_volume);
        else if (index < MOST_CONTAINERS)
            volume->mounted_by |= (uint16_t)(1u << index);
    }
}

/* [DG:ebs-volumes: one for each task] */
static void check_managed(struct mistakes *mistakes, const struct task_definition_settings *definition)
{
    const struct volume_settings *first = NULL;
    EACH(struct volume_settings, volume, definition->volumes) {
        if (volume->kind != VOLUME_MANAGED)
            continue;
        if (first)
            mistake(mistakes, volume, "configuredAtLaunch",
                    "a task has at most one volume that is configured at launch, and `%s` is one",
                    first->name);
        first = volume;
    }
}

void settings_check_volumes(struct mistakes *mistakes, const struct ecs_settings *settings,
                            struct task_definition_settings *definition)
{
    struct volume_settings *volumes = definition->volumes.items;
    struct symbols names = {.arena = mistakes_arena(mistakes)};
    index_volumes(mistakes, &names, &definition->volumes);
    for (size_t i = 0; i < definition->volumes.count; i++)
        check_volume(mistakes, settings, &volumes[i]);
    check_managed(mistakes, definition);
    for (size_t i = 0; i < definition->containers.count; i++)
        check_mount_points(mistakes, &names, definition, i);
}

const char *settings_fargate_refuses(const struct volume_settings *volume)
{
    if (volume->docker)
        return "on Fargate there are no Docker volumes";
    return volume->host.source_path ? "on Fargate a volume has no sourcePath" : NULL;
}

static bool is_managed(const struct task_definition_settings *definition)
{
    EACH(struct volume_settings, volume, definition->volumes) {
        if (volume->configured_at_launch)
            return true;
    }
    return false;
}

/* describe-services prints them under `deployments` only, so it may be right all the same. */
void settings_check_configured_volumes(struct mistakes *mistakes, const struct service_settings *service,
                                       const struct task_definition_settings *definition)
{
    const char *given = service->configuration[CONFIGURATION_VOLUMES];
    if (definition && is_managed(definition) && !(given && *given))
        warn(mistakes, service, "taskDefinition",
             "`%s` has a volume that is configuredAtLaunch; AWS refuses a service without "
             "volumeConfigurations for it",
             service->task_definition);
}
