/* Looking things up in a model's tables. */
#include "sim/scenario/bind.h"
#include <ctype.h>
#include <string.h>

const struct param *shape_param(const struct shape *shape, const char *key)
{
    for (const struct param *param = shape->params; param->key; param++)
        if (param->type != PARAM_VARIANT &&
            (key_same(param->key, key) || (param->alias && key_same(param->alias, key))))
            return param;
    return NULL;
}

const struct param *shape_variant(const struct shape *shape)
{
    for (const struct param *param = shape->params; param->key; param++)
        if (param->type == PARAM_VARIANT)
            return param;
    return NULL;
}

struct entry *shape_entry(const struct param *param, const struct node *mapping)
{
    struct entry *entry = node_find(mapping, param->key);
    return entry || !param->alias ? entry : node_find(mapping, param->alias);
}

static bool is_scalar(const struct param *param)
{
    return param->type <= PARAM_CHOICE || param->type == PARAM_PARSED;
}

bool shape_is_pair(const struct shape *shape)
{
    const struct param *params = shape->params;
    return params[0].key && params[1].key && !params[2].key && is_scalar(&params[0]) && is_scalar(&params[1]);
}

static const char *with_first_letters(struct arena *arena, const char *path, int (*change)(int))
{
    char *changed = arena_text(arena, path);
    for (size_t i = 0; changed[i]; i++)
        if (i == 0 || changed[i - 1] == '.')
            changed[i] = (char)change((unsigned char)changed[i]);
    return changed;
}

int bind_known_field(const struct model *model, struct arena *arena, const char *section, const char *path)
{
    if (!section || !model->known_field)
        return 0;
    int known = model->known_field(section, path);
    if (known == 0)
        known = model->known_field(section, with_first_letters(arena, path, tolower));
    if (known == 0)
        known = model->known_field(section, with_first_letters(arena, path, toupper));
    return known;
}
