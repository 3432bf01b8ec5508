#include "models/ecs/task/health_check.h"

static simtime first_check_at(const struct probe *probe, simtime origin, simtime since)
{
    return simtime_next_on_grid(since, origin + probe->first_after, probe->interval);
}

/* A new target is healthy after one success; the threshold is for recovery only.
 * [DG:load-balancer-healthcheck] */
simtime probe_turns_healthy(const struct probe *probe, simtime origin, enum health now, simtime since)
{
    int64_t successes = now == HEALTH_UNKNOWN ? probe->first_successes : probe->healthy_threshold;
    return first_check_at(probe, origin, since) + (successes - 1) * probe->interval;
}

simtime probe_turns_unhealthy(const struct probe *probe, simtime origin, enum health now, simtime since,
                              bool silent)
{
    simtime counted = origin + probe->start_period;
    if (now == HEALTH_UNKNOWN && since < counted)
        since = counted;
    simtime failed =
        first_check_at(probe, origin, since) + (probe->unhealthy_threshold - 1) * probe->interval;
    return silent ? failed + probe->timeout : failed;
}

enum health health_together(const struct check *checks, int count)
{
    bool unknown = false;
    for (int i = 0; i < count; i++) {
        if (checks[i].health == HEALTH_UNHEALTHY)
            return HEALTH_UNHEALTHY;
        unknown |= checks[i].health == HEALTH_UNKNOWN;
    }
    return unknown ? HEALTH_UNKNOWN : HEALTH_HEALTHY;
}
