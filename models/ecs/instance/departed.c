#include "models/ecs/instance/departed.h"
#include <string.h>

static bool is_forgotten(const struct world *world, const struct departed_instance *departed)
{
    return world->run->now - departed->since >= SIMTIME_HOUR;
}

/* Memory follows what is remembered. */
static void forget_oldest(struct world *world)
{
    size_t old = 0;
    while (old < world->departed_count && is_forgotten(world, &world->departed[old]))
        old++;
    if (old == 0)
        return;
    world->departed_count -= old;
    memmove(world->departed, world->departed + old, world->departed_count * sizeof *world->departed);
}

void departed_add(struct world *world, const char *name)
{
    forget_oldest(world);
    if (world->departed_count == world->departed_capacity) {
        world->departed_capacity = world->departed_capacity ? 2 * world->departed_capacity : 16;
        world->departed = memory_grow(world->departed, world->departed_capacity, sizeof *world->departed);
    }
    world->departed[world->departed_count++] = (struct departed_instance){name, world->run->now};
}

const char *departed_reason(const struct world *world, const char *name)
{
    for (size_t i = 0; name && i < world->departed_count; i++)
        if (!is_forgotten(world, &world->departed[i]) && !strcmp(world->departed[i].name, name))
            return "INACTIVE";
    return "MISSING";
}
