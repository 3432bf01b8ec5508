/* Why a task goes where it goes: for each host what refuses it, or how it ranks, strategy by strategy. */
#ifndef MODELS_ECS_EXPLAIN_HOSTS_H
#define MODELS_ECS_EXPLAIN_HOSTS_H

#include "models/ecs/capacity/capacity.h"

/* What the task asks for, then a table of the hosts as they are now: those that could take it, best first,
 * then those that refuse it. Long tables end in counts by reason. On Fargate the zones. */
void explain_hosts(struct world *, const struct host_choice *, struct text *);

/* "1,940" */
void explain_count(struct text *, int64_t);

#endif
