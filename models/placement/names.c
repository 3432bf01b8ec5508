#include "models/placement/names.h"
#include "sim/engine/rng.h"
#include <stdlib.h>
#include <string.h>

void names_init(struct names *names, struct arena *arena)
{
    *names = (struct names){.arena = arena};
}

void names_free(struct names *names)
{
    free(names->texts);
    free(names->slots);
}

/* The slot that holds the text, or the free one where it belongs. */
static uint32_t slot_of(const struct names *names, const char *text)
{
    uint32_t mask = names->slot_count - 1;
    uint32_t slot = (uint32_t)rng_name(text) & mask;
    while (names->slots[slot] != 0 && strcmp(names->texts[names->slots[slot] - 1], text) != 0)
        slot = (slot + 1) & mask;
    return slot;
}

uint32_t names_find(const struct names *names, const char *text)
{
    return names->count == 0 ? NAMES_NONE : names->slots[slot_of(names, text)] - 1;
}

static void grow(struct names *names)
{
    names->slot_count = names->slot_count ? 2 * names->slot_count : 16;
    names->texts = memory_grow(names->texts, names->slot_count / 2, sizeof *names->texts);
    names->slots = memory_grow(names->slots, names->slot_count, sizeof *names->slots);
    memset(names->slots, 0, names->slot_count * sizeof *names->slots);
    for (uint32_t number = 0; number < names->count; number++)
        names->slots[slot_of(names, names->texts[number])] = number + 1;
}

uint32_t names_number(struct names *names, const char *text)
{
    uint32_t known = names_find(names, text);
    if (known != NAMES_NONE)
        return known;
    if (names->count == names->slot_count / 2)
        grow(names);
    names->texts[names->count] = arena_text(names->arena, text);
    names->slots[slot_of(names, text)] = names->count + 1;
    return names->count++;
}
