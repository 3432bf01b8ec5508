/* What the account keeps data on: volumes, fileSystems and mountTargets. */
#include "models/settings/tables.h"
#include "models/settings/volume.h"
#include "sim/engine/arena.h"
#include <stdlib.h>
#include <string.h>

#define OF struct tag_settings
static const struct param tag_params[] = {
    ROW("key", TEXT, key, "of these only Name is used", REQUIRED),
    ROW("value", TEXT, value, "its value"),
    PARAM_END,
};
#undef OF

static const struct shape tag_shape = {
    .name = "tag",
    .size = sizeof(struct tag_settings),
    .params = tag_params,
    .name_key = "key",
};

#define OF struct ebs_volume_settings
static const struct param ebs_volume_params[] = {
    ROW("volumeId", NAME, id, "its id", REQUIRED),
    ROW("availabilityZone", TEXT, availability_zone, "its zone: only instances there can attach it",
        REQUIRED),
    ROW("size", INTEGER, size_gib, "GiB", RANGE(1, 65536)),
    ROW_LIST("tags", tags, tag_shape,
             "Name is what a Docker plugin finds it by, the name of a volume of a task "
             "definition: {Name: data}"),
    PARAM_END,
};
#undef OF

static void check_zone(struct mistakes *mistakes, const void *object, const char *zone,
                       const struct ecs_settings *settings)
{
    if (zone && settings->zones_source == ZONES_LISTED && !settings_named(settings, NAMED_ZONE, zone))
        warn(mistakes, object, "availabilityZone",
             "`%s` is not one of the scenario's availabilityZones: no task is there", zone);
}

const char *settings_ebs_name(const struct ebs_volume_settings *volume)
{
    EACH(struct tag_settings, tag, volume->tags) {
        if (settings_same(tag->key, "Name"))
            return tag->value;
    }
    return NULL;
}

void settings_index_ebs_volumes(struct ecs_settings *settings)
{
    EACH(struct ebs_volume_settings, volume, settings->volumes)
        symbol_enter(&settings->by_name[NAMED_EBS_VOLUME], settings_ebs_name(volume), volume);
}

static void check_ebs_volume(struct mistakes *mistakes, void *object, void *root)
{
    const struct ebs_volume_settings *volume = object;
    check_zone(mistakes, volume, volume->availability_zone, root);
}

const struct shape ebs_volume_shape = {
    .name = "EBS volume",
    .size = sizeof(struct ebs_volume_settings),
    .params = ebs_volume_params,
    .collection = "volumes",
    .name_key = "volumeId",
    .check = check_ebs_volume,
};

#define OF struct mount_target_settings
static const struct param mount_target_params[] = {
    ROW("availabilityZone", TEXT, availability_zone, "its zone", REQUIRED, ALIAS("availabilityZoneName")),
    ROW("fileSystemId", REFERENCE, file_system,
        "whose it is (default: of the file system in which it stands)", IN("fileSystems")),
    PARAM_END,
};
#undef OF

static void check_mount_target(struct mistakes *mistakes, void *object, void *root)
{
    const struct mount_target_settings *target = object;
    check_zone(mistakes, target, target->availability_zone, root);
}

const struct shape mount_target_shape = {
    .name = "mount target",
    .size = sizeof(struct mount_target_settings),
    .params = mount_target_params,
    .shorthand = "availabilityZone",
    .check = check_mount_target,
};

#define OF struct file_system_settings
static const struct param file_system_params[] = {
    ROW("fileSystemId", NAME, id, "its id", REQUIRED),
    ROW_LIST("mountTargets", mount_targets, mount_target_shape,
             "one in each zone whose tasks can mount it; or all of them under `mountTargets:`"),
    PARAM_END,
};
#undef OF

/* A mount target, and whose it is. */
struct owned_target {
    const char *file_system, *zone;
    const struct mount_target_settings *target;
};

static int compare_owned(const void *a, const void *b)
{
    const struct owned_target *left = a, *right = b;
    int order = strcmp(left->file_system, right->file_system);
    if (!order)
        order = strcmp(left->zone, right->zone);
    return order ? order : (left->target > right->target) - (left->target < right->target);
}

static void check_sorted(struct mistakes *mistakes, const struct owned_target *targets, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (!strcmp(targets[i].file_system, targets[i - 1].file_system) &&
            !strcmp(targets[i].zone, targets[i - 1].zone))
            mistake(mistakes, targets[i].target, "availabilityZone",
                    "`%s` has a mount target in `%s` already", targets[i].file_system, targets[i].zone);
}

/* One in each zone. Those that do not say whose they are, are of `file_system`. [EFS UG: accessing-fs] */
static void check_targets(struct mistakes *mistakes, const struct list *targets, const char *file_system)
{
    struct owned_target *owned = memory_grow(NULL, targets->count + 1, sizeof *owned);
    size_t count = 0;
    EACH(struct mount_target_settings, target, *targets) {
        const char *owner = target->file_system ? target->file_system : file_system;
        if (owner && target->availability_zone)
            owned[count++] = (struct owned_target){owner, target->availability_zone, target};
    }
    qsort(owned, count, sizeof *owned, compare_owned);
    check_sorted(mistakes, owned, count);
    free(owned);
}

static void check_file_system(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct file_system_settings *system = object;
    check_targets(mistakes, &system->mount_targets, system->id);
}

void settings_check_mount_targets(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    EACH(struct mount_target_settings, target, settings->mount_targets) {
        if (!target->file_system)
            mistake(mistakes, target, NULL, "a mount target here says whose it is: fileSystemId");
    }
    check_targets(mistakes, &settings->mount_targets, NULL);
}

const struct shape file_system_shape = {
    .name = "file system",
    .size = sizeof(struct file_system_settings),
    .params = file_system_params,
    .collection = "fileSystems",
    .name_key = "fileSystemId",
    .check = check_file_system,
};
