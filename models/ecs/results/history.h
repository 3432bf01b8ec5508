/* What became of the deployments of a service, read off the marks of the run: the deployments themselves are
 * gone by its end. */
#ifndef MODELS_ECS_HISTORY_H
#define MODELS_ECS_HISTORY_H

#include "models/ecs/world.h"

struct past_deployment {
    int64_t number; /* ecs-svc/<number>; 0: there is no such deployment */
    const char *definition;
    simtime started_at;
    simtime duration;    /* SIMTIME_NEVER: it was not completed */
    const char *outcome; /* COMPLETED, FAILED, IN_PROGRESS, STUCK, SUPERSEDED; NULL with number 0 */
    size_t mark;         /* its own, among those of the run */
};

/* The one after that, in order of time; NULL: the first. The one that created the service does not count. */
struct past_deployment history_next_deployment(const struct world *, const struct service *,
                                               const struct past_deployment *after);
struct past_deployment history_last_deployment(const struct world *, const struct service *);

#endif
