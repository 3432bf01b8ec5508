/* Elements that have revisions. */
#include "sim/scenario/frame.h"
#include "sim/scenario/scalar.h"
#include <string.h>

int64_t bind_arn_revision(struct arena *arena, const struct node *element, const char *family)
{
    size_t length = strlen(family);
    for (size_t i = 0; i < element->count; i++) {
        if (!entry_says_arn(&element->entries[i]))
            continue;
        const char *name = scalar_name(arena, element->entries[i].value->text);
        const struct param integer = {.key = "revision", .type = PARAM_INTEGER, .least = 1};
        int64_t revision;
        if (strncmp(name, family, length) == 0 && name[length] == ':' &&
            !scalar_read(arena, &integer, name + length + 1, &revision))
            return revision;
    }
    return 0;
}

void bind_revision(struct binder *binder, const struct shape *shape, struct node *element)
{
    const char *name = node_text(element, shape->name_key);
    if (!name)
        return;
    name = scalar_name(binder->arena, name);
    struct symbol *family = symbol_named(&binder->families, name);
    const char *said = node_text(element, shape->revision_key);
    const struct param *param = shape_param(shape, shape->revision_key);
    int64_t revision = said ? 0 : bind_arn_revision(binder->arena, element, family->text);
    if (!said && revision == 0)
        revision = family->number + 1;
    if (!said) {
        const char *text = arena_format(binder->arena, "%lld", (long long)revision);
        struct entry *entry = node_find(element, shape->revision_key);
        struct node *node = node_scalar(binder->arena, element->place, text, true);
        if (entry)
            entry->value = node;
        else
            node_add(binder->arena, element, shape->revision_key, element->place, node);
    } else if (scalar_read(binder->arena, param, said, &revision)) {
        return; /* it is reported where it is bound */
    }
    if (revision > family->number)
        family->number = revision;
}
