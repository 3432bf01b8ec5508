/* Keys that the tables do not have. */
#include "sim/scenario/frame.h"
#include <string.h>
#include <strings.h>

static const char *nearest_key(struct binder *binder, const struct shape *shape, const char *key)
{
    const struct param *variant = shape_variant(shape);
    size_t count = 0, room = 1;
    if (mistakes_are_full(binder->mistakes))
        return NULL;
    for (const struct param *param = shape->params; param->key; param++)
        room++;
    for (size_t i = 0; variant && variant->catalogue->variants[i]; i++)
        room++;
    const char **names = arena_array(binder->arena, room, sizeof *names);
    for (const struct param *param = shape->params; param->key; param++)
        if (param->type != PARAM_VARIANT)
            names[count++] = param->key;
    for (size_t i = 0; variant && variant->catalogue->variants[i]; i++)
        names[count++] = variant->catalogue->variants[i]->name;
    return mistakes_nearest(binder->mistakes, key, names);
}

static void report_unknown(struct binder *binder, struct frame *frame, const struct shape *shape,
                           const struct entry *entry)
{
    const char *nearest = shape ? nearest_key(binder, shape, entry->key) : NULL;
    const char *where = shape ? shape->name : frame->label;
    const char *text =
        arena_format(binder->arena, "`%s` is no key of %s%s%s%s", entry->key, where,
                     nearest ? "; did you mean `" : "", nearest ? nearest : "", nearest ? "`?" : "");
    bool printed = entry->place.source && entry->place.source->printed;
    if (frame->lenient || printed)
        warn_at(binder->mistakes, entry->place, "%s", text);
    else
        WRONG(binder, frame, entry->place, "%s", text);
}

static void remember_unused(struct binder *binder, const struct frame *frame, const struct entry *entry)
{
    const char *path = frame_join(binder->arena, frame->label, entry->key);
    for (size_t i = 0; i < binder->unused_count; i++)
        if (strcmp(binder->unused[i].path, path) == 0) {
            binder->unused[i].count++;
            return;
        }
    binder->unused = array_room(binder->arena, binder->unused, binder->unused_count, sizeof *binder->unused);
    binder->unused[binder->unused_count++] = (struct unused_field){entry->place, path, 1};
}

static void check_unused_entry(struct binder *binder, struct frame *frame, const struct entry *entry,
                               const char *path)
{
    const char *below = frame_join(binder->arena, path, entry->key);
    int known = bind_known_field(binder->model, binder->arena, frame->section, below);
    if (known == 0)
        report_unknown(binder, frame, NULL, entry);
    else if (known == 1)
        bind_unknown_below(binder, frame, entry->value, below);
}

void bind_unknown_below(struct binder *binder, struct frame *frame, const struct node *node, const char *path)
{
    if (node->kind == NODE_SEQUENCE)
        path = arena_format(binder->arena, "%s[]", path);
    for (size_t i = 0; i < node->count; i++)
        if (node->kind == NODE_SEQUENCE)
            bind_unknown_below(binder, frame, node->entries[i].value, path);
        else
            check_unused_entry(binder, frame, &node->entries[i], path);
}

void bind_unknown(struct binder *binder, struct frame *frame, const struct shape *shape,
                  const struct entry *entry)
{
    int known = 0;
    const char *path = NULL;
    if (frame->section && strcasecmp(entry->key, "simulation") != 0) {
        path = frame_join(binder->arena, frame->path, entry->key);
        known = bind_known_field(binder->model, binder->arena, frame->section, path);
    }
    if (known == 0) {
        report_unknown(binder, frame, shape, entry);
        return;
    }
    remember_unused(binder, frame, entry);
    if (known == 1)
        bind_unknown_below(binder, frame, entry->value, path);
}
