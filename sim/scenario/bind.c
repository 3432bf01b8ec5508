#include "sim/scenario/bind.h"
#include "sim/engine/check.h"
#include "sim/scenario/defaults.h"
#include "sim/scenario/scalar.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct reference {
    struct frame *frame;
    const char *collection, *name;
    struct place place;
    struct reference *next;
};

struct pending_check {
    struct frame *frame;
    const struct position *position;
    struct pending_check *next;
};

static void bind_object(struct binder *, struct frame *, const struct shape *, struct node *, char *object);

/* Scalars */

static const char *const *kind_names(void)
{
    static const char *const names[] = {"a single value", "a list", "a mapping"};
    return names;
}

static bool expect_scalar(struct binder *binder, struct frame *frame, const struct param *param,
                          const struct node *node)
{
    if (node->kind == NODE_SCALAR)
        return true;
    WRONG(binder, frame, node->place, "`%s` should be %s, not %s", param->key, scalar_expected(param),
          kind_names()[node->kind]);
    return false;
}

static void store(const struct param *param, int64_t value, void *field)
{
    if (param->type == PARAM_FLAG)
        *(bool *)field = value != 0;
    else if (param->type == PARAM_CHOICE)
        *(int *)field = (int)value;
    else
        *(int64_t *)field = value;
}

/* A value that is wrong becomes the least that is allowed, so that the checks of others find something sane.
 */
static void bind_number(struct binder *binder, struct frame *frame, const struct param *param,
                        const struct node *node, void *field)
{
    int64_t value;
    const char *wrong = scalar_read(binder->arena, param, node->text, &value);
    if (wrong)
        WRONG(binder, frame, node->place, "`%s` %s", node->text, wrong);
    store(param, wrong ? param->least : value, field);
}

static void refer(struct binder *binder, struct frame *frame, const char *collection, const struct node *node,
                  const char *name)
{
    struct reference *reference = arena_alloc(binder->arena, sizeof *reference);
    *reference =
        (struct reference){.frame = frame, .collection = collection, .name = name, .place = node->place};
    *binder->last_reference = reference;
    binder->last_reference = &reference->next;
}

static void bind_text(struct binder *binder, struct frame *frame, const struct param *param,
                      const struct node *node, const char **field)
{
    *field = param->type == PARAM_TEXT ? node->text : scalar_name(binder->arena, node->text);
    if (param->type == PARAM_REFERENCE)
        refer(binder, frame, param->collection, node, *field);
}

/* The place of a byte of the scalar, if the text stands in the source as it is; else where the scalar starts.
 */
static struct place place_inside(const struct node *node, size_t byte)
{
    enum { COLUMN_MAX = 10000 }; /* columns are counted from the start of the line */
    struct place place = node->place;
    size_t length = strlen(node->text), left;
    if (!place.source || place.column > COLUMN_MAX)
        return place;
    const char *at = source_at(place, &left);
    bool quoted = left > 0 && (*at == '"' || *at == '\'');
    if (left < length + quoted || byte > length || memcmp(at + quoted, node->text, length) != 0)
        return place;
    return source_after(place, quoted + byte);
}

static void bind_parsed(struct binder *binder, struct frame *frame, const struct param *param,
                        const struct node *node, void *field)
{
    size_t where = 0;
    const char *wrong = param->parse(binder->arena, node->text, field, &where);
    if (wrong)
        WRONG(binder, frame, place_inside(node, where), "%s", wrong);
}

static void bind_scalar(struct binder *binder, struct frame *frame, const struct param *param,
                        const struct node *node, void *field)
{
    if (!expect_scalar(binder, frame, param, node))
        return;
    if (param->type == PARAM_TEXT || param->type == PARAM_NAME || param->type == PARAM_REFERENCE)
        bind_text(binder, frame, param, node, field);
    else if (param->type == PARAM_PARSED)
        bind_parsed(binder, frame, param, node, field);
    else
        bind_number(binder, frame, param, node, field);
}

/* Lists */

static void split_at_commas(struct binder *binder, struct node *node)
{
    const char *from = node->text;
    node_become(node, NODE_SEQUENCE);
    for (;;) {
        from += strspn(from, " ");
        size_t length = strcspn(from, ","), kept = length;
        while (kept > 0 && from[kept - 1] == ' ')
            kept--;
        struct node *item =
            node_scalar(binder->arena, node->place, arena_copy(binder->arena, from, kept), false);
        if (kept > 0)
            node_add(binder->arena, node, NULL, node->place, item);
        if (from[length] == '\0')
            return;
        from += length + 1;
    }
}

static void bind_text_item(struct binder *binder, struct frame *frame, const struct param *param,
                           const struct node *item, const char **field)
{
    *field = "";
    if (!expect_scalar(binder, frame, param, item))
        return;
    *field = param->collection ? scalar_name(binder->arena, item->text) : item->text;
    if (param->collection)
        refer(binder, frame, param->collection, item, *field);
}

static void bind_texts(struct binder *binder, struct frame *frame, const struct param *param,
                       struct node *node, struct list *list)
{
    if (node->kind == NODE_SCALAR && (param->flags & PARAM_COMMA)) {
        split_at_commas(binder, node);
    } else if (node->kind == NODE_SCALAR) {
        struct node *item = node_copy(binder->arena, node);
        node_become(node, NODE_SEQUENCE);
        node_add(binder->arena, node, NULL, item->place, item);
    }
    if (node->kind != NODE_SEQUENCE) {
        WRONG(binder, frame, node->place, "`%s` should be a list of texts, not %s", param->key,
              kind_names()[node->kind]);
        return;
    }
    *list = (struct list){node->count, arena_array(binder->arena, node->count, sizeof(const char *))};
    for (size_t i = 0; i < node->count; i++)
        bind_text_item(binder, frame, param, node->entries[i].value, &((const char **)list->items)[i]);
}

/* A mapping whose keys are those of an element is an element that lacks its dash. */
static bool is_pairs(const struct shape *shape, const struct node *node)
{
    bool other_keys = node->count == 0;
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++)
        other_keys = other_keys || !shape_param(shape, node->entries[i].key);
    return node->kind == NODE_MAPPING && other_keys && shape_is_pair(shape);
}

/* {stack: prod} becomes [{name: stack, value: prod}]. */
static void write_out_pairs(struct binder *binder, const struct shape *shape, struct node *node)
{
    struct node pairs = *node;
    node_become(node, NODE_SEQUENCE);
    for (size_t i = 0; i < pairs.count; i++) {
        const struct entry *entry = &pairs.entries[i];
        struct node *pair = node_collection(binder->arena, entry->place, NODE_MAPPING);
        struct node *name = node_scalar(binder->arena, entry->place, entry->key, false);
        node_add(binder->arena, pair, shape->params[0].key, entry->place, name);
        node_add(binder->arena, pair, shape->params[1].key, entry->value->place, entry->value);
        node_add(binder->arena, node, NULL, entry->place, pair);
    }
}

/* Three bytes of text make an element of hundreds. */
static bool bind_more_elements(struct binder *binder, struct frame *frame, struct place list, size_t count)
{
    if (count <= BIND_ELEMENTS_MAX - binder->element_count) {
        binder->element_count += count;
        return true;
    }
    WRONG(binder, frame, list, "this is too much: lists have more than %d elements together",
          BIND_ELEMENTS_MAX);
    return false;
}

static void bind_list(struct binder *binder, struct frame *outer, const struct param *param,
                      struct node *node, struct list *list)
{
    if (is_pairs(param->shape, node))
        write_out_pairs(binder, param->shape, node);
    if (node->kind != NODE_SEQUENCE) {
        WRONG(binder, outer, node->place, "`%s` should be a list, not %s", param->key,
              kind_names()[node->kind]);
        return;
    }
    if (!bind_more_elements(binder, outer, node->place, node->count))
        return;
    char *items = arena_array(binder->arena, node->count, param->shape->size);
    *list = (struct list){0, items};
    for (size_t i = 0; i < node->count && !mistakes_are_full(binder->mistakes); i++) {
        struct frame *frame = frame_below(binder, outer, param);
        frame->list = outer->outer ? NULL : param;
        bind_object(binder, frame, param->shape, node->entries[i].value, items + i * param->shape->size);
        list->count++;
    }
}

/* Objects */

/* Short forms are written out in the tree: 8s as {constant: 8s}, [10m, 900] as {at: 10m, value: 900}. */
static void write_out_tuple(struct binder *binder, struct frame *frame, const struct shape *shape,
                            struct node *node)
{
    struct node items = *node;
    const struct param *param = shape->params;
    node_become(node, NODE_MAPPING);
    for (size_t i = 0; i < items.count && param->key; i++, param++)
        node_add(binder->arena, node, param->key, items.entries[i].place, items.entries[i].value);
    if (node->count < items.count)
        WRONG(binder, frame, node->place, "%s has %u values here; it has at most %u", shape->name,
              items.count, node->count);
}

static bool write_out_short_form(struct binder *binder, struct frame *frame, const struct shape *shape,
                                 struct node *node)
{
    if (node->kind == NODE_SEQUENCE && shape->tuple) {
        write_out_tuple(binder, frame, shape, node);
    } else if (node_is_null(node)) {
        node_become(node, NODE_MAPPING);
    } else if (node->kind != NODE_MAPPING && shape->shorthand) {
        struct node *value = node_copy(binder->arena, node);
        node_become(node, NODE_MAPPING);
        node_add(binder->arena, node, shape->shorthand, value->place, value);
        node->was_short = true;
    }
    if (node->kind == NODE_MAPPING)
        return true;
    WRONG(binder, frame, node->place, "%s is a mapping with keys such as `%s`, not %s", shape->name,
          shape->params->key ? shape->params->key : "…", kind_names()[node->kind]);
    return false;
}

static void bind_variant(struct binder *binder, struct frame *frame, const struct param *param,
                         const struct variant *variant, struct entry *entry, struct chosen *chosen)
{
    static const struct param none[] = {PARAM_END};
    static const struct shape nothing = {.name = "this", .params = none};
    if (chosen->variant) {
        WRONG(binder, frame, entry->place, "only one %s can be given; there is `%s` already",
              param->catalogue->kind, chosen->variant->name);
        return;
    }
    const struct shape *shape = variant->shape ? variant->shape : &nothing;
    chosen->variant = variant;
    chosen->settings = variant->shape ? arena_alloc(binder->arena, shape->size) : NULL;
    bind_object(binder, frame_of_variant(binder, frame, param, variant), shape, entry->value,
                chosen->settings);
}

/* The params of a shape that a mapping says. */
struct said {
    uint64_t words[4];
};

static uint64_t *said_word(struct said *said, const struct shape *shape, const struct param *param,
                           uint64_t *bit)
{
    size_t index = (size_t)(param - shape->params), word = index / 64;
    CHECK(word < sizeof said->words / sizeof *said->words);
    *bit = UINT64_C(1) << index % 64;
    return &said->words[word];
}

static void bind_said(struct binder *binder, struct frame *frame, const struct shape *shape,
                      const struct param *param, struct node *value, char *object, struct said *said)
{
    uint64_t bit, *word = said_word(said, shape, param, &bit);
    *word |= bit;
    bind_value(binder, frame, param, value, object + param->offset);
}

static bool is_said(struct said *said, const struct shape *shape, const struct param *param)
{
    uint64_t bit, *word = said_word(said, shape, param, &bit);
    return *word & bit;
}

static void bind_entry(struct binder *binder, struct frame *frame, const struct shape *shape,
                       struct node *node, size_t index, char *object, struct said *said)
{
    struct entry entry = node->entries[index];
    const struct param *param = shape_param(shape, entry.key), *choice = shape_variant(shape);
    const struct variant *variant = !param && choice ? catalogue_find(choice->catalogue, entry.key) : NULL;
    if (variant)
        bind_variant(binder, frame, choice, variant, &entry, (struct chosen *)(object + choice->offset));
    else if (!param)
        bind_unknown(binder, frame, shape, &entry);
    else if (param->alias && !key_same(entry.key, param->key) && node_find(node, param->key))
        WRONG(binder, frame, entry.place, "`%s` and `%s` are one; say it once", param->key, entry.key);
    else if (!node_is_null(entry.value))
        bind_said(binder, frame, shape, param, entry.value, object, said);
}

/* What the scenario does not say */

/* Whatever is absent from an empty mapping is as empty, and at the same place. */
static void bind_absent_struct(struct binder *binder, struct frame *frame, const struct param *param,
                               struct node *mapping, char *field)
{
    struct frame *below = frame_below(binder, frame, param);
    bool empty = mapping->count == 0;
    below->absent = true;
    bind_object(binder, below, param->shape,
                empty ? mapping : node_collection(binder->arena, mapping->place, NODE_MAPPING), field);
}

static void report_lacking(struct binder *binder, struct frame *frame, const struct shape *shape,
                           const struct param *param, const struct node *mapping)
{
    if (frame->absent)
        return;
    if (param->type == PARAM_VARIANT)
        WRONG(binder, frame, mapping->place, "%s lacks its %s", shape->name, param->catalogue->kind);
    else
        WRONG(binder, frame, mapping->place, "%s lacks `%s`", shape->name, param->key);
}

static void bind_absent(struct binder *binder, struct frame *frame, const struct shape *shape,
                        const struct param *param, struct node *mapping, char *field)
{
    if (param->fallback) {
        bind_value(binder, frame, param, default_at(binder, frame->level->plan, shape, param, mapping->place),
                   field);
    } else if (param->flags & PARAM_REQUIRED) {
        report_lacking(binder, frame, shape, param, mapping);
        if (param->type == PARAM_TEXT || param->type == PARAM_NAME || param->type == PARAM_REFERENCE)
            *(const char **)field = "";
    } else {
        bind_absent_struct(binder, frame, param, mapping, field);
    }
}

static void bind_absent_variant(struct binder *binder, struct frame *frame, const struct shape *shape,
                                const struct param *param, const struct node *mapping, struct chosen *chosen)
{
    if (!param->fallback) {
        report_lacking(binder, frame, shape, param, mapping);
        return;
    }
    const struct node *node = default_at(binder, frame->level->plan, shape, param, mapping->place);
    struct entry entry = node->entries[0];
    entry.place = mapping->place;
    bind_variant(binder, frame, param, catalogue_find(param->catalogue, entry.key), &entry, chosen);
}

static void bind_missing(struct binder *binder, struct frame *frame, const struct shape *shape,
                         struct node *mapping, char *object, struct said *said)
{
    const struct plan *plan = frame->level->plan;
    for (size_t i = 0; i < plan->absent_count; i++) {
        const struct param *param = plan->absent[i];
        struct chosen *chosen = (struct chosen *)(object + param->offset);
        if (param->type != PARAM_VARIANT && !is_said(said, shape, param))
            bind_absent(binder, frame, shape, param, mapping, object + param->offset);
        else if (param->type == PARAM_VARIANT && !chosen->variant)
            bind_absent_variant(binder, frame, shape, param, mapping, chosen);
    }
}

static void register_name(struct binder *binder, const struct frame *frame, const struct shape *shape,
                          const struct node *node, const void *object)
{
    if (!shape->collection || !shape->name_key)
        return;
    const struct param *param = shape_param(shape, shape->name_key);
    CHECK(param);
    const char *name = *(const char *const *)((const char *)object + param->offset);
    if (!name || !*name)
        return;
    struct named named = {.name = name, .node = node, .list = frame->list};
    if (shape->revision_key) {
        const struct param *revision = shape_param(shape, shape->revision_key);
        CHECK(revision && revision->type == PARAM_INTEGER);
        int64_t number = *(const int64_t *)((const char *)object + revision->offset);
        collection_add(binder->mistakes, shape->collection, (struct named){.name = name, .node = node});
        named.name = arena_format(binder->arena, "%s:%lld", name, (long long)number);
    }
    collection_add(binder->mistakes, shape->collection, named);
}

static void queue_check(struct binder *binder, struct frame *frame, const struct position *position)
{
    struct pending_check *check = arena_pack(binder->arena, sizeof *check);
    *check = (struct pending_check){.frame = frame, .position = position};
    *binder->last_check = check;
    binder->last_check = &check->next;
}

static void bind_object(struct binder *binder, struct frame *frame, const struct shape *shape,
                        struct node *node, char *object)
{
    frame->lenient = frame->lenient || frame_is_printed(node);
    const struct plan *plan = plan_of(binder, frame, shape);
    if (object)
        memcpy(object, plan->blank, shape->size);
    if (!write_out_short_form(binder, frame, shape, node))
        return;
    const struct position *position = object ? position_add(binder->mistakes, object, shape, node) : NULL;
    if (shape->revision_key)
        bind_revision(binder, shape, node);
    struct said said = {0};
    for (size_t i = 0; i < node->count; i++)
        bind_entry(binder, frame, shape, node, i, object, &said);
    bind_missing(binder, frame, shape, node, object, &said);
    if (object)
        register_name(binder, frame, shape, node, object);
    if (shape->check && position)
        queue_check(binder, frame, position);
}

static void bind_optional(struct binder *binder, struct frame *frame, const struct param *param,
                          struct node *node, void **field)
{
    *field = arena_alloc(binder->arena, param->shape->size);
    bind_object(binder, frame_below(binder, frame, param), param->shape, node, *field);
}

/* The model does not read it, and yet its typing errors are errors. */
static void bind_unread(struct binder *binder, struct frame *outer, const struct param *param,
                        const struct node *node, bool *field)
{
    struct frame *frame = frame_below(binder, outer, param);
    *field = node->kind == NODE_SCALAR || node->count > 0;
    if (!param->aws)
        return;
    if (node->kind == NODE_MAPPING)
        bind_unknown_below(binder, frame, frame->level, node);
    for (size_t i = 0; node->kind == NODE_SEQUENCE && i < node->count; i++) {
        const struct node *element = node->entries[i].value;
        frame->lenient = outer->lenient || frame_is_printed(element);
        if (element->kind == NODE_MAPPING)
            bind_unknown_below(binder, frame, frame->level, element);
    }
}

static void bind_written(struct binder *binder, struct frame *frame, const struct param *param,
                         const struct node *node, const char **field)
{
    struct text text = {0};
    struct json json = {.out = &text, .one_line = true};
    struct level *level = level_of_key(binder, frame->level, param->key);
    if (level)
        bind_unknown_below(binder, frame, level, node);
    node_write(node, &json, NULL);
    *field = node->kind != NODE_SCALAR && node->count == 0 ? "" : arena_text(binder->arena, text.bytes);
    text_free(&text);
}

void bind_value(struct binder *binder, struct frame *frame, const struct param *param, struct node *node,
                void *field)
{
    switch (param->type) {
    case PARAM_STRUCT:
        bind_object(binder, frame_below(binder, frame, param), param->shape, node, field);
        break;
    case PARAM_OPTIONAL:
        bind_optional(binder, frame, param, node, field);
        break;
    case PARAM_LIST:
        bind_list(binder, frame, param, node, field);
        break;
    case PARAM_TEXTS:
        bind_texts(binder, frame, param, node, field);
        break;
    case PARAM_FILE:
        bind_file(binder, frame, param, node, field);
        break;
    case PARAM_UNREAD:
        bind_unread(binder, frame, param, node, field);
        break;
    case PARAM_WRITTEN:
        bind_written(binder, frame, param, node, field);
        break;
    default:
        bind_scalar(binder, frame, param, node, field);
    }
}

/* When everything is read */

static void resolve_references(struct binder *binder)
{
    for (const struct reference *reference = binder->references; reference; reference = reference->next) {
        const char *nearest;
        if (collection_has(binder->mistakes, reference->collection, reference->name, &nearest))
            continue;
        WRONG(binder, reference->frame, reference->place, "`%s` is not among the %s%s%s%s", reference->name,
              reference->collection, nearest ? "; did you mean `" : "", nearest ? nearest : "",
              nearest ? "`?" : "");
    }
}

static void run_checks(struct binder *binder)
{
    struct mistakes *mistakes = binder->mistakes;
    for (const struct pending_check *check = binder->checks; check; check = check->next) {
        size_t errors = mistakes->errors;
        if (check->frame->broken)
            continue;
        mistakes->checked = *check->position;
        check->position->shape->check(mistakes, (void *)check->position->object, binder->root);
        mistakes->checked = (struct position){0};
        if (mistakes->errors > errors)
            frame_break(check->frame);
    }
}

void *bind_root(struct binder *binder, struct node *tree)
{
    struct frame *frame = arena_alloc(binder->arena, sizeof *frame);
    const struct shape *shape = binder->model->settings;
    binder->level = level_of_root(binder->arena);
    *frame = (struct frame){.level = binder->level};
    binder->last_reference = &binder->references;
    binder->last_check = &binder->checks;
    binder->root = arena_alloc(binder->arena, shape->size);
    bind_object(binder, frame, shape, tree, binder->root);
    collections_finish(binder->mistakes);
    if (!mistakes_are_full(binder->mistakes)) {
        if (shape->index)
            shape->index(binder->mistakes, binder->root);
        resolve_references(binder);
        run_checks(binder);
    }
    return binder->root;
}
