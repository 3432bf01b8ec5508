/* Params that are files. */
#include "sim/scenario/frame.h"
#include <sha256.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Spreadsheets put one before what they write. */
static void skip_byte_order_mark(struct data_file *file)
{
    size_t length = source_mark_length(file->bytes, file->size);
    file->bytes += length;
    file->size -= length;
}

static const struct data_file *read_data_file(struct binder *binder, const char *written, const char *path,
                                              const char **wrong)
{
    struct data_file *file = symbol_entered(&binder->files, path);
    if (file)
        return file;
    file = arena_alloc(binder->arena, sizeof *file);
    file->path = written;
    *wrong = source_read_file(binder->arena, path, &file->bytes, &file->size);
    if (*wrong)
        return NULL;
    SHA256_Data((const uint8_t *)file->bytes, file->size, file->sha256);
    skip_byte_order_mark(file);
    symbol_enter(&binder->files, path, file);
    return file;
}

static void name_data_file(struct binder *binder, struct node *name, const char *path)
{
    char *absolute = realpath(path, NULL);
    node_name_data(binder->arena, name, arena_text(binder->arena, absolute ? absolute : path));
    free(absolute);
}

static bool write_out_file(struct binder *binder, struct frame *frame, const struct param *param,
                           struct node *node)
{
    if (node->kind == NODE_SCALAR) {
        struct node *name = node_copy(binder->arena, node);
        node_become(node, NODE_MAPPING);
        node_add(binder->arena, node, "file", name->place, name);
    }
    if (node->kind == NODE_MAPPING && node_text(node, "file")) {
        for (size_t i = 0; i < node->count; i++)
            if (strcmp(node->entries[i].key, "file") != 0 && strcmp(node->entries[i].key, "sha256") != 0)
                WRONG(binder, frame, node->entries[i].place,
                      "`%s` is no key of a file; they are `file` and `sha256`", node->entries[i].key);
        return true;
    }
    WRONG(binder, frame, node->place, "`%s` should be a file's path, or {file, sha256}", param->key);
    return false;
}

void bind_file(struct binder *binder, struct frame *frame, const struct param *param, struct node *node,
               const struct data_file **field)
{
    if (!write_out_file(binder, frame, param, node))
        return;
    struct node *name = node_find(node, "file")->value;
    const char *wrong = NULL, *promised = node_text(node, "sha256");
    const char *folder = name->place.source ? name->place.source->folder : ".";
    const char *path = source_resolve(binder->arena, folder, name->text);
    *field = read_data_file(binder, name->text, path, &wrong);
    if (!*field) {
        WRONG(binder, frame, name->place, "cannot read `%s`: %s", name->text, wrong);
        return;
    }
    name_data_file(binder, name, path);
    if (promised && strcasecmp(promised, (*field)->sha256) != 0)
        WRONG(binder, frame, node->place, "`%s` is not the file that was meant: its SHA-256 is %s",
              name->text, (*field)->sha256);
    if (!promised)
        node_add(binder->arena, node, "sha256", node->place,
                 node_scalar(binder->arena, node->place, (*field)->sha256, true));
}
