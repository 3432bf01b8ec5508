#include "models/workload/workload.h"

struct steady {
    int64_t rate;
};

static __int128 steady_cumulative(const void *settings, simtime at, int64_t start_us)
{
    (void)start_us;
    const struct steady *steady = settings;
    return (__int128)steady->rate * at / SIMTIME_SECOND;
}

static simtime steady_steady_until(const void *settings, simtime from)
{
    (void)settings, (void)from;
    return SIMTIME_NEVER;
}

static const struct param steady_params[] = {
    PARAM_RATE("rate", struct steady, rate, "requests per second"),
    PARAM_END,
};

static const struct shape steady_shape = {
    .name = "steady",
    .size = sizeof(struct steady),
    .params = steady_params,
    .shorthand = "rate",
};

static const struct workload_verbs steady_verbs = {.cumulative = steady_cumulative,
                                                   .steady_until = steady_steady_until};

const struct variant workload_steady = {
    .name = "steady",
    .meaning = "always the same rate; what a bare number means",
    .shape = &steady_shape,
    .verbs = &steady_verbs,
};
