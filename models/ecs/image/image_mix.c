#include "models/ecs/image/image_mix.h"
#include "models/ecs/image/pull_parts.h"
#include <string.h>

/* Tasks that run an image in a container of this name. */
struct image_mix {
    const char *container;
    const struct image *image;
    int64_t running;
    struct image_mix *next;
};

static struct image_mix *entry_of(struct world *world, struct service *service, const char *container,
                                  const struct image *image)
{
    struct image_mix **entry = &service->image_mix;
    while (*entry && ((*entry)->image != image || strcmp((*entry)->container, container)))
        entry = &(*entry)->next;
    if (!*entry) {
        *entry = arena_alloc(world->arena, sizeof **entry);
        **entry = (struct image_mix){.container = container, .image = image};
    }
    return *entry;
}

void image_mix_count(struct world *world, const struct task *task, int sign)
{
    for (int i = 0; i < task->definition->container_count; i++) {
        const struct image *image = pull_image(task, i);
        const char *container = task->definition->containers[i].settings->name;
        if (image)
            entry_of(world, task->service, container, image)->running += sign;
    }
}

static int64_t images_of(const struct service *service, const char *container)
{
    int64_t images = 0;
    for (const struct image_mix *entry = service->image_mix; entry; entry = entry->next)
        images += entry->running > 0 && !strcmp(entry->container, container);
    return images;
}

int64_t image_mix_size(const struct service *service)
{
    int64_t most = 0;
    for (const struct image_mix *entry = service->image_mix; entry; entry = entry->next) {
        int64_t images = images_of(service, entry->container);
        most = images > most ? images : most;
    }
    return most;
}

int64_t image_mix_running(const struct service *service)
{
    int64_t running = 0;
    for (const struct image_mix *entry = service->image_mix; entry; entry = entry->next)
        running += entry->running;
    return running;
}
