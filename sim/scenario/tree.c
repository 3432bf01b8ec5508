#include "sim/scenario/tree.h"
#include "sim/engine/check.h"
#include "sim/engine/symbol.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct builder {
    struct source_reader reader;
    yaml_parser_t parser;
    yaml_event_t event;
    struct mistakes *mistakes;
    struct arena *arena;
    const struct source *source;
    struct place start;
    size_t start_byte;
    struct symbols anchors; /* pointer: the node */
    int anchor_count;       /* the table has more: their twins in lower case, and what is no anchor yet */
    struct symbols keys; /* number: of the mapping in which the key was seen last; pointer: its entry there */
    struct entry *entries; /* of the collections that are being built, innermost last */
    size_t entry_count, entry_capacity;
    int64_t mapping_count;
    size_t node_count, nodes_max;
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

static void make_room(struct arena *arena, struct node *collection)
{
    size_t capacity = 1, size = sizeof *collection->entries;
    if (!collection->exact) {
        collection->entries = array_room(arena, collection->entries, collection->count, size);
        return;
    }
    while (capacity <= collection->count)
        capacity *= 2;
    struct entry *entries = arena_array(arena, capacity, size);
    memcpy(entries, collection->entries, collection->count * size);
    collection->entries = entries;
    collection->exact = false;
}

void node_add(struct arena *arena, struct node *collection, const char *key, struct place place,
              struct node *value)
{
    make_room(arena, collection);
    collection->entries[collection->count++] = (struct entry){.key = key, .place = place, .value = value};
}

void node_remove(struct node *collection, size_t index)
{
    collection->count--;
    memmove(&collection->entries[index], &collection->entries[index + 1],
            (collection->count - index) * sizeof *collection->entries);
}

/* The path stands before the text. */
struct data_name {
    const char *path;
    char text[];
};

void node_name_data(struct arena *arena, struct node *node, const char *path)
{
    size_t length = strlen(node->text);
    struct data_name *name = arena_alloc(arena, sizeof *name + length + 1);
    name->path = path;
    memcpy(name->text, node->text, length);
    node->text = name->text;
    node->names_data = true;
}

const char *node_data_path(const struct node *node)
{
    return node->names_data ? ((const struct data_name *)(node->text - sizeof(struct data_name)))->path
                            : NULL;
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
    if (node->kind != NODE_SCALAR || !node->plain || !memchr("\0~nN", *node->text, 4))
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
    if (b->reader.wrong) {
        mistake_at(b->mistakes, b->start, "cannot read the text: %s", b->reader.wrong);
        return;
    }
    if (parser->error == YAML_READER_ERROR) {
        mistake_at(b->mistakes, source_place(b->source, b->start_byte + parser->problem_offset),
                   "%s; a scenario is text in UTF-8", parser->problem);
        return;
    }
    struct place place = place_of(b, parser->problem_mark);
    if (place.line > source_line_count(b->source)) /* libyaml ends the last line by itself */
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
    if (b->node_count++ < b->nodes_max)
        return true;
    mistake_at(b->mistakes, place, "this is too much: more than %zu values, aliases written out",
               b->nodes_max);
    return false;
}

static struct symbol *anchor_named(struct builder *b, const yaml_char_t *name)
{
    return symbol_named(&b->anchors, (const char *)name);
}

static void remember_anchor(struct builder *b, struct symbol *anchor, const struct node *node)
{
    if (!anchor->pointer && b->anchor_count++ >= TREE_ANCHORS_MAX)
        mistake_at(b->mistakes, node->place, "too many anchors: at most %d", TREE_ANCHORS_MAX);
    anchor->pointer = node;
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
    struct node *node = node_copy(b->arena, from);
    node->count = 0;
    node->exact = false;
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

static void report_duplicate(struct builder *b, const struct entry *entry, const struct entry *first)
{
    mistake_at(b->mistakes, entry->place, "`%s` is here twice; it was first said in line %u", entry->key,
               (unsigned)first->place.line);
}

/* Leaves each key's first entry. Those from `own` on were merged into the mapping, and give way in silence.
 */
static void drop_duplicates(struct builder *b, struct node *mapping, size_t own)
{
    struct entry *entries = mapping->entries;
    uint32_t count = mapping->count;
    b->mapping_count++;
    mapping->count = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct symbol *key = symbol_of_text(entries[i].key)->same;
        bool again = key->number == b->mapping_count;
        if (again && i < own)
            report_duplicate(b, &entries[i], key->pointer);
        if (again)
            continue;
        entries[mapping->count] = entries[i];
        key->number = b->mapping_count;
        key->pointer = &entries[mapping->count++];
    }
}

static void merge_mapping(struct builder *b, struct node *mapping, const struct node *other)
{
    for (size_t i = 0; i < other->count; i++) {
        const struct entry *entry = &other->entries[i];
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
    size_t own = mapping->count;
    if (merged)
        merge_value(b, mapping, merged);
    drop_duplicates(b, mapping, own);
}

/* Building */

static struct node *build(struct builder *, int depth);

static struct symbol *anchor_of(struct builder *b)
{
    const yaml_event_t *event = &b->event;
    const yaml_char_t *anchor = event->type == YAML_SCALAR_EVENT           ? event->data.scalar.anchor
                                : event->type == YAML_SEQUENCE_START_EVENT ? event->data.sequence_start.anchor
                                : event->type == YAML_MAPPING_START_EVENT  ? event->data.mapping_start.anchor
                                                                           : NULL;
    return anchor ? anchor_named(b, anchor) : NULL;
}

static bool tag_is_ours(const char *tag)
{
    return !tag || strcmp(tag, "!") == 0 || strncmp(tag, YAML_SEQ_TAG, strlen("tag:yaml.org,2002:")) == 0;
}

static void report_tag(struct builder *b, struct place place, const yaml_char_t *tag)
{
    if (!tag_is_ours((const char *)tag))
        mistake_at(b->mistakes, place, "the tag `%s` means nothing here", (const char *)tag);
}

static bool take_scalar(struct builder *b, struct place place)
{
    size_t length = b->event.data.scalar.length;
    report_tag(b, place, b->event.data.scalar.tag);
    if (length > TREE_SCALAR_MAX) {
        mistake_at(b->mistakes, place, "a text is at most %d bytes long, this one is %zu", TREE_SCALAR_MAX,
                   length);
        return false;
    }
    if (memchr(b->event.data.scalar.value, '\0', length)) {
        mistake_at(b->mistakes, place, "a text cannot hold the character NUL");
        return false;
    }
    return true;
}

static bool is_plain(const struct builder *b)
{
    return b->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && !b->event.data.scalar.tag;
}

/* The text stands behind its node. */
static struct node *build_scalar(struct builder *b, struct place place)
{
    size_t length = b->event.data.scalar.length;
    if (!take_scalar(b, place))
        return NULL;
    struct node *node = arena_pack(b->arena, sizeof *node + length + 1);
    char *text = (char *)(node + 1);
    memcpy(text, b->event.data.scalar.value, length);
    *node = (struct node){.kind = NODE_SCALAR, .plain = is_plain(b), .place = place, .text = text};
    return node;
}

static struct node *build_alias(struct builder *b, struct place place, int depth)
{
    const struct node *node = anchor_named(b, b->event.data.alias.anchor)->pointer;
    if (node)
        return copy_node(b, node, depth);
    mistake_at(b->mistakes, place, "there is no complete `&%s` before this alias",
               (const char *)b->event.data.alias.anchor);
    return NULL;
}

static void push_entry(struct builder *b, struct entry entry)
{
    if (b->entry_count == b->entry_capacity) {
        b->entry_capacity = b->entry_capacity ? 2 * b->entry_capacity : 64;
        b->entries = memory_grow(b->entries, b->entry_capacity, sizeof *b->entries);
    }
    b->entries[b->entry_count++] = entry;
}

/* Gives the collection the entries that were pushed since there were `before`. */
static struct node *pop_entries(struct builder *b, struct node *collection, size_t before)
{
    size_t count = b->entry_count - before;
    b->entry_count = before;
    collection->count = (uint32_t)count;
    collection->exact = count > 0;
    collection->entries = count ? arena_array(b->arena, count, sizeof *b->entries) : NULL;
    if (count)
        memcpy(collection->entries, b->entries + before, count * sizeof *b->entries);
    return collection;
}

static struct node *build_sequence(struct builder *b, struct place place, int depth)
{
    struct node *sequence = node_collection(b->arena, place, NODE_SEQUENCE);
    size_t before = b->entry_count;
    report_tag(b, place, b->event.data.sequence_start.tag);
    while (next_event(b)) {
        if (b->event.type == YAML_SEQUENCE_END_EVENT)
            return pop_entries(b, sequence, before);
        struct node *item = build(b, depth + 1);
        if (!item)
            return NULL;
        push_entry(b, (struct entry){.place = item->place, .value = item});
    }
    return NULL;
}

static bool build_key(struct builder *b, struct entry *entry, bool *merge)
{
    struct symbol *anchor = anchor_of(b);
    entry->place = place_of(b, b->event.start_mark);
    if (b->event.type != YAML_SCALAR_EVENT) {
        mistake_at(b->mistakes, entry->place, "a key is a text");
        return false;
    }
    if (b->event.data.scalar.length > TREE_KEY_MAX) {
        mistake_at(b->mistakes, entry->place, "a key is at most %d bytes long", TREE_KEY_MAX);
        return false;
    }
    if (!count_node(b, entry->place) || !take_scalar(b, entry->place))
        return false;
    const char *text = (const char *)b->event.data.scalar.value;
    entry->key = symbol_of(&b->keys, text, b->event.data.scalar.length)->text;
    *merge = is_plain(b) && strcmp(entry->key, "<<") == 0;
    if (anchor)
        remember_anchor(b, anchor, node_scalar(b->arena, entry->place, entry->key, is_plain(b)));
    return true;
}

static struct node *build_mapping(struct builder *b, struct place place, int depth)
{
    struct node *mapping = node_collection(b->arena, place, NODE_MAPPING), *merged = NULL;
    size_t before = b->entry_count;
    report_tag(b, place, b->event.data.mapping_start.tag);
    while (next_event(b)) {
        struct entry entry;
        bool merge;
        if (b->event.type == YAML_MAPPING_END_EVENT) {
            finish_mapping(b, pop_entries(b, mapping, before), merged);
            return mapping;
        }
        if (!build_key(b, &entry, &merge) || !next_event(b) || !(entry.value = build(b, depth + 1)))
            return NULL;
        if (merge && merged)
            mistake_at(b->mistakes, entry.place, "`<<` is here twice; it takes a list");
        if (merge)
            merged = entry.value;
        else
            push_entry(b, entry);
    }
    return NULL;
}

/* The node that begins with the current event; the last event of the node is current afterwards. */
static struct node *build(struct builder *b, int depth)
{
    struct place place = place_of(b, b->event.start_mark);
    struct symbol *anchor = anchor_of(b);
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

static int next_piece(void *data, unsigned char *piece, size_t size, size_t *have)
{
    struct source_reader *reader = data;
    *have = source_next(reader, piece, size);
    return !reader->wrong;
}

struct node *tree_read(struct mistakes *mistakes, const struct source *source, size_t start)
{
    struct builder *b = memory_alloc(sizeof *b);
    *b = (struct builder){.mistakes = mistakes, .arena = mistakes->arena, .source = source};
    b->anchors.arena = b->keys.arena = b->arena;
    b->start_byte = start;
    b->start = start ? source_place(source, start) : (struct place){source, 1, 1};
    b->nodes_max = source->size / TREE_BYTES_PER_NODE;
    if (b->nodes_max < TREE_NODES_MAX)
        b->nodes_max = TREE_NODES_MAX;
    if (!yaml_parser_initialize(&b->parser))
        machine_failed("out of memory");
    yaml_parser_set_encoding(&b->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input(&b->parser, next_piece, &b->reader);
    source_begin(&b->reader, source, start);
    struct node *root = build_document(b);
    yaml_event_delete(&b->event);
    yaml_parser_delete(&b->parser);
    source_end(&b->reader);
    free(b->entries);
    free(b);
    return root;
}
