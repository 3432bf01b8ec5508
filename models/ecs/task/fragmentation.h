/* How much of what is free on a host is of no use to what is typically asked. Pure.
 *
 * The measure is FGD's [Weng et al., Beware of Fragmentation: Scheduling GPU-Sharing Workloads with
 * Fragmentation Gradient Descent, USENIX ATC 2023; its simulator's pkg/utils/frag.go]. A workload is a
 * distribution of sizes of tasks. Of a size that does not fit on a host all that is free there is a fragment,
 * whatever it is that the host lacks; of one that fits nothing is. What is a fragment of the workload is the
 * mean over its tasks; of a cluster, the sum over its hosts.
 *
 * It is taken of CPU and memory as of GPUs. Settled otherwise than there: of each resource only those tasks
 * count that ask for some of it, where FGD calls every free GPU a fragment of a task that wants none; and as
 * GPUs are whole in ECS, none is a fragment because too little of it is left. */
#ifndef MODELS_ECS_FRAGMENTATION_H
#define MODELS_ECS_FRAGMENTATION_H

#include <stddef.h>
#include <stdint.h>

enum { OF_CPU, OF_MEMORY, OF_GPUS, RESOURCE_KINDS };

/* CPU units, MiB and GPUs; or tasks that ask for some of each. */
struct amounts {
    int64_t of[RESOURCE_KINDS];
};

struct asked_size {
    struct amounts size;
    int64_t tasks; /* that ask for it */
};

/* Exact up to so many sizes. Of more, as many tasks stand for all: in the order of their sizes, GPUs first,
 * then CPU, then memory, the middle ones of so many equal parts. */
enum { MOST_TYPICAL_SIZES = 128 };

struct typical_sizes {
    const struct asked_size *items; /* those that were given, in ascending order */
    size_t count;
    struct amounts asking; /* tasks */
};

/* The sizes may come in any order, and again and again. They are sorted and brought together where they are.
 */
struct typical_sizes typical_sizes_of(struct asked_size *, size_t count);

/* Tasks that do not fit into what is free, by what they ask for. */
struct amounts typical_sizes_left_out(const struct typical_sizes *, const struct amounts *free);

#endif
