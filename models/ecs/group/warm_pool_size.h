/* How many instances a warm pool is to hold. Pure. [EAS ec2-auto-scaling-warm-pools]
 *
 * What the group may still grow by: its maximum capacity, or the maximum prepared capacity if one is set,
 * less the desired capacity; never less than the pool's minimum size. */
#ifndef MODELS_ECS_WARM_POOL_SIZE_H
#define MODELS_ECS_WARM_POOL_SIZE_H

#include <stdint.h>

struct warm_pool_terms {
    int64_t desired, max_size;
    int64_t max_group_prepared_capacity; /* -1: none set */
    int64_t min_size;                    /* of the pool */
};

int64_t warm_pool_size(const struct warm_pool_terms *);

#endif
