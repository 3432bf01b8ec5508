/* What was asked of a service or a deployment, and what its tasks did, since it was first created. */
#ifndef MODELS_ECS_USAGE_H
#define MODELS_ECS_USAGE_H

#include "models/ecs/metric/resolution.h"

struct usage {
    __int128 requests, served;       /* millionths; of a deployment only what it served */
    __int128 failed;                 /* millionths of what was served, of a service: by those behind it */
    __int128 cpu_used, cpu_reserved; /* CPU units * us */
    __int128 memory_used, memory_reserved; /* millionths of MiB * us */
    __int128 routed_time;                  /* tasks that requests reach * us */
    __int128 present_time;                 /* tasks that use CPU and memory * us */
};

void usage_add(struct usage *sum, const struct usage *);
/* Once more, and again, so often, what has been added since then. */
void usage_repeat(struct usage *sum, const struct usage *then, int64_t times);
struct usage usage_since(const struct usage *now, const struct usage *before);

/* Of a deployment, and what it was when the latest period of each resolution ended. */
struct deployment_usage {
    struct usage total, at_end[METRIC_RESOLUTIONS];
};

#endif
