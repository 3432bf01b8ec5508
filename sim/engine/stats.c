#include "sim/engine/stats.h"
#include "sim/engine/check.h"
#include <gsl/gsl_sort_long.h>
#include <gsl/gsl_statistics_long.h>

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

void time_weighted_set(struct time_weighted *weighted, simtime at, int64_t value)
{
    CHECK(at >= weighted->since);
    if (at > weighted->since)
        include_value(weighted);
    weighted->integral = integral_until(weighted, at);
    weighted->since = at;
    weighted->value = value;
}

void time_weighted_close(struct time_weighted *weighted, simtime at)
{
    time_weighted_set(weighted, at, weighted->value);
    if (weighted->least > weighted->greatest)
        include_value(weighted);
}

static __int128 divide_to_nearest(__int128 dividend, __int128 divisor)
{
    __int128 half = divisor / 2;
    return (dividend < 0 ? dividend - half : dividend + half) / divisor;
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

_Static_assert(sizeof(long) == sizeof(int64_t), "GSL's statistics of long serve 64-bit values");

int64_t stats_quantile(int64_t *values, size_t count, double q)
{
    CHECK(count > 0);
    gsl_sort_long(values, 1, count);
    double quantile = gsl_stats_long_quantile_from_sorted_data(values, 1, count, q);
    return (int64_t)(quantile < 0 ? quantile - 0.5 : quantile + 0.5);
}
