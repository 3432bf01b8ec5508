#include "models/ecs/image/task_layer.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task.h"

enum { EXIT_CODE_NO_SPACE = 1 };

bool task_layer_create(struct world *world, struct task *task)
{
    struct host_disk *disk = task->instance->disk;
    if (!disk)
        return true;
    int64_t bytes = disk_bytes(task->definition->settings->simulation.disk.mib);
    int64_t left = host_disk_free_bytes(disk, world->run->now);
    if (!world->starting && (left == 0 || bytes > left))
        return false;
    disk_watch_touch(world, task->instance);
    task->layer.created = true;
    disk->space.layers += bytes;
    housekeeping_look(world, task->instance);
    return true;
}

void task_layer_runs(struct world *world, struct task *task)
{
    struct host_disk *disk = task->instance->disk;
    int64_t growth = disk_bytes(task->definition->settings->simulation.disk.growth_mib);
    if (!disk || !growth || task->layer.grows)
        return;
    disk_watch_touch(world, task->instance);
    disk_advance(&disk->space, world->run->now);
    disk->space.growth += growth;
    task->layer.grows = true;
    task->layer.grows_since = world->run->now;
    housekeeping_look(world, task->instance);
}

void task_layer_ended(struct world *world, struct task *task)
{
    struct task_layer *layer = &task->layer;
    if (!layer->grows)
        return;
    struct disk_space *space = &task->instance->disk->space;
    int64_t growth = disk_bytes(task->definition->settings->simulation.disk.growth_mib);
    disk_watch_touch(world, task->instance);
    disk_advance(space, world->run->now);
    space->growth -= growth;
    layer->grown += disk_growth(growth, world->run->now - layer->grows_since);
    layer->grows = false;
    housekeeping_look(world, task->instance);
}

/* --- when nothing is free --------------------------------------------------------------------- */

static struct task *first_growing(const struct container_instance *instance)
{
    struct task *task = instance ? instance->first_task : NULL;
    while (task && !task->layer.grows)
        task = task->next_on_instance;
    return task;
}

/* Whoever writes finds that he cannot. An exit may take other tasks with it, and the host too. */
void task_layers_overflow(struct world *world, struct container_instance *instance)
{
    pool_ref ref = instance->ref;
    if (!instance->disk->space.growth || host_disk_free_bytes(instance->disk, world->run->now) > 0)
        return;
    row_mark(world, NULL, "failure", arena_format(world->arena, "the disk of %s is full", instance->name));
    for (struct task *task = first_growing(instance); task;
         task = first_growing(pool_find(&world->instances, ref))) {
        task_layer_ended(world, task);
        container_exit(world, task, task->definition->main, EXIT_CODE_NO_SPACE);
    }
}
