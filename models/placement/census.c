#include "models/placement/census.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

enum { WORD_BITS = 64, FIRST_WORDS = 4 };
#define ONE_LESS UINT32_MAX /* as unsigned numbers wrap */

void census_free(struct census *census)
{
    free(census->words);
    free(census->sums);
    *census = (struct census){0};
}

static void make_room(struct census *census, size_t word)
{
    size_t before = census->capacity, after = before ? before : FIRST_WORDS;
    if (word < before)
        return;
    while (after <= word)
        after *= 2;
    census->words = memory_grow(census->words, after, sizeof *census->words);
    census->sums = memory_grow(census->sums, after + 1, sizeof *census->sums);
    memset(census->words + before, 0, (after - before) * sizeof *census->words);
    memset(census->sums + before + 1, 0, (after - before) * sizeof *census->sums);
    census->capacity = after;
    for (size_t words = 2 * before; before && words <= after; words *= 2)
        census->sums[words] = census->count;
}

/* Whether that is new. */
static bool mark(struct census *census, uint32_t instance, bool belongs)
{
    uint64_t *word = &census->words[instance / WORD_BITS], bit = UINT64_C(1) << instance % WORD_BITS;
    if (belongs == ((*word & bit) != 0))
        return false;
    *word ^= bit;
    census->count += belongs ? 1 : ONE_LESS;
    return true;
}

void census_set(struct census *census, uint32_t instance, bool belongs)
{
    make_room(census, instance / WORD_BITS);
    if (!mark(census, instance, belongs))
        return;
    for (size_t i = instance / WORD_BITS + 1; i <= census->capacity; i += i & -i)
        census->sums[i] += belongs ? 1 : ONE_LESS;
}

void census_mark(struct census *census, uint32_t instance)
{
    make_room(census, instance / WORD_BITS);
    mark(census, instance, true);
}

void census_sum(struct census *census)
{
    if (census->capacity)
        memset(census->sums, 0, (census->capacity + 1) * sizeof *census->sums);
    for (size_t i = 1; i <= census->capacity; i++) {
        size_t next = i + (i & -i);
        census->sums[i] += (uint32_t)__builtin_popcountll(census->words[i - 1]);
        if (next <= census->capacity)
            census->sums[next] += census->sums[i];
    }
}

uint32_t census_nth(const struct census *census, uint32_t nth)
{
    CHECK(nth < census->count);
    size_t word = 0;
    for (size_t step = census->capacity / 2; step; step /= 2)
        if (census->sums[word + step] <= nth) {
            word += step;
            nth -= census->sums[word];
        }
    uint64_t bits = census->words[word];
    for (; nth > 0; nth--)
        bits &= bits - 1;
    return (uint32_t)(word * WORD_BITS) + (uint32_t)__builtin_ctzll(bits);
}
