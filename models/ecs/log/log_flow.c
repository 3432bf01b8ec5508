#include "models/ecs/log/log_flow.h"

enum { DRIVER_QUEUE_LINES = 4096, PIPE_BYTES = 65536 };

/* In [0, until). Line k comes in time if k × its size is reached a microsecond before the end. */
static int64_t lines_before(const struct log_flow *flow, simtime until)
{
    if (until <= 0)
        return 0;
    __int128 bytes = (__int128)flow->bytes_per_second * (until - 1);
    return (int64_t)(bytes / ((__int128)flow->line_bytes * SIMTIME_SECOND));
}

static simtime written_at(const struct log_flow *flow, int64_t line)
{
    if (!flow->bytes_per_second)
        return SIMTIME_NEVER;
    __int128 bytes = (__int128)line * flow->line_bytes * SIMTIME_SECOND;
    __int128 at = (bytes + flow->bytes_per_second - 1) / flow->bytes_per_second;
    return at < SIMTIME_NEVER ? (simtime)at : SIMTIME_NEVER;
}

int64_t log_flow_lines(const struct log_flow *flow, simtime from, simtime until)
{
    return until > from ? lines_before(flow, until) - lines_before(flow, from) : 0;
}

int64_t log_room_of_ring(int64_t bytes, int64_t line_bytes)
{
    int64_t lines = bytes / line_bytes;
    return DRIVER_QUEUE_LINES + (lines > 0 ? lines : 1);
}

int64_t log_room_of_pipe(int64_t line_bytes)
{
    return DRIVER_QUEUE_LINES + PIPE_BYTES / line_bytes;
}

simtime log_flow_full_at(const struct log_flow *flow, simtime from, int64_t room)
{
    return written_at(flow, lines_before(flow, from) + room + 1);
}

int64_t log_flow_kept(const struct log_flow *flow, simtime from, simtime until, int64_t room)
{
    int64_t lines = log_flow_lines(flow, from, until);
    return lines < room ? lines : room;
}
