#include "models/ecs/audit/subjects.h"

#ifdef ECSIM_AUDIT
#include "models/ecs/image/host_disk.h"
#include "models/ecs/image/image_store.h"
#include "models/ecs/image/pull.h"
#include "models/ecs/image/pull_parts.h"

static uint32_t images_with(const struct image_store *store, const struct image_layer *layer)
{
    uint32_t images = 0;
    for (uint32_t i = 0; i < store->image_count; i++)
        for (uint32_t j = 0; j < store->images[i].image->layer_count; j++)
            images += store->images[i].image->layers[j] == layer;
    return images;
}

static void audit_layers(const struct image_store *store, const struct images *images)
{
    int64_t claimed = 0;
    CHECK(store->layer_room <= images->layer_count);
    for (uint32_t i = 0; i < store->layer_room; i++) {
        const struct stored_layer *stored = &store->layers[i];
        CHECK(stored->images == images_with(store, &images->layers[i]));
        CHECK(stored->images || !stored->present);
        claimed += stored->images ? images->layers[i].bytes : 0;
    }
    CHECK(claimed == store->claimed);
}

/* Who pulls or runs an image holds it; so may others. */
void audit_images(const struct world *world, const struct container_instance *instance)
{
    const struct image_store *store = instance->images;
    if (!store)
        return;
    audit_layers(store, world->images);
    for (uint32_t i = 0; i < store->image_count; i++) {
        int64_t held = 0;
        for (const struct task *task = instance->first_task; task; task = task->next_on_instance)
            held += pull_references(task, store->images[i].image);
        CHECK(store->images[i].references >= held);
        CHECK(store->images[i].references || store->images[i].pulled);
        CHECK(!store->images[i].pulled || image_store_has(store, store->images[i].image));
    }
    for (const struct task *task = instance->first_task; task; task = task->next_on_instance)
        CHECK(pull_awaits_all(task));
}

/* What stands on its disk is what its images, its tasks and its kept containers have; these go in their
 * order, and as soon as they are due where there is an agent. */
void audit_disk(const struct world *world, const struct container_instance *instance)
{
    const struct host_disk *disk = instance->disk;
    if (!disk || host_disk_is_over(instance))
        return;
    const struct disk_space *space = &disk->space;
    simtime now = world->run->now;
    int64_t layers = 0, growth = 0;
    __int128 grown = 0;
    for (const struct task *task = instance->first_task; task; task = task->next_on_instance) {
        const struct task_disk_settings *settings = &task->definition->settings->simulation.disk;
        int64_t mib = task->layer.grows ? settings->growth_mib : 0;
        CHECK(task->layer.created || !task->layer.grows);
        layers += task->layer.created ? settings->mib << 20 : 0;
        growth += mib << 20;
        grown += task->layer.grown + disk_growth(mib << 20, now - task->layer.grows_since);
    }
    for (size_t i = 0; i < disk->kept_count; i++) {
        CHECK(i == 0 || disk->kept[i - 1].until <= disk->kept[i].until);
        layers += disk->kept[i].bytes;
        grown += disk->kept[i].grown;
    }
    CHECK(space->images == (instance->images ? instance->images->claimed : 0));
    CHECK(space->layers == layers && space->growth == growth);
    CHECK(space->grown + disk_growth(growth, now - space->since) == grown);
    CHECK(disk->due_at > now && (disk->due_at == SIMTIME_NEVER) == !disk->event);
    CHECK(!disk->kept_count || disk->agent_started_at == SIMTIME_NEVER || disk->kept[0].until > now);
    CHECK((disk->agent_started_at != SIMTIME_NEVER) == instance->agent_up);
}
#endif
