#include "models/ecs/image/disk_watch.h"
#include "models/ecs/image/image_store.h"
#include "models/ecs/results/rows.h"
#include <stdlib.h>

/* --- what changes ----------------------------------------------------------------------------- */

static void remember_fullest(struct world *world, const struct host_disk *disk, int64_t used)
{
    int64_t share = host_disk_used_share(disk, used);
    if (share > world->disks.fullest)
        world->disks.fullest = share;
}

void disk_watch_touch(struct world *world, struct container_instance *instance)
{
    struct host_disk *disk = instance->disk;
    struct disks *disks = &world->disks;
    if (!disk || disk->touched)
        return;
    if (disks->touched_count == disks->touched_room) {
        disks->touched_room = disks->touched_room ? 2 * disks->touched_room : 16;
        disks->touched = memory_grow(disks->touched, disks->touched_room, sizeof *disks->touched);
    }
    disks->touched[disks->touched_count++] = instance->ref;
    disk->touched = true;
    disk->growth_before = disk->space.growth;
    disk->used_before = host_disk_used_bytes(disk, world->run->now);
    remember_fullest(world, disk, disk->used_before);
}

/* --- the fullest ------------------------------------------------------------------------------ */

static bool is_asked(const struct container_instance *host, const struct auto_scaling_group *group)
{
    return host && host->disk && (!group || host->group == group) && !host_disk_is_over(host);
}

static int64_t used_before(const struct host_disk *disk, simtime now)
{
    return disk->touched ? disk->used_before : host_disk_used_bytes(disk, now);
}

static int64_t fullest(const struct world *world, const struct auto_scaling_group *group,
                       int64_t (*used)(const struct host_disk *, simtime now))
{
    int64_t most = 0;
    for (uint32_t i = 0; i < world->host_count; i++) {
        const struct container_instance *host = world->hosts[i];
        if (!is_asked(host, group))
            continue;
        int64_t share = host_disk_used_share(host->disk, used(host->disk, world->run->now));
        most = share > most ? share : most;
    }
    return most;
}

int64_t disk_watch_fullest(const struct world *world, const struct auto_scaling_group *group)
{
    return fullest(world, group, host_disk_used_bytes);
}

int64_t disk_watch_fullest_before(const struct world *world, const struct auto_scaling_group *group)
{
    return fullest(world, group, used_before);
}

/* Growing as it did until now. */
static simtime exceeded_at(const struct host_disk *disk, int64_t share, simtime now)
{
    int64_t growth = disk->touched ? disk->growth_before : disk->space.growth;
    __int128 limit = (__int128)share * (disk->space.size + disk->system) / MILLION - disk->system;
    __int128 beyond = used_before(disk, now) - limit;
    if (beyond <= 0 || growth == 0)
        return SIMTIME_NEVER;
    return now - (simtime)(beyond * SIMTIME_HOUR / growth);
}

simtime disk_watch_exceeded_at(const struct world *world, const struct auto_scaling_group *group,
                               int64_t share)
{
    simtime first = SIMTIME_NEVER;
    for (uint32_t i = 0; i < world->host_count; i++)
        if (is_asked(world->hosts[i], group))
            first = simtime_earlier(first, exceeded_at(world->hosts[i]->disk, share, world->run->now));
    return first;
}

/* --- rows ------------------------------------------------------------------------------------- */

struct disk_state disk_watch_state(const struct world *world, const struct container_instance *instance)
{
    const struct host_disk *disk = instance->disk;
    simtime now = world->run->now;
    return (struct disk_state){
        .images = instance->images ? instance->images->image_count : 0,
        .image_mib = disk_mib(disk->space.images),
        .containers_mib = disk_mib(disk_of_containers(&disk->space, now)),
        .free_mib = disk_mib(host_disk_free_bytes(disk, now)),
    };
}

static void row_disk(struct world *world, struct container_instance *instance, bool always)
{
    struct disk_state state = disk_watch_state(world, instance);
    int64_t values[] = {state.images, state.image_mib, state.containers_mib, state.free_mib};
    if (!row_is_due(&instance->disk->last_row, world->run->now, values, 4, always))
        return;
    run_row(world->run, SERIES_DISKS,
            (struct value[]){
                value_seconds(world->run->now),
                value_text(instance->name),
                value_integer(state.images),
                value_integer(state.image_mib),
                value_integer(state.containers_mib),
                value_integer(state.free_mib),
            });
}

static int by_registration(const void *left, const void *right)
{
    const struct container_instance *a = *(struct container_instance *const *)left;
    const struct container_instance *b = *(struct container_instance *const *)right;
    return a->placement < b->placement ? -1 : a->placement > b->placement;
}

/* Those of the touched that are still there, in order of registration; returns how many. */
static size_t take_touched(struct world *world, struct container_instance **hosts)
{
    size_t count = 0;
    for (size_t i = 0; i < world->disks.touched_count; i++) {
        struct container_instance *host = pool_find(&world->instances, world->disks.touched[i]);
        if (host)
            hosts[count++] = host;
    }
    world->disks.touched_count = 0;
    qsort(hosts, count, sizeof(struct container_instance *), by_registration);
    return count;
}

void disk_watch_settle(struct world *world)
{
    if (!world->disks.touched_count)
        return;
    bool sampled = world->settings->run.sample_every != ABSENT;
    struct container_instance **hosts =
        memory_alloc(world->disks.touched_count * sizeof(struct container_instance *));
    size_t count = take_touched(world, hosts);
    for (size_t i = 0; i < count; i++) {
        struct host_disk *disk = hosts[i]->disk;
        disk->touched = false;
        remember_fullest(world, disk, host_disk_used_bytes(disk, world->run->now));
        if (!sampled && !host_disk_is_over(hosts[i]))
            row_disk(world, hosts[i], false);
    }
    free(hosts);
}

void disk_watch_rows(struct world *world)
{
    for (uint32_t i = 0; world->disks.any && i < world->host_count; i++) {
        struct container_instance *host = world->hosts[i];
        if (!host || !host->disk || host_disk_is_over(host))
            continue;
        remember_fullest(world, host->disk, host_disk_used_bytes(host->disk, world->run->now));
        row_disk(world, host, true);
    }
}
