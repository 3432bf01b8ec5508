/* Whether a promise was kept, once the run is over. */
#include "models/ecs/results/expectation.h"

struct span span_overlap(struct span a, struct span b)
{
    return (struct span){a.from > b.from ? a.from : b.from, a.until < b.until ? a.until : b.until};
}

static simtime length(struct span span)
{
    return span.until > span.from ? span.until - span.from : 0;
}

bool expectation_outside(const struct expectation *expectation, int64_t value)
{
    return value < expectation->bound.at_least || value > expectation->bound.at_most;
}

/* The part of the window in which the service could be looked at. */
static simtime watched(const struct world *world, const struct expectation *expectation)
{
    struct span seen = span_overlap(expectation->window, (struct span){expectation->began, world->run->now});
    if (!expectation->settings->during)
        return length(seen);
    simtime sum = 0;
    for (size_t i = 0; i < expectation->deployment_count; i++)
        sum += length(span_overlap(seen, expectation->deployments[i]));
    return sum;
}

struct lack expectation_lack(const struct world *world, const struct expectation *expectation)
{
    struct lack lack = {.watched = watched(world, expectation), .lacking = expectation->watch.outside};
    int64_t share = MILLION - expectation->settings->availability->at_least;
    lack.allowed = (simtime)((__int128)lack.watched * share / MILLION) + expectation->settings->except;
    return lack;
}

/* Rounded up, so that nothing goes unnoticed. */
static int64_t ratio_up(__int128 part, __int128 whole, int64_t unit)
{
    return whole > 0 ? (int64_t)((part * unit + whole - 1) / whole) : 0;
}

/* More than any bound can say. */
static const __int128 MOST_COST = (__int128)INT64_MAX * 1000;

int64_t expectation_total(const struct expectation *expectation)
{
    switch (expectation->measure->kind) {
    case MEASURE_COST:
        return ratio_up(expectation->total < MOST_COST ? expectation->total : MOST_COST, 1000, 1);
    case MEASURE_UNSERVED:
        return ratio_up(expectation->unserved_inside, expectation->requests_inside, MILLION);
    case MEASURE_SHARE:
        return ratio_up(expectation->total, expectation->jobs_inside, MILLION);
    default:
        return expectation->total < INT64_MAX ? (int64_t)expectation->total : INT64_MAX;
    }
}

static bool breaks(const struct bound_duration_settings *bound, simtime delay)
{
    return (bound->at_least != ABSENT && delay < bound->at_least) ||
           (bound->at_most != ABSENT && delay > bound->at_most);
}

bool expectation_delay_broken(const struct expectation *expectation, struct delay_bound *broken,
                              simtime *quantile)
{
    struct delay_bound bounds[DELAY_BOUNDS];
    measure_delays(expectation->settings, bounds);
    for (int i = 0; i < DELAY_BOUNDS && expectation->delay_count; i++) {
        *quantile = stats_quantile(expectation->delays, expectation->delay_count, bounds[i].quantile);
        *broken = bounds[i];
        if (breaks(bounds[i].bound, *quantile))
            return true;
    }
    return false;
}

bool expectation_kept(const struct world *world, const struct expectation *expectation)
{
    struct delay_bound bound;
    simtime quantile;
    struct lack lack;
    switch (expectation->measure->kind) {
    case MEASURE_STATE:
        return expectation->began != SIMTIME_NEVER && !watch_broken(&expectation->watch);
    case MEASURE_LEVEL:
    case MEASURE_RECOVERY:
        return !watch_broken(&expectation->watch);
    case MEASURE_AVAILABILITY:
        lack = expectation_lack(world, expectation);
        return lack.lacking <= lack.allowed;
    case MEASURE_DELAYS:
        return !expectation_delay_broken(expectation, &bound, &quantile);
    case MEASURE_TALLY:
    case MEASURE_LOSSES:
    case MEASURE_COST:
    case MEASURE_UNSERVED:
    case MEASURE_SHARE:
        return !expectation_outside(expectation, expectation_total(expectation));
    }
    return false;
}
