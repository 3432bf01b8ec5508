#include "models/placement/strategy.h"

static const char *check_field(struct arena *arena, const char **field)
{
    (void)arena;
    return *field ? "random takes no field" : NULL; /* [API:PlacementStrategy.field] */
}

static const struct strategy_verbs verbs = {.check_field = check_field};

const struct variant strategy_random = {
    .name = "random",
    .meaning = "on any instance, all equally likely; strategies after it are ignored",
    .verbs = &verbs,
};
