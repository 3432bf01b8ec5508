#include "models/ecs/group/refresh_progress.h"
#include "models/ecs/service/percentage.h"

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

static int64_t group_size(const struct refresh_census *census)
{
    return census->updated + census->pending + census->outdated - census->ahead;
}

/* Whose predecessors are gone. */
static int64_t succeeded(const struct refresh_census *census)
{
    return larger(census->updated + census->pending - census->ahead, 0);
}

static int64_t replaced(const struct refresh_census *census)
{
    return smaller(census->updated, succeeded(census));
}

int64_t refresh_percentage_complete(const struct refresh_census *census)
{
    return group_size(census) > 0 ? 100 * replaced(census) / group_size(census) : 100;
}

int64_t refresh_instances_to_update(const struct refresh_census *census)
{
    return group_size(census) - replaced(census);
}

size_t refresh_checkpoint_count(struct checkpoints checkpoints)
{
    return checkpoints.count ? checkpoints.count : 1;
}

/* Replaced instances at which a checkpoint is reached. */
static int64_t goal(struct checkpoints checkpoints, size_t index, const struct refresh_census *census)
{
    return percent_rounded_up(group_size(census), checkpoints.count ? checkpoints.percentages[index] : 100);
}

size_t refresh_checkpoints_reached(struct checkpoints checkpoints, const struct refresh_census *census)
{
    size_t reached = 0;
    while (reached < refresh_checkpoint_count(checkpoints) &&
           replaced(census) >= goal(checkpoints, reached, census))
        reached++;
    return reached;
}

int64_t refresh_due(struct checkpoints checkpoints, size_t reached, const struct refresh_census *census)
{
    if (reached >= refresh_checkpoint_count(checkpoints))
        return 0;
    int64_t due = goal(checkpoints, reached, census) - succeeded(census);
    return smaller(larger(due, 0), census->outdated);
}
