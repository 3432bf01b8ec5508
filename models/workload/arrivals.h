/* Tasks that arrive one by one, as a trace of jobs has them: a row of a CSV file is a task, with its time of
 * arrival, how long it runs and what it reserves.
 *
 * Read in whatever order, played in the order of arrival, rows of one instant in the order of the file. The
 * window [from, from + for) becomes the run's [0, for). An empty cell, as a column that is not named, means
 * what the task definition says. */
#ifndef MODELS_WORKLOAD_ARRIVALS_H
#define MODELS_WORKLOAD_ARRIVALS_H

#include "sim/engine/param.h"

/* CPU units, MiB, GPUs. ABSENT: as the definition says. */
struct task_size {
    int64_t cpu, memory_mib, gpus;
};

struct arrival {
    simtime at, runtime; /* runtime ABSENT: as the definition says */
    struct task_size size;
};

struct arrivals {
    const struct data_file *file;
    const char *at, *duration, *end, *cpu, *memory, *gpu; /* columns; NULL: none, but for `at` */
    simtime unit;                                         /* of the columns of time */
    int64_t cpu_scale, memory_scale;                      /* millionths */
    const char *from;
    simtime length; /* ABSENT: until the file ends */
    /* derived */
    struct arrival *items; /* in the order in which they arrive */
    size_t count;
};

extern const struct shape arrivals_shape; /* of a struct arrivals */

bool task_size_given(const struct task_size *); /* it differs from what the definition says */

#endif
