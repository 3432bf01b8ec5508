/* Distributions for tests, bound by hand through the tables that the reader binds by. */
#ifndef TESTS_UNIT_GIVEN_DIST_H
#define TESTS_UNIT_GIVEN_DIST_H

#include "sim/engine/check.h"
#include "sim/engine/dist.h"
#include <string.h>

static inline void given_field(const struct chosen *chosen, const char *key, const void *value, size_t size)
{
    const struct param *param = chosen->variant->shape->params;
    while (param->key && strcmp(param->key, key) != 0)
        param++;
    CHECK(param->key);
    memcpy((char *)chosen->settings + param->offset, value, size);
}

static inline struct chosen given_variant(struct arena *arena, const char *name)
{
    const struct variant *variant = catalogue_find(&dist_catalogue, name);
    CHECK(variant);
    return (struct chosen){.variant = variant, .settings = arena_alloc(arena, variant->shape->size)};
}

/* Two numbers, in the order of the table; the second may be ABSENT. */
static inline struct dist given_dist(struct arena *arena, const char *name, int64_t first, int64_t second)
{
    struct chosen chosen = given_variant(arena, name);
    const struct shape *shape = chosen.variant->shape;
    given_field(&chosen, shape->params[0].key, &first, sizeof first);
    if (second != ABSENT)
        given_field(&chosen, shape->params[1].key, &second, sizeof second);
    if (shape->check)
        shape->check(NULL, chosen.settings, NULL);
    return (struct dist){.chosen = chosen};
}

#endif
