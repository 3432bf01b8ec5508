#include "sim/engine/param.h"
#include <ctype.h>
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

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* One row of the table of distances between beginnings: rows[0] is to be filled for the beginning of `a` that
 * ends at row, rows[1] and rows[2] are those before. A swap of neighbours counts as one edit. */
static void fill_row(size_t *const rows[3], const char *a, size_t row, const char *b)
{
    rows[0][0] = row;
    for (size_t column = 1; b[column - 1]; column++) {
        bool differ = lower(a[row - 1]) != lower(b[column - 1]);
        size_t best =
            least_of(least_of(rows[0][column - 1], rows[1][column]) + 1, rows[1][column - 1] + differ);
        bool swapped = row > 1 && column > 1 && lower(a[row - 1]) == lower(b[column - 2]) &&
                       lower(a[row - 2]) == lower(b[column - 1]);
        rows[0][column] = swapped ? least_of(best, rows[2][column - 2] + 1) : best;
    }
}

size_t edit_distance(const char *a, const char *b)
{
    size_t width = strlen(b) + 1;
    size_t *memory = memory_alloc(3 * width * sizeof *memory);
    size_t *rows[3] = {memory, memory + width, memory + 2 * width};
    for (size_t column = 0; column < width; column++)
        rows[0][column] = column;
    for (size_t row = 1; row <= strlen(a); row++) {
        size_t *oldest = rows[2];
        rows[2] = rows[1];
        rows[1] = rows[0];
        rows[0] = oldest;
        fill_row(rows, a, row, b);
    }
    size_t distance = rows[0][width - 1];
    free(memory);
    return distance;
}

/* Similar enough: a third of the letters may differ, or the rest of the name was left out. */
static bool is_similar(const char *name, const char *candidate, size_t distance)
{
    size_t length = strlen(name), other = strlen(candidate), longer = length > other ? length : other;
    bool beginning = length >= 4 && strncasecmp(name, candidate, length) == 0;
    return 3 * distance <= longer || beginning;
}

const char *nearest_name(const char *name, const char *const *names)
{
    const char *nearest = NULL;
    size_t least = SIZE_MAX;
    for (; *names; names++) {
        size_t distance = edit_distance(name, *names);
        if (distance < least && is_similar(name, *names, distance)) {
            least = distance;
            nearest = *names;
        }
    }
    return nearest;
}
