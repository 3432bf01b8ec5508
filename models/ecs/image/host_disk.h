/* The disk of a host: what stands on it, and how full it is.
 *
 * WHERE. A host has a disk if its `simulation: {disk}` says so, if the scenario lists `images`, or has the
 * failure diskFull; a host without one has room for everything and keeps it for ever, as machines on Fargate
 * do. Images that the scenario does not list take no room.
 *
 * WHAT STANDS THERE. Images (image_store.h), from the begin of their pull on; what the containers of tasks
 * have written (task_layer.h), those of stopped tasks too until the agent removes them (housekeeping.h).
 *
 * WHEN NOTHING IS FREE. A pull that would bring more than is free fails [ODG:task_cannot_pull_image]; what
 * happens to containers: task_layer.h.
 *
 * Settled where AWS is silent: the room for a pull is taken when it begins, as much as the pull brings.
 *
 * Whoever changes what stands there says so to disk_watch.h before, and to housekeeping.h afterwards. */
#ifndef MODELS_ECS_HOST_DISK_H
#define MODELS_ECS_HOST_DISK_H

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

void host_disk_begin(struct world *, struct container_instance *); /* it is launched */
bool host_disk_is_over(const struct container_instance *); /* either life of its host, in ECS or EC2 */
void host_disk_free(struct container_instance *);          /* its memory */

int64_t host_disk_free_bytes(const struct host_disk *, simtime now);
int64_t host_disk_used_bytes(const struct host_disk *, simtime now);
int64_t host_disk_used_share(const struct host_disk *, int64_t used); /* of the volume, millionths */

/* The first instant, not before `now`, at which what grows finds nothing free; SIMTIME_NEVER: none is. */
simtime host_disk_full_at(const struct host_disk *, simtime now);

/* Whether what is now expected on it, of which so many bytes have yet to come, fits; a refusal is counted. */
bool host_disk_fits(struct world *, struct container_instance *, int64_t missing);

/* --- something else fills it (failure diskFull) ----------------------------------------------- */

bool host_disk_may_fill(const struct container_instance *);
void host_disk_fill(struct world *, struct container_instance *);
/* And for so long at least (SIMTIME_NEVER: for good); it is cleared then, unless somebody said longer. */
void host_disk_keep_full(struct container_instance *, simtime until);
void host_disk_clear(struct world *, struct container_instance *);

#endif
