/* The far part of the queue: keys of events that are not soon, in no order but the rough one of buckets.
 *
 * All keys are at or after `base`. Bucket 0 holds those whose time is the base; bucket b those whose time
 * differs from it in bit b - 1 and in none above. So all of a bucket come before all of the next, and a key
 * is appended, not sorted: it touches no other. When the least bucket is needed and holds many, the base
 * becomes what they share and their keys go to the buckets below; a key goes down at most once for each bit.
 *
 * Part of queue.c, which keeps what is soon in a heap. */
#ifndef SIM_ENGINE_RADIX_H
#define SIM_ENGINE_RADIX_H

#include <stddef.h>
#include <stdint.h>

/* High word: the time, at << 2 | phase, below 2^63. Low word: sequence << 24 | slot, which is the handle. */
typedef unsigned __int128 event_key;

enum { RADIX_BUCKETS = 64 };

struct radix_bucket {
    event_key *keys;
    size_t count, capacity;
};

struct radix {
    uint64_t base;
    uint64_t filled; /* a bit per bucket */
    size_t count;    /* of keys in all */
    struct radix_bucket buckets[RADIX_BUCKETS];
};

void radix_free(struct radix *);
void radix_bucket_grow(struct radix_bucket *);

static inline int radix_index(uint64_t differs)
{
    return differs ? 64 - __builtin_clzll(differs) : 0;
}

/* At or after the base. */
static inline void radix_push(struct radix *radix, event_key key)
{
    int index = radix_index((uint64_t)(key >> 64) ^ radix->base);
    struct radix_bucket *bucket = &radix->buckets[index];
    if (bucket->count == bucket->capacity)
        radix_bucket_grow(bucket);
    bucket->keys[bucket->count++] = key;
    radix->filled |= UINT64_C(1) << index;
    radix->count++;
}

/* The keys of the least bucket, at most `most` unless all are of one time, and the end of its times: all keys
 * that are left are at or after it. They are the caller's until the next push. At least one key is there. */
struct radix_bucket radix_take(struct radix *, size_t most, uint64_t *end);

void radix_keep_first(struct radix *, int bucket, size_t count); /* of its keys */

size_t radix_memory_bytes(const struct radix *);

#endif
