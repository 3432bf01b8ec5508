#include "models/workload/workload.h"
#include "sim/engine/check.h"

static const struct variant *const variants[] = {
#define ENTRY(name) &workload_##name,
#include "models/workload/workloads.def"
#undef ENTRY
    NULL};

const struct catalogue workload_catalogue = {.kind = "workload", .variants = variants};

static const struct param workload_params[] = {
    {.type = PARAM_VARIANT,
     .key = "workload",
     .offset = PARAM_OFFSET(struct workload, chosen, struct chosen),
     .catalogue = &workload_catalogue,
     .meaning = "how many requests are asked over time"},
    PARAM_END,
};

const struct shape workload_shape = {
    .name = "workload",
    .size = sizeof(struct workload),
    .params = workload_params,
    .shorthand = "steady",
};

__int128 workload_cumulative(const struct workload *workload, simtime at, int64_t start_us)
{
    if (!workload->chosen.variant)
        return 0;
    const struct workload_verbs *verbs = workload->chosen.variant->verbs;
    return verbs->cumulative(workload->chosen.settings, at, start_us);
}

__int128 workload_requests(const struct workload *workload, simtime from, simtime until, int64_t start_us)
{
    __int128 before = workload_cumulative(workload, from, start_us);
    __int128 requests = workload_cumulative(workload, until, start_us) - before;
    CHECK(requests >= 0);
    return requests;
}

static bool says_all_of(const struct chosen *chosen, simtime from, simtime until)
{
    const struct workload_verbs *verbs = chosen->variant->verbs;
    simtime first, last;
    if (!verbs->extent)
        return true;
    verbs->extent(chosen->settings, &first, &last);
    return first <= from && until <= last;
}

int64_t workload_mean(const struct workload *workload, simtime from, simtime until, int64_t start_us)
{
    const struct chosen *chosen = &workload->chosen;
    const struct workload_verbs *verbs = chosen->variant->verbs;
    simtime unit = verbs->unit ? verbs->unit(chosen->settings) : SIMTIME_SECOND;
    if (!says_all_of(chosen, from, until))
        return ABSENT;
    return (int64_t)(workload_requests(workload, from, until, start_us) * unit / (until - from));
}

simtime workload_steady_until(const struct workload *workload, simtime from)
{
    const struct chosen *chosen = &workload->chosen;
    const struct workload_verbs *verbs = chosen->variant ? chosen->variant->verbs : NULL;
    if (!verbs)
        return SIMTIME_NEVER;
    return verbs->steady_until ? verbs->steady_until(chosen->settings, from) : from;
}

/* Steps that double find a stretch in which it is reached, and halving it the instant: what is asked next is
 * mostly near. */
simtime workload_time_of(const struct workload *workload, __int128 millionths, simtime from, simtime until,
                         int64_t start_us)
{
    simtime low = from, step = SIMTIME_MILLISECOND, high = from;
    while (high < until && workload_cumulative(workload, high, start_us) < millionths) {
        low = high + 1;
        high = simtime_earlier(simtime_after(high, step), until);
        step = simtime_after(step, step);
    }
    while (low < high) {
        simtime middle = low + (high - low) / 2;
        if (workload_cumulative(workload, middle, start_us) < millionths)
            low = middle + 1;
        else
            high = middle;
    }
    return high < until ? high : SIMTIME_NEVER;
}
