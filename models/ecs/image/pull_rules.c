#include "models/ecs/image/pull_rules.h"

static const simtime least_delay = 1100 * SIMTIME_MILLISECOND, most_delay = 5 * SIMTIME_SECOND,
                     token_life = 12 * SIMTIME_HOUR;

bool pull_is_needed(enum pull_behaviour behaviour, bool has_copy)
{
    return !has_copy || behaviour == PULL_DEFAULT || behaviour == PULL_ALWAYS;
}

bool pull_may_fall_back(enum pull_behaviour behaviour, bool has_copy)
{
    return has_copy && (behaviour == PULL_DEFAULT || behaviour == PULL_PREFER_CACHED);
}

simtime pull_retry_after(int nth, rng_key jitter)
{
    simtime delay = least_delay << (nth - 1);
    if (delay > most_delay)
        delay = most_delay;
    return delay + (simtime)rng_below(jitter, 0, (uint64_t)(delay / 5));
}

bool ecr_token_is_good(simtime got_at, simtime now)
{
    return now < simtime_after(got_at, token_life);
}
