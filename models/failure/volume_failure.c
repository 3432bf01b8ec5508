/* EBS volumes do not answer for a while: one, or all of a zone. */
#include "models/failure/failure.h"

struct volume_failure {
    struct failure_outage outage;
    const char *volume, *availability_zone; /* one of the two */
};

static void volume_failure_set(struct world *world, uint32_t index, const void *settings, bool lost)
{
    (void)index;
    const struct volume_failure *failure = settings;
    if (failure->volume)
        fault_volume(world, failure->volume, lost);
    else
        fault_volumes_of_zone(world, failure->availability_zone, lost);
}

static void volume_failure_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct volume_failure *failure = object;
    failure_check_zone(mistakes, object, failure->availability_zone, root);
    if ((failure->volume != NULL) == (failure->availability_zone != NULL))
        mistake(mistakes, object, NULL,
                "which volumes? `volume: vol-1` is one of `volumes:`, `availabilityZone:` all of a zone");
}

static const struct param volume_failure_params[] = {
    PARAM_FAILURE_OUTAGE(struct volume_failure, outage, PARAM_REQUIRED, "how long it lasts"),
    {.key = "volume",
     .alias = "volumeId",
     .type = PARAM_REFERENCE,
     .offset = PARAM_OFFSET(struct volume_failure, volume, const char *),
     .collection = "volumes",
     .meaning = "one of `volumes:`"},
    {.key = "availabilityZone",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct volume_failure, availability_zone, const char *),
     .meaning = "or all in this zone, those among them that ECS attaches"},
    PARAM_END,
};

static const struct shape volume_failure_shape = {
    .name = "volumeFailure",
    .size = sizeof(struct volume_failure),
    .params = volume_failure_params,
    .check = volume_failure_check,
};

static const struct failure_verbs volume_failure_verbs = {
    .outage_offset = PARAM_OFFSET(struct volume_failure, outage, struct failure_outage),
    .set_outage = volume_failure_set,
};

const struct variant failure_volume = {
    .name = "volumeFailure",
    .meaning = "EBS volumes do not answer for a while: what mounts them hangs, and none is attached",
    .shape = &volume_failure_shape,
    .verbs = &volume_failure_verbs,
    .example = "at: 10m, for: 5m, availabilityZone: us-east-1b",
};
