#include "models/ecs/image/image.h"
#include "models/ecs/ids.h"
#include "models/ecs/image/registry.h"
#include "models/ecs/world.h"
#include "models/settings/image_reference.h"
#include <string.h>

/* --- what registries hold --------------------------------------------------------------------- */

static bool is_of_registry(const struct image *image, const char *registry)
{
    return !registry || (image->registry && !strcmp(image->registry, registry));
}

const struct image *images_find(const struct images *images, const char *registry, const char *path,
                                const char *digest)
{
    for (uint32_t i = 0; i < images->count; i++) {
        const struct image *image = &images->all[i];
        if (is_of_registry(image, registry) && !strcmp(image->path, path) && !strcmp(image->digest, digest))
            return image;
    }
    return NULL;
}

static const struct image_layer *layer_of(struct images *images, const char *digest, int64_t bytes)
{
    for (uint32_t i = 0; i < images->layer_count; i++)
        if (!strcmp(images->layers[i].digest, digest))
            return &images->layers[i];
    uint32_t number = images->layer_count++;
    images->layers[number] = (struct image_layer){digest, bytes, number};
    return &images->layers[number];
}

static void add_layer(struct image *image, const struct image_layer *layer)
{
    for (uint32_t i = 0; i < image->layer_count; i++)
        if (image->layers[i] == layer)
            return;
    image->layers[image->layer_count++] = layer;
}

static void add_layers(struct arena *arena, struct images *images, struct image *image,
                       const struct image_settings *settings)
{
    image->layers = arena_array(arena, settings->layers.count + 1, sizeof(struct image_layer *));
    EACH(struct image_layer_settings, layer, settings->layers)
        add_layer(image, layer_of(images, layer->digest, layer->bytes));
    if (!settings->layers.count)
        add_layer(image, layer_of(images, image->digest, settings->bytes));
}

static const char *digest_of(struct arena *arena, const struct image_settings *settings)
{
    if (settings->digest)
        return settings->digest;
    const char *tag = *LIST_AT(const char *, settings->tags, 0);
    char digest[IMAGE_DIGEST_SIZE];
    const char *registry = settings->registry ? settings->registry : "";
    image_digest_id(digest, arena_format(arena, "%s/%s:%s", registry, settings->path, tag));
    return arena_text(arena, digest);
}

static void add_image(struct arena *arena, struct images *images, const struct image_settings *settings)
{
    const char *digest = digest_of(arena, settings);
    if (images_find(images, settings->registry, settings->path, digest))
        return; /* said again, for another tag */
    struct image *image = &images->all[images->count++];
    *image = (struct image){.registry = settings->registry, .path = settings->path, .digest = digest};
    add_layers(arena, images, image, settings);
}

static void add_images(struct arena *arena, struct images *images, const struct ecs_settings *settings)
{
    size_t layers = settings->images.count;
    EACH(struct image_settings, image, settings->images)
        layers += image->layers.count;
    images->all = arena_array(arena, settings->images.count, sizeof *images->all);
    images->layers = arena_array(arena, layers, sizeof *images->layers);
    EACH(struct image_settings, image, settings->images)
        add_image(arena, images, image);
}

/* --- what names stand for --------------------------------------------------------------------- */

static struct image_name name_of(struct world *world, const char *text,
                                 const struct image_reference *reference)
{
    struct image_name name = {.text = text, .path = reference->path, .tag = reference->tag};
    name.registry_name = settings_registry_of(world->settings, reference);
    EACH(struct image_settings, image, world->settings->images) {
        if (image_is_named(image, reference))
            name.image =
                images_find(world->images, image->registry, image->path, digest_of(world->arena, image));
    }
    return name;
}

static const struct image_name *find_name(struct world *world, const char *text)
{
    struct images *images = world->images;
    for (uint32_t i = 0; i < images->name_count; i++)
        if (!strcmp(images->names[i].text, text))
            return &images->names[i];
    struct image_reference reference = image_reference_of(world->arena, text);
    if (!settings_lists_image(world->settings, &reference))
        return NULL;
    images->names[images->name_count] = name_of(world, text, &reference);
    return &images->names[images->name_count++];
}

static void name_images(struct world *world, struct task_definition *definition)
{
    for (int i = 0; i < definition->container_count; i++) {
        struct container_definition *container = &definition->containers[i];
        if (container->settings->image)
            container->image = find_name(world, container->settings->image);
        definition->listed_images += container->image != NULL;
    }
}

void images_begin(struct world *world)
{
    size_t most = 0;
    if (!world->settings->images.count)
        return;
    world->images = arena_alloc(world->arena, sizeof *world->images);
    add_images(world->arena, world->images, world->settings);
    for (uint32_t i = 0; i < world->definition_count; i++)
        most += (size_t)world->definitions[i]->container_count;
    world->images->names = arena_array(world->arena, most, sizeof *world->images->names);
    for (uint32_t i = 0; i < world->definition_count; i++)
        name_images(world, world->definitions[i]);
    registries_begin(world);
}

void images_put_tag(struct images *images, const char *tag, const struct image *image)
{
    for (uint32_t i = 0; i < images->name_count; i++) {
        struct image_name *name = &images->names[i];
        bool elsewhere = image->registry && strcmp(name->registry_name, image->registry) != 0;
        if (!elsewhere && name->tag && !strcmp(name->tag, tag) && !strcmp(name->path, image->path))
            name->image = image;
    }
}
