#include "models/ecs/task/resized_definition.h"
#include "models/ecs/task/task_definition.h"
#include <stdlib.h>
#include <string.h>

struct resized {
    const struct task_definition *base;
    struct task_size size;
    const struct task_definition *definition;
};

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* By revision: all are of one family. */
static int compare(const struct resized *one, const struct task_definition *base,
                   const struct task_size *size)
{
    int by_base = order(one->base->settings->revision, base->settings->revision);
    int by_cpu = order(one->size.cpu, size->cpu), by_memory = order(one->size.memory_mib, size->memory_mib);
    return by_base ? by_base : by_cpu ? by_cpu : by_memory ? by_memory : order(one->size.gpus, size->gpus);
}

/* How many are less. */
static size_t find_place(const struct resized_definitions *all, const struct task_definition *base,
                         const struct task_size *size)
{
    size_t low = 0, high = all->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&all->items[middle], base, size) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

const struct task_definition *definition_of_size(struct world *world, struct resized_definitions *all,
                                                 const struct task_definition *base,
                                                 const struct task_size *size)
{
    if (!task_size_given(size))
        return base;
    size_t place = find_place(all, base, size);
    if (place < all->count && !compare(&all->items[place], base, size))
        return all->items[place].definition;
    all->items = memory_grow(all->items, all->count + 1, sizeof *all->items);
    struct resized *entry = &all->items[place];
    memmove(entry + 1, entry, (all->count++ - place) * sizeof *entry);
    *entry = (struct resized){base, *size, definition_resized(world, base, size)};
    return entry->definition;
}

void definitions_of_size_free(struct resized_definitions *all)
{
    free(all->items);
}
