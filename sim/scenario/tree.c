#include "sim/scenario/tree.h"
#include "sim/engine/check.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct anchor {
    const char *name;
    const struct node *node;
};

struct builder {
    yaml_parser_t parser;
    yaml_event_t event;
    struct mistakes *mistakes;
    struct arena *arena;
    const struct source *source;
    struct place start;
    struct anchor anchors[TREE_ANCHORS_MAX];
    size_t anchor_count;
    size_t node_count;
};

/* Nodes */

struct node *node_scalar(struct arena *arena, struct place place, const char *text, bool plain)
{
    struct node *node = arena_alloc(arena, sizeof *node);
    *node = (struct node){.kind = NODE_SCALAR, .plain = plain, .place = place, .text = text};
    return node;
}

struct node *node_collection(struct arena *arena, struct place place, enum node_kind kind)
{
    struct node *node = arena_alloc(arena, sizeof *node);
    *node = (struct node){.kind = kind, .place = place};
    return node;
}

void *array_room(struct arena *arena, void *items, size_t count, size_t size)
{
    if ((count & (count - 1)) != 0)
        return items;
    void *larger = arena_array(arena, count > 0 ? 2 * count : 1, size);
    if (count > 0)
        memcpy(larger, items, count * size);
    return larger;
}

struct node *node_copy(struct arena *arena, const struct node *node)
{
    struct node *copy = arena_alloc(arena, sizeof *copy);
    *copy = *node;
    return copy;
}

void node_become(struct node *node, enum node_kind kind)
{
    *node = (struct node){.kind = kind, .place = node->place};
}

void node_add(struct arena *arena, struct node *collection, const char *key, struct place place,
              struct node *value)
{
    collection->entries =
        array_room(arena, collection->entries, collection->count, sizeof *collection->entries);
    collection->entries[collection->count++] = (struct entry){.key = key, .place = place, .value = value};
}

void node_remove(struct node *collection, size_t index)
{
    collection->count--;
    memmove(&collection->entries[index], &collection->entries[index + 1],
            (collection->count - index) * sizeof *collection->entries);
}

void node_write(const struct node *node, struct json *json, const char *key)
{
    if (node->kind == NODE_SCALAR) {
        json_string(json, key, node_is_null(node) ? NULL : node->text);
        return;
    }
    bool mapping = node->kind == NODE_MAPPING;
    mapping ? json_begin_object(json, key) : json_begin_array(json, key);
    for (size_t i = 0; i < node->count; i++)
        node_write(node->entries[i].value, json, node->entries[i].key);
    mapping ? json_end_object(json) : json_end_array(json);
}

bool node_is_null(const struct node *node)
{
    static const char *const nulls[] = {"", "~", "null", "Null", "NULL"};
    if (node->kind != NODE_SCALAR || !node->plain)
        return false;
    for (size_t i = 0; i < sizeof nulls / sizeof *nulls; i++)
        if (strcmp(node->text, nulls[i]) == 0)
            return true;
    return false;
}

bool key_same(const char *a, const char *b)
{
    return tolower((unsigned char)*a) == tolower((unsigned char)*b) &&
           (*a == '\0' || strcmp(a + 1, b + 1) == 0);
}

struct entry *node_find(const struct node *mapping, const char *key)
{
    for (size_t i = 0; mapping->kind == NODE_MAPPING && i < mapping->count; i++)
        if (key_same(mapping->entries[i].key, key))
            return &mapping->entries[i];
    return NULL;
}

const char *node_text(const struct node *mapping, const char *key)
{
    const struct entry *entry = node_find(mapping, key);
    if (!entry || entry->value->kind != NODE_SCALAR || node_is_null(entry->value))
        return NULL;
    return entry->value->text;
}

/* Events */

static struct place place_of(const struct builder *b, yaml_mark_t mark)
{
    uint32_t shift = mark.line == 0 ? b->start.column : 1;
    return (struct place){b->source, (uint32_t)mark.line + b->start.line, (uint32_t)mark.column + shift};
}

static void report_syntax(struct builder *b)
{
    const yaml_parser_t *parser = &b->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        machine_failed("out of memory");
    if (parser->error == YAML_READER_ERROR) {
        size_t at =
            parser->problem_offset + (size_t)((const char *)parser->input.string.start - b->source->bytes);
        mistake_at(b->mistakes, source_place(b->source, at), "%s; a scenario is text in UTF-8",
                   parser->problem);
        return;
    }
    struct place place = place_of(b, parser->problem_mark);
    if (place.line > b->source->line_count) /* libyaml ends the last line by itself */
        place = source_place(b->source, b->source->size);
    size_t left;
    const char *at = source_at(place, &left);
    const char *hint = left > 0 && *at == '\t' ? "; YAML is indented with spaces, not tabs" : "";
    if (parser->context)
        mistake_at(b->mistakes, place, "%s %s%s", parser->problem, parser->context, hint);
    else
        mistake_at(b->mistakes, place, "%s%s", parser->problem, hint);
}

static bool next_event(struct builder *b)
{
    yaml_event_delete(&b->event);
    if (yaml_parser_parse(&b->parser, &b->event))
        return true;
    report_syntax(b);
    return false;
}

/* Limits */

static bool count_node(struct builder *b, struct place place)
{
    if (b->node_count++ < TREE_NODES_MAX)
        return true;
    mistake_at(b->mistakes, place, "this is too much: more than %d values, aliases written out",
               TREE_NODES_MAX);
    return false;
}

static void remember_anchor(struct builder *b, const char *name, const struct node *node)
{
    for (size_t i = 0; i < b->anchor_count; i++)
        if (strcmp(b->anchors[i].name, name) == 0) {
            b->anchors[i].node = node;
            return;
        }
    if (b->anchor_count < TREE_ANCHORS_MAX)
        b->anchors[b->anchor_count++] = (struct anchor){name, node};
    else
        mistake_at(b->mistakes, node->place, "too many anchors: at most %d", TREE_ANCHORS_MAX);
}

static struct node *copy_node(struct builder *b, const struct node *from, int depth)
{
    if (!count_node(b, from->place))
        return NULL;
    if (depth > TREE_DEPTH_MAX) {
        mistake_at(b->mistakes, from->place, "nested more than %d levels deep, aliases written out",
                   TREE_DEPTH_MAX);
        return NULL;
    }
    struct node *node = arena_alloc(b->arena, sizeof *node);
    *node = *from;
    node->count = 0;
    for (size_t i = 0; i < from->count; i++) {
        const struct entry *entry = &from->entries[i];
        struct node *value = copy_node(b, entry->value, depth + 1);
        if (!value)
            return NULL;
        node_add(b->arena, node, entry->key, entry->place, value);
    }
    return node;
}

/* Mappings: duplicate keys and `<<` */

static int compare_keys(const void *left, const void *right)
{
    const struct entry *a = *(const struct entry *const *)left, *b = *(const struct entry *const *)right;
    int first = tolower((unsigned char)*a->key) - tolower((unsigned char)*b->key);
    int order = first != 0 || *a->key == '\0' ? first : strcmp(a->key + 1, b->key + 1);
    return order != 0 ? order : (a > b) - (a < b);
}

static void report_duplicates(struct builder *b, const struct node *mapping)
{
    struct entry **sorted = memory_alloc((mapping->count + 1) * sizeof *sorted);
    for (size_t i = 0; i < mapping->count; i++)
        sorted[i] = &mapping->entries[i];
    qsort(sorted, mapping->count, sizeof *sorted, compare_keys);
    for (size_t i = 1; i < mapping->count; i++)
        if (key_same(sorted[i - 1]->key, sorted[i]->key))
            mistake_at(b->mistakes, sorted[i]->place, "`%s` is here twice; it was first said in line %u",
                       sorted[i]->key, (unsigned)sorted[i - 1]->place.line);
    free(sorted);
}

static void merge_mapping(struct builder *b, struct node *mapping, const struct node *other)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct entry *entry = &other->entries[i];
        if (!node_find(mapping, entry->key))
            node_add(b->arena, mapping, entry->key, entry->place, entry->value);
    }
}

/* What `<<` names was copied when its alias was read, so its values can be taken as they are. */
static void merge_value(struct builder *b, struct node *mapping, const struct node *value)
{
    if (value->kind == NODE_MAPPING) {
        merge_mapping(b, mapping, value);
        return;
    }
    bool mappings = value->kind == NODE_SEQUENCE;
    for (size_t i = 0; mappings && i < value->count; i++)
        mappings = value->entries[i].value->kind == NODE_MAPPING;
    if (!mappings)
        mistake_at(b->mistakes, value->place,
                   "`<<` takes a mapping or a list of mappings, such as *defaults");
    for (size_t i = 0; mappings && i < value->count; i++)
        merge_mapping(b, mapping, value->entries[i].value);
}

static void finish_mapping(struct builder *b, struct node *mapping, const struct node *merged)
{
    report_duplicates(b, mapping);
    if (merged)
        merge_value(b, mapping, merged);
}

/* Building */

static struct node *build(struct builder *, int depth);

static bool tag_is_ours(const char *tag)
{
    return !tag || strcmp(tag, "!") == 0 || strncmp(tag, YAML_SEQ_TAG, strlen("tag:yaml.org,2002:")) == 0;
}

static void report_tag(struct builder *b, struct place place, const yaml_char_t *tag)
{
    if (!tag_is_ours((const char *)tag))
        mistake_at(b->mistakes, place, "the tag `%s` means nothing here", (const char *)tag);
}

static struct node *build_scalar(struct builder *b, struct place place)
{
    const char *text = (const char *)b->event.data.scalar.value;
    size_t length = b->event.data.scalar.length;
    report_tag(b, place, b->event.data.scalar.tag);
    if (length > TREE_SCALAR_MAX) {
        mistake_at(b->mistakes, place, "a text is at most %d bytes long, this one is %zu", TREE_SCALAR_MAX,
                   length);
        return NULL;
    }
    if (memchr(text, '\0', length)) {
        mistake_at(b->mistakes, place, "a text cannot hold the character NUL");
        return NULL;
    }
    bool plain = b->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !b->event.data.scalar.tag;
    return node_scalar(b->arena, place, arena_copy(b->arena, text, length), plain);
}

static struct node *build_alias(struct builder *b, struct place place, int depth)
{
    const char *name = (const char *)b->event.data.alias.anchor;
    for (size_t i = 0; i < b->anchor_count; i++)
        if (strcmp(b->anchors[i].name, name) == 0)
            return copy_node(b, b->anchors[i].node, depth);
    mistake_at(b->mistakes, place, "there is no complete `&%s` before this alias", name);
    return NULL;
}

static struct node *build_sequence(struct builder *b, struct place place, int depth)
{
    struct node *sequence = node_collection(b->arena, place, NODE_SEQUENCE);
    report_tag(b, place, b->event.data.sequence_start.tag);
    while (next_event(b)) {
        if (b->event.type == YAML_SEQUENCE_END_EVENT)
            return sequence;
        struct node *item = build(b, depth + 1);
        if (!item)
            return NULL;
        node_add(b->arena, sequence, NULL, item->place, item);
    }
    return NULL;
}

static bool build_key(struct builder *b, struct entry *entry, bool *merge)
{
    entry->place = place_of(b, b->event.start_mark);
    if (b->event.type != YAML_SCALAR_EVENT) {
        mistake_at(b->mistakes, entry->place, "a key is a text");
        return false;
    }
    if (b->event.data.scalar.length > TREE_KEY_MAX) {
        mistake_at(b->mistakes, entry->place, "a key is at most %d bytes long", TREE_KEY_MAX);
        return false;
    }
    const struct node *key = build(b, 0);
    if (!key)
        return false;
    entry->key = key->text;
    *merge = key->plain && strcmp(key->text, "<<") == 0;
    return true;
}

static struct node *build_mapping(struct builder *b, struct place place, int depth)
{
    struct node *mapping = node_collection(b->arena, place, NODE_MAPPING), *merged = NULL;
    report_tag(b, place, b->event.data.mapping_start.tag);
    while (next_event(b)) {
        struct entry entry;
        bool merge;
        if (b->event.type == YAML_MAPPING_END_EVENT) {
            finish_mapping(b, mapping, merged);
            return mapping;
        }
        if (!build_key(b, &entry, &merge) || !next_event(b) || !(entry.value = build(b, depth + 1)))
            return NULL;
        if (merge && merged)
            mistake_at(b->mistakes, entry.place, "`<<` is here twice; it takes a list");
        if (merge)
            merged = entry.value;
        else
            node_add(b->arena, mapping, entry.key, entry.place, entry.value);
    }
    return NULL;
}

static const char *anchor_of(const struct builder *b)
{
    const yaml_event_t *event = &b->event;
    const yaml_char_t *anchor = event->type == YAML_SCALAR_EVENT           ? event->data.scalar.anchor
                                : event->type == YAML_SEQUENCE_START_EVENT ? event->data.sequence_start.anchor
                                : event->type == YAML_MAPPING_START_EVENT  ? event->data.mapping_start.anchor
                                                                           : NULL;
    return arena_text(b->arena, (const char *)anchor);
}

/* The node that begins with the current event; the last event of the node is current afterwards. */
static struct node *build(struct builder *b, int depth)
{
    struct place place = place_of(b, b->event.start_mark);
    const char *anchor = anchor_of(b);
    if (depth > TREE_DEPTH_MAX) {
        mistake_at(b->mistakes, place, "nested more than %d levels deep", TREE_DEPTH_MAX);
        return NULL;
    }
    if (b->event.type == YAML_ALIAS_EVENT)
        return build_alias(b, place, depth);
    if (!count_node(b, place))
        return NULL;
    struct node *node = b->event.type == YAML_SCALAR_EVENT           ? build_scalar(b, place)
                        : b->event.type == YAML_SEQUENCE_START_EVENT ? build_sequence(b, place, depth)
                                                                     : build_mapping(b, place, depth);
    if (node && anchor)
        remember_anchor(b, anchor, node);
    return node;
}

static struct node *build_document(struct builder *b)
{
    if (!next_event(b) || !next_event(b)) /* the start of the stream; of the document, or the end */
        return NULL;
    if (b->event.type == YAML_STREAM_END_EVENT)
        return node_scalar(b->arena, b->start, "", true);
    struct node *node = next_event(b) ? build(b, 1) : NULL;
    if (!node || !next_event(b) || !next_event(b))
        return NULL;
    if (b->event.type != YAML_STREAM_END_EVENT)
        mistake_at(b->mistakes, place_of(b, b->event.start_mark), "a second document; there can be only one");
    return node;
}

struct node *tree_read(struct mistakes *mistakes, const struct source *source, size_t start)
{
    struct builder *b = memory_alloc(sizeof *b);
    *b = (struct builder){.mistakes = mistakes, .arena = mistakes->arena, .source = source};
    b->start = source_place(source, start);
    if (!yaml_parser_initialize(&b->parser))
        machine_failed("out of memory");
    yaml_parser_set_encoding(&b->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&b->parser, (const unsigned char *)source->bytes + start,
                                 source->size - start);
    struct node *root = build_document(b);
    yaml_event_delete(&b->event);
    yaml_parser_delete(&b->parser);
    free(b);
    return root;
}
