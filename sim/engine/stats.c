#include "sim/engine/stats.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include <gsl/gsl_sort_long.h>
#include <math.h>
#include <stdlib.h>

/* Least above greatest says that no value has lasted yet. */
void time_weighted_start(struct time_weighted *weighted, simtime at, int64_t value)
{
    *weighted = (struct time_weighted){
        .started = at,
        .since = at,
        .value = value,
        .least = INT64_MAX,
        .greatest = INT64_MIN,
        .least_at = SIMTIME_NEVER,
    };
}

static void include_value(struct time_weighted *weighted)
{
    if (weighted->value < weighted->least) {
        weighted->least = weighted->value;
        weighted->least_at = weighted->since;
    }
    if (weighted->value > weighted->greatest)
        weighted->greatest = weighted->value;
}

static __int128 integral_until(const struct time_weighted *weighted, simtime at)
{
    return weighted->integral + (__int128)weighted->value * (at - weighted->since);
}

static void hold_until(struct time_weighted *weighted, simtime at)
{
    if (at > weighted->since)
        include_value(weighted);
    weighted->integral = integral_until(weighted, at);
    weighted->since = at;
}

void time_weighted_set(struct time_weighted *weighted, simtime at, int64_t value)
{
    CHECK(at >= weighted->since);
    if (value == weighted->value)
        return;
    hold_until(weighted, at);
    weighted->value = value;
}

void time_weighted_close(struct time_weighted *weighted, simtime at)
{
    CHECK(at >= weighted->since);
    hold_until(weighted, at);
    if (weighted->least > weighted->greatest)
        include_value(weighted);
}

__int128 divide_to_nearest(__int128 dividend, __int128 divisor)
{
    __int128 half = divisor / 2;
    return (dividend < 0 ? dividend - half : dividend + half) / divisor;
}

int64_t decimal_in(int64_t value, int from, int to)
{
    __int128 scaled = value, divisor = 1;
    for (; from < to; from++)
        scaled *= 10;
    for (; from > to; from--)
        divisor *= 10;
    return (int64_t)divide_to_nearest(scaled, divisor);
}

int64_t time_weighted_mean(const struct time_weighted *weighted, simtime at, int decimals)
{
    __int128 scale = 1;
    for (int i = 0; i < decimals; i++)
        scale *= 10;
    if (at <= weighted->started)
        return (int64_t)(weighted->value * scale);
    return (int64_t)divide_to_nearest(integral_until(weighted, at) * scale, at - weighted->started);
}

_Static_assert(sizeof(long) == sizeof(int64_t), "GSL's sort of long serves 64-bit values");

void stats_sort(int64_t *values, size_t count)
{
    gsl_sort_long(values, 1, count);
}

/* GSL adds up both neighbours as doubles; from the lower one up, equal ones of any size stay what they are.
 */
int64_t stats_quantile_of_sorted(const int64_t *sorted, size_t count, double q)
{
    CHECK(count > 0 && q >= 0 && q <= 1);
    double rank = q * (double)(count - 1);
    size_t below = (size_t)rank;
    if (below == count - 1)
        return sorted[below];
    uint64_t apart = (uint64_t)sorted[below + 1] - (uint64_t)sorted[below];
    return (int64_t)((uint64_t)sorted[below] + (uint64_t)round((rank - (double)below) * (double)apart));
}

int64_t stats_quantile(int64_t *values, size_t count, double q)
{
    stats_sort(values, count);
    return stats_quantile_of_sorted(values, count, q);
}

/* --- values that come one by one -------------------------------------------------------------- */

void samples_add(struct samples *samples, int64_t value)
{
    if (samples->count == samples->capacity) {
        samples->capacity = samples->capacity ? 2 * samples->capacity : 64;
        samples->values = memory_grow(samples->values, samples->capacity, sizeof *samples->values);
    }
    samples->values[samples->count++] = value;
}

int64_t samples_mean(const struct samples *samples)
{
    __int128 sum = 0;
    for (size_t i = 0; i < samples->count; i++)
        sum += samples->values[i];
    return (int64_t)divide_to_nearest(sum, (__int128)samples->count);
}

void samples_sort(struct samples *samples)
{
    stats_sort(samples->values, samples->count);
}

int64_t samples_quantile(const struct samples *samples, double q)
{
    return stats_quantile_of_sorted(samples->values, samples->count, q);
}

void samples_free(struct samples *samples)
{
    free(samples->values);
    *samples = (struct samples){0};
}
