#include "models/ecs/group/lifetime_pace.h"

int64_t lifetime_at_once(int64_t capacity, simtime lifetime, simtime replacement_took)
{
    __int128 one_by_one = (__int128)capacity * replacement_took;
    __int128 needed = (one_by_one + lifetime - 1) / lifetime;
    int64_t most = capacity / 10;
    if (needed > most)
        needed = most;
    return needed < 1 ? 1 : (int64_t)needed;
}
