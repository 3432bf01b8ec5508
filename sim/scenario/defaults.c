#include "sim/scenario/defaults.h"
#include "sim/engine/check.h"
#include <string.h>

/* Plans */

/* References are held against what there is, and what is parsed may belong to one object alone. */
static bool is_copied(const struct param *param)
{
    bool word = param->type <= PARAM_CHOICE && param->type != PARAM_REFERENCE;
    return param->fallback && (word || (param->type == PARAM_TEXTS && !param->collection));
}

static bool is_looked_at(const struct param *param)
{
    return !is_copied(param) &&
           (param->fallback || (param->flags & PARAM_REQUIRED) || param->type == PARAM_STRUCT);
}

static void blank(const struct shape *shape, char *object)
{
    for (const struct param *param = shape->params; param->key; param++) {
        char *field = object + param->offset;
        bool number = (param->type >= PARAM_INTEGER && param->type <= PARAM_MEMORY) ||
                      param->type == PARAM_UTC || param->type == PARAM_TIME_OF_DAY;
        if (number)
            *(int64_t *)field = ABSENT;
        else if (param->type == PARAM_STRUCT)
            blank(param->shape, field);
    }
}

static void add_defaults(struct binder *binder, struct frame *frame, const struct plan *plan,
                         const struct shape *shape)
{
    const struct place nowhere = {0};
    for (const struct param *param = shape->params; param->key; param++)
        if (is_copied(param))
            bind_value(binder, frame, param, default_at(binder, plan, shape, param, nowhere),
                       (char *)plan->blank + param->offset);
}

static struct plan *plan_new(struct binder *binder, struct frame *frame, const struct shape *shape)
{
    struct plan *plan = arena_alloc(binder->arena, sizeof *plan);
    size_t count = 0;
    while (shape->params[count].key)
        count++;
    plan->fallbacks = arena_array(binder->arena, count, sizeof(struct node *));
    plan->absent = arena_array(binder->arena, count, sizeof *plan->absent);
    for (size_t i = 0; i < count; i++)
        if (is_looked_at(&shape->params[i]))
            plan->absent[plan->absent_count++] = &shape->params[i];
    plan->blank = arena_alloc(binder->arena, shape->size);
    blank(shape, plan->blank);
    add_defaults(binder, frame, plan, shape);
    return plan;
}

const struct plan *plan_of(struct binder *binder, struct frame *frame, const struct shape *shape)
{
    if (!frame->level->plan)
        frame->level->plan = plan_new(binder, frame, shape);
    return frame->level->plan;
}

/* Defaults as nodes */

/* Of a choice a variant's name, or the one entry of a mapping. */
static struct node *word_as_node(struct arena *arena, const struct param *param, struct place place)
{
    if (param->type != PARAM_VARIANT)
        return node_scalar(arena, place, param->fallback, true);
    struct node *chosen = node_collection(arena, place, NODE_MAPPING);
    node_add(arena, chosen, param->fallback, place, node_collection(arena, place, NODE_MAPPING));
    return chosen;
}

/* What is more than a word is read. */
static struct node *read_default(struct binder *binder, const struct param *param, struct place place)
{
    if (!memchr("{[", *param->fallback, 2))
        return word_as_node(binder->arena, param, place);
    const char *name = arena_format(binder->arena, "the default of `%s`", param->key);
    const struct source *source =
        source_new(binder->arena, name, ".", param->fallback, strlen(param->fallback));
    struct node *node = tree_read(binder->mistakes, source, 0);
    CHECK(node);
    return node;
}

/* The first who asks binds the one that is kept, and so writes out its short forms. */
struct node *default_at(struct binder *binder, const struct plan *plan, const struct shape *shape,
                        const struct param *param, struct place place)
{
    struct node **kept = &plan->fallbacks[param - shape->params];
    if (!*kept)
        return *kept = read_default(binder, param, place);
    struct node *node = node_copy(binder->arena, *kept);
    node->place = place;
    return node;
}

/* Writing them into the tree */

/* False: it lacks what a scenario must say. */
static bool write_object(struct arena *, const struct level *, const struct shape *, struct node *mapping);

static void insert(struct arena *arena, struct node *mapping, const struct param *param, struct node *value)
{
    struct entry *entry = shape_entry(param, mapping);
    value->filled = true;
    if (entry)
        entry->value = value; /* it was null */
    else
        node_add(arena, mapping, param->key, mapping->place, value);
}

static void write_below(struct arena *arena, const struct level *outer, const struct param *param,
                        struct node *value)
{
    const struct level *level = param->shape ? level_find(outer, param) : NULL;
    if (!level)
        return;
    if (param->type != PARAM_LIST)
        write_object(arena, level, param->shape, value);
    for (size_t i = 0; param->type == PARAM_LIST && i < value->count; i++)
        write_object(arena, level, param->shape, value->entries[i].value);
}

/* All that are absent on one level are the same. One that lacks something cannot be written out. */
static void write_absent_struct(struct arena *arena, const struct level *outer, const struct param *param,
                                struct node **kept, struct node *mapping)
{
    const struct level *level = level_find(outer, param);
    if (!*kept && level) {
        *kept = node_collection(arena, mapping->place, NODE_MAPPING);
        if (!write_object(arena, level, param->shape, *kept))
            node_become(*kept, NODE_MAPPING);
    }
    if (*kept && (*kept)->count > 0)
        insert(arena, mapping, param, *kept);
}

static bool write_absent(struct arena *arena, const struct level *level, const struct shape *shape,
                         const struct param *param, struct node *mapping)
{
    struct node **kept = &level->plan->fallbacks[param - shape->params];
    if (param->fallback && *kept) {
        insert(arena, mapping, param, *kept);
        write_below(arena, level, param, *kept);
    } else if (param->type == PARAM_STRUCT && !(param->flags & PARAM_REQUIRED)) {
        write_absent_struct(arena, level, param, kept, mapping);
    }
    return param->fallback || !(param->flags & PARAM_REQUIRED);
}

static struct node *chosen_of(const struct shape *shape, const struct param *param,
                              const struct node *mapping, const struct variant **variant)
{
    for (size_t i = 0; i < mapping->count; i++) {
        const char *key = mapping->entries[i].key;
        *variant = shape_param(shape, key) ? NULL : catalogue_find(param->catalogue, key);
        if (*variant)
            return mapping->entries[i].value;
    }
    return NULL;
}

static bool write_variant(struct arena *arena, const struct level *outer, const struct shape *shape,
                          const struct param *param, struct node *mapping)
{
    const struct variant *variant;
    struct node *kept = outer->plan->fallbacks[param - shape->params];
    if (!chosen_of(shape, param, mapping, &variant) && kept) {
        const struct entry *entry = &kept->entries[0];
        entry->value->filled = true;
        node_add(arena, mapping, entry->key, mapping->place, entry->value);
    }
    struct node *value = chosen_of(shape, param, mapping, &variant);
    const struct level *level = value ? level_find(outer, variant) : NULL;
    if (level && variant->shape)
        write_object(arena, level, variant->shape, value);
    return value || !(param->flags & PARAM_REQUIRED);
}

static bool write_object(struct arena *arena, const struct level *level, const struct shape *shape,
                         struct node *mapping)
{
    bool whole = true;
    if (mapping->kind != NODE_MAPPING || !level->plan)
        return whole;
    for (const struct param *param = shape->params; param->key; param++) {
        const struct entry *entry = param->type == PARAM_VARIANT ? NULL : shape_entry(param, mapping);
        if (param->type == PARAM_VARIANT)
            whole = write_variant(arena, level, shape, param, mapping) && whole;
        else if (entry && !node_is_null(entry->value))
            write_below(arena, level, param, entry->value);
        else
            whole = write_absent(arena, level, shape, param, mapping) && whole;
    }
    return whole;
}

void defaults_write(struct arena *arena, const struct level *root, const struct shape *shape,
                    struct node *tree)
{
    write_object(arena, root, shape, tree);
}
