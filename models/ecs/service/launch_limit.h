/* How many tasks of a service may be launched now, so that no minute holds more than its quota. Pure.
 *
 * [GR: "tasks launched per service per minute", 500 on EC2] AWS does not say how it counts; here a minute is
 * any minute: what is launched at t counts until t + 1 min, when it may be followed by as many. Launches of
 * less than ten seconds are told together, and taken for as late as the last of them: that allows less for
 * some seconds, never more, and is exact on the scheduler's usual grid. */
#ifndef MODELS_ECS_LAUNCH_LIMIT_H
#define MODELS_ECS_LAUNCH_LIMIT_H

#include "sim/engine/simtime.h"
#include <stdbool.h>

/* Of those that count, the first began less than 70 s ago, and each ten seconds after the one before. */
enum { MOST_LAUNCH_BURSTS = 7 };

struct launch_burst {
    simtime began, ended; /* its first and its last launch */
    int64_t tasks;
};

struct launches {
    struct launch_burst bursts[MOST_LAUNCH_BURSTS]; /* in order of time */
    int count;
};

void launches_add(struct launches *, simtime now, int64_t tasks);
int64_t launches_allowed(const struct launches *, simtime now, int64_t most_in_a_minute);

/* When more will be allowed than now; something was launched in the last minute. */
simtime launches_continue_at(const struct launches *, simtime now);

#endif
