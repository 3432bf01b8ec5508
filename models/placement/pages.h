/* Small numbers by instance, 0 where none was set: memory follows the instances that have one. */
#ifndef MODELS_PLACEMENT_PAGES_H
#define MODELS_PLACEMENT_PAGES_H

#include <stddef.h>
#include <stdint.h>

/* A page fills a cache line: instances that are drawn at random are on pages of their own. */
enum { PAGE_BITS = 4, PAGE_ITEMS = 1 << PAGE_BITS };

struct pages {
    uint32_t **items; /* NULL: a page of zeros */
    size_t count;
};

void pages_free(struct pages *);

static inline uint32_t pages_get(const struct pages *pages, uint32_t instance)
{
    size_t page = instance >> PAGE_BITS;
    const uint32_t *items = page < pages->count ? pages->items[page] : NULL;
    return items ? items[instance % PAGE_ITEMS] : 0;
}

/* To set it; good until the pages are freed. */
uint32_t *pages_at(struct pages *, uint32_t instance);

/* The first instance from `from` on that has a number, UINT32_MAX if none has. */
uint32_t pages_next(const struct pages *, uint32_t from);

#endif
