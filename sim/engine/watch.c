#include "sim/engine/watch.h"
#include "sim/engine/check.h"

void watch_init(struct watch *watch, int64_t at_least, int64_t at_most, simtime from, simtime until,
                simtime except)
{
    *watch = (struct watch){
        .at_least = at_least,
        .at_most = at_most,
        .from = from,
        .until = until,
        .except = except,
        .first_outside = SIMTIME_NEVER,
        .broken_at = SIMTIME_NEVER,
    };
}

/* How far a value is outside; 0 if it is inside. Unsigned, for bounds and values may be 2^64 apart. */
static uint64_t distance_outside(const struct watch *watch, int64_t value)
{
    if (value < watch->at_least)
        return (uint64_t)watch->at_least - (uint64_t)value;
    if (value > watch->at_most)
        return (uint64_t)value - (uint64_t)watch->at_most;
    return 0;
}

static void note_outside(struct watch *watch, simtime from, simtime until)
{
    bool first = watch->first_outside == SIMTIME_NEVER;
    if (first)
        watch->first_outside = from;
    if (first || distance_outside(watch, watch->value) > distance_outside(watch, watch->worst))
        watch->worst = watch->value;
    simtime forgiven = watch->except - watch->outside;
    watch->outside += until - from;
    if (watch->broken_at == SIMTIME_NEVER && watch->outside > watch->except)
        watch->broken_at = from + forgiven;
}

/* The value has held from `since` to `at`: that part of it which lies in the window counts. */
static void account(struct watch *watch, simtime at)
{
    simtime from = watch->since > watch->from ? watch->since : watch->from;
    simtime until = at < watch->until ? at : watch->until;
    if (from < until && distance_outside(watch, watch->value) > 0)
        note_outside(watch, from, until);
}

void watch_see(struct watch *watch, simtime at, int64_t value)
{
    CHECK(!watch->started || at >= watch->since);
    if (watch->started)
        account(watch, at);
    watch->started = true;
    watch->since = at;
    watch->value = value;
}

void watch_close(struct watch *watch, simtime at)
{
    if (watch->started)
        watch_see(watch, at, watch->value);
}

bool watch_broken(const struct watch *watch)
{
    return watch->broken_at != SIMTIME_NEVER;
}
