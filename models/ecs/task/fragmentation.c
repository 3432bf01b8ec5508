#include "models/ecs/task/fragmentation.h"
#include <stdbool.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    static const int order[RESOURCE_KINDS] = {OF_GPUS, OF_CPU, OF_MEMORY};
    const struct asked_size *one = a, *other = b;
    for (int i = 0; i < RESOURCE_KINDS; i++) {
        int64_t left = one->size.of[order[i]], right = other->size.of[order[i]];
        if (left != right)
            return left < right ? -1 : 1;
    }
    return 0;
}

/* Equal ones stand next to each other. */
static size_t merge(struct asked_size *sizes, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (kept && !compare(&sizes[kept - 1], &sizes[i]))
            sizes[kept - 1].tasks += sizes[i].tasks;
        else
            sizes[kept++] = sizes[i];
    return kept;
}

static int64_t sum_of_tasks(const struct asked_size *sizes, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += sizes[i].tasks;
    return sum;
}

/* Part after part, the size of the task in its middle. */
static size_t thin_out(struct asked_size *sizes, size_t count)
{
    int64_t tasks = sum_of_tasks(sizes, count), passed = 0, parts = 0;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t before = parts;
        passed += sizes[i].tasks;
        while (parts < MOST_TYPICAL_SIZES && (2 * parts + 1) * tasks / (2 * MOST_TYPICAL_SIZES) < passed)
            parts++;
        if (parts > before)
            sizes[kept++] = (struct asked_size){sizes[i].size, parts - before};
    }
    return kept;
}

struct typical_sizes typical_sizes_of(struct asked_size *sizes, size_t count)
{
    if (count)
        qsort(sizes, count, sizeof *sizes, compare);
    count = merge(sizes, count);
    if (count > MOST_TYPICAL_SIZES)
        count = thin_out(sizes, count);
    struct typical_sizes typical = {.items = sizes, .count = count};
    for (size_t i = 0; i < count; i++)
        for (int kind = 0; kind < RESOURCE_KINDS; kind++)
            typical.asking.of[kind] += sizes[i].size.of[kind] ? sizes[i].tasks : 0;
    return typical;
}

struct amounts typical_sizes_left_out(const struct typical_sizes *typical, const struct amounts *free)
{
    struct amounts left_out = {0};
    for (size_t i = 0; i < typical->count; i++) {
        const struct asked_size *each = &typical->items[i];
        bool fits = true;
        for (int kind = 0; kind < RESOURCE_KINDS; kind++)
            fits &= each->size.of[kind] <= free->of[kind];
        for (int kind = 0; kind < RESOURCE_KINDS; kind++)
            left_out.of[kind] += !fits && each->size.of[kind] ? each->tasks : 0;
    }
    return left_out;
}
