/* `from:`: other scenarios, what the AWS CLI printed, and what it takes as --cli-input-json. */
#include "sim/scenario/overlay.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { FROM_DEPTH_MAX = 16 };

/* The files that are being read, innermost first: none of them may be read again. */
struct chain {
    const char *path;
    const struct chain *outer;
    int depth;
};

static struct node *read_scenario(struct binder *, struct node *own, const struct chain *);

/* What a file is */

static const struct param *param_of_wrapper(const struct shape *root, const struct entry *entry)
{
    if (entry->value->kind == NODE_SCALAR)
        return NULL;
    for (const struct param *param = root->params; param->key; param++) {
        size_t length = strlen(param->key);
        bool list = param->type == PARAM_LIST, one = entry->value->kind == NODE_MAPPING;
        if (param->wrapper && key_same(param->wrapper, entry->key))
            return param;
        if (list && one && strlen(entry->key) + 1 == length &&
            strncasecmp(param->key, entry->key, length - 1) == 0)
            return param;
    }
    return NULL;
}

static bool is_skipped(const char *key)
{
    static const char *const skipped[] = {"failures", "tags", "nextToken", "responseMetadata", NULL};
    for (size_t i = 0; skipped[i]; i++)
        if (key_same(key, skipped[i]))
            return true;
    return false;
}

static size_t count_root_keys(const struct shape *root, const struct node *mapping)
{
    size_t count = 0;
    for (size_t i = 0; i < mapping->count; i++)
        count += shape_param(root, mapping->entries[i].key) || key_same(mapping->entries[i].key, "from");
    return count;
}

/* AWS prints `failures` as well, and means something else by it. */
static bool is_printed_answer(const struct shape *root, const struct node *mapping)
{
    if (!mapping->place.source->json)
        return false;
    for (size_t i = 0; i < mapping->count; i++) {
        const struct entry *entry = &mapping->entries[i];
        const struct param *param = shape_param(root, entry->key);
        bool collection = param && param->aws;
        if (!collection && !is_skipped(entry->key) && !param_of_wrapper(root, entry))
            return false;
    }
    return true;
}

static size_t count_known_keys(struct binder *binder, const struct param *list, const struct node *mapping)
{
    size_t count = 0;
    for (size_t i = 0; i < mapping->count; i++) {
        const char *key = mapping->entries[i].key;
        count +=
            shape_param(list->shape, key) || bind_known_field(binder->model, binder->arena, list->aws, key);
    }
    return count;
}

/* The list of which a bare object is an element: it has the name's key, and most of its keys are known there.
 */
static const struct param *list_of_bare(struct binder *binder, const struct node *mapping, size_t at_least)
{
    const struct param *best = NULL;
    size_t most = at_least;
    for (const struct param *param = binder->model->settings->params; param->key; param++) {
        if (param->type != PARAM_LIST || !param->shape->name_key || mapping->kind != NODE_MAPPING)
            continue;
        const struct param *name = shape_param(param->shape, param->shape->name_key);
        size_t known = count_known_keys(binder, param, mapping);
        if (name && shape_entry(name, mapping) && known > most && 2 * known > mapping->count) {
            best = param;
            most = known;
        }
    }
    return best;
}

/* Making a scenario of it */

static struct node *list_of_one(struct arena *arena, struct node *item)
{
    struct node *list = node_collection(arena, item->place, NODE_SEQUENCE);
    node_add(arena, list, NULL, item->place, item);
    return list;
}

static void add_to_list(struct arena *arena, struct node *root, const struct param *param, struct node *item)
{
    const struct entry *entry = node_find(root, param->key);
    if (entry)
        node_add(arena, entry->value, NULL, item->place, item);
    else
        node_add(arena, root, param->key, item->place, list_of_one(arena, item));
}

static struct node *unwrap_struct(struct binder *binder, const struct param *param, struct node *value)
{
    if (param->type != PARAM_STRUCT || value->kind != NODE_SEQUENCE)
        return value;
    if (value->count > 1)
        mistake_at(binder->mistakes, value->entries[1].place, "a second element; there can be only one `%s`",
                   param->key);
    return value->count > 0 ? value->entries[0].value : node_scalar(binder->arena, value->place, "", true);
}

static struct node *unwrap(struct binder *binder, const struct node *mapping)
{
    const struct shape *root = binder->model->settings;
    bool answer = is_printed_answer(root, mapping);
    struct node *scenario = node_collection(binder->arena, mapping->place, NODE_MAPPING);
    for (size_t i = 0; i < mapping->count; i++) {
        const struct entry *entry = &mapping->entries[i];
        const struct param *param = shape_param(root, entry->key) ? NULL : param_of_wrapper(root, entry);
        if (answer && is_skipped(entry->key))
            continue;
        struct node *value = entry->value;
        if (param && param->type == PARAM_LIST && value->kind == NODE_MAPPING)
            value = list_of_one(binder->arena, value);
        node_add(binder->arena, scenario, param ? param->key : entry->key, entry->place,
                 param ? unwrap_struct(binder, param, value) : value);
    }
    return scenario;
}

static struct node *adopt_elements(struct binder *binder, const struct node *list)
{
    struct node *scenario = node_collection(binder->arena, list->place, NODE_MAPPING);
    for (size_t i = 0; i < list->count; i++) {
        struct node *item = list->entries[i].value;
        const struct param *param = list_of_bare(binder, item, 0);
        if (param)
            add_to_list(binder->arena, scenario, param, item);
        else
            mistake_at(binder->mistakes, item->place, "it is not clear what this is an element of");
    }
    return scenario;
}

static size_t count_wrappers(const struct shape *root, const struct node *mapping)
{
    size_t count = 0;
    for (size_t i = 0; i < mapping->count; i++)
        count += !shape_param(root, mapping->entries[i].key) && param_of_wrapper(root, &mapping->entries[i]);
    return count;
}

struct node *overlay_adopt(struct binder *binder, struct node *node)
{
    const struct shape *root = binder->model->settings;
    if (node->kind == NODE_SEQUENCE)
        return adopt_elements(binder, node);
    size_t known = node->kind == NODE_MAPPING ? count_root_keys(root, node) + count_wrappers(root, node) : 0;
    if (list_of_bare(binder, node, known))
        return adopt_elements(binder, list_of_one(binder->arena, node));
    if (known > 0)
        return unwrap(binder, node);
    mistake_at(binder->mistakes, node->place,
               "this is neither a scenario nor any of what `ecsim help aws` lists");
    return NULL;
}

/* Reading the files */

static bool is_being_read(const struct chain *chain, const char *path)
{
    for (; chain; chain = chain->outer)
        if (strcmp(chain->path, path) == 0)
            return true;
    return false;
}

static const char *real_path(struct arena *arena, const char *path)
{
    char *real = realpath(path, NULL);
    const char *kept = arena_text(arena, real ? real : path);
    free(real);
    return kept;
}

static struct node *read_file(struct binder *binder, const struct node *name, const char *path,
                              unsigned order)
{
    const char *wrong;
    struct source *source = source_of_file(binder->arena, path, &wrong);
    if (wrong) {
        mistake_at(binder->mistakes, name->place, "cannot read `%s`: %s", name->text, wrong);
        return NULL;
    }
    source->order = order;
    source->printed = source->json;
    return tree_read(binder->mistakes, source, 0);
}

static void lay_file(struct binder *binder, struct node *base, const struct node *name,
                     const struct chain *outer)
{
    const char *path = source_resolve(binder->arena, name->place.source->folder, name->text);
    struct chain chain = {real_path(binder->arena, path), outer, outer->depth + 1};
    if (is_being_read(outer, chain.path) || chain.depth > FROM_DEPTH_MAX) {
        mistake_at(binder->mistakes, name->place, "`%s` is read %s", name->text,
                   chain.depth > FROM_DEPTH_MAX ? "through too many others" : "from itself, in a circle");
        return;
    }
    struct node *node = read_file(binder, name, path, ++binder->source_count);
    struct node *scenario = node ? overlay_adopt(binder, node) : NULL;
    if (scenario)
        overlay_lay(binder->arena, binder->model->settings, base, read_scenario(binder, scenario, &chain));
}

static void lay_files(struct binder *binder, struct node *base, const struct node *files,
                      const struct chain *chain)
{
    if (files->kind == NODE_SCALAR && !node_is_null(files))
        lay_file(binder, base, files, chain);
    else if (files->kind == NODE_MAPPING)
        mistake_at(binder->mistakes, files->place, "`from` is a file's path, or a list of them");
    for (size_t i = 0; files->kind == NODE_SEQUENCE && i < files->count; i++) {
        const struct node *file = files->entries[i].value;
        if (file->kind == NODE_SCALAR)
            lay_file(binder, base, file, chain);
        else
            mistake_at(binder->mistakes, file->place, "a file's path is a text");
    }
}

/* The scenario with all that it is made from below it. */
static struct node *read_scenario(struct binder *binder, struct node *own, const struct chain *chain)
{
    struct entry *from = node_find(own, "from");
    if (!from)
        return own;
    struct node *base = node_collection(binder->arena, own->place, NODE_MAPPING), *files = from->value;
    node_remove(own, (size_t)(from - own->entries));
    lay_files(binder, base, files, chain);
    overlay_lay(binder->arena, binder->model->settings, base, own);
    return base;
}

void overlay_from(struct binder *binder, struct node *root, const char *path)
{
    const struct chain chain = {real_path(binder->arena, path), NULL, 0};
    *root = *read_scenario(binder, root, &chain);
}
