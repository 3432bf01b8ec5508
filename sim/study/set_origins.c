#include "sim/study/set_origins.h"
#include "sim/scenario/tree.h"
#include <string.h>

void set_origins_add(struct arena *arena, struct set_origins *origins, const struct set_origin *origin)
{
    origins->all = array_room(arena, origins->all, origins->count, sizeof *origins->all);
    origins->all[origins->count++] = *origin;
}

static bool is_origin(const struct set_origin *origin, const char *set)
{
    size_t length = strlen(origin->path);
    return !strncmp(set, origin->path, length) && set[length] == '=' &&
           (!origin->value || !strcmp(set + length + 1, origin->value));
}

static const struct set_origin *find(const struct set_origins *origins, const char *set)
{
    for (size_t i = 0; i < origins->count; i++)
        if (is_origin(&origins->all[i], set))
            return &origins->all[i];
    return NULL;
}

/* The place so many columns into the text that stands there; where something else does, as the text in other
 * words, its beginning. */
static struct place within(struct place place, const char *text, uint32_t columns)
{
    size_t left, length = strlen(text);
    const char *at = source_at(place, &left);
    bool quoted = left > 0 && (*at == '"' || *at == '\'');
    if (left >= length + quoted && !memcmp(at + quoted, text, length))
        place.column += columns + quoted;
    return place;
}

static struct place place_in(const struct set_origin *origin, const char *set, uint32_t column)
{
    uint32_t value_column = (uint32_t)count_letters(origin->path) + 2; /* after the "=" */
    if (column < value_column)
        return within(origin->path_place, origin->path, column - 1);
    return within(origin->value_place, set + strlen(origin->path) + 1, column - value_column);
}

void set_origins_place(const struct set_origins *origins, struct mistakes *mistakes)
{
    for (size_t i = 0; i < mistakes->count; i++) {
        struct place *place = &mistakes->all[i].place;
        const struct source *source = place->source;
        const struct set_origin *origin =
            source && !strcmp(source->name, "--set") ? find(origins, source->bytes) : NULL;
        if (origin)
            *place = place_in(origin, source->bytes, place->line > 1 ? UINT32_MAX : place->column);
    }
}
