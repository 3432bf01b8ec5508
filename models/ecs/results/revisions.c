#include "models/ecs/results/revisions.h"
#include "models/settings/tables.h"
#include <string.h>

/* [API:TaskDefinition, API:ContainerDefinition, and below] */
static const struct element_key keys[] = {
    {"containerDefinitions", "name"},
    {"containerDefinitions[].dependsOn", "containerName"},
    {"containerDefinitions[].dnsSearchDomains", ""},
    {"containerDefinitions[].dockerSecurityOptions", ""},
    {"containerDefinitions[].environment", "name"},
    {"containerDefinitions[].environmentFiles", "value"},
    {"containerDefinitions[].extraHosts", "hostname"},
    {"containerDefinitions[].links", ""},
    {"containerDefinitions[].linuxParameters.capabilities.add", ""},
    {"containerDefinitions[].linuxParameters.capabilities.drop", ""},
    {"containerDefinitions[].linuxParameters.devices", "hostPath"},
    {"containerDefinitions[].linuxParameters.tmpfs", "containerPath"},
    {"containerDefinitions[].logConfiguration.secretOptions", "name"},
    {"containerDefinitions[].mountPoints", "containerPath"},
    {"containerDefinitions[].portMappings", "containerPort containerPortRange protocol"},
    {"containerDefinitions[].resourceRequirements", "type"},
    {"containerDefinitions[].restartPolicy.ignoredExitCodes", "exitCode"},
    {"containerDefinitions[].secrets", "name"},
    {"containerDefinitions[].systemControls", "namespace"},
    {"containerDefinitions[].ulimits", "name"},
    {"containerDefinitions[].volumesFrom", "sourceContainer"},
    {"inferenceAccelerators", "deviceName"},
    {"placementConstraints", "type expression"},
    {"proxyConfiguration.properties", "name"},
    {"requiresCompatibilities", ""},
    {"volumes", "name"},
    {0},
};

/* What AWS adds when it prints one [API:TaskDefinition], and the tags. */
static const char *const not_said[] = {
    "revision",
    "taskDefinitionArn",
    "status",
    "registeredAt",
    "registeredBy",
    "deregisteredAt",
    "requiresAttributes",
    "compatibilities",
    "deleteRequestedAt",
    "tags",
    NULL,
};

static const struct task_definition_settings *definition_of(const struct revision_side *revision)
{
    return settings_named(revision->settings, NAMED_TASK_DEFINITION, revision->name);
}

static const struct task_definition_settings *only_one(const struct ecs_settings *settings)
{
    return settings->task_definitions.count == 1 ? settings->task_definitions.items : NULL;
}

static const char *find(const void *settings, const char *name)
{
    const struct task_definition_settings *found =
        name ? settings_named(settings, NAMED_TASK_DEFINITION, name) : only_one(settings);
    return found ? found->name : NULL;
}

/* [API:PortMapping.hostPort] */
static bool means_same(const struct revision_side revisions[2], const char *path)
{
    return !strcmp(path, "containerDefinitions[].portMappings[].hostPort") &&
           definition_of(&revisions[0])->network_mode != NETWORK_BRIDGE &&
           definition_of(&revisions[1])->network_mode != NETWORK_BRIDGE;
}

const struct revisions ecs_revisions = {
    .list = "taskDefinitions",
    .kind = "task definition",
    .keys = keys,
    .not_said = not_said,
    .find = find,
    .means_same = means_same,
    .explain = revisions_explain,
};
