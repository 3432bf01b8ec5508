#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include <limits.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ALIGNMENT = 16, BLOCK_BYTES = 64 * 1024, CACHE_LINE = 64, LARGE_PAGE = 2 * 1024 * 1024 };

struct block {
    struct block *next;
    size_t used, size;
    _Alignas(ALIGNMENT) char bytes[];
};

struct arena {
    struct block *blocks; /* the first is the one being filled */
    size_t bytes;         /* of all blocks */
};

struct arena *arena_new(void)
{
    return memory_alloc(sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
    if (!arena)
        return;
    for (struct block *block = arena->blocks, *next; block; block = next) {
        next = block->next;
        free(block);
    }
    free(arena);
}

/* A page that is touched for the first time costs a fault, as much as the work on what is in it: what fills a
 * good part of a large page has one, where the machine does. */
static void *memory_aligned(size_t bytes)
{
    size_t alignment = bytes < LARGE_PAGE / 4 ? CACHE_LINE : LARGE_PAGE;
    size_t whole = (bytes + alignment - 1) / alignment * alignment; /* as aligned_alloc() asks */
    void *memory = aligned_alloc(alignment, whole);
    if (!memory)
        machine_failed("out of memory: %zu bytes were asked for", bytes);
    if (alignment == LARGE_PAGE)
        madvise(memory, whole, MADV_HUGEPAGE);
    return memory;
}

static struct block *block_new(struct arena *arena, size_t size)
{
    size_t bytes = sizeof(struct block) + size;
    struct block *block =
        bytes % LARGE_PAGE == 0 ? memset(memory_aligned(bytes), 0, bytes) : memory_alloc(bytes);
    block->size = size;
    arena->bytes += bytes;
    return block;
}

/* Small ones while the arena is small. */
static size_t block_size(const struct arena *arena)
{
    return (arena->bytes < LARGE_PAGE / 4 ? BLOCK_BYTES : LARGE_PAGE) - sizeof(struct block);
}

/* That of what fills at least half of a large page, up to the end of its last. */
static size_t whole_pages(size_t size)
{
    size_t bytes = sizeof(struct block) + size;
    if (bytes < LARGE_PAGE / 2 || bytes > SIZE_MAX - LARGE_PAGE)
        return size;
    return (bytes + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE - sizeof(struct block);
}

/* What is large gets a block of its own behind the first, so that the first goes on being filled. */
static void *alloc_large(struct arena *arena, size_t size)
{
    struct block *block = block_new(arena, whole_pages(size));
    block->used = size;
    if (arena->blocks) {
        block->next = arena->blocks->next;
        arena->blocks->next = block;
    } else {
        arena->blocks = block;
    }
    return block->bytes;
}

static size_t aligned(size_t size, size_t alignment)
{
    return (size + alignment - 1) & ~(alignment - 1);
}

static void *alloc_aligned(struct arena *arena, size_t size, size_t alignment)
{
    if (size > block_size(arena) / 4)
        return alloc_large(arena, size);
    struct block *block = arena->blocks;
    size_t at = block ? aligned(block->used, alignment) : 0;
    if (!block || at + size > block->size) {
        block = block_new(arena, block_size(arena));
        block->next = arena->blocks;
        arena->blocks = block;
        at = 0;
    }
    block->used = at + size;
    return block->bytes + at;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    return alloc_aligned(arena, size, ALIGNMENT);
}

void *arena_pack(struct arena *arena, size_t size)
{
    return alloc_aligned(arena, size, sizeof(uint64_t));
}

static size_t product(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes))
        machine_failed("out of memory: %zu elements of %zu bytes were asked for", count, size);
    return bytes;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    return arena_alloc(arena, product(count, size));
}

char *arena_copy(struct arena *arena, const char *bytes, size_t length)
{
    char *copy = arena_alloc(arena, length + 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *arena_text(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    char first_try[256]; /* most texts fit: the length need not be found out before */
    int length = vsnprintf(first_try, sizeof first_try, format, arguments);
    CHECK(length >= 0);
    char *text = arena_alloc(arena, (size_t)length + 1);
    if ((size_t)length < sizeof first_try)
        memcpy(text, first_try, (size_t)length);
    else
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

void *memory_alloc(size_t size)
{
    void *memory = calloc(1, size ? size : 1);
    if (!memory)
        machine_failed("out of memory: %zu bytes were asked for", size);
    return memory;
}

void *memory_grow_aligned(void *old, size_t old_bytes, size_t bytes)
{
    void *memory = memory_aligned(bytes);
    if (old_bytes > 0)
        memcpy(memory, old, old_bytes);
    free(old);
    return memory;
}

void *memory_grow(void *old, size_t count, size_t size)
{
    size_t bytes = product(count, size);
    void *memory = realloc(old, bytes ? bytes : 1);
    if (!memory)
        machine_failed("out of memory: %zu bytes were asked for", bytes);
    return memory;
}

void memory_keep(void)
{
    enum { LARGEST_SHARED = 32 * 1024 * 1024, NEVER = INT_MAX };
    mallopt(M_MMAP_THRESHOLD, LARGEST_SHARED);
    mallopt(M_TRIM_THRESHOLD, NEVER);
}
