#include "sim/engine/pool.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

/* Invariant: generations[i] is that of the living element i, or the one that the next taker of i will get. It
 * starts at 1, so that no reference is 0. Free lists hold index + 1, and 0 at the end. */
enum { POOL_BLOCK = 256, ALIGNMENT = 16 };

static pool_ref ref_of(uint32_t generation, uint32_t index)
{
    return (pool_ref)generation << 32 | index;
}

static uint32_t index_of(pool_ref ref)
{
    return (uint32_t)ref;
}

void pool_init(struct pool *pool, size_t element_size)
{
    size_t rounded = (element_size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    *pool = (struct pool){.element_size = rounded};
}

void pool_free(struct pool *pool)
{
    arena_free(pool->arena);
    free(pool->blocks);
    free(pool->generations);
    free(pool->free_next);
    *pool = (struct pool){.element_size = pool->element_size};
}

static void *element_at(const struct pool *pool, uint32_t index)
{
    return pool->blocks[index / POOL_BLOCK] + (index % POOL_BLOCK) * pool->element_size;
}

/* Doubled: to grow by a block at a time would copy them all for each. */
static void grow_tables(struct pool *pool)
{
    size_t count = pool->block_capacity ? 2 * (size_t)pool->block_capacity : 1;
    pool->blocks = memory_grow(pool->blocks, count, sizeof *pool->blocks);
    pool->generations = memory_grow(pool->generations, count * POOL_BLOCK, sizeof *pool->generations);
    pool->free_next = memory_grow(pool->free_next, count * POOL_BLOCK, sizeof *pool->free_next);
    pool->block_capacity = (uint32_t)count;
}

static void add_block(struct pool *pool)
{
    CHECK(pool->used <= UINT32_MAX - POOL_BLOCK);
    if (!pool->arena)
        pool->arena = arena_new();
    if (pool->block_count == pool->block_capacity)
        grow_tables(pool);
    pool->blocks[pool->block_count++] = arena_array(pool->arena, POOL_BLOCK, pool->element_size);
}

static uint32_t new_index(struct pool *pool)
{
    if (pool->used == pool->block_count * POOL_BLOCK)
        add_block(pool);
    pool->generations[pool->used] = 1;
    return pool->used++;
}

static uint32_t free_index(struct pool *pool)
{
    uint32_t index = pool->free_head - 1;
    pool->free_head = pool->free_next[index];
    return index;
}

void *pool_take(struct pool *pool, pool_ref *ref)
{
    uint32_t index = pool->free_head ? free_index(pool) : new_index(pool);
    void *element = element_at(pool, index);
    memset(element, 0, pool->element_size);
    pool->alive++;
    *ref = ref_of(pool->generations[index], index);
    return element;
}

void pool_give(struct pool *pool, pool_ref ref)
{
    CHECK(pool_find(pool, ref));
    uint32_t index = index_of(ref);
    pool->alive--;
    /* An index whose generations are used up rests for ever: references never repeat. */
    if (++pool->generations[index] == 0)
        return;
    pool->free_next[index] = pool->free_head;
    pool->free_head = index + 1;
}

void *pool_find(const struct pool *pool, pool_ref ref)
{
    uint32_t index = index_of(ref);
    if (ref == 0 || index >= pool->used || ref_of(pool->generations[index], index) != ref)
        return NULL;
    return element_at(pool, index);
}
