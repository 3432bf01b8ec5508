#include "models/ecs/service/launch_limit.h"
#include "sim/engine/check.h"
#include <string.h>

static const simtime burst_width = 10 * SIMTIME_SECOND;

static bool counts(const struct launch_burst *burst, simtime now)
{
    return now - burst->ended < SIMTIME_MINUTE;
}

static void forget_old(struct launches *launches, simtime now)
{
    int old = 0;
    while (old < launches->count && !counts(&launches->bursts[old], now))
        old++;
    launches->count -= old;
    memmove(launches->bursts, launches->bursts + old, (size_t)launches->count * sizeof *launches->bursts);
}

static bool goes_on(const struct launches *launches, simtime now)
{
    return launches->count && now - launches->bursts[launches->count - 1].began < burst_width;
}

void launches_add(struct launches *launches, simtime now, int64_t tasks)
{
    forget_old(launches, now);
    if (!goes_on(launches, now)) {
        CHECK(launches->count < MOST_LAUNCH_BURSTS);
        launches->bursts[launches->count++] = (struct launch_burst){.began = now};
    }
    struct launch_burst *burst = &launches->bursts[launches->count - 1];
    burst->ended = now;
    burst->tasks += tasks;
}

int64_t launches_allowed(const struct launches *launches, simtime now, int64_t most_in_a_minute)
{
    int64_t allowed = most_in_a_minute;
    for (int i = 0; i < launches->count; i++)
        if (counts(&launches->bursts[i], now))
            allowed -= launches->bursts[i].tasks;
    return allowed;
}

simtime launches_continue_at(const struct launches *launches, simtime now)
{
    for (int i = 0; i < launches->count; i++)
        if (counts(&launches->bursts[i], now))
            return launches->bursts[i].ended + SIMTIME_MINUTE;
    CHECK(!"something was launched in the last minute");
    return now;
}
