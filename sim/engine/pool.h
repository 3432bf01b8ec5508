/* A pool of equal elements that come and go. Elements never move, so a pointer is good until the element is
 * given back; a reference is good for ever: once the element is gone it finds nothing. Events name their
 * subject by reference.
 *
 * References are (generation, index) and depend only on the order of takes and gives, so they may enter a
 * fingerprint. 0 is no reference. A new element is zeroed. */
#ifndef SIM_ENGINE_POOL_H
#define SIM_ENGINE_POOL_H

#include <stddef.h>
#include <stdint.h>

typedef uint64_t pool_ref;

struct arena;

struct pool {
    size_t element_size;
    struct arena *arena; /* of the blocks */
    char **blocks;       /* of POOL_BLOCK elements each */
    uint32_t *generations;
    uint32_t *free_next;
    uint32_t free_head;
    uint32_t used; /* indices handed out so far */
    uint32_t alive;
    uint32_t block_count;
    uint32_t block_capacity;
};

void pool_init(struct pool *, size_t element_size);
void pool_free(struct pool *);

void *pool_take(struct pool *, pool_ref *ref);
void pool_give(struct pool *, pool_ref ref);        /* must be alive */
void *pool_find(const struct pool *, pool_ref ref); /* NULL if it is gone */

#endif
