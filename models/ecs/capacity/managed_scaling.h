/* Cluster auto scaling, as arithmetic: how many hosts a capacity provider needs, and how many its group is to
 * have for it. Pure, in integers. [blog: ECS cluster auto scaling; G cluster-auto-scaling; GC]
 *
 *   CapacityProviderReservation = M / N x 100      N: hosts of the group that run; M: hosts that are needed
 *
 * While no task waits in PROVISIONING, M is the hosts that have a task which is not a daemon's. Else M = N +
 * extra: tasks that ask for the same are one demand, each demand has a lower bound of hosts for each of its
 * resources, and extra is the greatest of them all, held between minimumScalingStepSize and
 * maximumScalingStepSize. The bound is fractional: 300 tasks of 2,048 MiB on hosts of 31,496 need 20 hosts,
 * though 15 fit on each [V22]. Tasks for which there is room on present hosts are not counted; these are
 * whole tasks, host by host.
 *
 * Of several instance types, resource by resource, the largest gives the count; the smallest is the guard: a
 * demand that it cannot hold is left out, and if all are, the reservation stays at the target. Tasks of one
 * service, or task group, with fixed host ports or distinctInstance need a host each; as no present host is
 * free for one that waits, they have no room on them.
 *
 * M = N = 0 is 100, which under a target below 100 makes a group of no hosts grow; N = 0 < M is 200.
 *
 * The group follows the reservation as it was sampled, applied to the capacity that it has by then, and 0
 * counts as 1, so that two hosts start where there was none:
 *
 *   desired = capacity x reservation / targetCapacity, rounded up
 *
 * One minute above the target is enough; what is added is held between the two step sizes. Fifteen minutes
 * below it make the group smaller, then each further one, by at most half of it, and at least one host may
 * go [AWS, September 2022]. A scale-out begins the fifteen anew.
 *
 * Settled where AWS is silent: a step size holds M and what is added; room that daemons will take on a new
 * host is not thought of; where a task waits for its constraints and not for room, nothing is added. */
#ifndef MODELS_ECS_MANAGED_SCALING_H
#define MODELS_ECS_MANAGED_SCALING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a task asks for, a host has, or has left. */
enum { ROOM_CPU, ROOM_MEMORY, ROOM_GPUS, ROOM_INTERFACES, ROOM_RESOURCES };
struct room {
    int64_t of[ROOM_RESOURCES]; /* CPU units, MiB, devices, tasks in awsvpc mode */
};

int64_t room_fits(const struct room *host, const struct room *task); /* whole tasks */

/* Tasks in PROVISIONING that ask for the same. */
struct demand {
    struct room task;
    bool alone;     /* each wants a host without another of them */
    uint32_t owner; /* then: of which service or task group they are; others may share their hosts */
    int64_t tasks;
    int64_t tasks_with_room; /* on present hosts; all at most */
};

/* Which rule made M, for readers of the results. */
enum need_rule {
    NEED_OCCUPIED, /* no task waits: hosts with tasks */
    NEED_CPU,      /* the bound of this resource was the greatest */
    NEED_MEMORY,
    NEED_GPUS,
    NEED_INTERFACES,
    NEED_HOSTS,    /* a host for each task */
    NEED_ROOM,     /* there is room for all that wait */
    NEED_LEFT_OUT, /* the smallest type can hold none of them */
    NEED_MINIMUM_STEP,
    NEED_MAXIMUM_STEP,
    NEED_RULES,
};
extern const char *const need_rule_names[NEED_RULES];

struct managed_scaling_view {
    int64_t running;  /* N */
    int64_t occupied; /* hosts of these with a task that is not a daemon's */
    const struct demand *demands;
    size_t demand_count;
    const struct room *types; /* an empty host of each type of the group; at least one */
    size_t type_count;
    int64_t target; /* percent */
    int64_t minimum_step, maximum_step;
};

struct need {
    int64_t hosts;       /* M; where all demands are left out, N */
    int64_t reservation; /* millionths of a percent, rounded down */
    enum need_rule rule;
};

struct need managed_scaling_need(const struct managed_scaling_view *);

enum { MINUTES_TO_SCALE_IN = 15 }; /* [G cluster-auto-scaling; CR 1220] */

struct managed_scaling_question {
    int64_t reservation; /* millionths of a percent */
    int64_t target;      /* percent */
    int64_t minimum_step, maximum_step;
    int64_t capacity;      /* desired capacity of the group */
    int64_t minutes_below; /* of the target in a row, this one included */
    bool warming;          /* a host is younger than the warm-up: nothing is added */
};

/* What the group should desire; its own limits are the caller's. */
int64_t managed_scaling_desired(const struct managed_scaling_question *);

bool reservation_is_below(int64_t reservation, int64_t target);
bool reservation_is_above(int64_t reservation, int64_t target);

#endif
