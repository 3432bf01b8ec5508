/* Health checks without an event per check: from when a process began to answer, or stopped to, follows the
 * instant at which the n-th check on the checker's own grid has seen it.
 *
 * One probe serves the container health check [API:HealthCheck], the target group's
 * [ELB:target-group-health-checks] and the Classic load balancer's. Pure: the world schedules one event for
 * the turn and cancels it if the process changes its mind. */
#ifndef MODELS_ECS_HEALTH_CHECK_H
#define MODELS_ECS_HEALTH_CHECK_H

#include "sim/engine/queue.h"

enum health { HEALTH_UNKNOWN, HEALTH_HEALTHY, HEALTH_UNHEALTHY };

struct probe {
    simtime first_after; /* from the origin to the first check: 0 for targets, an interval for containers */
    simtime interval, timeout;
    simtime start_period;        /* failures before it ends do not count while health is UNKNOWN */
    int64_t first_successes;     /* needed from UNKNOWN: 1, but a Classic load balancer's healthy threshold */
    int64_t healthy_threshold;   /* successes needed from UNHEALTHY */
    int64_t unhealthy_threshold; /* failures needed */
};

struct check {
    const struct probe *probe;
    simtime origin; /* of its grid: container start, or registration */
    enum health health;
    uint8_t container; /* whose answers it sees, by its index in the task */
    bool begun;
    bool success;      /* what its checks see now */
    event_handle turn; /* its next change */
};

/* When a check that sees success from `since` on turns HEALTHY. */
simtime probe_turns_healthy(const struct probe *, simtime origin, enum health now, simtime since);

/* When a check that sees failure from `since` on turns UNHEALTHY. A silent process is known to have failed
 * only after the time-out. */
simtime probe_turns_unhealthy(const struct probe *, simtime origin, enum health now, simtime since,
                              bool silent);

/* What several checks say together: UNHEALTHY before UNKNOWN before HEALTHY [DG:healthcheck]. HEALTHY where
 * there are none. */
enum health health_together(const struct check *checks, int count);

#endif
