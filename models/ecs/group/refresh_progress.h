/* How far an instance refresh is, and where its checkpoints stop it. Pure. [EAS
 * asg-adding-checkpoints-instance-refresh]
 *
 * An instance is replaced when its successor is in service and warmed up and itself is gone. A percentage is
 * of as many as the group has now: when it grows under way a checkpoint may be reached again. What the group
 * launches under way is new, too. The last percentage is the end: below 100 the refresh is a partial one. A
 * percentage that was jumped over is skipped: only the highest one that is reached is notified, and waited
 * at. */
#ifndef MODELS_ECS_REFRESH_PROGRESS_H
#define MODELS_ECS_REFRESH_PROGRESS_H

#include <stddef.h>
#include <stdint.h>

struct refresh_census {
    int64_t updated;  /* in service, warmed up */
    int64_t pending;  /* new ones that are launched or warm up */
    int64_t outdated; /* still to be replaced */
    int64_t ahead;    /* of all these, how many there are beyond the desired capacity, launched first */
};

/* checkpointPercentages, ascending, each 1 to 100; none means 100. */
struct checkpoints {
    const int64_t *percentages;
    size_t count;
};

int64_t refresh_percentage_complete(const struct refresh_census *); /* rounded down; of nothing: 100 */
int64_t refresh_instances_to_update(const struct refresh_census *); /* until all are */

/* How many of the checkpoints are reached. All of them: the refresh is over. */
size_t refresh_checkpoints_reached(struct checkpoints, const struct refresh_census *);
size_t refresh_checkpoint_count(struct checkpoints);

/* How many outdated instances may still be terminated before the next checkpoint, `reached` being behind. */
int64_t refresh_due(struct checkpoints, size_t reached, const struct refresh_census *);

#endif
