#include "sim/engine/param.h"
#include "sim/engine/text.h"
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int lower(char character)
{
    return tolower((unsigned char)character);
}

const struct variant *catalogue_find(const struct catalogue *catalogue, const char *name)
{
    if (!*name)
        return NULL;
    for (const struct variant *const *variant = catalogue->variants; *variant; variant++)
        if (lower((*variant)->name[0]) == lower(name[0]) && strcmp((*variant)->name + 1, name + 1) == 0)
            return *variant;
    return NULL;
}

bool texts_are_same(const struct list *a, const struct list *b)
{
    size_t count = a ? a->count : 0;
    if (count != (b ? b->count : 0))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!text_is_same(((const char *const *)a->items)[i], ((const char *const *)b->items)[i]))
            return false;
    return true;
}

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One row of the table of distances between beginnings: rows[0] is to be filled for the beginning of `a` that
 * ends at row, rows[1] and rows[2] are those before. A swap of neighbours counts as one edit. Returns the
 * least of the row. */
static size_t fill_row(size_t *const rows[3], const char *a, size_t row, const char *b)
{
    size_t least = rows[0][0] = row;
    for (size_t column = 1; b[column - 1]; column++) {
        bool differ = lower(a[row - 1]) != lower(b[column - 1]);
        size_t best =
            least_of(least_of(rows[0][column - 1], rows[1][column]) + 1, rows[1][column - 1] + differ);
        bool swapped = row > 1 && column > 1 && lower(a[row - 1]) == lower(b[column - 2]) &&
                       lower(a[row - 2]) == lower(b[column - 1]);
        rows[0][column] = swapped ? least_of(best, rows[2][column - 2] + 1) : best;
        least = least_of(least, rows[0][column]);
    }
    return least;
}

/* The distance, where it is at most `most`: once two rows are beyond it, all that follow are. */
static size_t distance_within(const char *a, const char *b, size_t most)
{
    size_t width = strlen(b) + 1, least = 0, before = 0;
    size_t *memory = memory_alloc(3 * width * sizeof *memory);
    size_t *rows[3] = {memory, memory + width, memory + 2 * width};
    for (size_t column = 0; column < width; column++)
        rows[0][column] = column;
    for (size_t row = 1; a[row - 1] && least_of(least, before) <= most; row++) {
        size_t *oldest = rows[2];
        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        before = least;
        least = fill_row(rows, a, row, b);
    }
    size_t distance = least_of(least, before) <= most ? rows[0][width - 1] : SIZE_MAX;
    free(memory);
    return distance;
}

size_t edit_distance(const char *a, const char *b)
{
    return distance_within(a, b, SIZE_MAX);
}

/* What is sought, and how often it has each letter: a letter that the other lacks is an edit at least. */
struct sought {
    const char *name;
    size_t length;
    int counts[UCHAR_MAX + 1];
};

static struct sought seek(const char *name)
{
    struct sought sought = {.name = name, .length = strlen(name)};
    for (; *name; name++)
        sought.counts[lower(*name)]++;
    return sought;
}

static size_t common_letters(struct sought *sought, const char *candidate)
{
    size_t common = 0;
    for (const char *letter = candidate; *letter; letter++)
        common += sought->counts[lower(*letter)]-- > 0;
    for (const char *letter = candidate; *letter; letter++)
        sought->counts[lower(*letter)]++;
    return common;
}

/* Similar enough: a third of the letters may differ, or the rest of the name was left out. The distance then,
 * if it is less than `least`; else something that is not. */
static size_t similar_distance(struct sought *sought, const char *candidate, size_t least)
{
    size_t length = strlen(candidate), longer = length > sought->length ? length : sought->length;
    size_t shorter = least_of(length, sought->length), most = least_of(longer / 3, least - 1);
    if (sought->length >= 4 && strncasecmp(sought->name, candidate, sought->length) == 0)
        return longer - shorter;
    if (longer - shorter > most || longer - common_letters(sought, candidate) > most)
        return SIZE_MAX;
    size_t distance = distance_within(sought->name, candidate, most);
    return distance <= most ? distance : SIZE_MAX;
}

const char *nearest_name(const char *name, const char *const *names)
{
    struct sought sought = seek(name);
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (; *names && least > 0; names++) {
        size_t distance = similar_distance(&sought, *names, least);
        if (distance < least) {
            least = distance;
            nearest = *names;
        }
    }
    return nearest;
}
