#include "sim/scenario/overlay.h"
#include "sim/scenario/scalar.h"
#include <string.h>

/* Names */

static const char *element_name(struct arena *arena, const struct shape *shape, const struct node *element)
{
    const struct param *param = shape->name_key ? shape_param(shape, shape->name_key) : NULL;
    const struct entry *entry = param && element->kind == NODE_MAPPING ? shape_entry(param, element) : NULL;
    if (!entry || entry->value->kind != NODE_SCALAR || node_is_null(entry->value))
        return NULL;
    return param->type == PARAM_TEXT ? entry->value->text : scalar_name(arena, entry->value->text);
}

static const char *revision_of(struct arena *arena, const struct shape *shape, const struct node *element,
                               const char *family)
{
    const char *said = shape->revision_key ? node_text(element, shape->revision_key) : NULL;
    int64_t revision = said || !shape->revision_key ? 0 : bind_arn_revision(arena, element, family);
    return revision > 0 ? arena_format(arena, "%lld", (long long)revision) : said;
}

const char *overlay_name(struct arena *arena, const struct shape *shape, const struct node *element)
{
    const char *name = element_name(arena, shape, element);
    const char *revision = name ? revision_of(arena, shape, element, name) : NULL;
    return revision ? arena_format(arena, "%s:%s", name, revision) : name;
}

/* Lists of named elements */

static bool stands_alone(const struct shape *shape, const struct node *element)
{
    for (const struct param *param = shape->params; param->key; param++)
        if ((param->flags & PARAM_REQUIRED) && param->type != PARAM_VARIANT && !shape_entry(param, element))
            return false;
    return true;
}

/* The element of the first `count` over which `top` is laid; NULL: it is a new one. */
static struct node *element_below(struct arena *arena, const struct shape *shape, const struct node *base,
                                  size_t count, const struct node *top)
{
    const char *name = overlay_name(arena, shape, top), *family = element_name(arena, shape, top);
    bool any_revision = shape->revision_key && name == family && !stands_alone(shape, top);
    for (size_t i = count; name && i-- > 0;) {
        struct node *element = base->entries[i].value;
        const char *other =
            any_revision ? element_name(arena, shape, element) : overlay_name(arena, shape, element);
        bool unnumbered = shape->revision_key && name == family && !any_revision;
        if (other && !unnumbered && strcmp(other, name) == 0)
            return element;
    }
    return NULL;
}

static void lay_mapping(struct arena *, const struct shape *, struct node *base, const struct node *top,
                        bool at_root);

static void lay_list(struct arena *arena, const struct shape *shape, struct node *base,
                     const struct node *top)
{
    size_t count = base->count;
    for (size_t i = 0; i < top->count; i++) {
        const struct entry *entry = &top->entries[i];
        struct node *below = element_below(arena, shape, base, count, entry->value);
        if (below)
            lay_mapping(arena, shape, below, entry->value, false);
        else
            node_add(arena, base, NULL, entry->place, entry->value);
    }
}

/* Mappings */

static struct entry *entry_below(const struct shape *shape, const struct node *base, const char *key)
{
    const struct param *param = shape ? shape_param(shape, key) : NULL;
    return param ? shape_entry(param, base) : node_find(base, key);
}

/* Of variants only one can be chosen: the one laid over replaces the other. */
static void make_way(const struct shape *shape, struct node *base, const char *key)
{
    const struct param *choice = shape ? shape_variant(shape) : NULL;
    if (!choice || shape_param(shape, key) || !catalogue_find(choice->catalogue, key))
        return;
    for (size_t i = base->count; i-- > 0;)
        if (!key_same(base->entries[i].key, key) && catalogue_find(choice->catalogue, base->entries[i].key))
            node_remove(base, i);
}

static const struct shape *shape_of_key(const struct shape *shape, const char *key)
{
    const struct param *param = shape ? shape_param(shape, key) : NULL,
                       *choice = shape ? shape_variant(shape) : NULL;
    if (param)
        return param->type == PARAM_STRUCT || param->type == PARAM_OPTIONAL ? param->shape : NULL;
    const struct variant *variant = choice ? catalogue_find(choice->catalogue, key) : NULL;
    return variant ? variant->shape : NULL;
}

static void lay_entry(struct arena *arena, const struct shape *shape, struct node *base,
                      const struct entry *top, bool at_root)
{
    make_way(shape, base, top->key);
    const struct param *param = shape ? shape_param(shape, top->key) : NULL;
    struct entry *below = entry_below(shape, base, top->key);
    bool named = at_root && param && param->type == PARAM_LIST && param->shape->name_key;
    if (!below)
        node_add(arena, base, top->key, top->place, top->value);
    else if (below->value->kind == NODE_MAPPING && top->value->kind == NODE_MAPPING)
        lay_mapping(arena, shape_of_key(shape, top->key), below->value, top->value, false);
    else if (named && below->value->kind == NODE_SEQUENCE && top->value->kind == NODE_SEQUENCE)
        lay_list(arena, param->shape, below->value, top->value);
    else
        *below = *top;
}

static void lay_mapping(struct arena *arena, const struct shape *shape, struct node *base,
                        const struct node *top, bool at_root)
{
    for (size_t i = 0; i < top->count; i++)
        lay_entry(arena, shape, base, &top->entries[i], at_root);
}

void overlay_lay(struct arena *arena, const struct shape *root, struct node *base, const struct node *top)
{
    lay_mapping(arena, root, base, top, true);
}
