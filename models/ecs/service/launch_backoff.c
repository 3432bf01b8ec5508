#include "models/ecs/service/launch_backoff.h"

simtime launch_backoff(int64_t attempts, simtime first, simtime most)
{
    return attempts > 0 ? simtime_doubled(first, attempts - 1, most) : 0;
}
