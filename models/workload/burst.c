#include "models/workload/workload.h"

struct burst {
    int64_t base, high;
    simtime at, length;
    simtime every; /* ABSENT: one burst */
};

/* How much of [0, at) lies in bursts. */
static simtime time_in_bursts(const struct burst *burst, simtime at)
{
    if (at <= burst->at)
        return 0;
    simtime since = at - burst->at, whole = 0;
    if (burst->every != ABSENT) {
        whole = since / burst->every * burst->length;
        since %= burst->every;
    }
    return whole + (since < burst->length ? since : burst->length);
}

static __int128 burst_cumulative(const void *settings, simtime at, int64_t start_us)
{
    (void)start_us;
    const struct burst *burst = settings;
    simtime inside = time_in_bursts(burst, at);
    return ((__int128)burst->base * (at - inside) + (__int128)burst->high * inside) / SIMTIME_SECOND;
}

static simtime burst_steady_until(const void *settings, simtime from)
{
    const struct burst *burst = settings;
    simtime every = given_or(burst->every, SIMTIME_NEVER), begin = burst->at;
    if (from < begin)
        return begin;
    begin += (from - begin) / every * every;
    simtime end = begin + burst->length;
    return from < end ? end : simtime_after(begin, every);
}

static void burst_check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    const struct burst *burst = object;
    if (burst->every != ABSENT && burst->every < burst->length)
        mistake(m, object, "every",
                "a burst begins before the last one has ended: every is shorter than for");
}

static const struct param burst_params[] = {
    PARAM_RATE("base", struct burst, base, "requests per second outside bursts"),
    PARAM_RATE("high", struct burst, high, "requests per second in a burst"),
    {.key = "at",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct burst, at, simtime),
     .meaning = "when the first burst begins"},
    {.key = "for",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct burst, length, simtime),
     .meaning = "how long a burst lasts"},
    {.key = "every",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(struct burst, every, simtime),
     .least = 1,
     .most = SIMTIME_NEVER - 1,
     .meaning = "from the beginning of a burst to that of the next; one burst if not given"},
    PARAM_END,
};

static const struct shape burst_shape = {
    .name = "burst",
    .size = sizeof(struct burst),
    .params = burst_params,
    .check = burst_check,
};

static const struct workload_verbs burst_verbs = {.cumulative = burst_cumulative,
                                                  .steady_until = burst_steady_until};

const struct variant workload_burst = {
    .name = "burst",
    .meaning = "another rate for a while, once or again and again",
    .shape = &burst_shape,
    .verbs = &burst_verbs,
};
