/* What a service has, what the rolling-update rule makes of it, and what it waits for. */
#ifndef MODELS_ECS_EXPLAIN_SERVICE_H
#define MODELS_ECS_EXPLAIN_SERVICE_H

#include "models/ecs/service/parts.h"
#include "models/ecs/world.h"

/* The world is as it was after everything that happened at an instant. */
void explain_service(struct world *, const struct service *, struct text *);

/* The arithmetic of the percentages, a line each: pure. `view` is what the rule sees of the service. */
struct percentages {
    int64_t desired;
    int64_t minimum_healthy_percent, maximum_percent;
};
void explain_percentages(const struct percentages *, const struct rollout_view *view, struct text *);

/* What the rule decides, of parts whose revisions have these names: a line, or several. Pure. */
void explain_decision(const struct percentages *, const struct rollout_view *,
                      const struct rollout_decision *, const char *const *names, struct text *);

#endif
