/* What tasks keep their data on: the volumes of a task definition, and the EBS volumes and EFS file systems
 * of the account. [API:Volume, API:MountPoint, API ec2:DescribeVolumes, API efs:DescribeMountTargets]
 *
 * A volume that no container mounts is never mounted (a choice). */
#ifndef MODELS_SETTINGS_VOLUME_H
#define MODELS_SETTINGS_VOLUME_H

#include "sim/engine/param.h"

enum volume_kind {
    VOLUME_SCRATCH, /* it ends with its task, or nobody misses what was on it */
    VOLUME_ON_HOST, /* its data live on one instance: a folder of the host, a shared Docker volume */
    VOLUME_EBS, /* an EBS volume that a Docker plugin attaches, found by its tag Name in the host's zone */
    VOLUME_MANAGED, /* a new EBS volume for each task, which ECS attaches: configuredAtLaunch */
    VOLUME_EFS,     /* mounted through the mount target of the task's zone */
    VOLUME_KINDS,
};

/* A kind in a word, in AWS's words, and what is modelled of it: `ecsim list volumes`. */
struct volume_kind_words {
    const char *name, *written, *modelled;
};
extern const struct volume_kind_words volume_kind_words[VOLUME_KINDS];

struct host_volume_settings { /* [API:HostVolumeProperties] */
    const char *source_path;
};

enum volume_scope { SCOPE_TASK, SCOPE_SHARED };

struct docker_volume_settings { /* [API:DockerVolumeConfiguration] */
    int scope;                  /* enum volume_scope */
    bool autoprovision;
    const char *driver;
};

struct efs_volume_settings { /* [API:EFSVolumeConfiguration] */
    const char *file_system;
};

/* What AWS cannot know. */
struct volume_simulation_settings {
    bool keeps_data; /* a task needs what an earlier one has left there */
    bool preempts;   /* its plugin takes it from another instance: REXRAY_PREEMPT */
};

struct volume_settings { /* [API:Volume] */
    const char *name;
    struct host_volume_settings host;
    struct docker_volume_settings *docker;
    struct efs_volume_settings *efs;
    bool configured_at_launch;
    struct volume_simulation_settings simulation;
    /* derived */
    enum volume_kind kind;
    const char *place;   /* VOLUME_ON_HOST: what its data are called on each host */
    uint16_t mounted_by; /* its containers, as bits by their index */
};

struct mount_point_settings { /* [API:MountPoint] */
    const char *source_volume;
};

struct download_settings {
    const char *from;
    int64_t size_mib;
};

struct ebs_volume_settings { /* [API ec2:Volume] */
    const char *id, *availability_zone;
    int64_t size_gib;
    struct list tags; /* struct tag_settings */
};

const char *settings_ebs_name(const struct ebs_volume_settings *); /* its tag Name; NULL: it has none */

struct mount_target_settings { /* [API efs:MountTargetDescription] */
    const char *file_system;   /* NULL: it stands in its file system */
    const char *availability_zone;
};

struct file_system_settings { /* [API efs:FileSystemDescription] */
    const char *id;
    struct list mount_targets; /* struct mount_target_settings */
};

#endif
