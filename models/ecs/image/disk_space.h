/* How full the disk of a host is: as arithmetic.
 *
 * The operating system, images and containers share one volume, 30 GiB on the ECS-optimized AMI.
 * [ODG:ecs-ami-storage-config] An image takes the size of its layers, each once however many images have it.
 * A container takes what its task definition says: so much from its creation on, and more with each hour that
 * it runs; once it has stopped it keeps what it has until it is removed.
 *
 * All is in bytes. Growth is held to the microsecond, so that what is added comes off again: it counts
 * bytes x us, of which an hour's are a byte. */
#ifndef MODELS_ECS_DISK_SPACE_H
#define MODELS_ECS_DISK_SPACE_H

#include "sim/engine/simtime.h"
#include <stdint.h>

struct disk_space {
    int64_t size;   /* without what the system takes */
    int64_t images; /* layers, those that are being pulled among them */
    int64_t layers; /* what containers took at their creation, stopped ones too */
    int64_t growth; /* per hour, of the containers that run */
    __int128 grown; /* of containers, stopped ones too, at the time `since` */
    simtime since;
};

int64_t disk_bytes(int64_t mib);
int64_t disk_mib(int64_t bytes); /* whole ones */

/* Up to `now`; before its growth changes, and before something grown is taken off. */
void disk_advance(struct disk_space *, simtime now);

/* What a container that grows so has grown by in this time. */
__int128 disk_growth(int64_t bytes_per_hour, simtime time);

int64_t disk_of_containers(const struct disk_space *, simtime now); /* whole bytes */
int64_t disk_free(const struct disk_space *, simtime now);          /* 0 or more */

/* The first instant, not before `now`, at which nothing is free; SIMTIME_NEVER where nothing grows. */
simtime disk_full_at(const struct disk_space *, simtime now);

#endif
