#include "models/placement/strategy.h"
#include <strings.h>

static const char *check_field(struct arena *arena, const char **field)
{
    (void)arena;
    if (*field && strcasecmp(*field, "cpu") == 0)
        *field = "cpu";
    else if (*field && strcasecmp(*field, "memory") == 0)
        *field = "memory";
    else
        return "binpack needs a field: cpu or memory";
    return NULL;
}

static int64_t remaining(const struct placement *placement, const struct placement_strategy *strategy,
                         placement_instance instance)
{
    const struct placement_facts *facts = placement_see(placement, instance);
    return strategy->field[0] == 'c' ? facts->cpu : facts->memory_mib;
}

/* The least that is left and still enough [API:PlacementStrategy.type]. */
static int64_t rank(const struct placement *placement, const struct placement_request *request,
                    const struct placement_strategy *strategy, placement_instance instance)
{
    (void)request;
    return remaining(placement, strategy, instance);
}

/* The most that would be left; what the task gives back is the same everywhere
 * [DG:task-placement-strategies]. */
static int64_t stop_rank(const struct placement *placement, const struct placement_request *request,
                         const struct placement_strategy *strategy, placement_instance instance)
{
    (void)request;
    return -remaining(placement, strategy, instance);
}

static const struct strategy_verbs verbs = {.check_field = check_field, .rank = rank, .stop_rank = stop_rank};

const struct variant strategy_binpack = {
    .name = "binpack",
    .meaning = "on the instance with the least cpu or memory (field) left that is still enough",
    .verbs = &verbs,
};
