/* A registry gives nothing for a while: pulls are refused, and downloads that are under way break off. */
#include "models/failure/failure.h"
#include "models/settings/image_reference.h"

struct registry_outage {
    struct failure_outage outage;
    const char *registry; /* NULL: every one */
};

static void registry_outage_set(struct world *world, uint32_t index, const void *settings, bool lost)
{
    (void)index;
    const struct registry_outage *failure = settings;
    fault_registry(world, failure->registry, lost);
}

static void registry_outage_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct ecs_settings *settings = root;
    struct registry_outage *failure = object;
    if (failure->registry)
        failure->registry = image_registry_name(failure->registry);
    if (settings->images.count == 0)
        warn(mistakes, failure, "at", "the scenario lists no `images`, and only their pulls can fail");
    else if (failure->registry && !settings_pulls_from(mistakes_arena(mistakes), settings, failure->registry))
        mistake(mistakes, failure, "registry", "no image of the scenario is pulled from `%s`",
                failure->registry);
}

static const struct param registry_outage_params[] = {
    PARAM_FAILURE_OUTAGE(struct registry_outage, outage, PARAM_REQUIRED, "how long nothing can be pulled"),
    {.key = "registry",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct registry_outage, registry, const char *),
     .meaning = "which: ecr, docker.io or the host part of its images' names (default: every one)"},
    PARAM_END,
};

static const struct shape registry_outage_shape = {
    .name = "registryOutage",
    .size = sizeof(struct registry_outage),
    .params = registry_outage_params,
    .check = registry_outage_check,
};

static const struct failure_verbs registry_outage_verbs = {
    .outage_offset = PARAM_OFFSET(struct registry_outage, outage, struct failure_outage),
    .set_outage = registry_outage_set,
};

const struct variant failure_registry_outage = {
    .name = "registryOutage",
    .meaning = "nothing can be pulled from a registry for a while",
    .shape = &registry_outage_shape,
    .verbs = &registry_outage_verbs,
    .example = "at: 10m, for: 2m",
};
