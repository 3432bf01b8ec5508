/* An EFS file system cannot be reached from a zone, or from any, for a while. */
#include "models/failure/failure.h"

struct mount_target_outage {
    struct failure_outage outage;
    const char *file_system, *availability_zone;
};

static void mount_target_outage_set(struct world *world, uint32_t index, const void *settings, bool lost)
{
    (void)index;
    const struct mount_target_outage *outage = settings;
    fault_mount_targets(world, outage->file_system, outage->availability_zone, lost);
}

static void mount_target_outage_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct mount_target_outage *outage = object;
    failure_check_zone(mistakes, object, outage->availability_zone, root);
}

static const struct param mount_target_outage_params[] = {
    PARAM_FAILURE_OUTAGE(struct mount_target_outage, outage, PARAM_REQUIRED, "how long it lasts"),
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
    .outage_offset = PARAM_OFFSET(struct mount_target_outage, outage, struct failure_outage),
    .set_outage = mount_target_outage_set,
};

const struct variant failure_mount_target_outage = {
    .name = "mountTargetOutage",
    .meaning =
        "an EFS file system cannot be reached from a zone: what mounts it there hangs, and nothing starts",
    .shape = &mount_target_outage_shape,
    .verbs = &mount_target_outage_verbs,
    .example = "at: 10m, for: 5m, fileSystem: fs-1, availabilityZone: us-east-1b",
};
