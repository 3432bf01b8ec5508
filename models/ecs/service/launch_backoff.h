/* The service throttle: a deployment whose tasks fail to start is launched ever more slowly.
 * [DG:service-throttle-logic]
 *
 * Only tasks that stop without ever having been RUNNING count; the delay grows to 27 minutes at most; a task
 * that runs, or a new deployment, ends it. The guide also names want of CPU, memory, ports and hosts as a
 * cause. Here it delays nothing: a service that found no room is not tried again and again, but woken when
 * some is freed. AWS gives neither the first delay nor the growth: they are timing.launchBackoff, doubled
 * with each launch in a row of which no task has run, however many tasks it launched. The message comes with
 * the third failed task (AWS does not say; public emulators do the same). */
#ifndef MODELS_ECS_LAUNCH_BACKOFF_H
#define MODELS_ECS_LAUNCH_BACKOFF_H

#include "sim/engine/simtime.h"

enum { FAILURES_THAT_IMPAIR = 3 };

/* How long after the last of `attempts` in a row has failed the next launch may come. */
simtime launch_backoff(int64_t attempts, simtime first, simtime most);

#endif
