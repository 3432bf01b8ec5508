/* How metrics come by their points: the world's side of metric.h.
 *
 * As a period of a resolution ends, each of its metrics takes its point, and it is announced: once for each
 * visibility, in which points of the period can be seen a delay later. So there is an event or two a minute,
 * until metrics come to rest (rest.h). */
#ifndef MODELS_ECS_SAMPLING_H
#define MODELS_ECS_SAMPLING_H

#include "models/ecs/metric/metric.h"
#include "models/ecs/metric/rest.h"

struct metrics {
    struct metric **of[METRIC_COUNT]; /* by subject; NULL: nobody watches it */
    struct metric **watched;          /* from metrics_start() on: by name, then by subject */
    size_t count;
    uint64_t visible[METRIC_VISIBILITIES];
    bool in_use[METRIC_VISIBILITIES]; /* somebody watches such a metric */
    event_handle period_ends[METRIC_RESOLUTIONS];
    simtime taken_at[METRIC_RESOLUTIONS]; /* when the last points were */
    struct metric_rest rest;
};

enum metric_resolution sampling_resolution(enum metric_visibility);
simtime sampling_delay(const struct world *, enum metric_visibility);

void sampling_start(struct world *);

bool sampling_takes(const struct metrics *, enum metric_resolution); /* somebody watches such a metric */

/* Every period that ends by now has its points. */
bool sampling_is_complete(const struct world *);

/* A period ends at this instant. */
void sampling_expect(struct world *, enum metric_resolution, simtime at);
/* What was taken at an instant can be seen a delay later, unless that is before `from`. */
void sampling_announce(struct world *, enum metric_resolution, simtime taken_at, simtime from);
/* No period ends. What was announced can be seen all the same. */
void sampling_stop(struct world *);

/* Until when its points will be like that of the period which began at `from` and has ended, as far as that
 * is not the loads' to say, if nothing happens. */
simtime sampling_steady_until(const struct world *, const struct metric *, simtime from);

/* Events: a period of this resolution ends; points of this visibility can be seen, up to period `count`. */
void metrics_take(void *world, uint64_t resolution, uint64_t unused);
void metrics_become_visible(void *world, uint64_t visibility, uint64_t count);

#endif
