#include "models/ecs/group/refresh_progress.h"
#include "models/ecs/service/percentage.h"

static int64_t total(const struct refresh_census *census)
{
    return census->updated + census->pending + census->outdated;
}

int64_t refresh_percentage_complete(const struct refresh_census *census)
{
    return total(census) ? 100 * census->updated / total(census) : 100;
}

int64_t refresh_instances_to_update(const struct refresh_census *census)
{
    return census->pending + census->outdated;
}

size_t refresh_checkpoint_count(struct checkpoints checkpoints)
{
    return checkpoints.count ? checkpoints.count : 1;
}

/* Updated instances at which a checkpoint is reached. */
static int64_t goal(struct checkpoints checkpoints, size_t index, const struct refresh_census *census)
{
    return percent_rounded_up(total(census), checkpoints.count ? checkpoints.percentages[index] : 100);
}

size_t refresh_checkpoints_reached(struct checkpoints checkpoints, const struct refresh_census *census)
{
    size_t reached = 0;
    while (reached < refresh_checkpoint_count(checkpoints) &&
           census->updated >= goal(checkpoints, reached, census))
        reached++;
    return reached;
}

int64_t refresh_due(struct checkpoints checkpoints, size_t reached, const struct refresh_census *census)
{
    if (reached >= refresh_checkpoint_count(checkpoints))
        return 0;
    int64_t due = goal(checkpoints, reached, census) - census->updated - census->pending;
    return due < 0 ? 0 : due < census->outdated ? due : census->outdated;
}
