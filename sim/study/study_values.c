#include "sim/study/study_values.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VALUES = 10000, MOST_AXES = 16, MOST_SEEDS = 10000000 };

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

/* What is true is no number here. */
static bool read_number(const char *text, int64_t *billionths)
{
    return strspn(text, "0123456789.") == strlen(text) && figure_number(text, billionths);
}

const char *study_parse_share(struct arena *arena, const char *text, void *field, size_t *where)
{
    static const char wrong[] = "a share is a number above 0, up to 1, or up to 100%";
    int64_t billionths, *millionths = field;
    size_t length = strlen(text);
    bool percent = length > 0 && text[length - 1] == '%';
    *where = 0;
    if (!read_number(arena_copy(arena, text, length - percent), &billionths))
        return wrong;
    *millionths = billionths / (percent ? 100000 : 1000);
    return *millionths > 0 && *millionths <= MILLION ? NULL : wrong;
}

bool study_half_width(const struct node *node, int64_t *billionths)
{
    return node->kind == NODE_SCALAR && read_number(node->text, billionths) && *billionths > 0;
}

const char *study_resolve(struct arena *arena, const struct node *node)
{
    return source_resolve(arena, node->place.source->folder, node->text);
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

/* A path, and where it is written. */
struct path {
    const char *text;
    struct place place;
};

static void note(const struct study_reader *reader, const struct path *path, const char *value,
                 struct place value_place)
{
    if (key_same(path->text, "seed"))
        mistake_at(reader->mistakes, path->place, "every run has a seed of its own; `seeds` says which");
    if (path->text[strcspn(path->text, "[=")] == '=')
        mistake_at(reader->mistakes, path->place, "there is no `=` in a path");
    set_origins_add(reader->mistakes->arena, reader->origins,
                    &(struct set_origin){path->text, value, path->place, value_place});
}

static const char *set_of(const struct study_reader *reader, const struct path *path, const struct node *node)
{
    const char *value = written(reader->mistakes->arena, node);
    note(reader, path, value, node->place);
    return arena_format(reader->mistakes->arena, "%s=%s", path->text, value);
}

void study_note_paths(const struct study_reader *reader, const struct node *paths, const struct node *value)
{
    for (size_t i = 0; i < paths->count; i++)
        note(reader, &(struct path){paths->entries[i].value->text, paths->entries[i].place}, NULL,
             value->place);
}

bool study_is_short(const struct study_reader *reader, const struct node *list)
{
    if (list->count > MOST_VALUES)
        mistake_at(reader->mistakes, list->place, "these are more than %d", MOST_VALUES);
    return list->count <= MOST_VALUES;
}

void study_take_sets(const struct study_reader *reader, const struct node *mapping, struct axis_value *value)
{
    if (!mapping)
        return;
    if (mapping->kind != NODE_MAPPING)
        mistake_at(reader->mistakes, mapping->place, "this is a mapping of paths, each with its value");
    if (mapping->kind != NODE_MAPPING || !study_is_short(reader, mapping))
        return;
    const char **sets = arena_array(reader->mistakes->arena, mapping->count, sizeof *sets);
    for (size_t i = 0; i < mapping->count; i++) {
        const struct entry *entry = &mapping->entries[i];
        sets[i] = set_of(reader, &(struct path){entry->key, entry->place}, entry->value);
    }
    value->sets = sets;
    value->set_count = mapping->count;
}

/* --- axes ------------------------------------------------------------------------------------- */

void study_check_names(const struct study_reader *reader, const struct axis *axis, const struct node *written)
{
    for (size_t i = 1; i < axis->count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(axis->values[i].shown, axis->values[j].shown)) {
                mistake_at(reader->mistakes, written->entries[i].place, "`%s` is here twice",
                           axis->values[i].shown);
                return;
            }
}

/* Paths that are set to the same of some values. */
struct varied {
    const struct study_reader *reader;
    struct arena *arena;
    const struct path *paths;
    size_t count;
    struct axis *axis;
};

static void make_values(struct varied *varied, size_t count)
{
    varied->axis->count = count;
    varied->axis->values = arena_array(varied->arena, count, sizeof *varied->axis->values);
}

static void take_value(struct varied *varied, const struct node *node, struct axis_value *value)
{
    const char **sets = arena_array(varied->arena, varied->count, sizeof *sets);
    for (size_t i = 0; i < varied->count; i++)
        sets[i] = set_of(varied->reader, &varied->paths[i], node);
    value->sets = sets;
    value->set_count = varied->count;
    value->shown = node->kind == NODE_SCALAR ? node->text : written(varied->arena, node);
}

static void take_listed(struct varied *varied, const struct node *list)
{
    make_values(varied, list->count);
    for (size_t i = 0; i < list->count; i++)
        take_value(varied, list->entries[i].value, &varied->axis->values[i]);
    study_check_names(varied->reader, varied->axis, list);
}

static void take_range_values(struct varied *varied, struct place place, int64_t low, int64_t high)
{
    make_values(varied, (size_t)(high - low) + 1);
    for (size_t i = 0; i < varied->axis->count; i++) {
        const char *number = arena_format(varied->arena, "%" PRId64, low + (int64_t)i);
        take_value(varied, node_scalar(varied->arena, place, number, true), &varied->axis->values[i]);
    }
}

/* {small: {PATH: VALUE}, large: {…}} */
static void take_named(struct varied *varied, const struct node *mapping)
{
    make_values(varied, mapping->count);
    for (size_t i = 0; i < mapping->count; i++) {
        const struct entry *entry = &mapping->entries[i];
        varied->axis->values[i].shown = entry->key;
        if (entry->value->kind == NODE_MAPPING)
            study_take_sets(varied->reader, entry->value, &varied->axis->values[i]);
        else
            mistake_at(
                varied->reader->mistakes, entry->place,
                "`%s` names settings, each a path and its value; a mapping that is a value stands in a list",
                entry->key);
    }
}

static void take_single(struct varied *varied, const struct node *node)
{
    make_values(varied, 1);
    take_value(varied, node, varied->axis->values);
}

static void take_axis(struct varied *varied, const struct node *node)
{
    struct mistakes *mistakes = varied->reader->mistakes;
    int64_t low, high;
    bool ranged = node->kind == NODE_SCALAR && take_range(node->text, &low, &high);
    if (ranged && (low > high || high - low >= MOST_VALUES)) {
        mistake_at(mistakes, node->place, "this range has no values, or more than %d", MOST_VALUES);
        return;
    }
    if (!study_is_short(varied->reader, node))
        return;
    if (ranged)
        take_range_values(varied, node->place, low, high);
    else if (node->kind == NODE_MAPPING)
        take_named(varied, node);
    else if (node->kind == NODE_SEQUENCE)
        take_listed(varied, node);
    else
        take_single(varied, node);
    if (varied->axis->count == 0)
        mistake_at(mistakes, node->place, "there is no value here");
}

struct axis *study_path_axis(const struct study_reader *reader, const struct node *list,
                             const struct node *values)
{
    struct arena *arena = reader->mistakes->arena;
    struct path *paths = arena_array(arena, list->count, sizeof *paths);
    struct axis *axis = arena_alloc(arena, sizeof *axis);
    for (size_t i = 0; i < list->count; i++)
        paths[i] = (struct path){list->entries[i].value->text, list->entries[i].place};
    axis->name = paths[0].text;
    take_axis(&(struct varied){reader, arena, paths, list->count, axis}, values);
    return axis;
}

struct axis *study_axes(const struct study_reader *reader, const struct node *mapping, size_t *count)
{
    struct arena *arena = reader->mistakes->arena;
    *count = 0;
    if (!mapping)
        return NULL;
    if (mapping->kind != NODE_MAPPING) {
        mistake_at(reader->mistakes, mapping->place, "this is a mapping of paths, each with its values");
        return NULL;
    }
    if (mapping->count > MOST_AXES) {
        mistake_at(reader->mistakes, mapping->place, "more than %d paths vary here", MOST_AXES);
        return NULL;
    }
    struct axis *axes = arena_array(arena, mapping->count, sizeof *axes);
    for (; *count < mapping->count; (*count)++) {
        const struct entry *entry = &mapping->entries[*count];
        axes[*count].name = entry->key;
        take_axis(&(struct varied){reader, arena, &(struct path){entry->key, entry->place}, 1, &axes[*count]},
                  entry->value);
    }
    return axes;
}
