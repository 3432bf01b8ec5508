#include "models/ecs/group/warm_pool_size.h"

int64_t warm_pool_size(const struct warm_pool_terms *terms)
{
    int64_t prepared =
        terms->max_group_prepared_capacity < 0 ? terms->max_size : terms->max_group_prepared_capacity;
    int64_t size = prepared - terms->desired;
    return size > terms->min_size ? size : terms->min_size;
}
