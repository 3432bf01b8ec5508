#include "models/settings/ask_order.h"
#include "sim/engine/param.h"
#include <string.h>

/* The asks of each member, one behind the other: those of member m are `asks[first[m]..first[m + 1])`. */
struct asks_by_member {
    size_t *first;
    const struct ask **asks;
};

static struct asks_by_member by_member(struct arena *arena, const struct ask *asks, size_t ask_count,
                                       uint32_t count)
{
    struct asks_by_member sorted = {arena_array(arena, (size_t)count + 2, sizeof *sorted.first),
                                    arena_array(arena, ask_count, sizeof *sorted.asks)};
    for (size_t i = 0; i < ask_count; i++)
        sorted.first[asks[i].by + 2]++;
    for (uint32_t m = 0; m < count; m++)
        sorted.first[m + 2] += sorted.first[m + 1];
    for (size_t i = 0; i < ask_count; i++)
        sorted.asks[sorted.first[asks[i].by + 1]++] = &asks[i];
    return sorted;
}

uint32_t ask_order(struct arena *arena, const struct ask *asks, size_t ask_count, uint32_t count,
                   uint32_t *order)
{
    struct asks_by_member sorted = by_member(arena, asks, ask_count, count);
    size_t *waits_for = arena_array(arena, (size_t)count + 1, sizeof *waits_for);
    uint32_t placed = 0;
    for (size_t i = 0; i < ask_count; i++)
        waits_for[asks[i].of]++;
    for (uint32_t m = 0; m < count; m++)
        if (!waits_for[m])
            order[placed++] = m;
    for (uint32_t next = 0; next < placed; next++)
        for (size_t i = sorted.first[order[next]]; i < sorted.first[order[next] + 1]; i++)
            if (--waits_for[sorted.asks[i]->of] == 0)
                order[placed++] = sorted.asks[i]->of;
    return placed;
}

/* The least of those that are connected to it so far; ways to it get shorter. */
static uint32_t least_of(uint32_t *label, uint32_t member)
{
    while (label[member] != member) {
        label[member] = label[label[member]];
        member = label[member];
    }
    return member;
}

void ask_label(const struct ask *asks, size_t ask_count, uint32_t count, uint32_t *label)
{
    for (uint32_t m = 0; m < count; m++)
        label[m] = m;
    for (size_t i = 0; i < ask_count; i++) {
        uint32_t by = least_of(label, asks[i].by), of = least_of(label, asks[i].of);
        label[by > of ? by : of] = by > of ? of : by;
    }
    for (uint32_t m = 0; m < count; m++)
        label[m] = least_of(label, m);
}

static int64_t capped(__int128 value, int64_t most)
{
    return value <= most ? (int64_t)value : most + 1;
}

void ask_fan_out(struct arena *arena, const struct ask *asks, size_t ask_count, uint32_t count,
                 const uint32_t *order, const bool *asked_outside, int64_t most, int64_t *times)
{
    struct asks_by_member sorted = by_member(arena, asks, ask_count, count);
    for (uint32_t m = 0; m < count; m++)
        times[m] = asked_outside[m] ? MILLION : 0;
    for (uint32_t next = 0; next < count; next++)
        for (size_t i = sorted.first[order[next]]; i < sorted.first[order[next] + 1]; i++) {
            const struct ask *ask = sorted.asks[i];
            __int128 more = ((__int128)times[ask->by] * ask->share + MILLION - 1) / MILLION;
            times[ask->of] = capped(times[ask->of] + more, most);
        }
}
