/* Slow start of a target group: a target's share of the requests rises from nothing to that of the others.
 * [ELB:edit-target-group-attributes, slow_start.duration_seconds]
 *
 * The rise is linear, in steps of a second of the simulated clock: in its k-th second of D a target has k/D
 * of a full share. So the split of the requests is constant within a second, and sums over many targets are
 * integers: slow_start_weight().
 *
 * A target begins once its load balancers find it healthy, unless it was registered while no target was
 * healthy with a full share (the first ones of an empty group); one that has turned unhealthy begins again
 * when it recovers. Health is not affected. Of several target groups of a service the longest duration holds,
 * which is a choice, as is that the requests of a task's groups are not told apart. D is the longest that the
 * service ever had: where an update shortens it, a target rises at the old pace and has its full share when
 * its own time is over. */
#ifndef MODELS_ECS_SLOW_START_H
#define MODELS_ECS_SLOW_START_H

#include "models/ecs/world.h"

/* Pure: how many D-ths of a full share these tasks have together in this second; `since` is the sum of the
 * seconds in which they began. */
int64_t slow_start_weight(int64_t tasks, int64_t since, int64_t second);

void slow_start_registers(struct world *, struct task *);
/* Its load balancers find it healthy, or no longer. Between task_uncount() and task_count(). */
void slow_start_turns(struct world *, struct task *, bool routed);
void slow_start_stop(struct world *, struct task *); /* likewise between the two */

/* Event. */
void slow_start_ends(void *world, uint64_t task, uint64_t unused);

#endif
