#include "models/ecs/image/disk_space.h"

enum { MIB_LOG2 = 20 };

int64_t disk_bytes(int64_t mib)
{
    return mib << MIB_LOG2;
}

int64_t disk_mib(int64_t bytes)
{
    return bytes >> MIB_LOG2;
}

__int128 disk_growth(int64_t bytes_per_hour, simtime time)
{
    return (__int128)bytes_per_hour * time;
}

void disk_advance(struct disk_space *disk, simtime now)
{
    disk->grown += disk_growth(disk->growth, now - disk->since);
    disk->since = now;
}

int64_t disk_of_containers(const struct disk_space *disk, simtime now)
{
    __int128 grown = disk->grown + disk_growth(disk->growth, now - disk->since);
    return disk->layers + (int64_t)(grown / SIMTIME_HOUR);
}

int64_t disk_free(const struct disk_space *disk, simtime now)
{
    int64_t left = disk->size - disk->images - disk_of_containers(disk, now);
    return left > 0 ? left : 0;
}

simtime disk_full_at(const struct disk_space *disk, simtime now)
{
    if (disk->growth == 0)
        return SIMTIME_NEVER;
    int64_t left = disk->size - disk->images - disk->layers;
    __int128 room = disk_growth(left, SIMTIME_HOUR) - disk->grown;
    __int128 after = room > 0 ? (room + disk->growth - 1) / disk->growth : 0;
    if (after >= SIMTIME_NEVER)
        return SIMTIME_NEVER;
    return simtime_later(simtime_after(disk->since, (simtime)after), now);
}
