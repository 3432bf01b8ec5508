/* What a group does beside keeping its size, as state: of a host, and of a group. Written by upkeep.c,
 * instance_refresh.c, instance_lifetime.c, zonal_shift.c and warm_pool.c. */
#ifndef MODELS_ECS_MAINTENANCE_H
#define MODELS_ECS_MAINTENANCE_H

#include "models/ecs/group/refresh_progress.h"
#include "sim/engine/queue.h"
#include "sim/engine/simtime.h"
#include <stdbool.h>

struct zone;
struct launch_plan;
struct start_instance_refresh_settings;

struct host_maintenance {
    bool seasoned;          /* it was there at the start of the steady world, and has warmed up */
    bool pooled;            /* it is in the warm pool, or was when it ended */
    bool prepared;          /* there: it has started once */
    int64_t epoch;          /* of its group, when it was launched */
    int64_t cost_of_pauses; /* billionths of a dollar: of its time before it was stopped in the warm pool */
};

/* Why instances are replaced. Each cause may have instances ahead of the desired capacity. */
enum replacement_cause { REPLACED_UNHEALTHY, REPLACED_BY_REFRESH, REPLACED_FOR_AGE, REPLACEMENT_CAUSES };

/* [API autoscaling:InstanceRefresh.Status] Pending is over at once. */
enum refresh_status {
    REFRESH_NONE, /* there never was one */
    REFRESH_IN_PROGRESS,
    REFRESH_BAKING,
    REFRESH_CANCELLING,
    REFRESH_ROLLBACK_IN_PROGRESS,
    REFRESH_CANCELLED, /* from here on it is over */
    REFRESH_SUCCESSFUL,
    REFRESH_FAILED,
    REFRESH_ROLLBACK_SUCCESSFUL,
    REFRESH_ROLLBACK_FAILED,
};

/* The one under way, or the last. */
struct instance_refresh {
    int64_t number; /* from 1 within its group */
    enum refresh_status status;
    const struct start_instance_refresh_settings *settings;
    const struct launch_plan *plan_before; /* what the group launched until then */
    const char *reason;                    /* NULL: none */
    int64_t epoch;                         /* what it launches has this one, or a later one */
    simtime started_at;
    simtime progress_at; /* something was replaced, or came into service */
    simtime waits_until; /* at a checkpoint, or baking */
    size_t reached;      /* checkpoints */
    struct refresh_census seen;
    struct refresh_told {
        enum refresh_status status;
        int64_t percentage, to_update;
        const char *reason;
    } told; /* in its last row */
};

struct group_maintenance {
    int64_t epoch; /* how many refreshes and rollbacks have begun */
    int64_t ahead[REPLACEMENT_CAUSES];
    struct instance_refresh refresh;
    simtime aged_replaced_at;   /* the replacement for age that is under way; SIMTIME_NEVER: none */
    simtime replacement_took;   /* the last one for age */
    const struct zone *shifted; /* away from this one; NULL: no zonal shift */
    simtime shift_ends_at;
    int64_t warmed;          /* instances in the warm pool */
    event_handle pool_retry; /* a launch into it was refused */
    event_handle timer;      /* time alone could change what is to be done */
};

#endif
