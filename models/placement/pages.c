#include "models/placement/pages.h"
#include "sim/engine/arena.h"
#include <stdlib.h>
#include <string.h>

void pages_free(struct pages *pages)
{
    for (size_t page = 0; page < pages->count; page++)
        free(pages->items[page]);
    free(pages->items);
    *pages = (struct pages){0};
}

static void make_room(struct pages *pages, size_t page)
{
    size_t count = 2 * page + 4;
    pages->items = memory_grow(pages->items, count, sizeof *pages->items);
    for (size_t i = pages->count; i < count; i++)
        pages->items[i] = NULL;
    pages->count = count;
}

uint32_t *pages_at(struct pages *pages, uint32_t instance)
{
    size_t page = instance >> PAGE_BITS;
    if (page >= pages->count)
        make_room(pages, page);
    if (!pages->items[page]) {
        pages->items[page] = memory_alloc(PAGE_ITEMS * sizeof **pages->items);
        memset(pages->items[page], 0, PAGE_ITEMS * sizeof **pages->items);
    }
    return &pages->items[page][instance % PAGE_ITEMS];
}

uint32_t pages_next(const struct pages *pages, uint32_t from)
{
    uint64_t instance = from;
    while (instance >> PAGE_BITS < pages->count) {
        const uint32_t *items = pages->items[instance >> PAGE_BITS];
        if (items && items[instance % PAGE_ITEMS])
            return (uint32_t)instance;
        instance = items ? instance + 1 : ((instance >> PAGE_BITS) + 1) << PAGE_BITS;
    }
    return UINT32_MAX;
}
