/* What tasks have on their hosts' disks, and figures of all disks, as state of the world. The disk of a host
 * itself: host_disk.h. */
#ifndef MODELS_ECS_DISKS_H
#define MODELS_ECS_DISKS_H

#include "sim/engine/pool.h"
#include "sim/engine/simtime.h"
#include <stdbool.h>

/* Of the containers of a task (task_layer.h). */
struct task_layer {
    bool created, grows;
    simtime grows_since;
    __int128 grown; /* until then, as disk_growth() counts it */
};

struct disks {
    pool_ref *touched; /* hosts whose disks have changed at this instant */
    size_t touched_count, touched_room;
    int64_t fullest; /* share of a disk that was ever used at most, millionths */
    int64_t images_removed, pulls_refused;
    bool any; /* some host has one */
};

#endif
