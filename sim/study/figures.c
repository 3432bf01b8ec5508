#include "sim/study/figures.h"
#include "sim/engine/arena.h"
#include "sim/engine/hash.h"
#include <stdlib.h>
#include <string.h>

enum { DECIMALS = 9, FIRST_SLOTS = 256 };

struct name {
    const char *text;
    uint64_t hash;
};

struct figure_names {
    struct arena *arena;
    struct name *names;
    size_t count, capacity;
    uint32_t *slots; /* number + 1, by hash of the name, open addressing; 0: free */
    size_t slot_count;
};

static uint64_t hash_of(const char *name, size_t length)
{
    uint64_t hash = length;
    for (size_t i = 0; i < length; i++)
        hash = hash_fold(hash, (unsigned char)name[i]);
    return hash;
}

static bool is_name(const char *known, const char *name, size_t length)
{
    return strlen(known) == length && memcmp(known, name, length) == 0;
}

static size_t find_slot(const struct figure_names *names, const char *name, size_t length)
{
    size_t slot = (size_t)hash_of(name, length) & (names->slot_count - 1);
    while (names->slots[slot] && !is_name(names->names[names->slots[slot] - 1].text, name, length))
        slot = (slot + 1) & (names->slot_count - 1);
    return slot;
}

static void make_slots(struct figure_names *names, size_t count)
{
    free(names->slots);
    names->slots = memory_grow(NULL, count, sizeof *names->slots);
    memset(names->slots, 0, count * sizeof *names->slots);
    names->slot_count = count;
    for (size_t i = 0; i < names->count; i++)
        names->slots[find_slot(names, names->names[i].text, strlen(names->names[i].text))] = (uint32_t)i + 1;
}

struct figure_names *figure_names_new(void)
{
    struct figure_names *names = memory_alloc(sizeof *names);
    *names = (struct figure_names){.arena = arena_new()};
    make_slots(names, FIRST_SLOTS);
    return names;
}

void figure_names_free(struct figure_names *names)
{
    arena_free(names->arena);
    free(names->names);
    free(names->slots);
    free(names);
}

static uint32_t add_name(struct figure_names *names, const char *name)
{
    if (names->count == names->capacity) {
        names->capacity = names->capacity ? 2 * names->capacity : FIRST_SLOTS;
        names->names = memory_grow(names->names, names->capacity, sizeof *names->names);
    }
    names->names[names->count++] = (struct name){name, hash_of(name, strlen(name))};
    if (2 * names->count > names->slot_count)
        make_slots(names, 2 * names->slot_count);
    else
        names->slots[find_slot(names, name, strlen(name))] = (uint32_t)names->count;
    return (uint32_t)names->count - 1;
}

uint32_t figure_name_of(struct figure_names *names, const char *name, size_t length)
{
    uint32_t entry = names->slots[find_slot(names, name, length)];
    return entry ? entry - 1 : add_name(names, arena_copy(names->arena, name, length));
}

bool figure_name_find(const struct figure_names *names, const char *name, uint32_t *number)
{
    uint32_t entry = names->slots[find_slot(names, name, strlen(name))];
    *number = entry - 1;
    return entry != 0;
}

const char *figure_name(const struct figure_names *names, uint32_t number)
{
    return names->names[number].text;
}

uint64_t figure_name_hash(const struct figure_names *names, uint32_t number)
{
    return names->names[number].hash;
}

size_t figure_names_count(const struct figure_names *names)
{
    return names->count;
}

/* Takes digits into *value, each worth a tenth of the one before; false if it overflows. */
static bool take_digits(const char **at, int64_t *value, int *taken)
{
    for (*taken = 0; **at >= '0' && **at <= '9'; (*at)++, (*taken)++)
        if (__builtin_mul_overflow(*value, 10, value) || __builtin_add_overflow(*value, **at - '0', value))
            return false;
    return true;
}

bool figure_number(const char *text, int64_t *billionths)
{
    bool negative = *text == '-';
    int64_t value = 0;
    int whole, decimals = 0;
    if (!strcmp(text, "true") || !strcmp(text, "false")) {
        *billionths = *text == 't' ? 1000000000 : 0;
        return true;
    }
    text += negative;
    if (!take_digits(&text, &value, &whole) || whole == 0)
        return false;
    if (*text == '.' && (text++, !take_digits(&text, &value, &decimals) || decimals == 0))
        return false;
    if (*text || decimals > DECIMALS)
        return false;
    for (; decimals < DECIMALS; decimals++)
        if (__builtin_mul_overflow(value, 10, &value))
            return false;
    *billionths = negative ? -value : value;
    return true;
}

bool figure_is_below(const char *name, const char *path)
{
    size_t length = strlen(path);
    return !strncmp(name, path, length) && strchr(".[", name[length]); /* or the end */
}
