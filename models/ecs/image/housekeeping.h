/* The disk of a host, and the agent that tidies it up.
 *
 * WHERE. A host has a disk if its `simulation: {disk}` says so, if the scenario lists `images`, or has the
 * failure diskFull; a host without one has room for everything and keeps it for ever, as machines on Fargate
 * do. Images that the scenario does not list take no room.
 *
 * WHAT STANDS THERE. Images (image_store.h), from the begin of their pull on; what the containers of tasks
 * have written (disk_space.h), those of stopped tasks too. These are kept for
 * ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION, and reference their images: an image goes no earlier than that
 * after its last task has stopped, with a later cycle of image_cleanup.h. [ODG:automated_image_cleanup]
 *
 * WHEN NOTHING IS FREE. A pull that would bring more than is free fails; a container whose first MiB do not
 * fit, or any where nothing is free, cannot be created. [ODG:task_cannot_pull_image,
 * ODG:CannotCreateContainerError]
 *
 * Settled where AWS is silent: the room for a pull is taken when it begins; a task that grows and finds the
 * disk full loses its first essential container, with exit code 1; at one instant containers are removed
 * before images, and both before a growing task finds the disk full. Cycles are counted from the agent's last
 * start, and while it is down nothing is tidied up. An image takes as much as its pull brings.
 *
 * A host has one pending event at most, at the next instant at which there is something to do: years in which
 * nothing changes cost nothing. */
#ifndef MODELS_ECS_HOUSEKEEPING_H
#define MODELS_ECS_HOUSEKEEPING_H

#include "models/ecs/image/disk_space.h"
#include "models/ecs/world.h"

/* Containers of a stopped task, which reference its images. */
struct kept_task {
    simtime until;
    int64_t bytes; /* what they took at their creation */
    __int128 grown;
    struct pull *pull; /* its own; NULL: the scenario lists none of its images */
};

struct host_disk {
    struct disk_space space;
    int64_t system;         /* bytes of the volume beside it */
    struct kept_task *kept; /* in the order in which they go */
    size_t kept_count, kept_room;
    bool filled;              /* by something else: nothing is free */
    simtime filled_until;     /* no earlier is it cleared */
    simtime agent_started_at; /* SIMTIME_NEVER: it is down */
    simtime due_at;           /* of the event; SIMTIME_NEVER: there is none */
    event_handle event;
    int64_t growth_before; /* bytes per hour, when it was touched */
    int64_t used_before;   /* bytes, when it was touched */
    bool touched;          /* at this instant */
    struct last_row last_row;
};

/* --- hosts; nothing happens where they have no disk ------------------------------------------- */

void housekeeping_begin(struct world *, struct container_instance *); /* it is launched */
void housekeeping_agent_starts(struct world *, struct container_instance *);
void housekeeping_agent_stops(struct world *, struct container_instance *); /* or its whole host */
bool housekeeping_is_over(const struct container_instance *);               /* either of its lives */
void housekeeping_end(struct world *, struct container_instance *);         /* of either of its lives */
void housekeeping_free(struct container_instance *);

bool housekeeping_may_fill(const struct container_instance *);
/* Something else fills its disk. */
void housekeeping_fill(struct world *, struct container_instance *);
/* And for so long at least (SIMTIME_NEVER: for good); it is cleared then, unless somebody said longer. */
void housekeeping_keep_full(struct container_instance *, simtime until);
void housekeeping_clear(struct world *, struct container_instance *);

/* --- images ----------------------------------------------------------------------------------- */

/* Before its images change, and afterwards. */
void housekeeping_touch(struct world *, struct container_instance *);
void housekeeping_look(struct world *, struct container_instance *);

/* Whether what is now expected on it, of which so many bytes have yet to come, fits; a refusal is counted. */
bool housekeeping_fits(struct world *, struct container_instance *, int64_t missing);

/* --- tasks ------------------------------------------------------------------------------------ */

/* Its containers are created. False: there is no room, and nothing was done. */
bool housekeeping_create(struct world *, struct task *);
void housekeeping_runs(struct world *,
                       struct task *); /* they may grow now, those that are started again too */
void housekeeping_ended(struct world *, struct task *); /* and no longer; nothing if they do not */
void housekeeping_leave(struct world *, struct task *); /* it leaves its host: they are kept there, or gone */
/* Its agent knows nothing of it any more: they stay there for good. */
void housekeeping_forget(struct world *, struct task *);

/* --- what is to be seen ----------------------------------------------------------------------- */

/* Share of its disk that the fullest host of the group (NULL: of all) has used, millionths. */
int64_t housekeeping_fullest(const struct world *, const struct auto_scaling_group *);

/* The same just before what happened at this instant, and when it came to be more than a share of which it
 * was not more when disks had last changed; SIMTIME_NEVER: it is not. In between a disk only fills up. */
int64_t housekeeping_fullest_before(const struct world *, const struct auto_scaling_group *);
simtime housekeeping_exceeded_at(const struct world *, const struct auto_scaling_group *, int64_t share);

int64_t disk_used_share(const struct host_disk *, int64_t used); /* millionths */

/* Whole MiB. */
struct disk_state {
    int64_t images, image_mib, containers_mib, free_mib;
};
struct disk_state disk_state(const struct world *, const struct container_instance *);

void housekeeping_settle(struct world *); /* rows of disks.csv for those that were touched */
void housekeeping_rows(struct world *);   /* for all */

/* Event. */
void housekeeping_is_due(void *world, uint64_t instance, uint64_t unused);

#endif
