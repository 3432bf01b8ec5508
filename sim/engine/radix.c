#include "sim/engine/radix.h"
#include "sim/engine/arena.h"
#include <stdbool.h>
#include <stdlib.h>

void radix_free(struct radix *radix)
{
    for (int i = 0; i < RADIX_BUCKETS; i++)
        free(radix->buckets[i].keys);
}

/* In place where it can be, until it fills large pages. */
void radix_bucket_grow(struct radix_bucket *bucket)
{
    enum { FEW_KEYS = 64 * 1024 };
    size_t old_bytes = bucket->capacity * sizeof *bucket->keys;
    bucket->capacity = bucket->capacity ? 2 * bucket->capacity : 16;
    if (bucket->capacity <= FEW_KEYS)
        bucket->keys = memory_grow(bucket->keys, bucket->capacity, sizeof *bucket->keys);
    else
        bucket->keys = memory_grow_aligned(bucket->keys, old_bytes, bucket->capacity * sizeof *bucket->keys);
}

void radix_keep_first(struct radix *radix, int index, size_t count)
{
    radix->count -= radix->buckets[index].count - count;
    radix->buckets[index].count = count;
    if (count == 0)
        radix->filled &= ~(UINT64_C(1) << index);
}

static struct radix_bucket empty(struct radix *radix, int index)
{
    struct radix_bucket taken = radix->buckets[index];
    radix_keep_first(radix, index, 0);
    return taken;
}

/* What is large gives its memory back: else each bucket would keep what the most of its bit have ever taken.
 */
static void split(struct radix *radix, int index)
{
    enum { KEEPS_MOST = 1024 };
    struct radix_bucket taken = empty(radix, index);
    for (size_t i = 0; i < taken.count; i++)
        radix_push(radix, taken.keys[i]);
    if (taken.capacity <= KEEPS_MOST)
        return;
    free(taken.keys);
    radix->buckets[index] = (struct radix_bucket){0};
}

static uint64_t differing_bits(const struct radix_bucket *bucket)
{
    event_key differs = 0;
    for (size_t i = 1; i < bucket->count; i++)
        differs |= bucket->keys[i] ^ bucket->keys[0];
    return (uint64_t)(differs >> 64);
}

static uint64_t width_of(int index)
{
    return index ? UINT64_C(1) << (index - 1) : 1;
}

/* Many keys are split by the first bit in which they differ, whatever they share: ties are never split. */
struct radix_bucket radix_take(struct radix *radix, size_t most, uint64_t *end)
{
    for (;;) {
        int index = __builtin_ctzll(radix->filled);
        const struct radix_bucket *bucket = &radix->buckets[index];
        bool few = bucket->count <= most;
        uint64_t differs = few ? 0 : differing_bits(bucket);
        uint64_t width = width_of(few ? index : radix_index(differs) + 1);
        radix->base = (uint64_t)(bucket->keys[0] >> 64) & -width;
        *end = radix->base + width;
        if (!differs)
            return empty(radix, index);
        split(radix, index);
    }
}

size_t radix_memory_bytes(const struct radix *radix)
{
    size_t capacity = 0;
    for (int i = 0; i < RADIX_BUCKETS; i++)
        capacity += radix->buckets[i].capacity;
    return capacity * sizeof(event_key);
}
