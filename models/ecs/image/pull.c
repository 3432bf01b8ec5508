#include "models/ecs/image/pull.h"
#include "models/ecs/image/disk_watch.h"
#include "models/ecs/image/download.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/image/image_store.h"
#include "models/ecs/image/pull_parts.h"
#include "models/ecs/image/pull_rules.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/task/task.h"

static enum pull_behaviour behaviour_of(const struct task *task)
{
    return (enum pull_behaviour)task->instance->simulation->ecs_config.image_pull_behaviour;
}

static void use_copy(struct world *world, struct task *task, struct pull_part *part, const struct image *copy)
{
    pull_hold(world, task, part, copy);
    part->state = PART_READY;
}

/* --- an attempt ------------------------------------------------------------------------------- */

static int64_t missing_layers(const struct image_store *store, const struct image *image)
{
    int64_t missing = 0;
    for (uint32_t i = 0; i < image->layer_count; i++)
        missing += !image_store_has_layer(store, image->layers[i]);
    return missing;
}

static const char *refusal(struct world *world, const struct task *task, int container,
                           const struct image *image)
{
    int64_t layers = image ? missing_layers(task->instance->images, image) : 0;
    const char *refused = registry_refuses(world, task, container, layers);
    if (!refused && !image)
        refused = registry_has_not(world, pull_name(task, container));
    return refused;
}

static void fetch_layers(struct world *world, struct task *task, int container, const struct image *image)
{
    task->pull->parts[container].state = PART_LOADING;
    for (uint32_t i = 0; i < image->layer_count; i++)
        if (!image_store_has_layer(task->instance->images, image->layers[i]))
            download_want(world, task, pull_name(task, container)->registry, image->layers[i]);
}

bool pull_awaits_all(const struct task *task)
{
    for (int i = 0; task->pull && i < task->definition->container_count; i++) {
        const struct pull_part *part = &task->pull->parts[i];
        for (uint32_t j = 0; part->state == PART_LOADING && j < part->image->layer_count; j++)
            if (!image_store_has_layer(task->instance->images, part->image->layers[j]) &&
                !download_is_awaited(task, part->image->layers[j]))
                return false;
    }
    return true;
}

/* [ODG:task_cannot_pull_image] */
static const char no_space[] =
    "CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device";

/* Without room for what is missing no other attempt helps: it is the last one. */
static void load(struct world *world, struct task *task, int container, const struct image *image)
{
    struct pull_part *part = &task->pull->parts[container];
    pull_hold(world, task, part, image);
    int64_t missing = image_store_missing_bytes(task->instance->images, image);
    if (host_disk_fits(world, task->instance, missing)) {
        fetch_layers(world, task, container, image);
        return;
    }
    part->state = PART_FAILED;
    part->error = no_space;
    task->pull->attempts = MOST_PULL_ATTEMPTS;
}

static void attempt(struct world *world, struct task *task, int container)
{
    struct pull_part *part = &task->pull->parts[container];
    const struct image *copy = pull_image_on_host(task, container),
                       *image = pull_wanted_image(task, container);
    if (!pull_is_needed(behaviour_of(task), copy != NULL)) {
        use_copy(world, task, part, copy);
        return;
    }
    part->error = refusal(world, task, container, image);
    if (part->error)
        part->state = PART_FAILED;
    else
        load(world, task, container, image);
}

static bool is_to_try(const struct pull_part *part)
{
    return part->state == PART_WANTED || part->state == PART_FAILED;
}

static bool has_part(const struct task *task, enum pull_part_state state)
{
    for (int i = 0; task->pull && i < task->definition->container_count; i++)
        if (task->pull->parts[i].state == state)
            return true;
    return false;
}

static void attempt_all(struct world *world, struct task *task)
{
    if (!has_part(task, PART_WANTED) && !has_part(task, PART_FAILED))
        return;
    task->pull->attempts++;
    for (int i = 0; i < task->definition->container_count; i++)
        if (is_to_try(&task->pull->parts[i]))
            attempt(world, task, i);
}

/* --- its end ---------------------------------------------------------------------------------- */

/* Takes the host's copies for what could not be pulled. Returns why it cannot; NULL: it can. */
static const char *fall_back(struct world *world, struct task *task)
{
    const char *error = NULL;
    for (int i = 0; i < task->definition->container_count; i++) {
        struct pull_part *part = &task->pull->parts[i];
        if (part->state != PART_FAILED)
            continue;
        const struct image *copy = pull_image_on_host(task, i);
        if (pull_may_fall_back(behaviour_of(task), copy != NULL)) {
            use_copy(world, task, part, copy);
        } else {
            task->containers[i].reason = part->error;
            error = error ? error : part->error;
        }
    }
    return error;
}

static void give_up(struct world *world, struct task *task)
{
    const char *error = fall_back(world, task);
    if (error)
        task_end(world, task, error);
    else
        task_pulled(world, task);
}

static void try_later(struct world *world, struct task *task)
{
    int attempts = task->pull->attempts;
    rng_key jitter = run_key(world->run, DRAW_PULL_RETRY, task->who, (uint64_t)attempts);
    task_step_after(world, task, pull_retry_after(attempts, jitter));
}

static void look_at_parts(struct world *world, struct task *task)
{
    struct image_store *store = task->instance->images;
    for (int i = 0; task->pull && i < task->definition->container_count; i++) {
        struct pull_part *part = &task->pull->parts[i];
        if (part->state != PART_LOADING || !image_store_has(store, part->image))
            continue;
        disk_watch_touch(world, task->instance);
        image_store_pulled(store, part->image, pull_name(task, i), world->run->now);
        housekeeping_look(world, task->instance);
        part->state = PART_READY;
    }
}

/* What comes next, where its agent can act and no step of it is due. */
static void settle(struct world *world, struct task *task)
{
    look_at_parts(world, task);
    if (task->life_event || !instance_reachable(task->instance) || has_part(task, PART_LOADING))
        return;
    if (!has_part(task, PART_FAILED))
        task_pulled(world, task);
    else if (task->pull->attempts < MOST_PULL_ATTEMPTS)
        try_later(world, task);
    else
        give_up(world, task);
}

void pull_layer_came(struct world *world, struct task *task)
{
    settle(world, task);
}

/* A layer that the part wants may have come from another registry, for another task: it asks its own. */
static void lose_connection(struct world *world, struct task *task, int container,
                            const struct registry *lost)
{
    struct pull_part *part = &task->pull->parts[container];
    struct registry *own = part->state == PART_LOADING ? pull_name(task, container)->registry : NULL;
    if (own && lost && own != lost)
        fetch_layers(world, task, container, part->image);
    else if (own) {
        part->state = PART_FAILED;
        part->error = registry_is_cut_off(world, own);
    }
}

void pull_connection_lost(struct world *world, struct task *task, const struct registry *registry)
{
    look_at_parts(world, task);
    for (int i = 0; task->pull && i < task->definition->container_count; i++)
        lose_connection(world, task, i, registry);
    settle(world, task);
}

void pull_step(struct world *world, struct task *task)
{
    look_at_parts(world, task);
    attempt_all(world, task);
    settle(world, task);
}

/* --- its beginning ---------------------------------------------------------------------------- */

static const struct dist *latency_of_unlisted(const struct world *world, const struct task *task)
{
    const struct timing_settings *timing = &world->settings->timing;
    if (task->instance->fargate)
        return &timing->fargate_image_pull;
    return instance_has_images(task->instance, task->definition) ? &timing->image_pull_cached
                                                                 : &timing->image_pull;
}

static bool asks_registry(const struct task *task, int container)
{
    return pull_name(task, container) &&
           pull_is_needed(behaviour_of(task), pull_image_on_host(task, container) != NULL);
}

/* The room for what it is going to pull is taken now. Returns whether it pulls anything. */
static bool expect_images(struct world *world, struct task *task)
{
    bool asks = false;
    for (int i = 0; i < task->definition->container_count; i++) {
        if (!asks_registry(task, i))
            continue;
        asks = true;
        if (pull_wanted_image(task, i))
            pull_hold(world, task, &task->pull->parts[i], pull_wanted_image(task, i));
    }
    return asks;
}

/* Until its first attempt, or until its unlisted images are there. */
static simtime first_latency(struct world *world, const struct task *task, bool asks)
{
    const struct dist *latency = &world->settings->timing.image_pull_cached;
    if (task->definition->listed_images < task->definition->container_count)
        latency = latency_of_unlisted(world, task);
    else if (!asks)
        return 0;
    return run_draw(world->run, latency, DRAW_PULL, task->who, 0);
}

void pull_begin(struct world *world, struct task *task)
{
    pull_create_parts(task);
    bool asks = expect_images(world, task);
    task_step_after(world, task, first_latency(world, task, asks));
}

void pull_at_once(struct world *world, struct task *task)
{
    pull_create_parts(task);
    for (int i = 0; task->pull && i < task->definition->container_count; i++) {
        const struct image *image = pull_name(task, i) ? pull_wanted_image(task, i) : NULL;
        if (!image)
            continue;
        image_store_add(task->instance->images, image, pull_name(task, i), world->run->now);
        use_copy(world, task, &task->pull->parts[i], image);
    }
    if (task->deployment && !task->deployment->digest.pinned)
        pull_pin(world, task);
    instance_remember_images(task->instance, task->definition);
}
