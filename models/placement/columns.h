/* The attributes by whose values tasks are spread, and no others: of each a column of its values, as numbers
 * by instance. Two instances have the same number where they have the same value; to be without one is a
 * value, too. Numbers of different attributes differ. */
#ifndef MODELS_PLACEMENT_COLUMNS_H
#define MODELS_PLACEMENT_COLUMNS_H

#include "models/placement/placement.h"
#include "sim/engine/symbol.h"

struct column {
    const char *name; /* of the attribute, in lower case */
    uint32_t *values; /* by instance, from 1 on */
    size_t capacity;
};

struct columns {
    struct column *items;
    size_t count;
    struct symbols values;
    struct text key; /* of the value that is being numbered */
};

void columns_init(struct columns *, struct arena *);
void columns_free(struct columns *);

/* NULL: there is none yet. */
const struct column *columns_find(const struct columns *, const char *name);
/* One that knows of no instance yet; good until the next is added. */
struct column *columns_add(struct columns *, const char *name);

void column_read(struct columns *, struct column *, placement_instance, const struct placement_facts *);

#endif
