#include "sim/study/study_values.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = 10000, MOST_SEEDS = 10000000 };

/* --- scalars ---------------------------------------------------------------------------------- */

/* Digits, up to 18 of them. */
static bool take_whole(const char **at, int64_t *value)
{
    size_t length = strspn(*at, "0123456789");
    if (length == 0 || length > 18)
        return false;
    *value = strtoll(*at, NULL, 10);
    *at += length;
    return true;
}

/* "2..9" */
static bool take_range(const char *text, int64_t *low, int64_t *high)
{
    return take_whole(&text, low) && !strncmp(text, "..", 2) && (text += 2, take_whole(&text, high)) &&
           !*text;
}

const char *study_parse_seeds(struct arena *arena, const char *text, void *field, size_t *where)
{
    (void)arena;
    struct seeds *seeds = field;
    const char *at = text;
    *where = 0;
    if (!take_range(text, &seeds->first, &seeds->last)) {
        seeds->first = 1;
        if (!take_whole(&at, &seeds->last) || *at)
            return "seeds are 1..200, or 200 for these";
    }
    if (seeds->first > seeds->last)
        return "there is no seed in this range";
    return seeds->last - seeds->first < MOST_SEEDS ? NULL : "these are more than ten million seeds";
}

const char *study_parse_share(struct arena *arena, const char *text, void *field, size_t *where)
{
    static const char wrong[] = "a share is a number above 0, up to 1, or up to 100%";
    int64_t billionths, *millionths = field;
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    *where = 0;
    if (!figure_number(arena_copy(arena, text, length - percent), &billionths))
        return wrong;
    *millionths = billionths / (percent ? 100000 : 1000);
    return *millionths > 0 && *millionths <= MILLION ? NULL : wrong;
}

bool study_half_width(const struct node *node, int64_t *billionths)
{
    return node->kind == NODE_SCALAR && figure_number(node->text, billionths) && *billionths > 0;
}

const char *study_resolve(struct arena *arena, const struct node *node)
{
    return source_resolve(arena, node->place.source->folder, node->text);
}

const char *study_base_name(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');
    return arena_copy(arena, base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

/* --- sets ------------------------------------------------------------------------------------- */

/* As YAML on one line. */
static const char *written(struct arena *arena, const struct node *node)
{
    if (node->kind == NODE_SCALAR && node->plain)
        return node->text;
    struct text text = {0};
    struct json json = {.out = &text, .one_line = true};
    node_write(node, &json, NULL);
    const char *copy = arena_text(arena, text.bytes);
    text_free(&text);
    return copy;
}

static const char *set_of(struct arena *arena, const char *path, const struct node *value)
{
    return arena_format(arena, "%s=%s", path, written(arena, value));
}

void study_take_sets(struct mistakes *mistakes, const struct node *mapping, struct axis_value *value)
{
    if (!mapping)
        return;
    if (mapping->kind != NODE_MAPPING) {
        mistake_at(mistakes, mapping->place, "this is a mapping of paths, each with its value");
        return;
    }
    const char **sets = arena_array(mistakes->arena, mapping->count, sizeof *sets);
    for (size_t i = 0; i < mapping->count; i++)
        sets[i] = set_of(mistakes->arena, mapping->entries[i].key, mapping->entries[i].value);
    value->sets = sets;
    value->set_count = mapping->count;
}

/* --- axes ------------------------------------------------------------------------------------- */

static void take_value(struct arena *arena, const char *const *paths, size_t path_count,
                       const struct node *node, struct axis_value *value)
{
    const char **sets = arena_array(arena, path_count, sizeof *sets);
    for (size_t i = 0; i < path_count; i++)
        sets[i] = set_of(arena, paths[i], node);
    value->sets = sets;
    value->set_count = path_count;
    value->shown = node->kind == NODE_SCALAR ? node->text : written(arena, node);
}

static void take_listed(struct arena *arena, const char *const *paths, size_t path_count,
                        const struct node *list, struct axis *axis)
{
    axis->count = list->count;
    axis->values = arena_array(arena, axis->count, sizeof *axis->values);
    for (size_t i = 0; i < list->count; i++)
        take_value(arena, paths, path_count, list->entries[i].value, &axis->values[i]);
}

static void take_range_values(struct arena *arena, const char *const *paths, size_t path_count,
                              struct place place, int64_t low, int64_t high, struct axis *axis)
{
    axis->count = (size_t)(high - low) + 1;
    axis->values = arena_array(arena, axis->count, sizeof *axis->values);
    for (size_t i = 0; i < axis->count; i++)
        take_value(arena, paths, path_count,
                   node_scalar(arena, place, arena_format(arena, "%" PRId64, low + (int64_t)i), true),
                   &axis->values[i]);
}

/* {small: {PATH: VALUE}, large: {…}} */
static void take_named(struct mistakes *mistakes, const struct node *mapping, struct axis *axis)
{
    axis->count = mapping->count;
    axis->values = arena_array(mistakes->arena, axis->count, sizeof *axis->values);
    for (size_t i = 0; i < mapping->count; i++) {
        axis->values[i].shown = mapping->entries[i].key;
        study_take_sets(mistakes, mapping->entries[i].value, &axis->values[i]);
    }
}

static void take_axis(struct mistakes *mistakes, const char *const *paths, size_t path_count,
                      const struct node *node, struct axis *axis)
{
    int64_t low, high;
    bool ranged = node->kind == NODE_SCALAR && take_range(node->text, &low, &high);
    if (ranged && (low > high || high - low >= MOST_VALUES))
        mistake_at(mistakes, node->place, "this range has no values, or more than %d", MOST_VALUES);
    else if (ranged)
        take_range_values(mistakes->arena, paths, path_count, node->place, low, high, axis);
    else if (node->kind == NODE_MAPPING)
        take_named(mistakes, node, axis);
    else if (node->kind == NODE_SEQUENCE)
        take_listed(mistakes->arena, paths, path_count, node, axis);
    else {
        axis->count = 1;
        axis->values = arena_array(mistakes->arena, 1, sizeof *axis->values);
        take_value(mistakes->arena, paths, path_count, node, axis->values);
    }
    if (axis->count == 0)
        mistake_at(mistakes, node->place, "there is no value here");
}

struct axis *study_path_axis(struct mistakes *mistakes, const char *const *paths, size_t path_count,
                             const struct node *values)
{
    struct axis *axis = arena_alloc(mistakes->arena, sizeof *axis);
    axis->name = paths[0];
    take_axis(mistakes, paths, path_count, values, axis);
    return axis;
}

struct axis *study_axes(struct mistakes *mistakes, const struct node *mapping, size_t *count)
{
    *count = 0;
    if (!mapping)
        return NULL;
    if (mapping->kind != NODE_MAPPING) {
        mistake_at(mistakes, mapping->place, "this is a mapping of paths, each with its values");
        return NULL;
    }
    struct axis *axes = arena_array(mistakes->arena, mapping->count, sizeof *axes);
    for (; *count < mapping->count; (*count)++) {
        struct axis *axis = &axes[*count];
        axis->name = mapping->entries[*count].key;
        take_axis(mistakes, &axis->name, 1, mapping->entries[*count].value, axis);
    }
    return axes;
}
