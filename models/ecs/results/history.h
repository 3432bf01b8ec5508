/* What became of the deployments of a service, read off the marks of the run and watched while they are under
 * way: the deployments themselves are gone by its end. */
#ifndef MODELS_ECS_HISTORY_H
#define MODELS_ECS_HISTORY_H

#include "models/ecs/world.h"

struct past_deployment {
    int64_t number; /* ecs-svc/<number>; 0: there is no such deployment */
    const char *definition;
    simtime started_at;
    simtime duration;    /* SIMTIME_NEVER: it was not completed */
    const char *outcome; /* COMPLETED, FAILED, IN_PROGRESS, STUCK, SUPERSEDED; NULL with number 0 */
    size_t mark;         /* the place of its own among those of the run (expect.h) */
    /* From the update until it was COMPLETED or FAILED, or the next one or the end of the run came. What
     * lasts no time does not count. */
    const struct deployment_levels *levels;
    int64_t most_desired; /* these six are ABSENT with number 0 */
    int64_t least_healthy;
    int64_t most_tasks;       /* that held room at one time: on a host, or on Fargate, and not yet STOPPED */
    int64_t extra_tasks;      /* of these, beyond most_desired; 0: none */
    int64_t extra_cpu;        /* CPU units and MiB that were held at one time, */
    int64_t extra_memory_mib; /* beyond what was held at the update */
};

/* The one after that, in order of time; NULL: the first. The one that created the service does not count. */
struct past_deployment history_next_deployment(const struct world *, const struct service *,
                                               const struct past_deployment *after);
struct past_deployment history_last_deployment(const struct world *, const struct service *);

/* A deployment, not one that creates the service, begins and ends. */
void history_deployment_begins(struct world *, struct service *);
void history_deployment_ends(struct world *, struct service *);

/* The world has settled, and the service was touched. */
void history_settle(const struct world *, struct service *);

#endif
