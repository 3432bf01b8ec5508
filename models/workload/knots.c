#include "models/workload/workload.h"

void workload_link_knots(struct workload_knot *knots, size_t count)
{
    for (size_t i = 1; i < count; i++)
        knots[i].before =
            knots[i - 1].before + (__int128)knots[i - 1].amount * (knots[i].at - knots[i - 1].at);
}

/* How many knots are not later than `at`. */
static size_t knots_until(const struct workload_knot *knots, size_t count, simtime at)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (knots[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

__int128 workload_knots_cumulative(const struct workload_knot *knots, size_t count, simtime per, simtime at)
{
    size_t passed = knots_until(knots, count, at);
    if (passed == 0)
        return 0;
    const struct workload_knot *last = &knots[passed - 1];
    return (last->before + (__int128)last->amount * (at - last->at)) / per;
}

simtime workload_knots_steady_until(const struct workload_knot *knots, size_t count, simtime per,
                                    simtime from)
{
    size_t passed = knots_until(knots, count, from);
    if (passed && (__int128)knots[passed - 1].amount * WORKLOAD_STRIDE % per)
        return from;
    return passed < count ? knots[passed].at : SIMTIME_NEVER;
}
