/* Decisions and events in words: "web: start web-7 of WebApp:2 on fleet-3 (us-east-1a)".
 *
 * Everything is called by its name, so two runs of equal scenarios say the same, whatever else is in them.
 * What `who`, `chosen` and `why` of each kind are is said at its word. */
#ifndef MODELS_ECS_DESCRIBE_H
#define MODELS_ECS_DESCRIBE_H

#include "sim/engine/model.h"

/* model.describe; adds no newline. Names are as the scenario says them. */
void decision_describe(void *world, const struct decision *, struct text *);

/* model.describe_event: "web-7 (PENDING): task step". */
void event_describe(void *world, const struct event *, struct text *);

#endif
