#include "sim/scenario/reference.h"
#include "sim/scenario/bind.h"
#include "sim/scenario/scalar.h"
#include <ctype.h>
#include <string.h>

enum { INDENT = 2, MEANING_COLUMN = 40 };

struct reference_writer {
    struct arena *arena;
    struct text *out;
    const struct shape **described;
    size_t described_count;
};

static void write_shape(struct reference_writer *, const struct shape *, int indent);

static const char *type_name(const struct param *param)
{
    static const char *const names[] = {
        [PARAM_FLAG] = "true or false",
        [PARAM_INTEGER] = "integer",
        [PARAM_NUMBER] = "number",
        [PARAM_DURATION] = "duration",
        [PARAM_CPU] = "CPU units",
        [PARAM_MEMORY] = "MiB",
        [PARAM_TEXT] = "text",
        [PARAM_NAME] = "name",
        [PARAM_REFERENCE] = "name",
        [PARAM_UTC] = "time",
        [PARAM_TIME_OF_DAY] = "time of day",
        [PARAM_CHOICE] = "one of",
        [PARAM_STRUCT] = "mapping",
        [PARAM_OPTIONAL] = "mapping",
        [PARAM_LIST] = "list",
        [PARAM_TEXTS] = "list of texts",
        [PARAM_VARIANT] = "one of",
        [PARAM_PARSED] = "text",
        [PARAM_FILE] = "file",
        [PARAM_UNREAD] = "anything",
        [PARAM_WRITTEN] = "anything",
    };
    return names[param->type];
}

static void add_spaces(struct text *out, size_t count)
{
    while (count-- > 0)
        text_add_char(out, ' ');
}

static void add_key(struct text *out, const struct param *param)
{
    size_t at = out->length;
    text_add(out, param->key);
    if (param->flags & PARAM_CAPITALISED)
        out->bytes[at] = (char)toupper((unsigned char)out->bytes[at]);
    if (param->alias)
        text_add_format(out, " (or %s)", param->alias);
}

static void add_type(struct reference_writer *writer, const struct param *param)
{
    const char *range = scalar_range(writer->arena, param);
    text_add(writer->out, type_name(param));
    const char *const *names = param->names ? param_names(param->names) : NULL;
    for (size_t i = 0; names && names[i]; i++)
        text_add_format(writer->out, "%s%s", i > 0 ? ", " : " ", names[i]);
    if (param->collection)
        text_add_format(writer->out, " among %s", param->collection);
    if (range)
        text_add_format(writer->out, ", %s", range);
    if (param->flags & PARAM_REQUIRED)
        text_add(writer->out, ", required");
    if (param->fallback)
        text_add_format(writer->out, ", default %s", param->fallback);
}

static void write_line(struct reference_writer *writer, int indent, const struct param *param)
{
    size_t start = writer->out->length;
    add_spaces(writer->out, (size_t)indent);
    add_key(writer->out, param);
    size_t width = writer->out->length - start;
    add_spaces(writer->out, width + 2 < MEANING_COLUMN ? MEANING_COLUMN - width : 2);
    if (param->meaning)
        text_add_format(writer->out, "%s  [", param->meaning);
    add_type(writer, param);
    text_add(writer->out, param->meaning ? "]\n" : "\n");
}

static bool was_described(struct reference_writer *writer, const struct shape *shape)
{
    for (size_t i = 0; i < writer->described_count; i++)
        if (writer->described[i] == shape)
            return true;
    writer->described =
        array_room(writer->arena, writer->described, writer->described_count, sizeof *writer->described);
    writer->described[writer->described_count++] = shape;
    return false;
}

static void write_variants(struct reference_writer *writer, const struct param *param, int indent)
{
    add_spaces(writer->out, (size_t)indent);
    text_add_format(writer->out, "one %s:\n", param->catalogue->kind);
    for (size_t i = 0; param->catalogue->variants[i]; i++) {
        const struct variant *variant = param->catalogue->variants[i];
        const struct param line = {.key = variant->name, .type = PARAM_STRUCT, .meaning = variant->meaning};
        write_line(writer, indent + INDENT, &line);
        if (variant->shape)
            write_shape(writer, variant->shape, indent + 2 * INDENT);
    }
}

static void write_shape(struct reference_writer *writer, const struct shape *shape, int indent)
{
    if (was_described(writer, shape)) {
        add_spaces(writer->out, (size_t)indent);
        text_add_format(writer->out, "(%s, as above)\n", shape->name);
        return;
    }
    for (const struct param *param = shape->params; param->key; param++) {
        if (param->type == PARAM_VARIANT) {
            write_variants(writer, param, indent);
            continue;
        }
        write_line(writer, indent, param);
        if (param->shape)
            write_shape(writer, param->shape, indent + INDENT);
    }
}

void reference_write(const struct shape *root, struct text *out)
{
    struct reference_writer writer = {.arena = arena_new(), .out = out};
    write_shape(&writer, root, 0);
    arena_free(writer.arena);
}
