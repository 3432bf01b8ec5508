#include "sim/study/tolerance.h"
#include "sim/engine/param.h"
#include "sim/study/figures.h"
#include <string.h>

static bool read_amount(struct arena *arena, const char *text, struct tolerance *tolerance)
{
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    tolerance->kind = percent ? TOLERANCE_PERCENT : TOLERANCE_ABSOLUTE;
    return *text >= '0' && *text <= '9' &&
           figure_number(arena_copy(arena, text, length - percent), &tolerance->billionths);
}

bool tolerance_read(struct arena *arena, const char *word, struct tolerance *tolerance)
{
    const char *equals = strrchr(word, '=');
    if (!equals || equals == word)
        return false;
    bool all = equals - word == 1 && *word == '*';
    *tolerance = (struct tolerance){
        .path = arena_copy(arena, word, all ? 0 : (size_t)(equals - word)),
        .kind = TOLERANCE_ANY,
        .written = equals + 1,
    };
    return !strcmp(equals + 1, "any") || read_amount(arena, equals + 1, tolerance);
}

bool tolerance_covers(const struct tolerance *tolerance, const char *name)
{
    return !*tolerance->path || figure_is_below(name, tolerance->path);
}

const struct tolerance *tolerance_of(const struct tolerance *all, size_t count, const char *name)
{
    const struct tolerance *closest = NULL;
    for (size_t i = 0; i < count; i++)
        if (tolerance_covers(&all[i], name) && (!closest || strlen(all[i].path) >= strlen(closest->path)))
            closest = &all[i];
    return closest;
}

static unsigned __int128 magnitude(__int128 number)
{
    return (unsigned __int128)(number < 0 ? -number : number);
}

/* Both products stay below 2^127. */
bool tolerance_allows(const struct tolerance *tolerance, const int64_t billionths[2])
{
    if (tolerance->kind == TOLERANCE_ANY)
        return true;
    unsigned __int128 change = magnitude((__int128)billionths[1] - billionths[0]);
    unsigned __int128 allowed = (unsigned __int128)tolerance->billionths;
    if (tolerance->kind == TOLERANCE_ABSOLUTE)
        return change <= allowed;
    return change * 100 * BILLION <= allowed * magnitude(billionths[0]);
}
