/* What a service has, as reconcile() looks at it: its deployments, and those parts of them that are on
 * DRAINING hosts, newest first. */
#ifndef MODELS_ECS_PARTS_H
#define MODELS_ECS_PARTS_H

#include "models/ecs/service/rolling_update.h"
#include "models/ecs/task/task.h"

/* A daemon's tasks leave a DRAINING host by a rule of their own, so it has no such parts. */
struct parts {
    struct deployment *deployments[MOST_PARTS];
    struct revision_counts counts[MOST_PARTS];
    int count;
};

void parts_list(const struct service *, struct parts *);

/* Lists them, and sees them as the rule that decides on them does; for as long as the parts. */
struct rollout_view parts_view(const struct service *, struct parts *);

/* Tasks of one part. */
struct part {
    struct deployment *deployment;
    bool draining;
    const struct zone *zone;                  /* those there; NULL: in all zones */
    const struct capacity_provider *provider; /* those of it; NULL: of any or none */
};

struct revision_counts part_counts(const struct deployment *, bool draining);

/* In a state that is wanted; zone and provider aside. */
bool part_has(const struct part *, struct task_share);
/* Whether one that is not unhealthy may be stopped. */
bool part_may_lose(const struct part *, const struct task *);

#endif
