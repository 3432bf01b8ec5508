/* EC2 refuses to launch for a while, as when it runs out of capacity. */
#include "models/failure/failure.h"

struct launch_failure {
    struct failure_times times;
    simtime length;
    const char *availability_zone; /* NULL: everywhere */
};

/* The number of the strike at which launches succeed again. */
static const uint64_t the_end = UINT64_MAX;

static void launch_failure_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct launch_failure *failure = settings;
    failure_schedule_time(world, index, &failure->times, 0);
}

static void launch_failure_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct launch_failure *failure = settings;
    if (nth != the_end) {
        failure_schedule(world, index, simtime_after(fault_now(world), failure->length), the_end);
        failure_schedule_time(world, index, &failure->times, nth + 1);
    }
    fault_zone_launches(world, failure->availability_zone, nth != the_end);
}

static void launch_failure_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct launch_failure *failure = object;
    failure_check_times(mistakes, object, &failure->times);
    failure_check_zone(mistakes, object, failure->availability_zone, root);
}

static const struct param launch_failure_params[] = {
    PARAM_FAILURE_TIMES(struct launch_failure, times, PARAM_REQUIRED),
    {.key = "for",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct launch_failure, length, simtime),
     .meaning = "how long launches are refused"},
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

static const struct failure_verbs launch_failure_verbs = {.begin = launch_failure_begin,
                                                          .strike = launch_failure_strike};

const struct variant failure_launch = {
    .name = "launchFailure",
    .meaning = "EC2 launches no hosts for a while",
    .shape = &launch_failure_shape,
    .verbs = &launch_failure_verbs,
    .example = "at: 10m, for: 2m",
};
