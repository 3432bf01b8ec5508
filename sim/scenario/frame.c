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
    return entry->key && entry->value->kind == NODE_SCALAR && strncmp(entry->value->text, "arn:", 4) == 0 &&
           ends_in_arn(entry->key);
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

/* Levels */

static const char *join(struct arena *arena, const char *path, const char *key)
{
    return *path ? arena_format(arena, "%s.%s", path, key) : key;
}

struct level *level_find(const struct level *outer, const void *step)
{
    struct level *level = outer->inner;
    while (level && level->step != step)
        level = level->next;
    return level;
}

static struct level *level_add(struct arena *arena, struct level *outer, const void *step, struct level level)
{
    struct level *added = arena_alloc(arena, sizeof *added);
    level.outer = outer;
    level.step = step;
    level.next = outer->inner;
    *added = level;
    return outer->inner = added;
}

struct level *level_of_root(struct arena *arena)
{
    struct level *level = arena_alloc(arena, sizeof *level);
    *level = (struct level){.path = "", .label = ""};
    return level;
}

static struct level *level_of_param(struct arena *arena, struct level *outer, const struct param *param)
{
    struct level *found = level_find(outer, param);
    if (found)
        return found;
    const char *key = param->type == PARAM_LIST ? arena_format(arena, "%s[]", param->key) : param->key;
    struct level level = {.path = outer->path, .label = join(arena, outer->label, key)};
    if (param->aws) {
        level.section = param->aws;
        level.path = "";
    } else if (outer->section && strcmp(param->key, "simulation") != 0) {
        level.section = outer->section;
        level.path = join(arena, outer->path, key);
    }
    return level_add(arena, outer, param, level);
}

static struct level *level_of_variant(struct arena *arena, struct level *outer, const struct param *param,
                                      const struct variant *variant)
{
    struct level *found = level_find(outer, variant);
    if (found)
        return found;
    struct level level = {.section = outer->section, .path = outer->path};
    level.label = join(arena, outer->label, variant->name);
    if (param->aws) {
        level.section = arena_format(arena, "%s.%s", param->aws, variant->name);
        level.path = "";
    } else if (outer->section) {
        level.path = join(arena, outer->path, variant->name);
    }
    return level_add(arena, outer, variant, level);
}

/* Only what AWS knows is kept: there is no end of what it does not. */
struct level *level_of_key(struct binder *binder, struct level *outer, const char *key)
{
    struct level *found = level_find(outer, key);
    if (found || !outer->section)
        return found;
    struct level level = {.section = outer->section, .path = join(binder->arena, outer->path, key)};
    level.known = bind_known_field(binder->model, binder->arena, level.section, level.path);
    level.label = outer->label;
    return level.known ? level_add(binder->arena, outer, key, level) : NULL;
}

struct level *level_of_elements(struct binder *binder, struct level *outer)
{
    static const char elements[] = "[]";
    struct level *found = level_find(outer, elements);
    if (found)
        return found;
    struct level level = *outer;
    level.inner = NULL;
    level.path = arena_format(binder->arena, "%s%s", outer->path, elements);
    return level_add(binder->arena, outer, elements, level);
}

/* Frames */

static struct frame *frame_new(struct binder *binder, struct frame *outer, struct level *level)
{
    struct frame *frame = arena_alloc(binder->arena, sizeof *frame);
    *frame = (struct frame){.outer = outer, .level = level, .lenient = outer->lenient};
    return frame;
}

struct frame *frame_below(struct binder *binder, struct frame *outer, const struct param *param)
{
    return frame_new(binder, outer, level_of_param(binder->arena, outer->level, param));
}

struct frame *frame_of_variant(struct binder *binder, struct frame *outer, const struct param *param,
                               const struct variant *variant)
{
    return frame_new(binder, outer, level_of_variant(binder->arena, outer->level, param, variant));
}
