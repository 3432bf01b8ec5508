/* EBS volumes do not answer for a while: one, or all of a zone. */
#include "models/failure/failure.h"

struct volume_failure {
    struct failure_times times;
    simtime length;
    const char *volume, *availability_zone; /* one of the two */
};

/* The number of the strike at which it ends, whichever it is. */
static const uint64_t the_end = UINT64_MAX;

static void volume_failure_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct volume_failure *failure = settings;
    failure_schedule_time(world, index, &failure->times, 0);
}

static void volume_failure_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct volume_failure *failure = settings;
    bool impaired = nth != the_end;
    if (impaired) {
        failure_schedule(world, index, simtime_after(fault_now(world), failure->length), the_end);
        failure_schedule_time(world, index, &failure->times, nth + 1);
    }
    if (failure->volume)
        fault_volume(world, failure->volume, impaired);
    else
        fault_volumes_of_zone(world, failure->availability_zone, impaired);
}

static void volume_failure_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct volume_failure *failure = object;
    failure_check_times(mistakes, object, &failure->times);
    failure_check_zone(mistakes, object, failure->availability_zone, root);
    if ((failure->volume != NULL) == (failure->availability_zone != NULL))
        mistake(mistakes, object, NULL,
                "which volumes? `volume: vol-1` is one of `volumes:`, `availabilityZone:` all of a zone");
}

static const struct param volume_failure_params[] = {
    PARAM_FAILURE_TIMES(struct volume_failure, times, PARAM_REQUIRED),
    {.key = "for",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct volume_failure, length, simtime),
     .meaning = "how long it lasts"},
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
    .begin = volume_failure_begin,
    .strike = volume_failure_strike,
};

const struct variant failure_volume = {
    .name = "volumeFailure",
    .meaning = "EBS volumes do not answer for a while: what mounts them hangs, and none is attached",
    .shape = &volume_failure_shape,
    .verbs = &volume_failure_verbs,
    .example = "at: 10m, for: 5m, availabilityZone: us-east-1b",
};
