/* Requests to a service, and what they do to its tasks.
 *
 * Requests are spread evenly over the tasks that its load balancers find healthy; if they find none, over all
 * that are registered (fail open [ELB:target-group-health-checks]); a target in slow start gets its part of a
 * share (slow_start.h). Without a load balancer they are spread over the RUNNING tasks. Once a deployment has
 * been given a part of the traffic (load_split()) the requests are first divided by these parts, as a
 * listener divides them over target groups, and each deployment fails open by itself.
 *
 * Who asks may be another service (request_chain.h): what its tasks take on is asked in the same instant.
 *
 * What goes to a task that does not truly answer, or beyond its maxRequestsPerSecond, is unserved. A task
 * uses CPU and memory as its own definition says, and so a deployment of a slower revision shows.
 *
 * Counted exactly: between two changes of the tasks, and two steps of a slow start, the split is constant,
 * and the workload's cumulative count gives the requests. Where a limit of requests per second holds, it is
 * compared with the mean of the interval, which is never longer than a minute while somebody watches its
 * metrics; the tasks of a deployment that are in slow start are compared with theirs together. */
#ifndef MODELS_ECS_LOAD_H
#define MODELS_ECS_LOAD_H

#include "models/ecs/results/request_rows.h"

/* Of the tasks of a period: the mean, and the least and the most of the means of its deployments. Percent,
 * millionths. */
struct utilisation {
    int64_t mean, least, most; /* ABSENT: there was no task */
};

/* What CloudWatch would hold of the period that ended last. */
struct load_period {
    simtime until;
    struct usage usage; /* in it */
    int64_t tasks;      /* the mean number of those that were there, rounded up */
    struct utilisation cpu, memory;
    struct usage total_at_end;
};

struct load {
    const struct workload *workload;
    struct request_chain *chain; /* NULL: no service asks it, and it asks none (request_chain.h) */
    struct asker *askers;
    size_t asker_count;
    struct usage before_step; /* of the chain, the while that was counted last */
    __int128 failed_in_step;  /* in it, by those that this one asks: millionths of requests */
    simtime counted_until;
    __int128 asked_before; /* what was asked until then, since the run began */
    struct usage total;
    struct load_period periods[METRIC_RESOLUTIONS];
    struct requests_told told;
};

/* What a task adds to its deployment's receivers: a pure function of it, as task_share() is. */
struct receivers load_receivers(const struct task *);
void load_add_receivers(struct receivers *sum, const struct receivers *one, int sign);

/* A service has a load if `load` names it, or, without requests, where somebody looks at metrics. */
void load_begin(struct world *, struct service *);
bool load_is_asked(const struct service *);                     /* `load` names it */
void load_opens(struct world *, struct service *);              /* it is about to be created */
void load_count(struct world *, const struct task *, int sign); /* before and after every change of a task */
void load_advance(struct world *, struct service *);            /* counts up to now; without a load nothing */
__int128 load_unserved(const struct load *); /* millionths: that nobody answered, or that failed behind */

/* Millionths that people ask of it, or of all that are in its chain, in [from, until). */
__int128 load_asked_in(const struct world *, const struct load *, simtime from, simtime until);

/* With what has been so far, for a service that has a load and was created. */
void load_count_until(struct world *, struct service *, simtime until);
/* For request_chain.c: likewise, while no split changes in between. */
void load_count_spell(struct world *, struct service *, simtime until);
bool load_ramps(const struct service *); /* a slow start goes on: its split changes with each second */

/* Of a service in no chain: so much time is over, and what happened in it has been added to its total. */
void load_pass(const struct world *, struct load *, simtime lasts);

/* The period of this resolution that ends now, for a service that has a load; it began when the one before it
 * was asked for. */
const struct load_period *load_period(struct world *, struct service *, enum metric_resolution);

/* Metrics have rested since then: their periods since, and the rows of requests, are counted as if somebody
 * had looked as each ended. */
void load_repeat_periods(struct world *, simtime resting_since, simtime until);
/* Until when the periods of all loads that are looked at will be like the one that began at `from` and has
 * ended, if nothing happens. */
simtime loads_steady_until(const struct world *, simtime from);

/* From now on this deployment gets so much of the service's requests, against the parts of the others;
 * ABSENT: it has no part of its own. While any deployment has one, those without get nothing. */
void load_split(struct world *, struct deployment *, int64_t permille);

/* The task is gone, and its targets are sent requests until load_forget_orphans(). */
void load_orphan(struct world *, const struct task *);
void load_forget_orphans(struct world *, struct service *);

#endif
