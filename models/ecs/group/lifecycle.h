/* Where a host is in the life that EC2 Auto Scaling gives it, and what a group has of hosts.
 * [EAS lifecycle; API autoscaling:LifecycleState]
 *
 *   Pending ── running ──> Pending:Wait ── hooks done ──> InService ──> Terminating:Wait ──> Terminated
 *
 * Nobody waits in Pending:Wait or Terminating:Wait without a lifecycle hook. A host is Pending until EC2 says
 * `running`; ECS knows nothing of this life, and may find the host ACTIVE while a hook holds it. */
#ifndef MODELS_ECS_LIFECYCLE_H
#define MODELS_ECS_LIFECYCLE_H

#include "sim/engine/order.h"
#include <stdbool.h>
#include <stdint.h>

enum lifecycle_state {
    LIFECYCLE_PENDING,
    LIFECYCLE_PENDING_WAIT,
    LIFECYCLE_IN_SERVICE,
    LIFECYCLE_TERMINATING_WAIT,
    LIFECYCLE_TERMINATED,
    LIFECYCLE_WARMED, /* in the warm pool */
};

/* Hosts of a group, in all or in one zone. One that is Terminating, or in the warm pool, is none of them. */
struct group_tally {
    int64_t hosts;       /* Pending, Pending:Wait or InService */
    int64_t capacity;    /* of these, the sum of the weights: what the desired capacity is held against */
    int64_t in_service;  /* of these, InService */
    int64_t unprotected; /* of these, not protected from scale-in */
    int64_t unhealthy;   /* of these, to be replaced (instance_health.h) */
    int64_t at_once;     /* of the unhealthy, those that no limit holds back */
    int64_t occupied;    /* of the hosts, InService with a task that is not a daemon's */
};

/* What is said of one zone. */
struct group_zone {
    bool used; /* it is one of the group's */
    struct group_tally tally;
    int64_t warmed;         /* hosts in the warm pool */
    struct order unhealthy; /* those that the tally counts, in order of launch (roster.h) */
};

static inline bool lifecycle_waits(enum lifecycle_state state)
{
    return state == LIFECYCLE_PENDING_WAIT || state == LIFECYCLE_TERMINATING_WAIT;
}

static inline bool lifecycle_counts(enum lifecycle_state state)
{
    return state <= LIFECYCLE_IN_SERVICE;
}

#endif
