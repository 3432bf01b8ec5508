#include "sim/scenario/frame.h"
#include <string.h>
#include <strings.h>

void frame_break(struct frame *frame)
{
    for (; frame && !frame->broken; frame = frame->outer)
        frame->broken = true;
}

static bool ends_in_arn(const char *key)
{
    size_t length = strlen(key);
    return length >= 3 && strcasecmp(key + length - 3, "arn") == 0;
}

bool entry_says_arn(const struct entry *entry)
{
    return entry->key && ends_in_arn(entry->key) && entry->value->kind == NODE_SCALAR &&
           strncmp(entry->value->text, "arn:", 4) == 0;
}

bool frame_is_printed(const struct node *node)
{
    if (node->place.source && node->place.source->printed)
        return true;
    for (size_t i = 0; node->kind == NODE_MAPPING && i < node->count; i++)
        if (entry_says_arn(&node->entries[i]))
            return true;
    return false;
}

const char *frame_join(struct arena *arena, const char *path, const char *key)
{
    return *path ? arena_format(arena, "%s.%s", path, key) : key;
}

static struct frame *frame_new(struct binder *binder, struct frame *outer)
{
    struct frame *frame = arena_alloc(binder->arena, sizeof *frame);
    *frame = (struct frame){.outer = outer, .lenient = outer->lenient, .section = outer->section};
    frame->path = outer->path;
    frame->label = outer->label;
    return frame;
}

struct frame *frame_below(struct binder *binder, struct frame *outer, const struct param *param)
{
    struct frame *frame = frame_new(binder, outer);
    const char *key = param->key;
    if (param->type == PARAM_LIST)
        key = arena_format(binder->arena, "%s[]", key);
    frame->label = frame_join(binder->arena, outer->label, key);
    if (param->aws) {
        frame->section = param->aws;
        frame->path = "";
    } else if (!outer->section || strcmp(param->key, "simulation") == 0) {
        frame->section = NULL;
    } else {
        frame->path = frame_join(binder->arena, outer->path, key);
    }
    return frame;
}

struct frame *frame_of_variant(struct binder *binder, struct frame *outer, const struct param *param,
                               const struct variant *variant)
{
    struct frame *frame = frame_new(binder, outer);
    frame->label = frame_join(binder->arena, outer->label, variant->name);
    if (param->aws) {
        frame->section = arena_format(binder->arena, "%s.%s", param->aws, variant->name);
        frame->path = "";
    } else if (outer->section) {
        frame->path = frame_join(binder->arena, outer->path, variant->name);
    }
    return frame;
}
