#include "models/ecs/image/pull_parts.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/image/download.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/image/image_store.h"
#include <stdlib.h>

const struct image_name *pull_name(const struct task *task, int container)
{
    return task->definition->containers[container].image;
}

static void create_store(struct container_instance *instance)
{
    if (instance->images)
        return;
    instance->images = memory_alloc(sizeof *instance->images);
}

void pull_create_parts(struct task *task)
{
    if (!task->definition->listed_images)
        return;
    create_store(task->instance);
    int count = task->definition->container_count;
    task->pull = memory_alloc(sizeof *task->pull + (size_t)count * sizeof *task->pull->parts);
    task->pull->part_count = count;
    for (int i = 0; i < count; i++)
        task->pull->parts[i].state = pull_name(task, i) ? PART_WANTED : PART_UNLISTED;
}

/* --- which image ------------------------------------------------------------------------------ */

static const struct image *pinned_image(const struct task *task, int container)
{
    const struct image **pinned = task->deployment ? task->deployment->digest.pinned : NULL;
    return pinned ? pinned[container] : NULL;
}

const struct image *pull_wanted_image(const struct task *task, int container)
{
    const struct image *pinned = pinned_image(task, container);
    return pinned ? pinned : pull_name(task, container)->image;
}

/* A digest is looked for among all that the host has pulled; a tag is what it was here when last pulled. */
const struct image *pull_image_on_host(const struct task *task, int container)
{
    const struct image_store *store = task->instance->images;
    const struct image_name *name = pull_name(task, container);
    const struct image *pinned = pinned_image(task, container);
    const struct image *image = pinned ? pinned : name->tag ? image_store_named(store, name) : name->image;
    const struct stored_image *stored = image ? image_store_find(store, image) : NULL;
    return stored && stored->pulled ? image : NULL;
}

const struct image *pull_image(const struct task *task, int container)
{
    const struct pull_part *part = task->pull ? &task->pull->parts[container] : NULL;
    return part && part->state == PART_READY ? part->image : NULL;
}

void pull_pin(struct world *world, const struct task *task)
{
    const struct task_definition *definition = task->definition;
    struct image_digest *digest = &task->deployment->digest;
    if (!task->pull)
        return;
    digest->pinned = arena_array(world->arena, (size_t)definition->container_count, sizeof(struct image *));
    for (int i = 0; i < definition->container_count; i++)
        if (definition->containers[i].settings->version_consistency && pull_name(task, i))
            digest->pinned[i] = pull_image(task, i);
}

/* --- what it holds on the host ---------------------------------------------------------------- */

static void let_go(struct world *world, struct container_instance *instance, struct pull_part *part)
{
    if (part->image)
        image_store_unreference(instance->images, part->image, world->run->now);
    part->image = NULL;
}

void pull_hold(struct world *world, struct task *task, struct pull_part *part, const struct image *image)
{
    struct container_instance *instance = task->instance;
    if (part->image == image)
        return;
    disk_watch_touch(world, instance);
    image_store_expect(instance->images, image);
    image_store_reference(instance->images, image, world->run->now);
    let_go(world, instance, part);
    part->image = image;
    housekeeping_look(world, instance);
}

int64_t pull_references(const struct task *task, const struct image *image)
{
    int64_t references = 0;
    for (int i = 0; task->pull && i < task->definition->container_count; i++)
        references += task->pull->parts[i].image == image;
    return references;
}

struct pull *pull_take(struct world *world, struct task *task)
{
    struct pull *pull = task->pull;
    if (pull)
        downloads_forget(world, task);
    task->pull = NULL;
    return pull;
}

void pull_give_up(struct world *world, struct container_instance *instance, struct pull *pull)
{
    for (int i = 0; pull && i < pull->part_count; i++)
        let_go(world, instance, &pull->parts[i]);
    free(pull);
}
