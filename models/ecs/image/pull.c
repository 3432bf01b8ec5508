#include "models/ecs/image/pull.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/image/image_store.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/task/task.h"
#include <stdlib.h>

/* The images of a task's containers, each referenced in its host's store; NULL: not listed. */
struct pull {
    const struct image *images[MOST_CONTAINERS];
};

static struct image_store *store_of(struct container_instance *instance)
{
    if (!instance->images) {
        instance->images = memory_alloc(sizeof *instance->images);
        *instance->images = (struct image_store){0};
    }
    return instance->images;
}

const struct image *pull_image(const struct task *task, int container)
{
    return task->pull ? task->pull->images[container] : NULL;
}

static int64_t bandwidth_of(const struct world *world, const struct container_instance *instance)
{
    const struct pull_timing_settings *timing = &world->settings->timing.pull;
    if (instance->fargate)
        return timing->fargate_bandwidth;
    return instance->simulation->pull_bandwidth ? instance->simulation->pull_bandwidth : timing->bandwidth;
}

/* What its containers' names stand for now is expected on its host, and needed there. */
static void resolve(struct world *world, struct task *task)
{
    struct image_store *store = store_of(task->instance);
    task->pull = memory_alloc(sizeof *task->pull);
    *task->pull = (struct pull){0};
    for (int i = 0; i < task->definition->container_count; i++) {
        const struct image_name *name = task->definition->containers[i].image;
        if (!name || !name->image)
            continue;
        image_store_expect(store, name->image);
        image_store_reference(store, name->image, world->run->now);
        task->pull->images[i] = name->image;
    }
}

static int64_t missing_bytes(const struct task *task)
{
    int64_t bytes = 0;
    for (int i = 0; i < task->definition->container_count; i++)
        if (task->pull->images[i])
            bytes += image_store_missing_bytes(task->instance->images, task->pull->images[i]);
    return bytes;
}

static simtime time_of_bytes(const struct world *world, const struct task *task)
{
    int64_t bytes = missing_bytes(task), bandwidth = bandwidth_of(world, task->instance);
    return (simtime)(((__int128)bytes * SIMTIME_SECOND + bandwidth - 1) / bandwidth);
}

static const struct dist *latency_of(const struct world *world, const struct task *task)
{
    const struct timing_settings *timing = &world->settings->timing;
    if (task->definition->listed_images == task->definition->container_count)
        return &timing->image_pull_cached;
    if (task->instance->fargate)
        return &timing->fargate_image_pull;
    return instance_has_images(task->instance, task->definition) ? &timing->image_pull_cached
                                                                 : &timing->image_pull;
}

/* [ODG:task_cannot_pull_image] */
static const char no_space[] =
    "CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device";

void pull_begin(struct world *world, struct task *task)
{
    simtime time = run_draw(world->run, latency_of(world, task), DRAW_PULL, task->who, 0);
    if (task->definition->listed_images) {
        housekeeping_touch(world, task->instance);
        resolve(world, task);
        housekeeping_look(world, task->instance);
        if (!housekeeping_fits(world, task->instance, missing_bytes(task))) {
            task_end(world, task, no_space);
            return;
        }
        time = simtime_after(time, time_of_bytes(world, task));
    }
    task_step_after(world, task, time);
}

static void store_images(struct world *world, struct task *task)
{
    for (int i = 0; task->pull && i < task->definition->container_count; i++)
        if (task->pull->images[i])
            image_store_add(task->instance->images, task->pull->images[i],
                            task->definition->containers[i].image, world->run->now);
}

void pull_step(struct world *world, struct task *task)
{
    store_images(world, task);
    task_pulled(world, task);
}

void pull_at_once(struct world *world, struct task *task)
{
    if (task->definition->listed_images)
        resolve(world, task);
    store_images(world, task);
    instance_remember_images(task->instance, task->definition);
}

struct pull *pull_take(struct task *task)
{
    struct pull *pull = task->pull;
    task->pull = NULL;
    return pull;
}

void pull_give_up(struct world *world, struct container_instance *instance, struct pull *pull)
{
    for (int i = 0; pull && i < MOST_CONTAINERS; i++)
        if (pull->images[i])
            image_store_unreference(instance->images, pull->images[i], world->run->now);
    free(pull);
}
