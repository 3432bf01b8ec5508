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
    const char *where = shape ? shape->name : frame->level->label;
    const char *text =
        arena_format(binder->arena, "`%s` is no key of %s%s%s%s", entry->key, where,
                     nearest ? "; did you mean `" : "", nearest ? nearest : "", nearest ? "`?" : "");
    bool printed = entry->place.source && entry->place.source->printed;
    if (frame->lenient || printed)
        warn_at(binder->mistakes, entry->place, "%s", text);
    else
        WRONG(binder, frame, entry->place, "%s", text);
}

/* A key may be there in several cases, and then has as many levels. */
static size_t unused_of_path(struct binder *binder, const struct entry *entry, const char *path)
{
    for (size_t i = 0; i < binder->unused_count; i++)
        if (strcmp(binder->unused[i].path, path) == 0)
            return i;
    binder->unused = array_room(binder->arena, binder->unused, binder->unused_count, sizeof *binder->unused);
    binder->unused[binder->unused_count] = (struct unused_field){entry->place, path, 0};
    return binder->unused_count++;
}

static void remember_unused(struct binder *binder, const struct frame *frame, const struct entry *entry,
                            struct level *level)
{
    const char *label = frame->level->label;
    if (!level->unused)
        level->unused =
            1 + unused_of_path(binder, entry,
                               *label ? arena_format(binder->arena, "%s.%s", label, entry->key) : entry->key);
    binder->unused[level->unused - 1].count++;
}

void bind_unknown_below(struct binder *binder, struct frame *frame, struct level *level,
                        const struct node *node)
{
    bool elements = node->kind == NODE_SEQUENCE;
    if (elements && node->count > 0)
        level = level_of_elements(binder, level);
    for (size_t i = 0; i < node->count; i++) {
        const struct entry *entry = &node->entries[i];
        struct level *below = elements ? level : level_of_key(binder, level, entry->key);
        if (!below)
            report_unknown(binder, frame, NULL, entry);
        else if (elements || below->known == 1)
            bind_unknown_below(binder, frame, below, entry->value);
    }
}

void bind_unknown(struct binder *binder, struct frame *frame, const struct shape *shape,
                  const struct entry *entry)
{
    struct level *level = NULL;
    if (strcasecmp(entry->key, "simulation") != 0)
        level = level_of_key(binder, frame->level, entry->key);
    if (!level) {
        report_unknown(binder, frame, shape, entry);
        return;
    }
    remember_unused(binder, frame, entry, level);
    if (level->known == 1)
        bind_unknown_below(binder, frame, level, entry->value);
}
