#include "models/placement/numbers.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

void numbers_free(struct numbers *numbers)
{
    free(numbers->items);
    *numbers = (struct numbers){0};
}

static void grow(struct numbers *numbers)
{
    enum { FIRST_CAPACITY = 16, FIRST_SHIFT = 63 };
    struct numbers before = *numbers;
    numbers->capacity = before.capacity ? 2 * before.capacity : FIRST_CAPACITY;
    numbers->shift = before.capacity ? before.shift - 1 : FIRST_SHIFT;
    size_t bytes = numbers->capacity * sizeof *numbers->items;
    numbers->items = memset(memory_grow_aligned(NULL, 0, bytes), 0, bytes);
    for (uint32_t i = 0; i < before.capacity; i++)
        if (before.items[i].value)
            *numbers_find(numbers, before.items[i].instance) = before.items[i];
    free(before.items);
}

/* Those behind the gap move up, unless it is before their home. */
static void close_gap(struct numbers *numbers, uint32_t gap)
{
    uint32_t mask = numbers->capacity - 1;
    for (uint32_t at = (gap + 1) & mask; numbers->items[at].value; at = (at + 1) & mask) {
        uint32_t home = numbers_home(numbers, numbers->items[at].instance);
        if (((at - home) & mask) < ((at - gap) & mask))
            continue;
        numbers->items[gap] = numbers->items[at];
        gap = at;
    }
    numbers->items[gap].value = 0;
}

static struct number *find_or_grow(struct numbers *numbers, uint32_t instance)
{
    if (2 * numbers->count >= numbers->capacity)
        grow(numbers);
    return numbers_find(numbers, instance);
}

static void put(struct numbers *numbers, struct number *item, struct number number)
{
    numbers->count += (number.value > 0) - (item->value > 0);
    if (number.value)
        *item = number;
    else if (item->value)
        close_gap(numbers, (uint32_t)(item - numbers->items));
}

void numbers_set(struct numbers *numbers, uint32_t instance, uint32_t value)
{
    put(numbers, find_or_grow(numbers, instance), (struct number){instance, value});
}

int64_t numbers_add(struct numbers *numbers, uint32_t instance, int change)
{
    struct number *item = find_or_grow(numbers, instance);
    int64_t after = (int64_t)item->value + change;
    CHECK(after >= 0 && after <= UINT32_MAX);
    put(numbers, item, (struct number){instance, (uint32_t)after});
    return after;
}
