#include "sim/scenario/mistakes.h"
#include "sim/scenario/tree.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void mistakes_init(struct mistakes *mistakes, struct arena *arena)
{
    *mistakes = (struct mistakes){.arena = arena};
}

struct arena *mistakes_arena(struct mistakes *mistakes)
{
    return mistakes->arena;
}

/* Collecting */

enum { MOST_TEXT = 600, KEPT_TEXT = 250 };

/* A value may be a million bytes long: its middle says nothing. Whole characters are left. */
static void cut_out_middle(char *text)
{
    size_t length = strlen(text), head = KEPT_TEXT, tail = length - KEPT_TEXT;
    if (length <= MOST_TEXT)
        return;
    while (head > 0 && !begins_letter(text[head]))
        head--;
    while (!begins_letter(text[tail]))
        tail++;
    memcpy(text + head, "...", 3);
    memmove(text + head + 3, text + tail, length - tail + 1);
}

/* A value may hold what a terminal would obey. */
static void blank_controls(char *text)
{
    for (; *text; text++)
        *text = without_control(*text);
}

__attribute__((format(printf, 2, 0))) static const char *write_out(struct arena *arena, const char *format,
                                                                   va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    cut_out_middle(text);
    blank_controls(text);
    return text;
}

static bool is_full(const struct mistakes *mistakes, bool warning)
{
    size_t kept =
        warning ? mistakes->warnings - mistakes->unkept_warnings : mistakes->errors - mistakes->unkept_errors;
    return kept >= MISTAKES_MAX;
}

bool mistakes_are_full(const struct mistakes *mistakes)
{
    return is_full(mistakes, false);
}

__attribute__((format(printf, 3, 0))) static void collect(struct mistakes *mistakes, struct mistake one,
                                                          const char *format, va_list arguments)
{
    bool full = is_full(mistakes, one.warning);
    mistakes->errors += !one.warning;
    mistakes->warnings += one.warning;
    mistakes->unkept_errors += full && !one.warning;
    mistakes->unkept_warnings += full && one.warning;
    mistakes->unkept_refusals += full && one.refusal;
    if (full)
        return;
    one.text = write_out(mistakes->arena, format, arguments);
    one.order = mistakes->count;
    mistakes->all = array_room(mistakes->arena, mistakes->all, mistakes->count, sizeof *mistakes->all);
    mistakes->all[mistakes->count++] = one;
}

void mistake_at(struct mistakes *mistakes, struct place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    collect(mistakes, (struct mistake){.place = place}, format, arguments);
    va_end(arguments);
}

void warn_at(struct mistakes *mistakes, struct place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    collect(mistakes, (struct mistake){.place = place, .warning = true}, format, arguments);
    va_end(arguments);
}

static struct place place_or_start(struct mistakes *mistakes, const void *object, const char *key)
{
    struct place place = {0};
    position_find(mistakes, object, key, &place);
    return place;
}

void mistake(struct mistakes *mistakes, const void *object, const char *key, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct place place = place_or_start(mistakes, object, key);
    collect(mistakes, (struct mistake){.place = place, .refusal = true}, format, arguments);
    va_end(arguments);
}

void warn(struct mistakes *mistakes, const void *object, const char *key, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    struct place place = place_or_start(mistakes, object, key);
    collect(mistakes, (struct mistake){.place = place, .warning = true}, format, arguments);
    va_end(arguments);
}

/* Printing */

static int compare_numbers(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_mistakes(const void *left, const void *right)
{
    const struct mistake *a = left, *b = right;
    unsigned a_source = a->place.source ? a->place.source->order : 0;
    unsigned b_source = b->place.source ? b->place.source->order : 0;
    if (a_source != b_source)
        return compare_numbers(a_source, b_source);
    if (a->place.line != b->place.line)
        return compare_numbers(a->place.line, b->place.line);
    if (a->place.column != b->place.column)
        return compare_numbers(a->place.column, b->place.column);
    return compare_numbers(a->order, b->order);
}

static bool same_mistake(const struct mistake *a, const struct mistake *b)
{
    return a->place.source == b->place.source && a->place.line == b->place.line &&
           a->place.column == b->place.column && a->warning == b->warning && strcmp(a->text, b->text) == 0;
}

/* Aliases are copies: what is wrong with the original is found once per copy. */
void mistakes_finish(struct mistakes *mistakes)
{
    size_t kept = 0, errors = 0, refusals = 0;
    if (mistakes->count > 0)
        qsort(mistakes->all, mistakes->count, sizeof *mistakes->all, compare_mistakes);
    for (size_t i = 0; i < mistakes->count; i++) {
        if (kept > 0 && same_mistake(&mistakes->all[kept - 1], &mistakes->all[i]))
            continue;
        mistakes->all[kept++] = mistakes->all[i];
        errors += !mistakes->all[kept - 1].warning;
        refusals += mistakes->all[kept - 1].refusal;
    }
    mistakes->count = kept;
    mistakes->errors = errors + mistakes->unkept_errors;
    mistakes->refusals = refusals + mistakes->unkept_refusals;
    mistakes->warnings = kept - errors + mistakes->unkept_warnings;
}

static void print_unkept(struct text *out, size_t unkept, const char *kind)
{
    if (unkept > 0)
        text_add_format(out, "%s: and %zu more, which are not shown\n", kind, unkept);
}

void mistakes_print(const struct mistakes *mistakes, struct text *out)
{
    struct source_walk walk = {0};
    for (size_t i = 0; i < mistakes->count; i++) {
        const struct mistake *one = &mistakes->all[i];
        const char *kind = one->warning ? "warning" : "error";
        if (!one->place.source) {
            text_add_format(out, "%s: %s\n", kind, one->text);
            continue;
        }
        text_add_format(out, "%s:%u:%u: %s: %s\n", one->place.source->name, (unsigned)one->place.line,
                        (unsigned)one->place.column, kind, one->text);
        source_show(out, one->place, &walk);
    }
    print_unkept(out, mistakes->unkept_errors, "error");
    print_unkept(out, mistakes->unkept_warnings, "warning");
}

/* Positions */

const struct position *position_add(struct mistakes *mistakes, const void *object, const struct shape *shape,
                                    const struct node *node)
{
    struct position_chunk *chunk = mistakes->chunks;
    if (!chunk || chunk->count == sizeof chunk->positions / sizeof *chunk->positions) {
        chunk = arena_alloc(mistakes->arena, sizeof *chunk);
        chunk->next = mistakes->chunks;
        mistakes->chunks = chunk;
    }
    struct position *position = &chunk->positions[chunk->count++];
    *position = (struct position){object, shape, node};
    mistakes->position_count++;
    return position;
}

static int compare_positions(const void *left, const void *right)
{
    uintptr_t a = (uintptr_t)((const struct position *)left)->object;
    uintptr_t b = (uintptr_t)((const struct position *)right)->object;
    return (a > b) - (a < b);
}

static void sort_positions(struct mistakes *mistakes)
{
    size_t left = mistakes->position_count;
    if (mistakes->positions_sorted == left)
        return;
    mistakes->positions_sorted = left;
    mistakes->positions = arena_array(mistakes->arena, left, sizeof *mistakes->positions);
    for (const struct position_chunk *chunk = mistakes->chunks; chunk; chunk = chunk->next) {
        left -= chunk->count;
        memcpy(&mistakes->positions[left], chunk->positions, chunk->count * sizeof *chunk->positions);
    }
    qsort(mistakes->positions, mistakes->positions_sorted, sizeof *mistakes->positions, compare_positions);
}

/* The first at the address or behind it. Nothing depends on which objects lie before others. */
static const struct position *positions_from(struct mistakes *mistakes, const void *object)
{
    size_t low = 0, high = mistakes->position_count;
    sort_positions(mistakes);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if ((uintptr_t)mistakes->positions[middle].object < (uintptr_t)object)
            low = middle + 1;
        else
            high = middle;
    }
    return &mistakes->positions[low];
}

static const struct entry *entry_of_key(const struct position *position, const char *key)
{
    const struct entry *entry = node_find(position->node, key);
    for (const struct param *param = position->shape->params; !entry && param->key; param++)
        if (param->alias && key_same(param->key, key))
            entry = node_find(position->node, param->alias);
    return entry;
}

/* What has a default is there, even where it is not written. */
static bool has_default(const struct shape *shape, const char *key)
{
    for (const struct param *param = shape->params; param->key; param++)
        if (key_same(param->key, key))
            return param->fallback;
    return false;
}

/* Where the position has the key; false: it has none. */
static bool place_of_key(const struct position *position, const char *key, struct place *place)
{
    const struct entry *entry = key ? entry_of_key(position, key) : NULL;
    if (!entry && !(key && has_default(position->shape, key)))
        return false;
    *place = entry ? entry->place : position->node->place;
    return true;
}

/* A key is better than none, and of several objects at one address the larger is the one that a model means.
 */
bool position_find(struct mistakes *mistakes, const void *object, const char *key, struct place *place)
{
    const struct position *best = object && mistakes->checked.object == object ? &mistakes->checked : NULL;
    if (!object || (!best && mistakes->position_count == 0))
        return false;
    const struct position *position = best ? best : positions_from(mistakes, object);
    const struct position *end = best ? best + 1 : mistakes->positions + mistakes->position_count;
    for (; position < end && position->object == object; position++) {
        if (place_of_key(position, key, place))
            return true;
        if (!best || position->shape->size > best->shape->size)
            best = position;
    }
    if (best)
        *place = best->node->place;
    return best;
}

/* Collections */

static struct collection *collection_named(const struct mistakes *mistakes, const char *name)
{
    struct collection *collection = mistakes->collections;
    while (collection && strcmp(collection->name, name) != 0)
        collection = collection->next;
    return collection;
}

void collection_add(struct mistakes *mistakes, const char *name, struct named named)
{
    struct collection *collection = collection_named(mistakes, name);
    if (!collection) {
        collection = arena_alloc(mistakes->arena, sizeof *collection);
        *collection = (struct collection){.name = name, .next = mistakes->collections};
        mistakes->collections = collection;
    }
    named.order = collection->count;
    collection->names =
        array_room(mistakes->arena, collection->names, collection->count, sizeof *collection->names);
    collection->names[collection->count++] = named;
}

static int compare_names(const void *left, const void *right)
{
    const struct named *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : compare_numbers(a->order, b->order);
}

static void report_same_names(struct mistakes *mistakes, const struct collection *collection)
{
    const struct named *first = NULL;
    for (size_t i = 0; i < collection->count; i++) {
        const struct named *named = &collection->names[i];
        if (!named->list)
            continue;
        if (first && strcmp(first->name, named->name) == 0 && first->list == named->list)
            mistake_at(mistakes, named->node->place,
                       "`%s` has two elements named `%s`; the other is at %s:%u", collection->name,
                       named->name, first->node->place.source->name, (unsigned)first->node->place.line);
        first = named;
    }
}

void collections_finish(struct mistakes *mistakes)
{
    for (struct collection *collection = mistakes->collections; collection; collection = collection->next) {
        qsort(collection->names, collection->count, sizeof *collection->names, compare_names);
        report_same_names(mistakes, collection);
    }
    mistakes->collections_sorted = true;
}

/* Comparing takes the product of the lengths. */
const char *mistakes_nearest(struct mistakes *mistakes, const char *name, const char *const *names)
{
    enum { COMPARED_MAX = 1000 * 1000 * 1000 };
    size_t length = strlen(name);
    for (size_t i = 0; names[i] && mistakes->compared < COMPARED_MAX; i++)
        mistakes->compared += length * strlen(names[i]);
    return mistakes->compared < COMPARED_MAX ? nearest_name(name, names) : NULL;
}

/* Nobody means a name that is longer than a key may be. */
static const char *const *names_meant(struct mistakes *mistakes, struct collection *collection)
{
    size_t count = 0;
    if (collection->meant)
        return collection->meant;
    collection->meant = arena_array(mistakes->arena, collection->count + 1, sizeof *collection->meant);
    for (size_t i = 0; i < collection->count; i++)
        if (strlen(collection->names[i].name) <= TREE_KEY_MAX)
            collection->meant[count++] = collection->names[i].name;
    return collection->meant;
}

const struct named *collection_find(const struct mistakes *mistakes, const char *name, const char *element)
{
    const struct collection *collection = collection_named(mistakes, name);
    size_t low = 0, high = collection ? collection->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(collection->names[middle].name, element) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = collection && low < collection->count && strcmp(collection->names[low].name, element) == 0;
    return found ? &collection->names[low] : NULL;
}

bool collection_has(struct mistakes *mistakes, const char *name, const char *element, const char **nearest)
{
    struct collection *collection = collection_named(mistakes, name);
    if (nearest)
        *nearest = NULL;
    if (!collection)
        return false;
    if (!mistakes->collections_sorted)
        collections_finish(mistakes);
    if (collection_find(mistakes, name, element))
        return true;
    if (nearest && strlen(element) <= TREE_KEY_MAX)
        *nearest = mistakes_nearest(mistakes, element, names_meant(mistakes, collection));
    return false;
}
