/* When a Spot pool had hosts to spare, as somebody has measured it: a JSON file as skypilot-org/spot-traces
 * publishes them, {"metadata": {"gap_seconds": 34}, "data": [0, 1, …]}, one number per tick. 0 is a pool
 * without capacity; how much a pool that has some can give, nobody measured. The last value holds. */
#ifndef MODELS_FAILURE_SPOT_TRACE_H
#define MODELS_FAILURE_SPOT_TRACE_H

#include "sim/engine/data.h"

struct spot_trace_change {
    simtime at;
    bool available;
};

struct spot_trace {
    const struct data_file *file;
    const char *instance_type, *availability_zone; /* of the pool; NULL: any */
    simtime from;                                  /* the time in the file that is the start of the run */
    /* derived; a pool is available before the first of them */
    struct spot_trace_change *changes;
    size_t change_count;
};

extern const struct shape spot_trace_shape;

#endif
