/* Small numbers by instance, 0 where none was set: memory follows the instances that have one.
 *
 * A table of open addressing, at most half full, in which eight instances that were registered in a row have
 * a cache line for their home: whoever takes instances in order walks along lines, and whoever draws them at
 * random touches one line each. */
#ifndef MODELS_PLACEMENT_NUMBERS_H
#define MODELS_PLACEMENT_NUMBERS_H

#include "sim/engine/hash.h"
#include <stdint.h>

struct number {
    uint32_t instance, value; /* a value of 0: it is free */
};

struct numbers {
    struct number *items;
    uint32_t count, capacity; /* a power of two */
    int shift;                /* of a hash, so that the number of a line remains */
};

void numbers_free(struct numbers *);
void numbers_set(struct numbers *, uint32_t instance, uint32_t value);
int64_t numbers_add(struct numbers *, uint32_t instance, int change); /* returns what it is now */

static inline uint32_t numbers_home(const struct numbers *numbers, uint32_t instance)
{
    enum { IN_LINE = 64 / sizeof(struct number) };
    uint64_t line = instance / IN_LINE * HASH_GOLDEN >> numbers->shift;
    return (uint32_t)line * IN_LINE + instance % IN_LINE;
}

/* Where it stands, or would: there is a free one. */
static inline struct number *numbers_find(const struct numbers *numbers, uint32_t instance)
{
    uint32_t at = numbers_home(numbers, instance);
    while (numbers->items[at].value && numbers->items[at].instance != instance)
        at = (at + 1) & (numbers->capacity - 1);
    return &numbers->items[at];
}

static inline uint32_t numbers_get(const struct numbers *numbers, uint32_t instance)
{
    return numbers->count ? numbers_find(numbers, instance)->value : 0;
}

#endif
