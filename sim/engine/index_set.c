#include "sim/engine/index_set.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

void index_set_init(struct index_set *set, struct arena *arena, uint32_t limit)
{
    *set = (struct index_set){
        .members = arena_array(arena, limit + 1, sizeof *set->members),
        .has = arena_array(arena, limit + 1, sizeof *set->has),
        .limit = limit,
    };
}

void index_set_add(struct index_set *set, uint32_t member)
{
    CHECK(member < set->limit);
    if (set->has[member])
        return;
    set->has[member] = true;
    set->members[set->count++] = member;
}

static int ascending(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool are_in_order(const uint32_t *members, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (members[i] < members[i - 1])
            return false;
    return true;
}

/* Most often there is one, or they were touched in order; qsort() takes its time even then. */
uint32_t index_set_take_some(struct index_set *set, uint32_t *out)
{
    uint32_t count = set->count;
    if (!are_in_order(set->members, count))
        qsort(set->members, count, sizeof *set->members, ascending);
    for (uint32_t i = 0; i < count; i++) {
        out[i] = set->members[i];
        set->has[out[i]] = false;
    }
    set->count = 0;
    return count;
}
