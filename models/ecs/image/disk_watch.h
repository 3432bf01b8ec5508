/* What is seen of disks: rows of disks.csv, the state of one, and the fullest of a group or of all, which
 * expectations and the summary ask for. */
#ifndef MODELS_ECS_DISK_WATCH_H
#define MODELS_ECS_DISK_WATCH_H

#include "models/ecs/image/host_disk.h"

/* Before a disk changes, or what stands on it; nothing where the host has none. */
void disk_watch_touch(struct world *, struct container_instance *);

/* Share of its disk that the fullest host of the group (NULL: of all) has used, millionths. */
int64_t disk_watch_fullest(const struct world *, const struct auto_scaling_group *);

/* The same just before what happened at this instant, and when it came to be more than a share of which it
 * was not more when disks had last changed; SIMTIME_NEVER: it is not. In between a disk only fills up. */
int64_t disk_watch_fullest_before(const struct world *, const struct auto_scaling_group *);
simtime disk_watch_exceeded_at(const struct world *, const struct auto_scaling_group *, int64_t share);

/* Whole MiB. */
struct disk_state {
    int64_t images, image_mib, containers_mib, free_mib;
};
struct disk_state disk_watch_state(const struct world *, const struct container_instance *);

void disk_watch_settle(struct world *); /* rows for those that were touched */
void disk_watch_rows(struct world *);   /* for all */

#endif
