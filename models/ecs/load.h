/* Requests to a service, and what they do to its tasks.
 *
 * Requests are spread evenly over the tasks that its load balancers find healthy; if they find none, over all
 * that are registered (fail open [ELB:target-group-health-checks]); without a load balancer over its RUNNING
 * tasks. What goes to a task that does not truly answer, or beyond maxRequestsPerSecond, is unserved. Counted
 * exactly: between two changes of the tasks the share is constant, and the workload's cumulative count gives
 * the requests. Where a limit of requests per second holds, it is compared with the mean of the interval,
 * which is never longer than a minute while a policy looks. During a deployment every task is taken for one
 * of the PRIMARY's task definition. */
#ifndef MODELS_ECS_LOAD_H
#define MODELS_ECS_LOAD_H

#include "models/ecs/task.h"

struct load {
    const struct workload *workload;
    int64_t registered, registered_answering; /* tasks */
    int64_t routed, routed_answering;         /* of these, found healthy */
    simtime counted_until;
    __int128 requests, served; /* millionths, in all */
    /* since the last minute was taken */
    __int128 minute_requests;              /* millionths */
    __int128 cpu_used, cpu_reserved;       /* CPU units * us */
    __int128 memory_used, memory_reserved; /* millionths of MiB * us */
    __int128 routed_time;                  /* tasks * us */
    simtime minute_since;
};

/* What CloudWatch would hold of the minute that ends now, in millionths; ABSENT where there is no point. */
struct load_minute {
    int64_t cpu_percent, memory_percent, requests_per_target;
};

void load_begin(struct world *, struct service *);
void load_opens(struct world *, struct service *); /* it is about to be created */
void load_count(struct world *, const struct task *, struct task_share,
                int sign); /* before and after every change of a task */
struct load_minute load_take_minute(struct world *, struct service *);
void load_finish(struct world *, struct service *);

#endif
