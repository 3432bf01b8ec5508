/* Volumes as tasks meet them: attached, mounted, held, lost. Which mount succeeds is in volume_rules.h; the
 * kinds are in models/settings/volume.h.
 *
 * A volume that ECS attaches is made and attached while its task is in PROVISIONING, beside its network
 * interface, and detached in DEPROVISIONING. All others are mounted by the host between the pull of the
 * images and the start of the containers, and given back when the containers are gone. ECS knows nothing of
 * them: placement goes by constraints alone, and a task on the wrong host fails to start, TaskFailedToStart,
 * as the plugin says. [DG:ebs-volumes, DG:docker-volumes, AGENT:agent/taskresource/volume]
 *
 * While a volume does not answer (an EBS volume that is impaired, an EFS file system whose mount target in
 * the zone is lost) the containers that mount it hang, and go on when it is back: NFS mounts of EFS are hard.
 * [EFS UG: mounting-fs-nfs-mount-settings]
 *
 * Settled where AWS is silent:
 *   - A volume stays attached to a host that is down until that is terminated or is up again; one that is
 * being detached is waited for.
 *   - Data of a host lie where a task with the volume has once started, until the host is terminated. A
 * service lays them down until its first deployment is complete; from then on a start on another host counts
 * as one without its data (starts_without), as does one with an EBS volume that the plugin has just made
 * while there is another of that name. Standalone tasks count from the first data on.
 *   - In the steady world before t = 0 a task with EBS volumes is placed in their zone, as retries would have
 * found it. */
#ifndef MODELS_ECS_VOLUME_H
#define MODELS_ECS_VOLUME_H

#include "models/ecs/volume/volume_rules.h"
#include "models/settings/volume.h"
#include "sim/engine/pool.h"
#include "sim/engine/simtime.h"
#include "sim/engine/symbol.h"
#include <stdbool.h>

struct world;
struct task;
struct service;
struct task_definition;
struct container_instance;
struct placement_request;
struct zone;

/* --- state; written by this folder alone ------------------------------------------------------ */

struct ebs_volume {
    const char *id; /* NULL: made by the plugin */
    const char *name;
    struct zone *zone;
    pool_ref instance; /* to which it is attached, as EC2 sees it (registration.h); 0: none */
    int64_t users;     /* tasks there that mount it */
    simtime ready_at;  /* until then it is being attached, or detached */
    int impairments;   /* going on */
    struct ebs_volume *next, *next_of_name;
};

struct ebs_name {
    struct ebs_volume *first, *last; /* of this name */
};

/* An EFS file system in one zone. */
struct mount_target {
    bool exists;
    int losses; /* going on */
};

struct file_system {
    const char *id;
    struct mount_target *targets; /* by zone */
};

/* Of the world; NULL where no task definition has a volume that matters. */
struct volumes {
    struct ebs_volume *first, *last;
    struct ebs_name *names;
    struct symbols ebs_names; /* with their numbers in `names`, from 1 */
    struct file_system *file_systems;
    struct symbols file_system_ids; /* likewise, in `file_systems` */
    int *impairments;               /* of EBS as a whole, going on, by zone */
    struct symbols places;          /* of data on hosts, numbered from 1 */
    bool *was_written;              /* by place: somebody's data were left there */
};

/* A volume of a task definition that somebody mounts and that is no scratch. */
struct volume_use {
    const struct volume_settings *settings;
    struct file_system *file_system; /* VOLUME_EFS */
    size_t place;                    /* VOLUME_ON_HOST */
    const char **why_not; /* by enum mount, on EC2 and then on Fargate: why tasks fail; NULL: not said yet */
};

/* Of a task definition; NULL: none. */
struct volume_uses {
    size_t count;
    bool managed;      /* ECS attaches one */
    struct list zones; /* const char *: those that have all its EBS volumes; empty: any will do, or none */
    struct volume_use uses[];
};

/* Of a task; NULL: its definition uses none. */
struct task_volumes {
    bool waits;  /* its containers wait for its mounts */
    bool stalls; /* one of them does not answer */
    struct held_volume {
        struct ebs_volume *volume; /* NULL: none */
        bool was_made;             /* for this task: it is empty */
        bool was_taken;            /* by another instance, or let go */
    } held[];
};

/* Starts of a service's tasks without their data. */
struct data_tally {
    bool keeps; /* a task definition that it has had says so */
    int64_t starts_without;
};

/* --- called by the world ---------------------------------------------------------------------- */

void volumes_begin(struct world *); /* after the task definitions */

/* What its first essential container downloads at each start takes so long. */
simtime volume_download_time(const struct world *, const struct task_definition *);

/* Before t = 0: to the zone of the definition's EBS volumes. */
void volumes_steer(const struct world *, const struct task_definition *, struct placement_request *);

/* Of a new task of it, freed with free(); or NULL. */
struct task_volumes *volumes_of_task(const struct task_definition *);

/* --- a volume that ECS attaches --------------------------------------------------------------- */

bool volume_is_managed(const struct task_definition *);
simtime volume_attach_time(struct world *, struct task *);
simtime volume_detach_time(struct world *, const struct task *);
/* The time to attach is over. NULL: it is attached; else why the task fails. [DG:troubleshoot-ebs-volumes] */
const char *volume_attachment_failure(const struct world *, const struct task *);

/* --- those that the host mounts --------------------------------------------------------------- */

/* The images are there. True: nothing is to be waited for, the containers may start. False: it takes time, or
 * the task has failed and may be gone. */
bool volumes_mount(struct world *, struct task *);
bool volumes_wait(const struct task *);              /* the containers wait for them */
void volumes_mounted(struct world *, struct task *); /* that time is over; the task may be gone afterwards */
/* In the steady world: at once. False: they cannot be. */
bool volumes_mount_at_once(struct world *, struct task *);
void volumes_release(struct world *, struct task *); /* its containers are gone; once is enough */
/* Its containers are gone, and nobody will tell ECS (registration.h). */
void volumes_let_go(struct world *, struct task *);

/* --- among these files ------------------------------------------------------------------------ */

/* The first of this name in a zone, or in any; those of one name follow each other by next_of_name. */
struct ebs_volume *volume_named(const struct world *, const char *name, const struct zone *);
struct file_system *file_system_named(const struct world *, const char *id); /* there is one */
struct ebs_volume *volume_add(struct world *, const char *id, const char *name, struct zone *);
/* Whether a volume of the task, by its number in the uses, does not answer now. */
bool volume_stalls(const struct world *, const struct task *, size_t use);
/* Something has become of volumes in its zone: its containers hang or go on, it waits or waits no longer. */
void volumes_look(struct world *, struct task *);
/* It starts: data of hosts are looked for, and left. */
void volumes_find_data(struct world *, struct task *);

#endif
