/* images: ECR's DescribeImages and PutImage. */
#include "models/settings/image.h"
#include "models/settings/image_reference.h"
#include "models/settings/tables.h"
#include <inttypes.h>
#include <string.h>

/* --- images ----------------------------------------------------------------------------------- */

#define OF struct image_layer_settings
static const struct param layer_params[] = {
    ROW("digest", TEXT, digest, "names it: layers of the same digest are one", REQUIRED),
    ROW_BYTES("size", bytes, settings_parse_size, "bytes that are pulled, or with a unit: 60MiB", REQUIRED),
    PARAM_END,
};
#undef OF

static const struct shape layer_shape = {
    .name = "layer",
    .size = sizeof(struct image_layer_settings),
    .params = layer_params,
};

#define OF struct image_settings
static const struct param image_params[] = {
    ROW("image", TEXT, image, "its name as containerDefinitions say it: repository and tag in one, web:1"),
    ROW("registryId", TEXT, registry_id, "account of its private registry; not compared"),
    ROW("repositoryName", TEXT, repository, "its repository in ECR"),
    ROW("imageDigest", TEXT, digest, "sha256:…; what a tag stands for (default: a function of its name)"),
    ROW("imageTags", TEXTS, tags, "its tags at the start of the run", COMMAS),
    ROW_BYTES("imageSizeInBytes", bytes, settings_parse_size,
              "bytes that are pulled, or with a unit: 60MiB (default: what its layers have)"),
    ROW_LIST("layers", layers, layer_shape,
             "its layers: {digest, size}; images that share some are pulled faster (default: one layer)"),
    PARAM_END,
};
#undef OF

static void add_tag(struct arena *arena, struct list *tags, const char *tag)
{
    const char **all = arena_array(arena, tags->count + 1, sizeof *all);
    if (tags->count)
        memcpy(all, tags->items, tags->count * sizeof *all);
    all[tags->count] = tag;
    *tags = (struct list){tags->count + 1, all};
}

/* "web:1" or "web@sha256:…" */
static void read_short_name(struct arena *arena, struct image_settings *image)
{
    struct image_reference reference = image_reference_of(arena, image->image);
    image->registry = reference.registry;
    image->path = reference.path;
    if (reference.digest)
        image->digest = reference.digest;
    else
        add_tag(arena, &image->tags, reference.tag);
}

static void check_layers(struct mistakes *mistakes, struct image_settings *image)
{
    int64_t sum = 0;
    if (image->layers.count > MOST_LAYERS)
        mistake(mistakes, image, "layers", "%zu layers; Docker has at most %d in an image",
                image->layers.count, MOST_LAYERS);
    EACH(struct image_layer_settings, layer, image->layers)
        sum += layer->bytes;
    if (!image->bytes)
        image->bytes = sum;
    else if (image->layers.count && sum != image->bytes)
        warn(mistakes, image, "imageSizeInBytes",
             "its layers have %" PRId64 " bytes, and those are what is pulled", sum);
    if (!image->bytes)
        mistake(mistakes, image, NULL, "the image needs imageSizeInBytes or layers: how much is pulled");
}

static void check_image(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct image_settings *image = object;
    bool both = image->image && image->repository;
    if (both || (!image->image && !image->repository))
        mistake(mistakes, image, both ? "repositoryName" : NULL,
                "an image has one of `image` (\"web:1\") and `repositoryName`");
    else if (image->image)
        read_short_name(mistakes_arena(mistakes), image);
    else {
        image->registry = ECR_REGISTRY;
        image->path = image->repository;
    }
    if (!both && image->path && !image->digest && image->tags.count == 0)
        mistake(mistakes, image, NULL,
                "the image has neither imageTags nor an imageDigest, so nothing names it");
    check_layers(mistakes, image);
}

const struct shape image_shape = {
    .name = "image",
    .size = sizeof(struct image_settings),
    .params = image_params,
    .name_key = "image",
    .check = check_image,
};

/* --- PutImage --------------------------------------------------------------------------------- */

#define OF struct put_image_settings
static const struct param put_image_params[] = {
    ROW("repositoryName", TEXT, repository, "of this repository of `images`", REQUIRED),
    ROW("imageTag", TEXT, tag, "the tag", DEFAULT("latest")),
    ROW("imageDigest", TEXT, digest, "what it stands for from then on: one of `images`", REQUIRED),
    PARAM_END,
};
#undef OF

static void check_put_image(struct mistakes *mistakes, void *object, void *root)
{
    const struct put_image_settings *put = object;
    const struct ecs_settings *settings = root;
    bool lists_repository = false;
    EACH(struct image_settings, image, settings->images) {
        bool same = settings_same(image->path, put->repository);
        lists_repository = lists_repository || same;
        if (same && settings_same(image->digest, put->digest))
            return;
    }
    if (!put->repository || !put->digest)
        return;
    if (lists_repository)
        mistake(mistakes, put, "imageDigest", "`images` lists no `%s@%s`", put->repository, put->digest);
    else
        mistake(mistakes, put, "repositoryName", "`images` lists nothing of `%s`", put->repository);
}

const struct shape put_image_shape = {
    .name = "putImage",
    .size = sizeof(struct put_image_settings),
    .params = put_image_params,
    .check = check_put_image,
};

/* --- checks of the whole ---------------------------------------------------------------------- */

/* All of them are compared with all. */
static bool counts_are_fine(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    size_t layers = 0;
    EACH(struct image_settings, image, settings->images)
        layers += image->layers.count;
    if (settings->images.count > MOST_IMAGES)
        mistake(mistakes, settings, "images", "%zu images; there are at most %d here", settings->images.count,
                MOST_IMAGES);
    if (layers > MOST_LAYERS_OF_ALL)
        mistake(mistakes, settings, "images", "%zu layers; there are at most %d here", layers,
                MOST_LAYERS_OF_ALL);
    return settings->images.count <= MOST_IMAGES && layers <= MOST_LAYERS_OF_ALL;
}

static bool shares_name(const struct image_settings *a, const struct image_settings *b, const char **tag)
{
    struct image_reference repository = {.registry = b->registry, .path = b->path};
    if (!image_is_of(a, &repository))
        return false;
    EACH_TEXT(own, a->tags) {
        *tag = *own;
        if (settings_has_text(&b->tags, *own))
            return true;
    }
    return false;
}

static void check_tags(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    const char *tag = NULL;
    for (size_t i = 0; i < settings->images.count; i++)
        for (size_t j = 0; j < i; j++) {
            const struct image_settings *image = LIST_AT(struct image_settings, settings->images, i);
            if (shares_name(LIST_AT(struct image_settings, settings->images, j), image, &tag))
                mistake(mistakes, image, NULL, "a second image with the tag `%s` in `%s`; a tag names one",
                        tag, image->path);
        }
}

static const struct image_layer_settings *find_layer(const struct ecs_settings *settings, const char *digest)
{
    EACH(struct image_settings, image, settings->images) {
        EACH(struct image_layer_settings, layer, image->layers) {
            if (settings_same(layer->digest, digest))
                return layer;
        }
    }
    return NULL;
}

static void check_layer_sizes(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    EACH(struct image_settings, image, settings->images) {
        EACH(struct image_layer_settings, layer, image->layers) {
            const struct image_layer_settings *first = find_layer(settings, layer->digest);
            if (first && first->bytes != layer->bytes)
                mistake(mistakes, layer, "size", "the layer `%s` has %" PRId64 " bytes elsewhere",
                        layer->digest, first->bytes);
        }
    }
}

static bool is_pulled_alike(const struct image_settings *a, const struct image_settings *b)
{
    return a->layers.count == b->layers.count && a->bytes == b->bytes;
}

static const struct image_settings *first_of_digest(const struct ecs_settings *settings, const char *digest)
{
    EACH(struct image_settings, image, settings->images) {
        if (settings_same(image->digest, digest))
            return image;
    }
    return NULL;
}

/* A digest is one image, whatever repositories and tags it has. */
static void check_digests(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    EACH(struct image_settings, image, settings->images) {
        if (image->digest && !is_pulled_alike(image, first_of_digest(settings, image->digest)))
            mistake(mistakes, image, NULL, "the image `%s` has another size or other layers elsewhere",
                    image->digest);
    }
}

static void check_image_of(struct mistakes *mistakes, const struct ecs_settings *settings,
                           const struct container_settings *container)
{
    if (!container->image)
        return;
    struct image_reference reference = image_reference_of(mistakes_arena(mistakes), container->image);
    if (!settings_lists_image(settings, &reference))
        warn(mistakes, container, "image",
             "`images` does not list `%s`, so its pull takes timing.imagePull whatever its size",
             container->image);
}

static void check_definition(struct mistakes *mistakes, const struct ecs_settings *settings,
                             const struct task_definition_settings *definition)
{
    EACH(struct container_settings, container, definition->containers)
        check_image_of(mistakes, settings, container);
}

void settings_check_images(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    if (!settings->images.count)
        return;
    if (!counts_are_fine(mistakes, settings))
        return;
    check_tags(mistakes, settings);
    check_layer_sizes(mistakes, settings);
    check_digests(mistakes, settings);
    EACH(struct task_definition_settings, definition, settings->task_definitions)
        check_definition(mistakes, settings, definition);
    EACH(struct timeline_settings, entry, settings->timeline) {
        const struct task_definition_settings *registered =
            settings_of_action(entry, "registerTaskDefinition");
        if (registered)
            check_definition(mistakes, settings, registered);
    }
}
