#include "models/ecs/service/zone_rebalancing.h"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

bool zone_takes_tasks(const struct zone_share *zone)
{
    return zone->has_hosts || zone->launches;
}

static uint32_t poorest(const struct zone_share *zones, uint32_t count)
{
    uint32_t found = count;
    for (uint32_t i = 0; i < count; i++)
        if (zone_takes_tasks(&zones[i]) && (found == count || zones[i].tasks < zones[found].tasks))
            found = i;
    return found;
}

/* Of all, or of those that have a task which is not protected. */
static uint32_t richest(const struct zone_share *zones, uint32_t count, bool all)
{
    uint32_t found = count;
    for (uint32_t i = 0; i < count; i++)
        if (zone_takes_tasks(&zones[i]) && (all || zones[i].guarded < zones[i].tasks) &&
            (found == count || zones[i].tasks > zones[found].tasks))
            found = i;
    return found;
}

/* So that no task is moved twice: what the rich has above the share and one, as far as the poor lacks it to
 * the share. */
static int64_t tasks_to_move(const struct zone_share *zones, uint32_t count, uint32_t from, uint32_t to)
{
    int64_t tasks = 0, counting = 0;
    for (uint32_t i = 0; i < count; i++) {
        tasks += zone_takes_tasks(&zones[i]) ? zones[i].tasks : 0;
        counting += zone_takes_tasks(&zones[i]);
    }
    int64_t share = tasks / counting, above = share + (tasks % counting > 0);
    int64_t move = smaller(zones[from].tasks - above, share - zones[to].tasks);
    return move > 1 ? smaller(move, zones[from].tasks - zones[from].guarded) : 1;
}

struct zone_step zone_rebalancing_step(const struct zone_share *zones, uint32_t count, int64_t most)
{
    struct zone_step step = {.from = richest(zones, count, false), .to = poorest(zones, count)};
    uint32_t fullest = richest(zones, count, true);
    if (step.to == count || zones[fullest].tasks - zones[step.to].tasks < 2)
        return step;
    step.guarded = step.from == count || zones[step.from].tasks - zones[step.to].tasks < 2;
    if (!step.guarded && most > 0)
        step.tasks = smaller(tasks_to_move(zones, count, step.from, step.to), most);
    return step;
}
