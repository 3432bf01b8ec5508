/* Why a service or a task is as it is at an instant: an observer of a run that is played again.
 *
 * Of a service: what it has and waits for (explain_service.h), where its next task would go
 * (explain_hosts.h), and what was decided and said of it last. Of a task: why and where it was placed, by
 * the hosts as they were just before, and its life. A task is asked for by its name, its hex id or its ARN.
 */
#ifndef MODELS_ECS_EXPLAIN_H
#define MODELS_ECS_EXPLAIN_H

#include "sim/engine/model.h"

/* As in struct model. */
void *explain_listen(struct run *, const struct question *, struct text *mistake);
void explain_look(void *explanation);
bool explain_answer(void *explanation, struct text *answer, struct text *mistake);

#endif
