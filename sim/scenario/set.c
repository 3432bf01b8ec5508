/* `--set PATH=VALUE`: a path through the tree, by the tables. */
#include "sim/scenario/overlay.h"
#include <stdlib.h>
#include <string.h>

struct walk {
    struct binder *binder;
    const struct source *source;
    const char *at;     /* the rest of the path */
    struct node **node; /* reached so far */
    const struct shape
        *shape; /* of that mapping, or of the elements of that list; NULL where the tables say nothing */
    const char *shown; /* its key */
};

struct step {
    const char *name;
    struct place place;
    bool index; /* in brackets, without quotes */
};

static struct place place_of(const struct walk *walk, const char *at)
{
    return source_place(walk->source, (size_t)(at - walk->source->bytes));
}

static bool refuse(const struct walk *walk, const char *at, const char *wrong)
{
    mistake_at(walk->binder->mistakes, place_of(walk, at),
               "%s; a path looks like services.web.desiredCount or services[\"web.v2\"].desiredCount", wrong);
    return false;
}

/* ["a name"], [0] or [+] */
static bool read_bracket(struct walk *walk, struct step *step)
{
    const char *from = walk->at + 1;
    step->index = *from != '"' && *from != '\'';
    const char *end = step->index ? strchr(from, ']') : strchr(from + 1, *from);
    if (!end || (!step->index && end[1] != ']'))
        return refuse(walk, walk->at, "this bracket is not closed");
    from += !step->index;
    step->name = arena_copy(walk->binder->arena, from, (size_t)(end - from));
    step->place = place_of(walk, from);
    walk->at = end + (step->index ? 1 : 2);
    return true;
}

static bool read_step(struct walk *walk, struct step *step, bool first)
{
    if (*walk->at == '[' && !first)
        return read_bracket(walk, step);
    if (!first && *walk->at++ != '.')
        return refuse(walk, walk->at - 1, "a dot or a bracket should be here");
    size_t length = strcspn(walk->at, ".[=");
    if (length == 0)
        return refuse(walk, walk->at, "a key is missing here");
    if (length > TREE_KEY_MAX)
        return refuse(walk, walk->at, "this key is too long");
    *step = (struct step){arena_copy(walk->binder->arena, walk->at, length), place_of(walk, walk->at), false};
    walk->at += length;
    return true;
}

/* Elements of lists, by name or index */

static bool names_element(const struct walk *walk, const struct node *element, const char *name)
{
    const char *own = walk->shape ? overlay_name(walk->binder->arena, walk->shape, element) : NULL;
    return own && strcmp(own, name) == 0;
}

static const char *nearest_element(const struct walk *walk, const struct node *list, const char *name)
{
    const char **names = arena_array(walk->binder->arena, list->count + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; walk->shape && i < list->count; i++) {
        const char *own = overlay_name(walk->binder->arena, walk->shape, list->entries[i].value);
        if (own)
            names[count++] = own;
    }
    return nearest_name(name, names);
}

static bool read_index(const char *text, size_t count, size_t *index)
{
    size_t length = strspn(text, "0123456789");
    if (length == 0 || text[length] != '\0' || length > 9)
        return false;
    *index = strtoul(text, NULL, 10);
    return *index < count;
}

static bool enter_list(struct walk *walk, const struct step *step)
{
    struct node *list = *walk->node;
    size_t found = list->count;
    for (size_t i = 0; !step->index && found == list->count && i < list->count; i++)
        if (names_element(walk, list->entries[i].value, step->name))
            found = i;
    if (found == list->count && !read_index(step->name, list->count, &found)) {
        const char *nearest = nearest_element(walk, list, step->name);
        mistake_at(walk->binder->mistakes, step->place, "`%s` has no element `%s`%s%s%s", walk->shown,
                   step->name, nearest ? "; did you mean `" : "", nearest ? nearest : "",
                   nearest ? "`?" : "");
        return false;
    }
    walk->node = &list->entries[found].value;
    walk->shown = step->name;
    return true;
}

static bool appends(const struct step *step)
{
    return step->index && strcmp(step->name, "+") == 0;
}

/* [+] is a new element at the end; a list that is absent begins with it. */
static bool append_element(struct walk *walk, const struct step *step)
{
    struct node *list = *walk->node;
    struct arena *arena = walk->binder->arena;
    if (node_is_null(list))
        node_become(list, NODE_SEQUENCE);
    if (list->kind != NODE_SEQUENCE) {
        mistake_at(walk->binder->mistakes, step->place, "`%s` is no list here; `[+]` adds an element to one",
                   walk->shown);
        return false;
    }
    node_add(arena, list, NULL, step->place, node_scalar(arena, step->place, "", true));
    walk->node = &list->entries[list->count - 1].value;
    walk->shown = "[+]";
    return true;
}

/* Keys of mappings */

static const struct shape *shape_below(const struct shape *shape, const char *key)
{
    const struct param *param = shape ? shape_param(shape, key) : NULL,
                       *choice = shape ? shape_variant(shape) : NULL;
    if (param)
        return param->shape;
    const struct variant *variant = choice ? catalogue_find(choice->catalogue, key) : NULL;
    return variant ? variant->shape : NULL;
}

/* The text comes from a command line, so nobody has looked at its encoding. */
static bool is_ascii(const char *text)
{
    while (*text >= ' ' && *text < 0x7F)
        text++;
    return *text == '\0';
}

static bool enter_mapping(struct walk *walk, const struct step *step)
{
    struct node *mapping = *walk->node;
    if (node_is_null(mapping))
        mapping->kind = NODE_MAPPING;
    if (mapping->kind != NODE_MAPPING) {
        mistake_at(walk->binder->mistakes, step->place, "`%s` is a single value here; nothing is below it",
                   walk->shown);
        return false;
    }
    const struct param *param = walk->shape ? shape_param(walk->shape, step->name) : NULL;
    struct entry *entry = param ? shape_entry(param, mapping) : node_find(mapping, step->name);
    struct arena *arena = walk->binder->arena;
    if (!entry && !is_ascii(step->name)) {
        mistake_at(walk->binder->mistakes, step->place, "a new key is written in ASCII here");
        return false;
    }
    if (!entry) {
        node_add(arena, mapping, step->name, step->place, node_scalar(arena, step->place, "", true));
        entry = &mapping->entries[mapping->count - 1];
    }
    walk->node = &entry->value;
    walk->shape = shape_below(walk->shape, step->name);
    walk->shown = step->name;
    return true;
}

static bool enter(struct walk *walk, const struct step *step)
{
    if (appends(step))
        return append_element(walk, step);
    return (*walk->node)->kind == NODE_SEQUENCE ? enter_list(walk, step) : enter_mapping(walk, step);
}

static bool walk_path(struct walk *walk)
{
    struct step step;
    bool first = true;
    do {
        if (!read_step(walk, &step, first) || !enter(walk, &step))
            return false;
        first = false;
    } while (*walk->at && *walk->at != '=');
    return *walk->at == '=' || refuse(walk, walk->at, "`=` and a value are missing here");
}

/* Elements can be named by revisions that the scenario leaves open. */
static void number_revisions(struct binder *binder, struct node *root)
{
    for (const struct param *param = binder->model->settings->params; param->key; param++) {
        const struct entry *entry =
            param->type == PARAM_LIST && param->shape->revision_key ? shape_entry(param, root) : NULL;
        for (size_t i = 0; entry && entry->value->kind == NODE_SEQUENCE && i < entry->value->count; i++)
            if (entry->value->entries[i].value->kind == NODE_MAPPING)
                bind_revision(binder, param->shape, entry->value->entries[i].value);
    }
}

void overlay_set(struct binder *binder, struct node *root, const char *text)
{
    struct source *source = source_new(binder->arena, "--set", ".", text, strlen(text));
    source->order = ++binder->source_count;
    number_revisions(binder, root);
    struct walk walk = {.binder = binder,
                        .source = source,
                        .at = source->bytes,
                        .node = &root,
                        .shape = binder->model->settings,
                        .shown = "the scenario"};
    if (!walk_path(&walk))
        return;
    struct node *value = tree_read(binder->mistakes, source, (size_t)(walk.at + 1 - source->bytes));
    if (value)
        *walk.node = value;
}
