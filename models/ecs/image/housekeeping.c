#include "models/ecs/image/housekeeping.h"
#include "models/ecs/events.h"
#include "models/ecs/image/image_cleanup.h"
#include "models/ecs/image/image_mix.h"
#include "models/ecs/image/pull.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task.h"
#include <stdlib.h>
#include <string.h>

enum { EXIT_CODE_NO_SPACE = 1, MIB_LOG2 = 20 };

static int64_t bytes_of(int64_t mib)
{
    return mib << MIB_LOG2;
}

/* --- how full it is --------------------------------------------------------------------------- */

static int64_t free_bytes(const struct host_disk *disk, simtime now)
{
    return disk->filled ? 0 : disk_free(&disk->space, now);
}

static int64_t used_bytes(const struct host_disk *disk, simtime now)
{
    return disk->space.size - free_bytes(disk, now);
}

int64_t disk_used_share(const struct host_disk *disk, int64_t used)
{
    return (int64_t)((__int128)(used + disk->system) * MILLION / (disk->space.size + disk->system));
}

static void remember_fullest(struct world *world, const struct host_disk *disk, int64_t used)
{
    int64_t share = disk_used_share(disk, used);
    if (share > world->disks.fullest)
        world->disks.fullest = share;
}

void housekeeping_touch(struct world *world, struct container_instance *instance)
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
    disk->used_before = used_bytes(disk, world->run->now);
    remember_fullest(world, disk, disk->used_before);
}

bool housekeeping_fits(struct world *world, struct container_instance *instance, int64_t missing)
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

bool housekeeping_is_over(const struct container_instance *instance)
{
    return instance->status == INSTANCE_INACTIVE || instance->terminated_at != SIMTIME_NEVER;
}

static simtime full_at(const struct host_disk *disk, simtime now)
{
    return disk->filled && disk->space.growth ? now : disk_full_at(&disk->space, now);
}

static simtime next_due(const struct world *world, const struct container_instance *instance)
{
    const struct host_disk *disk = instance->disk;
    simtime now = world->run->now;
    if (housekeeping_is_over(instance))
        return SIMTIME_NEVER;
    simtime next = full_at(disk, now);
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

static struct task *first_growing(const struct container_instance *instance)
{
    struct task *task = instance ? instance->first_task : NULL;
    while (task && !task->layer.grows)
        task = task->next_on_instance;
    return task;
}

/* Whoever writes finds that he cannot. An exit may take other tasks with it, and the host too. */
static void overflow(struct world *world, struct container_instance *instance)
{
    pool_ref ref = instance->ref;
    if (!instance->disk->space.growth || free_bytes(instance->disk, world->run->now) > 0)
        return;
    row_mark(world, NULL, "failure", arena_format(world->arena, "the disk of %s is full", instance->name));
    for (struct task *task = first_growing(instance); task;
         task = first_growing(pool_find(&world->instances, ref))) {
        housekeeping_ended(world, task);
        container_exit(world, task, task->definition->main, EXIT_CODE_NO_SPACE);
    }
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
    housekeeping_touch(world, instance);
    tidy_up(world, instance);
    housekeeping_look(world, instance);
    overflow(world, instance); /* it may be gone afterwards */
}

/* --- hosts ------------------------------------------------------------------------------------ */

void housekeeping_begin(struct world *world, struct container_instance *instance)
{
    const struct host_disk_settings *settings = &instance->simulation->disk;
    if (!world->images && settings->size_mib == ABSENT && !world->settings->fills_disks)
        return;
    int64_t size_mib = settings->size_mib == ABSENT ? DEFAULT_DISK_MIB : settings->size_mib;
    instance->disk = memory_alloc(sizeof *instance->disk);
    *instance->disk = (struct host_disk){
        .space.size = bytes_of(size_mib - settings->system_mib),
        .space.since = world->run->now,
        .system = bytes_of(settings->system_mib),
        .agent_started_at = SIMTIME_NEVER,
        .due_at = SIMTIME_NEVER,
    };
    world->disks.any = true;
}

static void set_agent(struct world *world, struct container_instance *instance, simtime started_at)
{
    if (!instance->disk)
        return;
    housekeeping_touch(world, instance);
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

void housekeeping_end(struct world *world, struct container_instance *instance)
{
    if (instance->disk)
        housekeeping_look(world, instance);
}

void housekeeping_free(struct container_instance *instance)
{
    struct host_disk *disk = instance->disk;
    for (size_t i = 0; disk && i < disk->kept_count; i++)
        free(disk->kept[i].pull);
    if (disk)
        free(disk->kept);
    free(disk);
}

bool housekeeping_may_fill(const struct container_instance *instance)
{
    return instance->disk && !instance->disk->filled && !housekeeping_is_over(instance);
}

static void set_filled(struct world *world, struct container_instance *instance, bool filled)
{
    housekeeping_touch(world, instance);
    instance->disk->filled = filled;
    housekeeping_look(world, instance);
}

void housekeeping_fill(struct world *world, struct container_instance *instance)
{
    set_filled(world, instance, true);
}

void housekeeping_keep_full(struct container_instance *instance, simtime until)
{
    if (instance->disk)
        instance->disk->filled_until = simtime_later(instance->disk->filled_until, until);
}

void housekeeping_clear(struct world *world, struct container_instance *instance)
{
    const struct host_disk *disk = instance->disk;
    if (disk && disk->filled && world->run->now >= disk->filled_until)
        set_filled(world, instance, false);
}

/* --- tasks ------------------------------------------------------------------------------------ */

bool housekeeping_create(struct world *world, struct task *task)
{
    struct host_disk *disk = task->instance->disk;
    if (!disk)
        return true;
    int64_t bytes = bytes_of(task->definition->settings->simulation.disk.mib);
    int64_t left = free_bytes(disk, world->run->now);
    if (!world->starting && (left == 0 || bytes > left))
        return false;
    housekeeping_touch(world, task->instance);
    task->layer.created = true;
    disk->space.layers += bytes;
    housekeeping_look(world, task->instance);
    return true;
}

void housekeeping_runs(struct world *world, struct task *task)
{
    struct host_disk *disk = task->instance->disk;
    int64_t growth = bytes_of(task->definition->settings->simulation.disk.growth_mib);
    if (!disk || !growth || task->layer.grows)
        return;
    housekeeping_touch(world, task->instance);
    disk_advance(&disk->space, world->run->now);
    disk->space.growth += growth;
    task->layer.grows = true;
    task->layer.grows_since = world->run->now;
    housekeeping_look(world, task->instance);
}

void housekeeping_ended(struct world *world, struct task *task)
{
    struct task_layer *layer = &task->layer;
    if (!layer->grows)
        return;
    struct disk_space *space = &task->instance->disk->space;
    int64_t growth = bytes_of(task->definition->settings->simulation.disk.growth_mib);
    housekeeping_touch(world, task->instance);
    disk_advance(space, world->run->now);
    space->growth -= growth;
    layer->grown += disk_growth(growth, world->run->now - layer->grows_since);
    layer->grows = false;
    housekeeping_look(world, task->instance);
}

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
    housekeeping_ended(world, task);
    housekeeping_touch(world, instance);
    if (task->layer.created) {
        struct kept_task kept = {
            .until = until,
            .bytes = bytes_of(task->definition->settings->simulation.disk.mib),
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

/* --- what is to be seen ----------------------------------------------------------------------- */

static bool is_asked(const struct container_instance *host, const struct auto_scaling_group *group)
{
    return host && host->disk && (!group || host->group == group) && !housekeeping_is_over(host);
}

static int64_t used_before(const struct host_disk *disk, simtime now)
{
    return disk->touched ? disk->used_before : used_bytes(disk, now);
}

static int64_t fullest(const struct world *world, const struct auto_scaling_group *group,
                       int64_t (*used)(const struct host_disk *, simtime now))
{
    int64_t most = 0;
    for (uint32_t i = 0; i < world->host_count; i++) {
        const struct container_instance *host = world->hosts[i];
        if (!is_asked(host, group))
            continue;
        int64_t share = disk_used_share(host->disk, used(host->disk, world->run->now));
        most = share > most ? share : most;
    }
    return most;
}

int64_t housekeeping_fullest(const struct world *world, const struct auto_scaling_group *group)
{
    return fullest(world, group, used_bytes);
}

int64_t housekeeping_fullest_before(const struct world *world, const struct auto_scaling_group *group)
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

simtime housekeeping_exceeded_at(const struct world *world, const struct auto_scaling_group *group,
                                 int64_t share)
{
    simtime first = SIMTIME_NEVER;
    for (uint32_t i = 0; i < world->host_count; i++)
        if (is_asked(world->hosts[i], group))
            first = simtime_earlier(first, exceeded_at(world->hosts[i]->disk, share, world->run->now));
    return first;
}

struct disk_state disk_state(const struct world *world, const struct container_instance *instance)
{
    const struct host_disk *disk = instance->disk;
    simtime now = world->run->now;
    return (struct disk_state){
        .images = instance->images ? instance->images->image_count : 0,
        .image_mib = disk->space.images >> MIB_LOG2,
        .containers_mib = disk_of_containers(&disk->space, now) >> MIB_LOG2,
        .free_mib = free_bytes(disk, now) >> MIB_LOG2,
    };
}

static void row_disk(struct world *world, struct container_instance *instance, bool always)
{
    struct disk_state state = disk_state(world, instance);
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

void housekeeping_settle(struct world *world)
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
        remember_fullest(world, disk, used_bytes(disk, world->run->now));
        if (!sampled && !housekeeping_is_over(hosts[i]))
            row_disk(world, hosts[i], false);
    }
    free(hosts);
}

void housekeeping_rows(struct world *world)
{
    for (uint32_t i = 0; world->disks.any && i < world->host_count; i++) {
        struct container_instance *host = world->hosts[i];
        if (!host || !host->disk || housekeeping_is_over(host))
            continue;
        remember_fullest(world, host->disk, used_bytes(host->disk, world->run->now));
        row_disk(world, host, true);
    }
}
