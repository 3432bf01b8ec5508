/* Metrics at rest: while what they measure stays as it is, no event of theirs is pending.
 *
 * Metrics rest once nothing but their own events has happened for a whole minute of the clock, all points
 * that anybody looks back at are alike, and no alarm and no policy would do anything when it sees one more of
 * them. Then each further point is like the last one until something happens: an event, whosever it is, or a
 * moment that is known beforehand, at which a workload changes, a cooldown ends, a host has warmed up, or an
 * hour's forecast holds (the steady_until() of whoever knows). That moment is the only event that is left.
 *
 * Before the event that ends the rest is handled, and as the run ends, what was left out is made up for: rows
 * of metrics.csv, what was asked in these periods, how far points can be seen, and what forecasts remember of
 * them. The results are the same to the last byte as if an event had come for each.
 *
 * Settled: an alarm whose range is a day of minutes has a day of like points before metrics rest. */
#ifndef MODELS_ECS_REST_H
#define MODELS_ECS_REST_H

#include "sim/engine/run.h"

struct world;

struct metric_rest {
    uint64_t last_event;       /* number of the last one that was an event of metrics */
    uint64_t decided;          /* the run's fingerprint as it began */
    simtime undisturbed_since; /* nothing but such events has happened since, and they changed nothing */
    simtime since;             /* while they rest: when their last points were taken */
    event_handle end;          /* that is known beforehand */
};

/* An event of metrics begins; what it made visible has been acted on. */
void metrics_happen(struct world *);
void metrics_have_been_seen(struct world *);

/* Points were taken. */
void metrics_try_to_rest(struct world *);

/* An event is about to be handled while metrics rest: model.wake(). */
void metrics_wake(void *world, const struct event *);
/* The run ends. */
void metrics_finish(struct world *);

/* Event: what metrics measure may be another from now on. */
void metrics_rest_ends(void *world, uint64_t unused, uint64_t unused_too);

#endif
