/* An EFS file system cannot be reached from a zone, or from any, for a while. */
#include "models/failure/failure.h"

struct mount_target_outage {
    struct failure_times times;
    simtime length;
    const char *file_system, *availability_zone;
};

/* The number of the strike at which an outage ends, whichever it is. */
static const uint64_t the_end = UINT64_MAX;

static void mount_target_outage_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct mount_target_outage *outage = settings;
    failure_schedule_time(world, index, &outage->times, 0);
}

static void mount_target_outage_strike(struct world *world, uint32_t index, const void *settings,
                                       uint64_t nth)
{
    const struct mount_target_outage *outage = settings;
    if (nth != the_end) {
        failure_schedule(world, index, simtime_after(fault_now(world), outage->length), the_end);
        failure_schedule_time(world, index, &outage->times, nth + 1);
    }
    fault_mount_targets(world, outage->file_system, outage->availability_zone, nth != the_end);
}

static void mount_target_outage_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct mount_target_outage *outage = object;
    failure_check_times(mistakes, object, &outage->times);
    failure_check_zone(mistakes, object, outage->availability_zone, root);
}

static const struct param mount_target_outage_params[] = {
    PARAM_FAILURE_TIMES(struct mount_target_outage, times, PARAM_REQUIRED),
    {.key = "for",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct mount_target_outage, length, simtime),
     .meaning = "how long it lasts"},
    {.key = "fileSystem",
     .alias = "fileSystemId",
     .type = PARAM_REFERENCE,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct mount_target_outage, file_system, const char *),
     .collection = "fileSystems",
     .meaning = "the file system"},
    {.key = "availabilityZone",
     .type = PARAM_TEXT,
     .offset = PARAM_OFFSET(struct mount_target_outage, availability_zone, const char *),
     .meaning = "the zone of the mount target (default: all of the file system's)"},
    PARAM_END,
};

static const struct shape mount_target_outage_shape = {
    .name = "mountTargetOutage",
    .size = sizeof(struct mount_target_outage),
    .params = mount_target_outage_params,
    .check = mount_target_outage_check,
};

static const struct failure_verbs mount_target_outage_verbs = {
    .begin = mount_target_outage_begin,
    .strike = mount_target_outage_strike,
};

const struct variant failure_mount_target_outage = {
    .name = "mountTargetOutage",
    .meaning =
        "an EFS file system cannot be reached from a zone: what mounts it there hangs, and nothing starts",
    .shape = &mount_target_outage_shape,
    .verbs = &mount_target_outage_verbs,
    .example = "at: 10m, for: 5m, fileSystem: fs-1, availabilityZone: us-east-1b",
};
