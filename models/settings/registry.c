/* registries: where images come from, and to whom they are given. */
#include "models/settings/image_reference.h"
#include "models/settings/tables.h"

#define OF struct registry_settings
static const struct param registry_params[] = {
    ROW("registry", TEXT, name,
        "the host part of its images' names: docker.io, public.ecr.aws; every private registry of ECR is "
        "`ecr`",
        REQUIRED),
    ROW_BYTES("bandwidth", bandwidth, settings_parse_bandwidth,
              "what it gives to all hosts together, 10GB/s (default: timing.registryBandwidth)"),
    ROW("requiresCredentials", FLAG, requires_credentials,
        "whether it refuses pulls by containers without repositoryCredentials "
        "[API:ContainerDefinition.repositoryCredentials]",
        DEFAULT("false")),
    PARAM_END,
};
#undef OF

static void check_registry(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct registry_settings *registry = object;
    if (!registry->name)
        return;
    registry->name = image_registry_name(registry->name);
    if (registry->requires_credentials && settings_same(registry->name, ECR_REGISTRY))
        mistake(mistakes, registry, "requiresCredentials",
                "hosts log in to ECR with their role's token, not with repositoryCredentials; "
                "`simulation: {registryLogin: atBoot}` of hosts lets it expire");
}

const struct shape registry_shape = {
    .name = "registry",
    .size = sizeof(struct registry_settings),
    .params = registry_params,
    .name_key = "registry",
    .check = check_registry,
};

#define OF struct repository_credentials_settings
static const struct param repository_credentials_params[] = {
    ROW("credentialsParameter", TEXT, credentials_parameter, "the secret that has them", REQUIRED),
    PARAM_END,
};
#undef OF

const struct shape repository_credentials_shape = {
    .name = "repository credentials",
    .size = sizeof(struct repository_credentials_settings),
    .params = repository_credentials_params,
};
