/* Whether a volume can be mounted on a host: pure, from what the plugin or the mount helper sees there.
 *
 * EBS by a plugin: rexray/ebs looks for the volume's tag Name among the volumes of the host's own zone. One
 * that is attached to another instance it refuses, or takes away under REXRAY_PREEMPT; one that is not there
 * is made under autoprovision, empty. [rexray/rexray libstorage/drivers/storage/ebs/storage/ebs_storage.go:
 * getVolume, VolumeAttach]
 *
 * EBS that ECS attaches: new, and so in the task's zone. [DG:ebs-volumes]
 *
 * EFS: reached through the mount target of the host's zone.
 * [EFS UG: accessing-fs, mount-fs-auto-mount-onreboot]
 *
 * Settled where AWS is silent: tasks on one instance share its attachment (Docker counts who mounts a
 * volume); a volume that does not answer is waited for until timing.volumeTimeout. */
#ifndef MODELS_ECS_VOLUME_RULES_H
#define MODELS_ECS_VOLUME_RULES_H

#include <stdbool.h>

enum mount {
    MOUNT_ATTACHES,  /* it is free, or is EFS: it takes its time */
    MOUNT_SHARES,    /* it is here already */
    MOUNT_MAKES,     /* a new one is made here, empty */
    MOUNT_TAKES,     /* it is taken from another instance */
    MOUNT_STALLS,    /* it does not answer now */
    MOUNT_NOT_FOUND, /* this one and those below fail at once: none of this name is in the zone */
    MOUNT_HELD,      /* another instance has it */
    MOUNT_NO_TARGET, /* the file system has no mount target in the zone */
    MOUNTS,
};

/* An EBS volume as it is seen from a host. */
struct ebs_sight {
    bool is_found;              /* in the host's zone */
    bool is_here, is_elsewhere; /* attached */
    bool is_impaired;           /* it or, where there is none, its zone */
    bool autoprovisions, preempts;
};

enum mount mount_of_ebs(const struct ebs_sight *);
enum mount mount_of_efs(bool has_target, bool is_lost);
bool mount_fails(enum mount);

/* Whether a start is one without its data: they are kept, some were left before, and none are here. */
bool lacks_data(bool keeps, bool some_were_left, bool are_here);

#endif
