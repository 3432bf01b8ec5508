#include "models/placement/columns.h"
#include <stdlib.h>
#include <string.h>

void columns_init(struct columns *columns, struct arena *arena)
{
    *columns = (struct columns){.values.arena = arena};
}

void columns_free(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++)
        free(columns->items[i].values);
    free(columns->items);
    text_free(&columns->key);
}

const struct column *columns_find(const struct columns *columns, const char *name)
{
    for (size_t i = 0; i < columns->count; i++)
        if (strcmp(columns->items[i].name, name) == 0)
            return &columns->items[i];
    return NULL;
}

struct column *columns_add(struct columns *columns, const char *name)
{
    columns->items = memory_grow(columns->items, columns->count + 1, sizeof *columns->items);
    struct column *column = &columns->items[columns->count++];
    *column = (struct column){.name = arena_text(columns->values.arena, name)};
    return column;
}

/* A value is named NAME<newline>VALUE, and to be without one NAME; no name holds a newline. */
static uint32_t number_of(struct columns *columns, const char *name, const struct attribute *attribute)
{
    text_clear(&columns->key);
    text_add(&columns->key, name);
    if (attribute && attribute->value && attribute->value[0]) {
        text_add_char(&columns->key, '\n');
        text_add(&columns->key, attribute->value);
    }
    return (uint32_t)symbol_give_number(&columns->values, columns->key.bytes);
}

void column_read(struct columns *columns, struct column *column, placement_instance instance,
                 const struct placement_facts *facts)
{
    if (instance >= column->capacity) {
        column->capacity = 2 * (size_t)instance + 16;
        column->values = memory_grow(column->values, column->capacity, sizeof *column->values);
    }
    const struct attribute *attribute = placement_find_attribute(facts, column->name);
    column->values[instance] = number_of(columns, column->name, attribute);
}
