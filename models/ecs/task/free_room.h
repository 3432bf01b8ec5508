/* What is free on hosts over the run, and how much of it is a fragment (fragmentation.h) of what the loads
 * ask for that run tasks by a trace.
 *
 * Free is what remains of a host as ECS sees it [API:ContainerInstance.remainingResources], of hosts that may
 * take tasks: ACTIVE, with a connected agent. The workload is known from the start, as FGD's target workload
 * is: every row of the traces that arrives before the run ends, of the size that it says or its task
 * definition has at the start. What goes to Fargate asks nothing of hosts. Whether a size fits looks at CPU,
 * memory and GPUs alone, not at ports, interfaces or constraints.
 *
 * Integrals are exact. A host costs something when what is free there changes, and none is looked at
 * otherwise: what held until then is added up then. */
#ifndef MODELS_ECS_FREE_ROOM_H
#define MODELS_ECS_FREE_ROOM_H

#include "models/ecs/task/fragmentation.h"
#include "models/placement/placement.h"

struct world;
struct free_room;

void free_room_begin(struct world *); /* world.task_loads.free_room stays NULL where nobody asks for any */
void free_room_finish(struct world *);
void free_room_end(struct world *);

/* What the facts of the host say may have changed. */
void free_room_see(struct world *, placement_instance);
/* Whether it knows what they say; for the audit. */
bool free_room_knows(const struct world *, placement_instance);

/* The share of what was free that was a fragment, over the run and in millionths; `kind` is OF_CPU or
 * another. ABSENT: none was free, or nobody asked for any. Of NULL, too. */
int64_t free_room_fragmented(const struct free_room *, int kind);

#endif
