/* Lines that a container writes at a constant rate, and what becomes of them while CloudWatch Logs takes
 * none. Pure, and exact: nothing is counted line by line.
 *
 * Times are microseconds since the container began to write. Its k-th line, from 1, is written in the first
 * microsecond in which rate × time has reached k × the size of a line. Intervals are [from, until).
 *
 * Before CloudWatch Logs there is the queue of the awslogs driver, of 4096 lines
 * [MOBY:daemon/logger/awslogs/cloudwatchlogs.go]. Under `non-blocking` Docker's ring lies before that and
 * keeps lines up to max-buffer-size; the newest that finds no room is dropped, and a line larger than the
 * whole ring is kept if it is alone there. [MOBY:daemon/logger/ring.go] Under `blocking` it is the pipe of
 * the writer's output, 64 KiB [pipe(7)], and the writer stands still once that is full.
 *
 * Settled where AWS is silent: what was kept is gone in the instant in which CloudWatch Logs takes lines
 * again; the batch that the driver was gathering, of 5 s at most, is not counted as room. */
#ifndef MODELS_ECS_LOG_FLOW_H
#define MODELS_ECS_LOG_FLOW_H

#include "sim/engine/simtime.h"
#include <stdint.h>

struct log_flow {
    int64_t bytes_per_second; /* 0: none; at most 10^9 */
    int64_t line_bytes;       /* at least 1 */
};

int64_t log_flow_lines(const struct log_flow *, simtime from, simtime until); /* written there */

/* Lines that fit between a writer and CloudWatch Logs. */
int64_t log_room_of_ring(int64_t bytes, int64_t line_bytes); /* non-blocking */
int64_t log_room_of_pipe(int64_t line_bytes);                /* blocking */

/* When the first line comes for which there is no room, if none leaves from `from` on; SIMTIME_NEVER: none
 * does. */
simtime log_flow_full_at(const struct log_flow *, simtime from, int64_t room);

/* Of the lines written in the interval, in which none left: those that are kept at its end. */
int64_t log_flow_kept(const struct log_flow *, simtime from, simtime until, int64_t room);

#endif
