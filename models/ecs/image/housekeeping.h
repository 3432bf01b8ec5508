/* The agent of a host tidies up its disk: containers of stopped tasks, and images.
 *
 * The containers of a task that has left its host are kept there for
 * ECS_ENGINE_TASK_CLEANUP_WAIT_DURATION, and reference their images: an image goes no earlier than that
 * after its last task has stopped, with a later cycle of image_cleanup.h. [ODG:automated_image_cleanup]
 *
 * Settled where AWS is silent: at one instant containers are removed before images, and both before a
 * growing task finds the disk full. Cycles are counted from the agent's last start, and while it is down
 * nothing is tidied up.
 *
 * A host has one pending event at most, at the next instant at which there is something to do, or its disk is
 * full: years in which nothing changes cost nothing. Nothing happens where a host has no disk (host_disk.h).
 */
#ifndef MODELS_ECS_HOUSEKEEPING_H
#define MODELS_ECS_HOUSEKEEPING_H

#include "models/ecs/image/host_disk.h"

void housekeeping_agent_starts(struct world *, struct container_instance *);
void housekeeping_agent_stops(struct world *, struct container_instance *); /* or its whole host */

/* After its disk or its images have changed, or either of its lives has ended: when the next event is. */
void housekeeping_look(struct world *, struct container_instance *);

void housekeeping_leave(struct world *, struct task *); /* it leaves its host: they are kept there, or gone */
/* Its agent knows nothing of it any more: they stay there for good. */
void housekeeping_forget(struct world *, struct task *);

/* Event. */
void housekeeping_is_due(void *world, uint64_t instance, uint64_t unused);

#endif
