#include "sim/study/figures.h"
#include "sim/engine/arena.h"
#include "sim/engine/hash.h"
#include "sim/engine/stats.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST_SLOTS = 256 };

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

/* A decimal as it is written: digits / 10^decimals. */
struct decimal {
    __int128 digits;
    int decimals;
};

/* Takes digits, each worth a tenth of the one before; false if there is none, or if they overflow. */
static bool take_digits(const char **at, __int128 *digits, int *taken)
{
    for (*taken = 0; **at >= '0' && **at <= '9'; (*at)++, (*taken)++)
        if (__builtin_mul_overflow(*digits, 10, digits) ||
            __builtin_add_overflow(*digits, **at - '0', digits))
            return false;
    return *taken > 0;
}

static bool read_decimal(const char *text, struct decimal *decimal)
{
    bool negative = *text == '-';
    int whole;
    *decimal = (struct decimal){.digits = !strcmp(text, "true")};
    if (decimal->digits || !strcmp(text, "false"))
        return true;
    text += negative;
    if (!take_digits(&text, &decimal->digits, &whole))
        return false;
    if (*text == '.' && (text++, !take_digits(&text, &decimal->digits, &decimal->decimals)))
        return false;
    if (negative)
        decimal->digits = -decimal->digits;
    return !*text;
}

static bool scale(struct decimal decimal, int decimals, int64_t *value)
{
    __int128 divisor = 1;
    for (; decimal.decimals < decimals; decimal.decimals++)
        if (__builtin_mul_overflow(decimal.digits, 10, &decimal.digits))
            return false;
    for (; decimal.decimals > decimals; decimal.decimals--)
        divisor *= 10;
    __int128 scaled = divide_to_nearest(decimal.digits, divisor);
    *value = (int64_t)scaled;
    return scaled >= -INT64_MAX && scaled <= INT64_MAX;
}

bool figure_number(const char *text, int64_t *billionths)
{
    struct decimal decimal;
    return read_decimal(text, &decimal) && decimal.decimals <= FIGURE_DECIMALS &&
           scale(decimal, FIGURE_DECIMALS, billionths);
}

bool figure_scaled(const char *text, int decimals, int64_t *value)
{
    struct decimal decimal;
    return read_decimal(text, &decimal) && scale(decimal, decimals, value);
}

bool figure_has_room(const char *text, int decimals)
{
    int64_t whole, most = INT64_MAX / 32;
    if (decimals == 0 || !figure_scaled(text, 0, &whole))
        return true;
    for (; decimals > 0; decimals--)
        most /= 10;
    return whole >= -most && whole <= most;
}

bool figure_is_below(const char *name, const char *path)
{
    size_t length = strlen(path);
    return !strncmp(name, path, length) && strchr(".[", name[length]); /* or the end */
}
