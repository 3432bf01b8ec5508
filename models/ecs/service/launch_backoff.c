#include "models/ecs/service/launch_backoff.h"

simtime launch_backoff(int64_t attempts, simtime first, simtime most)
{
    simtime delay = attempts > 0 ? first : 0;
    for (int64_t i = 1; i < attempts && delay < most; i++)
        delay *= 2;
    return delay < most ? delay : most;
}
