/* EC2 refuses to launch for a while, as when it runs out of capacity. */
#include "models/failure/failure.h"

struct launch_failure {
    struct failure_outage outage;
    const char *availability_zone; /* NULL: everywhere */
};

static void launch_failure_set(struct world *world, uint32_t index, const void *settings, bool lost)
{
    (void)index;
    const struct launch_failure *failure = settings;
    fault_zone_launches(world, failure->availability_zone, lost);
}

static void launch_failure_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct launch_failure *failure = object;
    failure_check_zone(mistakes, object, failure->availability_zone, root);
}

static const struct param launch_failure_params[] = {
    PARAM_FAILURE_OUTAGE(struct launch_failure, outage, PARAM_REQUIRED, "how long launches are refused"),
    {.key = "availabilityZone",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct launch_failure, availability_zone, const char *),
     .meaning = "where (default: in every zone)"},
    PARAM_END,
};

static const struct shape launch_failure_shape = {
    .name = "launchFailure",
    .size = sizeof(struct launch_failure),
    .params = launch_failure_params,
    .check = launch_failure_check,
};

static const struct failure_verbs launch_failure_verbs = {
    .outage_offset = PARAM_OFFSET(struct launch_failure, outage, struct failure_outage),
    .set_outage = launch_failure_set,
};

const struct variant failure_launch = {
    .name = "launchFailure",
    .meaning = "EC2 launches no hosts for a while",
    .shape = &launch_failure_shape,
    .verbs = &launch_failure_verbs,
    .example = "at: 10m, for: 2m",
};
