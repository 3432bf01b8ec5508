/* A set of small integers that is filled, visited in ascending order, and emptied: what was touched at one
 * instant. */
#ifndef SIM_ENGINE_INDEX_SET_H
#define SIM_ENGINE_INDEX_SET_H

#include "sim/engine/arena.h"
#include <stdbool.h>
#include <stdint.h>

struct index_set {
    uint32_t *members;
    bool *has;
    uint32_t count, limit;
};

void index_set_init(struct index_set *, struct arena *, uint32_t limit); /* members are below limit */
void index_set_add(struct index_set *, uint32_t member);                 /* again is fine */

/* The members in ascending order; the set is empty afterwards, as it most often is before. `out` has room for
 * `limit`. */
uint32_t index_set_take_some(struct index_set *, uint32_t *out);
static inline uint32_t index_set_take(struct index_set *set, uint32_t *out)
{
    return set->count ? index_set_take_some(set, out) : 0;
}

#endif
