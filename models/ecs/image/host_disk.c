#include "models/ecs/image/host_disk.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/image/housekeeping.h"
#include <stdlib.h>

/* --- hosts ------------------------------------------------------------------------------------ */

void host_disk_begin(struct world *world, struct container_instance *instance)
{
    const struct host_disk_settings *settings = &instance->simulation->disk;
    if (!world->images && settings->size_mib == ABSENT && !world->settings->fills_disks)
        return;
    int64_t size_mib = given_or(settings->size_mib, DEFAULT_DISK_MIB);
    instance->disk = memory_alloc(sizeof *instance->disk);
    *instance->disk = (struct host_disk){
        .space.size = disk_bytes(size_mib - settings->system_mib),
        .space.since = world->run->now,
        .system = disk_bytes(settings->system_mib),
        .agent_started_at = SIMTIME_NEVER,
        .due_at = SIMTIME_NEVER,
    };
    world->disks.any = true;
}

bool host_disk_is_over(const struct container_instance *instance)
{
    return instance->status == INSTANCE_INACTIVE || instance->terminated_at != SIMTIME_NEVER;
}

void host_disk_free(struct container_instance *instance)
{
    struct host_disk *disk = instance->disk;
    for (size_t i = 0; disk && i < disk->kept_count; i++)
        free(disk->kept[i].pull);
    if (disk)
        free(disk->kept);
    free(disk);
}

/* --- how full it is --------------------------------------------------------------------------- */

int64_t host_disk_free_bytes(const struct host_disk *disk, simtime now)
{
    return disk->filled ? 0 : disk_free(&disk->space, now);
}

int64_t host_disk_used_bytes(const struct host_disk *disk, simtime now)
{
    return disk->space.size - host_disk_free_bytes(disk, now);
}

int64_t host_disk_used_share(const struct host_disk *disk, int64_t used)
{
    return (int64_t)((__int128)(used + disk->system) * MILLION / (disk->space.size + disk->system));
}

simtime host_disk_full_at(const struct host_disk *disk, simtime now)
{
    return disk->filled && disk->space.growth ? now : disk_full_at(&disk->space, now);
}

bool host_disk_fits(struct world *world, struct container_instance *instance, int64_t missing)
{
    const struct host_disk *disk = instance->disk;
    if (!disk || !missing)
        return true;
    const struct disk_space *space = &disk->space;
    int64_t used = space->images + disk_of_containers(space, world->run->now);
    bool fits = !disk->filled && used <= space->size;
    world->disks.pulls_refused += !fits;
    return fits;
}

/* --- something else fills it ------------------------------------------------------------------ */

bool host_disk_may_fill(const struct container_instance *instance)
{
    return instance->disk && !instance->disk->filled && !host_disk_is_over(instance);
}

static void set_filled(struct world *world, struct container_instance *instance, bool filled)
{
    disk_watch_touch(world, instance);
    instance->disk->filled = filled;
    housekeeping_look(world, instance);
}

void host_disk_fill(struct world *world, struct container_instance *instance)
{
    set_filled(world, instance, true);
}

void host_disk_keep_full(struct container_instance *instance, simtime until)
{
    if (instance->disk)
        instance->disk->filled_until = simtime_later(instance->disk->filled_until, until);
}

void host_disk_clear(struct world *world, struct container_instance *instance)
{
    const struct host_disk *disk = instance->disk;
    if (disk && disk->filled && world->run->now >= disk->filled_until)
        set_filled(world, instance, false);
}
