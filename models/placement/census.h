/* Some of the instances, of which the n-th in order of registration is found without looking at each.
 *
 * A bit for each instance, and over their words a Fenwick tree of how many are set: adding, removing and
 * finding take logarithmic time. */
#ifndef MODELS_PLACEMENT_CENSUS_H
#define MODELS_PLACEMENT_CENSUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct census {
    uint64_t *words;
    uint32_t *sums;  /* by number of words: of as many words before it as its lowest bit says */
    size_t capacity; /* of words, a power of two */
    uint32_t count;  /* instances that belong */
};

void census_free(struct census *);
void census_set(struct census *, uint32_t instance, bool belongs);
/* The same for many: each is marked, and then they are summed. */
void census_mark(struct census *, uint32_t instance);
void census_sum(struct census *);
uint32_t census_nth(const struct census *, uint32_t nth); /* `nth` counts from 0 and is below the count */

#endif
