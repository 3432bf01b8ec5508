/* What the agent of a host tidies up, and how much stands on the host's disk. */
#ifndef MODELS_SETTINGS_HOUSEKEEPING_H
#define MODELS_SETTINGS_HOUSEKEEPING_H

#include "sim/engine/param.h"

struct housekeeping_settings { /* keys of ecsConfig [AGENT:README.md] */
    bool image_cleanup_disabled;
    simtime image_cleanup_interval, image_minimum_age;
    int64_t images_per_cycle;
    simtime task_cleanup_wait, task_cleanup_jitter;
};

struct host_disk_settings {
    int64_t size_mib; /* ABSENT: what DEFAULT_DISK_MIB says, of a scenario that lists images */
    int64_t system_mib;
};

/* The volume of the ECS-optimized AMI. [ODG:ecs-ami-storage-config] */
enum { DEFAULT_DISK_MIB = 30 << 10 };

struct task_disk_settings {
    int64_t mib;        /* of its containers, from their creation on */
    int64_t growth_mib; /* and per hour while the task runs */
};

#endif
