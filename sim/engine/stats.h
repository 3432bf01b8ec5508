/* Statistics of quantities that hold for a time. Integrals are exact: 128-bit integers of value *
 * microseconds, divided once. */
#ifndef SIM_ENGINE_STATS_H
#define SIM_ENGINE_STATS_H

#include "sim/engine/simtime.h"
#include <stddef.h>

struct time_weighted {
    __int128 integral;      /* of the value over time, up to `since` */
    simtime started, since; /* since: the value has held from then on, or the end */
    int64_t value;
    int64_t least, greatest;
    simtime least_at; /* when the least was first reached */
};

void time_weighted_start(struct time_weighted *, simtime at, int64_t value);
void time_weighted_set(struct time_weighted *, simtime at,
                       int64_t value); /* instants that last no time do not enter least */
void time_weighted_close(struct time_weighted *,
                         simtime at); /* the end: the last value has held until here */
/* Mean over [started, at], times 10^decimals, rounded to nearest; the value itself where no time has passed.
 */
int64_t time_weighted_mean(const struct time_weighted *, simtime at, int decimals);

/* Halves go away from zero. divisor > 0. */
__int128 divide_to_nearest(__int128 dividend, __int128 divisor);
/* What is held in units of 10^-from, in those of 10^-to, where it fits. */
int64_t decimal_in(int64_t value, int from, int to);

/* Values that come one by one. Zeroed at first. */
struct samples {
    int64_t *values;
    size_t count, capacity;
};

void samples_add(struct samples *, int64_t value);
int64_t samples_mean(const struct samples *); /* to the nearest; count > 0 */
void samples_sort(struct samples *);
int64_t samples_quantile(const struct samples *, double q); /* of sorted ones, as below */
void samples_free(struct samples *);

void stats_sort(int64_t *values, size_t count); /* ascending */

/* Quantile (type 7, GSL's): between two order statistics in proportion, to the nearest. The first sorts the
 * values, the second wants them sorted. count > 0, 0 <= q <= 1. */
int64_t stats_quantile(int64_t *values, size_t count, double q);
int64_t stats_quantile_of_sorted(const int64_t *sorted, size_t count, double q);

#endif
