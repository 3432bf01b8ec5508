#include "models/ecs/image/housekeeping.h"
#include "models/ecs/events.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/image/image_cleanup.h"
#include "models/ecs/image/image_mix.h"
#include "models/ecs/image/pull_parts.h"
#include "models/ecs/image/task_layer.h"
#include "models/ecs/task/task.h"
#include <stdlib.h>
#include <string.h>

/* --- when there is something to do ------------------------------------------------------------ */

static struct cleanup_rules rules_of(const struct container_instance *instance)
{
    const struct ecs_config_settings *config = &instance->simulation->ecs_config;
    const struct housekeeping_settings *settings = &config->housekeeping;
    return (struct cleanup_rules){
        .off = settings->image_cleanup_disabled || config->image_pull_behaviour == PULL_PREFER_CACHED,
        .interval = settings->image_cleanup_interval,
        .minimum_age = settings->image_minimum_age,
        .most_per_cycle = settings->images_per_cycle,
    };
}

static simtime next_due(const struct world *world, const struct container_instance *instance)
{
    const struct host_disk *disk = instance->disk;
    simtime now = world->run->now;
    if (host_disk_is_over(instance))
        return SIMTIME_NEVER;
    simtime next = host_disk_full_at(disk, now);
    if (disk->agent_started_at == SIMTIME_NEVER)
        return next;
    if (disk->kept_count)
        next = simtime_earlier(next, simtime_later(disk->kept[0].until, now));
    struct cleanup_rules rules = rules_of(instance);
    if (instance->images)
        next =
            simtime_earlier(next, image_cleanup_next(&rules, instance->images, disk->agent_started_at, now));
    return next;
}

void housekeeping_look(struct world *world, struct container_instance *instance)
{
    struct host_disk *disk = instance->disk;
    if (!disk)
        return;
    disk->space.images = instance->images ? instance->images->claimed : 0;
    simtime next = next_due(world, instance);
    if (next == disk->due_at)
        return;
    run_cancel(world->run, &disk->event);
    disk->due_at = next;
    if (next != SIMTIME_NEVER)
        disk->event = run_schedule(world->run, next, PHASE_WORLD, EVENT_HOUSEKEEPING, instance->ref, 0);
}

static void set_agent(struct world *world, struct container_instance *instance, simtime started_at)
{
    if (!instance->disk)
        return;
    disk_watch_touch(world, instance);
    instance->disk->agent_started_at = started_at;
    housekeeping_look(world, instance);
}

void housekeeping_agent_starts(struct world *world, struct container_instance *instance)
{
    set_agent(world, instance, world->run->now);
}

void housekeeping_agent_stops(struct world *world, struct container_instance *instance)
{
    set_agent(world, instance, SIMTIME_NEVER);
}

/* --- containers that are kept ----------------------------------------------------------------- */

/* By chance or not, they go in order of their time, those of one time as they stopped. */
static void keep(struct host_disk *disk, struct kept_task kept)
{
    size_t at = disk->kept_count;
    if (disk->kept_count == disk->kept_room) {
        disk->kept_room = disk->kept_room ? 2 * disk->kept_room : 8;
        disk->kept = memory_grow(disk->kept, disk->kept_room, sizeof *disk->kept);
    }
    for (; at > 0 && disk->kept[at - 1].until > kept.until; at--)
        disk->kept[at] = disk->kept[at - 1];
    disk->kept[at] = kept;
    disk->kept_count++;
}

static simtime kept_until(const struct world *world, const struct task *task)
{
    const struct housekeeping_settings *settings = &task->instance->simulation->ecs_config.housekeeping;
    rng_key key = run_key(world->run, DRAW_CLEANUP_WAIT, task->who, 0);
    simtime jitter = settings->task_cleanup_jitter
                         ? (simtime)rng_below(key, 0, (uint64_t)settings->task_cleanup_jitter + 1)
                         : 0;
    return simtime_after(world->run->now, simtime_after(settings->task_cleanup_wait, jitter));
}

static void leave(struct world *world, struct task *task, simtime until)
{
    struct container_instance *instance = task->instance;
    task_layer_ended(world, task);
    disk_watch_touch(world, instance);
    if (task->layer.created) {
        struct kept_task kept = {
            .until = until,
            .bytes = disk_bytes(task->definition->settings->simulation.disk.mib),
            .grown = task->layer.grown,
            .pull = pull_take(world, task),
        };
        task->layer = (struct task_layer){0};
        keep(instance->disk, kept);
    } else {
        pull_give_up(world, instance, pull_take(world, task));
    }
    housekeeping_look(world, instance);
}

void housekeeping_leave(struct world *world, struct task *task)
{
    leave(world, task, task->layer.created ? kept_until(world, task) : SIMTIME_NEVER);
}

/* Nobody can say any more what it runs. */
void housekeeping_forget(struct world *world, struct task *task)
{
    if (task->service && task_share(task).running)
        image_mix_count(world, task, -1);
    leave(world, task, SIMTIME_NEVER);
}

/* --- tidying up ------------------------------------------------------------------------------- */

static void give_up(struct world *world, struct container_instance *instance, const struct kept_task *kept)
{
    struct disk_space *space = &instance->disk->space;
    disk_advance(space, world->run->now);
    space->layers -= kept->bytes;
    space->grown -= kept->grown;
    pull_give_up(world, instance, kept->pull);
}

static void remove_containers(struct world *world, struct container_instance *instance)
{
    struct host_disk *disk = instance->disk;
    size_t gone = 0;
    while (gone < disk->kept_count && disk->kept[gone].until <= world->run->now)
        give_up(world, instance, &disk->kept[gone++]);
    if (!gone)
        return;
    disk->kept_count -= gone;
    memmove(disk->kept, disk->kept + gone, disk->kept_count * sizeof *disk->kept);
}

static void remove_images(struct world *world, struct container_instance *instance)
{
    struct cleanup_rules rules = rules_of(instance);
    struct image_store *store = instance->images;
    if (!store || !image_cleanup_is_due(&rules, instance->disk->agent_started_at, world->run->now))
        return;
    const struct image **removed = memory_alloc((store->image_count + 1) * sizeof *removed);
    size_t count = image_cleanup_choose(&rules, store, world->run->now, removed);
    for (size_t i = 0; i < count; i++)
        image_store_remove(store, removed[i]);
    world->disks.images_removed += (int64_t)count;
    free(removed);
}

static void tidy_up(struct world *world, struct container_instance *instance)
{
    if (instance->disk->agent_started_at == SIMTIME_NEVER)
        return;
    remove_containers(world, instance);
    remove_images(world, instance);
}

void housekeeping_is_due(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (!instance)
        return;
    instance->disk->event = 0;
    instance->disk->due_at = SIMTIME_NEVER;
    disk_watch_touch(world, instance);
    tidy_up(world, instance);
    housekeeping_look(world, instance);
    task_layers_overflow(world, instance); /* it may be gone afterwards */
}
