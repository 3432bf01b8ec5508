#include "sim/scenario/emit.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { INDENT = 2, FLOW_WIDTH = 100 };

/* Texts */

static bool is_plain_byte(char byte)
{
    return isalnum((unsigned char)byte) || (byte && strchr("_./+-%@", byte));
}

/* Plain only where no reader of YAML could take it for anything else than a text, a number or a word. */
static bool is_plain(const struct node *node)
{
    const char *text = node->text;
    if (node_is_null(node))
        return true;
    const struct node unquoted = {.kind = NODE_SCALAR, .plain = true, .text = text};
    if (node_is_null(&unquoted) || !(isalnum((unsigned char)*text) || strchr("_/", *text)))
        return *text == '-' && isdigit((unsigned char)text[1]) &&
               text[1 + strspn(text + 1, "0123456789.")] == '\0';
    for (; *text; text++) {
        bool inner = (*text == ' ' || *text == ':') && is_plain_byte(text[1]);
        if (!is_plain_byte(*text) && !inner)
            return false;
    }
    return true;
}

static size_t decode(const unsigned char *at, uint32_t *code)
{
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    *code = length == 1 ? at[0] : at[0] & (0xFFu >> (length + 1));
    for (size_t i = 1; i < length; i++)
        *code = *code << 6 | (at[i] & 0x3F);
    return length;
}

static bool needs_escape(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           code == 0xFEFF || code == 0xFFFE || code == 0xFFFF;
}

static void add_escape(struct text *out, uint32_t code)
{
    if (code == '\n' || code == '\t')
        text_add(out, code == '\n' ? "\\n" : "\\t");
    else if (code < 0x100)
        text_add_format(out, "\\x%02X", (unsigned)code);
    else
        text_add_format(out, "\\u%04X", (unsigned)code);
}

static void add_quoted(struct text *out, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    text_add_char(out, '"');
    while (*at) {
        uint32_t code;
        size_t length = decode(at, &code);
        if (code == '"' || code == '\\')
            text_add_char(out, '\\');
        if (needs_escape(code))
            add_escape(out, code);
        else
            text_add_bytes(out, (const char *)at, length);
        at += length;
    }
    text_add_char(out, '"');
}

static void add_key(struct text *out, const char *key)
{
    const struct node node = {.kind = NODE_SCALAR, .text = key};
    if (is_plain(&node) && !strchr(key, ':'))
        text_add(out, key);
    else
        add_quoted(out, key);
    text_add_char(out, ':');
}

/* Data files */

/* The folder's absolute path, of which the end need not exist. */
static const char *absolute_folder(struct arena *arena, const char *folder)
{
    char *real = realpath(folder, NULL);
    const char *result = arena_text(arena, real);
    free(real);
    if (result)
        return result;
    size_t length = strlen(folder);
    while (length > 1 && folder[length - 1] == '/')
        length--;
    const char *trimmed = arena_copy(arena, folder, length);
    const char *base = strrchr(trimmed, '/');
    const char *parent = base == trimmed ? "/" : source_folder(arena, trimmed);
    if (strcmp(parent, trimmed) == 0)
        return trimmed;
    const char *above = absolute_folder(arena, parent);
    return arena_format(arena, "%s/%s", strcmp(above, "/") == 0 ? "" : above, base ? base + 1 : trimmed);
}

/* The first byte at which two absolute paths go different ways, just behind a slash. */
static size_t common_length(const char *folder, const char *path)
{
    size_t common = 0;
    for (size_t i = 0; path[i] && (folder[i] == path[i] || (!folder[i] && path[i] == '/')); i++) {
        if (path[i] == '/')
            common = i + 1;
        if (!folder[i])
            break;
    }
    return common;
}

static const char *relative_path(struct arena *arena, const char *folder, const char *path)
{
    const char *from = absolute_folder(arena, folder), *up = "";
    size_t common = common_length(from, path);
    if (*path != '/' || common == 0)
        return path;
    const char *rest = strlen(from) >= common ? from + common : "";
    for (; *rest; rest += strcspn(rest, "/"), rest += *rest == '/')
        up = arena_format(arena, "%s../", up);
    return arena_format(arena, "%s%s", up, path + common);
}

/* Nodes */

struct emitter {
    struct arena *arena;
    struct text *out;
    const char *folder; /* NULL: data files are named as they are written */
};

static void add_scalar(const struct emitter *emitter, const struct node *node)
{
    struct node shown = *node;
    const char *data = node_data_path(node);
    if (data && emitter->folder)
        shown.text = relative_path(emitter->arena, emitter->folder, data);
    if (node_is_null(node))
        text_add(emitter->out, "null");
    else if (is_plain(&shown))
        text_add(emitter->out, shown.text);
    else
        add_quoted(emitter->out, shown.text);
}

/* Small collections of scalars stand on one line. */
static bool fits_one_line(const struct node *node)
{
    size_t width = 0;
    for (size_t i = 0; i < node->count; i++) {
        const struct entry *entry = &node->entries[i];
        if (entry->value->kind != NODE_SCALAR)
            return false;
        width += strlen(entry->value->text) + (entry->key ? strlen(entry->key) + 2 : 0) + 2;
        if (width > FLOW_WIDTH || entry->value->names_data)
            return false;
    }
    return true;
}

static void add_line(const struct emitter *emitter, const struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        add_scalar(emitter, node);
        return;
    }
    text_add_char(emitter->out, node->kind == NODE_MAPPING ? '{' : '[');
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0)
            text_add(emitter->out, ", ");
        if (node->kind == NODE_MAPPING) {
            add_key(emitter->out, node->entries[i].key);
            text_add_char(emitter->out, ' ');
        }
        add_line(emitter, node->entries[i].value);
    }
    text_add_char(emitter->out, node->kind == NODE_MAPPING ? '}' : ']');
}

static void add_block(const struct emitter *, const struct node *, int indent, bool first_in_place);

static void add_value(const struct emitter *emitter, const struct node *node, int indent, bool in_sequence)
{
    bool block = node->kind != NODE_SCALAR && !fits_one_line(node);
    text_add_char(emitter->out, block && !in_sequence ? '\n' : ' ');
    if (block) {
        add_block(emitter, node, indent + INDENT, in_sequence);
        return;
    }
    add_line(emitter, node);
    text_add_char(emitter->out, '\n');
}

/* The first entry of a block in a sequence stands behind the dash. */
static void add_block(const struct emitter *emitter, const struct node *node, int indent, bool first_in_place)
{
    for (size_t i = 0; i < node->count; i++) {
        for (int blank = 0; blank < indent && !(i == 0 && first_in_place); blank++)
            text_add_char(emitter->out, ' ');
        if (node->kind == NODE_MAPPING)
            add_key(emitter->out, node->entries[i].key);
        else
            text_add_char(emitter->out, '-');
        add_value(emitter, node->entries[i].value, indent, node->kind == NODE_SEQUENCE);
    }
}

void emit_tree(struct arena *arena, const struct node *root, const char *folder, struct text *out)
{
    const struct emitter emitter = {arena, out, folder};
    if (root->count == 0)
        text_add(out, "{}\n");
    else
        add_block(&emitter, root, 0, false);
}

void emit_line(const struct node *node, struct text *out)
{
    add_line(&(struct emitter){.out = out}, node);
}
