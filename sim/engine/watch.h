/* A value against bounds over a window: the machine behind promises. Knows the first instant at which the
 * value was outside, the worst, and how long it was outside in all. A value that is outside for no time
 * (several changes at one instant) is not outside. */
#ifndef SIM_ENGINE_WATCH_H
#define SIM_ENGINE_WATCH_H

#include "sim/engine/simtime.h"
#include <stdbool.h>
#include <stdint.h>

struct watch {
    int64_t at_least, at_most; /* INT64_MIN, INT64_MAX: none */
    simtime from, until;       /* [from, until) */
    simtime except;            /* so much time outside is forgiven */
    /* kept by watch_see */
    int64_t value;
    simtime since;
    bool started;
    simtime outside;       /* in all */
    simtime first_outside; /* SIMTIME_NEVER */
    int64_t worst;         /* the value furthest outside, once there is a first */
    simtime broken_at;     /* when `outside` went beyond `except`: SIMTIME_NEVER if never */
};

void watch_init(struct watch *, int64_t at_least, int64_t at_most, simtime from, simtime until,
                simtime except);
/* The value is `value` from `at` on; calls come in order of time. */
void watch_see(struct watch *, simtime at, int64_t value);
void watch_close(struct watch *, simtime at); /* the end of the run */
bool watch_broken(const struct watch *);

#endif
