#include "sim/scenario/compare.h"
#include "sim/scenario/bind.h"
#include "sim/scenario/emit.h"
#include "sim/scenario/scalar.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct comparing {
    struct arena *arena;
    const struct model *model;
    const char *section; /* of the fields that AWS has */
    struct comparison found;
};

/* A field, or an element. */
struct where {
    const char *path, *label;
    const struct param *param; /* NULL: no table has it */
    const struct shape *shape; /* of its keys, or of its elements'; NULL: none */
    bool free;                 /* a map: its keys are whatever people say, letter by letter */
};

static void compare_values(struct comparing *, const struct where *, const struct node *,
                           const struct node *);

/* --- what is the same ------------------------------------------------------------------------- */

static bool is_nothing(const struct node *node)
{
    return !node || node_is_null(node) || (node->kind != NODE_SCALAR && node->count == 0);
}

static bool is_read(const struct param *param)
{
    return param && (param->type <= PARAM_MEMORY || param->type == PARAM_UTC ||
                     param->type == PARAM_TIME_OF_DAY || param->type == PARAM_CHOICE);
}

/* Of which a difference says something: a PARAM_INTEGER may be the number of a port. */
static bool is_quantity(const struct param *param)
{
    return param && (param->type == PARAM_NUMBER || param->type == PARAM_DURATION ||
                     param->type == PARAM_CPU || param->type == PARAM_MEMORY);
}

static bool read_both(struct arena *arena, const struct param *param, const char *const texts[2],
                      int64_t values[2])
{
    return !scalar_read(arena, param, texts[0], &values[0]) &&
           !scalar_read(arena, param, texts[1], &values[1]);
}

static bool same_texts(struct arena *arena, const struct param *param, const char *a, const char *b)
{
    int64_t values[2];
    if (!strcmp(a, b))
        return true;
    if (is_read(param))
        return read_both(arena, param, (const char *const[]){a, b}, values) && values[0] == values[1];
    return param && (param->type == PARAM_NAME || param->type == PARAM_REFERENCE) &&
           !strcmp(scalar_name(arena, a), scalar_name(arena, b));
}

/* --- tables ----------------------------------------------------------------------------------- */

static const struct shape *shape_of(const struct param *param)
{
    return param &&
                   (param->type == PARAM_STRUCT || param->type == PARAM_OPTIONAL || param->type == PARAM_LIST)
               ? param->shape
               : NULL;
}

/* Of what stands under the key: of a field, or of the settings of one of several. */
static const struct shape *shape_below(const struct shape *shape, const char *key)
{
    const struct param *param = shape ? shape_param(shape, key) : NULL;
    const struct param *choice = shape ? shape_variant(shape) : NULL;
    const struct variant *variant = choice ? catalogue_find(choice->catalogue, key) : NULL;
    return variant ? variant->shape : shape_of(param);
}

/* The natural key of a list; NULL: it has none. */
static const char *keys_of(const struct comparing *comparing, const char *path)
{
    for (const struct element_key *each = comparing->model->revisions->keys; each->path; each++)
        if (!strcmp(each->path, path))
            return each->keys;
    return NULL;
}

/* Fields that are said of an element by whoever prints it are none of its contents. */
static bool is_said(const struct comparing *comparing, const struct where *outer, const char *key)
{
    for (const char *const *each = comparing->model->revisions->not_said; !*outer->path && *each; each++)
        if (key_same(*each, key))
            return false;
    return true;
}

/* --- names ------------------------------------------------------------------------------------ */

static bool is_plain(const char *key)
{
    for (; *key; key++)
        if (!isalnum((unsigned char)*key) && *key != '_' && *key != '-')
            return false;
    return true;
}

/* As --set has it. */
static const char *label_below(struct arena *arena, const char *label, const char *key)
{
    if (!*label)
        return key;
    return arena_format(arena, is_plain(key) ? "%s.%s" : "%s[\"%s\"]", label, key);
}

static struct where field_of(const struct comparing *comparing, const struct where *outer, const char *key)
{
    struct where field = {
        .path = *outer->path ? arena_format(comparing->arena, "%s.%s", outer->path, key) : key,
        .label = label_below(comparing->arena, outer->label, key),
        .param = outer->shape ? shape_param(outer->shape, key) : NULL,
        .shape = shape_below(outer->shape, key),
    };
    field.free = outer->free ||
                 bind_known_field(comparing->model, comparing->arena, comparing->section, field.path) == 2;
    return field;
}

static struct where element_of(const struct comparing *comparing, const struct where *list, const char *name)
{
    return (struct where){
        .path = arena_format(comparing->arena, "%s[]", list->path),
        .label = label_below(comparing->arena, list->label, name),
        .param = list->param,
        .shape = list->shape,
        .free = list->free,
    };
}

/* --- what is found ---------------------------------------------------------------------------- */

/* As people write it: {constant: 8s} is 8s. */
static struct node *short_form(const struct shape *shape, struct node *node)
{
    bool is_short = shape && shape->shorthand && node->kind == NODE_MAPPING && node->count == 1 &&
                    key_same(node->entries[0].key, shape->shorthand);
    return is_short ? node->entries[0].value : node;
}

/* Without what is as it would be anyhow. */
static struct node *pruned(struct arena *arena, const struct shape *shape, const struct node *node)
{
    struct node *kept = node_copy(arena, node);
    if (kept->kind != NODE_SCALAR)
        node_become(kept, node->kind);
    for (size_t i = 0; i < node->count; i++) {
        const struct entry *entry = &node->entries[i];
        const struct param *param = shape && entry->key ? shape_param(shape, entry->key) : NULL;
        bool usual = param && param->fallback && entry->value->kind == NODE_SCALAR &&
                     same_texts(arena, param, entry->value->text, param->fallback);
        struct node *value = pruned(arena, entry->key ? shape_below(shape, entry->key) : shape, entry->value);
        if (!usual && !is_nothing(value))
            node_add(arena, kept, entry->key, entry->place, value);
    }
    return short_form(shape, kept);
}

static const char *text_of(struct arena *arena, const struct where *where, const struct node *node)
{
    if (is_nothing(node))
        return NULL;
    const struct node *shown = pruned(arena, where->shape, node);
    if (shown->kind == NODE_SCALAR)
        return shown->text;
    struct text out = {0};
    emit_line(shown, &out);
    const char *text = arena_text(arena, out.bytes);
    text_free(&out);
    return text;
}

static void add_signed(struct text *out, const struct param *param, int64_t change)
{
    text_add_char(out, change < 0 ? '-' : '+');
    int64_t size = change < 0 ? -change : change;
    if (param->type == PARAM_DURATION)
        text_add_human(out, size);
    else
        text_add_decimal(out, size, param->type == PARAM_NUMBER ? 6 : 0);
    if (param->type == PARAM_MEMORY)
        text_add(out, " MiB");
}

static const char *change_by(struct arena *arena, const struct param *param, const char *const texts[2])
{
    int64_t values[2], change;
    if (!is_quantity(param) || !texts[0] || !texts[1] || !read_both(arena, param, texts, values) ||
        __builtin_sub_overflow(values[1], values[0], &change))
        return "";
    struct text out = {0};
    add_signed(&out, param, change);
    const char *by = arena_text(arena, out.bytes);
    text_free(&out);
    return by;
}

static void add_change(struct comparing *comparing, const struct where *where, const struct node *a,
                       const struct node *b)
{
    struct comparison *found = &comparing->found;
    struct change change = {.path = where->path, .label = where->label};
    change.texts[0] = text_of(comparing->arena, where, a);
    change.texts[1] = text_of(comparing->arena, where, b);
    change.by = change_by(comparing->arena, where->param, change.texts);
    found->changes = array_room(comparing->arena, found->changes, found->count, sizeof change);
    found->changes[found->count++] = change;
}

/* --- matching --------------------------------------------------------------------------------- */

/* An entry of a mapping or a list, by what tells it apart from the others. */
struct item {
    const char *name;
    const struct node *value;
    size_t order;
    size_t taken; /* of the first of equal names, in order: so many of them */
};

struct items {
    struct item *all;
    size_t count;
};

/* "80" of 080, "tcp" of TCP. */
static const char *usual_text(struct arena *arena, const struct param *param, const char *text)
{
    int64_t value;
    if (!param || (param->type != PARAM_INTEGER && param->type != PARAM_CHOICE) ||
        scalar_read(arena, param, text, &value))
        return text;
    return param->type == PARAM_CHOICE ? param->names[value] : arena_format(arena, "%lld", (long long)value);
}

/* "80/tcp" of {containerPort: 80, hostPort: 0, protocol: tcp}; NULL where it has none. A set's texts are
 * their own names. */
static const char *natural_name(struct arena *arena, const struct shape *shape, const char *keys,
                                const struct node *element)
{
    const char *name = NULL;
    if (!*keys)
        return element->kind == NODE_SCALAR ? element->text : NULL;
    for (; *keys && element->kind == NODE_MAPPING; keys += *keys == ' ') {
        const char *key = arena_copy(arena, keys, strcspn(keys, " ")), *text = node_text(element, key);
        const char *usual = text ? usual_text(arena, shape ? shape_param(shape, key) : NULL, text) : NULL;
        if (usual)
            name = name ? arena_format(arena, "%s/%s", name, usual) : usual;
        keys += strlen(key);
    }
    return name;
}

/* The case of a key's first letter is free, but in a free map. */
static const char *name_of_key(struct arena *arena, const struct where *where, const char *key)
{
    if (where->free)
        return key;
    char *name = arena_text(arena, key);
    *name = (char)tolower((unsigned char)*name);
    return name;
}

static const char *name_of(struct comparing *comparing, const struct where *where, const struct entry *entry,
                           size_t index)
{
    if (entry->key)
        return name_of_key(comparing->arena, where, entry->key);
    const char *keys = keys_of(comparing, where->path);
    const char *name = keys ? natural_name(comparing->arena, where->shape, keys, entry->value) : NULL;
    return name ? name : arena_format(comparing->arena, "%zu", index);
}

static struct items items_of(struct comparing *comparing, const struct where *where, const struct node *node)
{
    struct items items = {arena_array(comparing->arena, node->count, sizeof *items.all), node->count};
    for (size_t i = 0; i < node->count; i++)
        items.all[i] = (struct item){.name = name_of(comparing, where, &node->entries[i], i),
                                     .value = node->entries[i].value,
                                     .order = i};
    return items;
}

static int compare_names(const void *left, const void *right)
{
    const struct item *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    return order ? order : (a->order > b->order) - (a->order < b->order);
}

static struct items sorted(struct comparing *comparing, const struct items *items)
{
    struct items copy = {arena_array(comparing->arena, items->count, sizeof *copy.all), items->count};
    if (items->count)
        memcpy(copy.all, items->all, items->count * sizeof *copy.all);
    qsort(copy.all, copy.count, sizeof *copy.all, compare_names);
    return copy;
}

static struct item *first_named(const struct items *sorted_items, const char *name)
{
    size_t low = 0, high = sorted_items->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(sorted_items->all[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < sorted_items->count && !strcmp(sorted_items->all[low].name, name);
    return found ? &sorted_items->all[low] : NULL;
}

/* The next one of the name that no other has taken; NULL: there is none. */
static const struct node *take(const struct items *sorted_items, const char *name)
{
    struct item *first = first_named(sorted_items, name), *end = sorted_items->all + sorted_items->count;
    struct item *next = first ? first + first->taken : end;
    if (next >= end || strcmp(next->name, name) != 0)
        return NULL;
    first->taken++;
    return next->value;
}

/* Field or element, whichever the collection has. */
static void compare_item(struct comparing *comparing, const struct where *outer, const struct entry *entry,
                         const char *name, const struct node *a, const struct node *b)
{
    if (entry->key && !is_said(comparing, outer, entry->key))
        return;
    struct where where =
        entry->key ? field_of(comparing, outer, entry->key) : element_of(comparing, outer, name);
    compare_values(comparing, &where, a, b);
}

static void compare_collections(struct comparing *comparing, const struct where *where, const struct node *a,
                                const struct node *b)
{
    struct items first = items_of(comparing, where, a), second = items_of(comparing, where, b);
    struct items of_first = sorted(comparing, &first), of_second = sorted(comparing, &second);
    for (size_t i = 0; i < first.count; i++)
        compare_item(comparing, where, &a->entries[i], first.all[i].name, first.all[i].value,
                     take(&of_second, first.all[i].name));
    for (size_t i = 0; i < second.count; i++)
        if (!take(&of_first, second.all[i].name))
            compare_item(comparing, where, &b->entries[i], second.all[i].name, NULL, second.all[i].value);
}

/* --- lists ------------------------------------------------------------------------------------ */

static bool holds_collections(const struct node *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->entries[i].value->kind != NODE_SCALAR)
            return true;
    return false;
}

static bool same_sequences(const struct node *a, const struct node *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (strcmp(a->entries[i].value->text, b->entries[i].value->text) != 0)
            return false;
    return a->count == b->count;
}

/* Of texts whose order counts, all are one value. */
static void compare_lists(struct comparing *comparing, const struct where *where, const struct node *a,
                          const struct node *b)
{
    bool words = !holds_collections(a) && !holds_collections(b);
    if (!words || keys_of(comparing, where->path))
        compare_collections(comparing, where, a, b);
    else if (!same_sequences(a, b))
        add_change(comparing, where, a, b);
}

/* --- all of it -------------------------------------------------------------------------------- */

/* One of several, with its settings, is one value: 8s against {uniform: …}. */
static bool is_choice(const struct where *where)
{
    return where->shape && shape_variant(where->shape);
}

static bool differ(const struct comparing *comparing, const struct where *where, const struct node *a,
                   const struct node *b)
{
    struct comparing inside = *comparing;
    inside.found = (struct comparison){0};
    compare_collections(&inside, where, a, b);
    return inside.found.count > 0;
}

static void compare_choices(struct comparing *comparing, const struct where *where, const struct node *a,
                            const struct node *b)
{
    if (differ(comparing, where, a, b))
        add_change(comparing, where, a, b);
}

static void compare_values(struct comparing *comparing, const struct where *where, const struct node *a,
                           const struct node *b)
{
    if (is_nothing(a) && is_nothing(b))
        return;
    if (is_nothing(a) || is_nothing(b) || a->kind != b->kind)
        add_change(comparing, where, a, b);
    else if (a->kind == NODE_SEQUENCE)
        compare_lists(comparing, where, a, b);
    else if (a->kind == NODE_MAPPING && is_choice(where))
        compare_choices(comparing, where, a, b);
    else if (a->kind == NODE_MAPPING)
        compare_collections(comparing, where, a, b);
    else if (!same_texts(comparing->arena, where->param, a->text, b->text))
        add_change(comparing, where, a, b);
}

struct comparison compare_revisions(struct arena *arena, const struct model *model,
                                    const struct node *const nodes[2])
{
    const struct param *list = shape_param(model->settings, model->revisions->list);
    struct comparing comparing = {.arena = arena, .model = model, .section = list->aws};
    const struct where element = {.path = "", .label = "", .param = list, .shape = list->shape};
    compare_values(&comparing, &element, nodes[0], nodes[1]);
    return comparing.found;
}
