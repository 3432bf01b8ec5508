/* images, registries: ECR's DescribeImages, and what AWS does not say of pulls. */
#include "models/settings/image.h"
#include "models/settings/tables.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- sizes and bandwidths --------------------------------------------------------------------- */

struct byte_unit {
    const char *name;
    int64_t bytes;
};

static const struct byte_unit byte_units[] = {
    {"", 1},          {"B", 1},         {"kB", 1000},     {"MB", MILLION},        {"GB", BILLION},
    {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}, {"TB", 1000 * BILLION}, {"TiB", INT64_C(1) << 40},
};

static int64_t unit_of(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof byte_units / sizeof *byte_units; i++)
        if (strlen(byte_units[i].name) == length && strncasecmp(byte_units[i].name, text, length) == 0)
            return byte_units[i].bytes;
    return 0;
}

/* Whole bytes of "1.5GB"; negative where that is not a size. */
static int64_t parse_bytes(const char *text, size_t length)
{
    size_t digits = strspn(text, "0123456789");
    size_t point = text[digits] == '.';
    size_t decimals = point ? strspn(text + digits + 1, "0123456789") : 0;
    size_t number = digits + point + decimals;
    size_t space = strspn(text + number, " ");
    if (digits == 0 || digits > 16 || decimals > 6 || number + space > length)
        return -1;
    int64_t unit = unit_of(text + number + space, length - number - space);
    __int128 bytes = (__int128)strtoll(text, NULL, 10) * unit;
    __int128 part = point ? unit : 0;
    for (size_t i = 0; i < decimals; i++) {
        part /= 10;
        bytes += part * (text[digits + 1 + i] - '0');
    }
    return unit > 0 && bytes > 0 && bytes <= MOST_IMAGE_BYTES ? (int64_t)bytes : -1;
}

static const char *parse_size(struct arena *arena, const char *text, void *field, size_t *where)
{
    int64_t bytes = parse_bytes(text, strlen(text));
    *where = 0;
    if (bytes < 0)
        return arena_format(arena, "`%s` is no size: bytes, or with a unit as in 60MiB or 1.5GB", text);
    *(int64_t *)field = bytes;
    return NULL;
}

const char *settings_parse_bandwidth(struct arena *arena, const char *text, void *field, size_t *where)
{
    size_t length = strlen(text);
    if (length > 2 && strcmp(text + length - 2, "/s") == 0)
        length -= 2;
    int64_t bytes = parse_bytes(text, length);
    *where = 0;
    if (bytes < LEAST_BANDWIDTH)
        return arena_format(
            arena, "`%s` is no bandwidth: bytes per second, 1kB/s at least, with a unit as in 30MB/s", text);
    *(int64_t *)field = bytes;
    return NULL;
}

/* --- names of images -------------------------------------------------------------------------- */

/* ACCOUNT.dkr.ecr.REGION.amazonaws.com */
static bool is_ecr_host(const char *host)
{
    return strstr(host, ".dkr.ecr.") && strstr(host, ".amazonaws.com");
}

const char *image_registry_name(const char *host)
{
    if (is_ecr_host(host) || strcasecmp(host, ECR_REGISTRY) == 0)
        return ECR_REGISTRY;
    return strcmp(host, "index.docker.io") == 0 ? DOCKER_HUB : host;
}

static const char *host_of(struct arena *arena, const char *text, size_t *length)
{
    size_t first = strcspn(text, "/");
    *length = 0;
    if (text[first] != '/')
        return NULL;
    const char *part = arena_copy(arena, text, first);
    if (!strpbrk(part, ".:") && strcmp(part, "localhost") != 0)
        return NULL;
    *length = first + 1;
    return image_registry_name(part);
}

/* Docker Hub's own images have a folder that nobody writes. */
static const char *without_library(const char *path)
{
    return strncmp(path, "library/", 8) == 0 ? path + 8 : path;
}

struct image_reference image_reference_of(struct arena *arena, const char *text)
{
    size_t host, path = strcspn(text, "@");
    struct image_reference reference = {.registry = host_of(arena, text, &host)};
    if (text[path] == '@')
        reference.digest = arena_text(arena, text + path + 1);
    char *rest = arena_copy(arena, text + host, path > host ? path - host : 0);
    char *colon = strrchr(rest, ':');
    if (colon)
        *colon = '\0';
    if (!reference.digest)
        reference.tag = colon ? colon + 1 : "latest";
    reference.path = without_library(rest);
    return reference;
}

bool image_is_of(const struct image_settings *image, const struct image_reference *reference)
{
    bool elsewhere =
        image->registry && reference->registry && strcmp(image->registry, reference->registry) != 0;
    return !elsewhere && settings_same(image->path, reference->path);
}

bool image_is_named(const struct image_settings *image, const struct image_reference *reference)
{
    if (!image_is_of(image, reference))
        return false;
    return reference->digest ? settings_same(image->digest, reference->digest)
                             : settings_has_text(&image->tags, reference->tag);
}

static bool is_put(const struct ecs_settings *settings, const struct image_reference *reference)
{
    EACH(struct timeline_settings, entry, settings->timeline) {
        const struct put_image_settings *put = entry->action.settings;
        if (entry->action.variant && entry->action.variant->verbs == &put_image_action &&
            settings_same(put->repository, reference->path) && settings_same(put->tag, reference->tag))
            return true;
    }
    return false;
}

bool settings_lists_image(const struct ecs_settings *settings, const struct image_reference *reference)
{
    EACH(struct image_settings, image, settings->images) {
        if (image_is_named(image, reference))
            return true;
        if (image_is_of(image, reference) && reference->tag && is_put(settings, reference))
            return true;
    }
    return false;
}

const char *settings_registry_of(const struct ecs_settings *settings, const struct image_reference *reference)
{
    if (reference->registry)
        return reference->registry;
    EACH(struct image_settings, image, settings->images) {
        if (image_is_of(image, reference) && image->registry)
            return image->registry;
    }
    return DOCKER_HUB;
}

static bool definition_pulls_from(struct arena *arena, const struct ecs_settings *settings,
                                  const struct task_definition_settings *definition, const char *registry)
{
    EACH(struct container_settings, container, definition->containers) {
        if (!container->image)
            continue;
        struct image_reference reference = image_reference_of(arena, container->image);
        if (settings_lists_image(settings, &reference) &&
            settings_same(settings_registry_of(settings, &reference), registry))
            return true;
    }
    return false;
}

bool settings_pulls_from(struct arena *arena, const struct ecs_settings *settings, const char *registry)
{
    EACH(struct task_definition_settings, definition, settings->task_definitions) {
        if (definition_pulls_from(arena, settings, definition, registry))
            return true;
    }
    EACH(struct timeline_settings, entry, settings->timeline) {
        if (entry->action.variant && entry->action.variant->verbs == &register_task_definition_action &&
            definition_pulls_from(arena, settings, entry->action.settings, registry))
            return true;
    }
    return false;
}

/* --- images ----------------------------------------------------------------------------------- */

#define OF struct image_layer_settings
static const struct param layer_params[] = {
    ROW("digest", TEXT, digest, "names it: layers of the same digest are one", REQUIRED),
    ROW_BYTES("size", bytes, parse_size, "bytes that are pulled, or with a unit: 60MiB", REQUIRED),
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
    ROW_BYTES("imageSizeInBytes", bytes, parse_size,
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

/* --- registries ------------------------------------------------------------------------------- */

#define OF struct registry_settings
static const struct param registry_params[] = {
    ROW("registry", TEXT, name,
        "the host part of its images' names: docker.io, public.ecr.aws; every private registry of ECR is "
        "`ecr`",
        REQUIRED),
    ROW_BYTES("bandwidth", bandwidth, settings_parse_bandwidth,
              "what it gives to all hosts together, 10GB/s (default: timing.registryBandwidth)"),
    ROW("requiresCredentials", FLAG, requires_credentials,
        "whether it refuses pulls by containers without repositoryCredentials "
        "[API:ContainerDefinition.repositoryCredentials]",
        DEFAULT("false")),
    PARAM_END,
};
#undef OF

static void check_registry(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct registry_settings *registry = object;
    if (!registry->name)
        return;
    registry->name = image_registry_name(registry->name);
    if (registry->requires_credentials && settings_same(registry->name, ECR_REGISTRY))
        mistake(mistakes, registry, "requiresCredentials",
                "hosts log in to ECR with their role's token, not with repositoryCredentials; "
                "`simulation: {registryLogin: atBoot}` of hosts lets it expire");
}

const struct shape registry_shape = {
    .name = "registry",
    .size = sizeof(struct registry_settings),
    .params = registry_params,
    .name_key = "registry",
    .check = check_registry,
};

#define OF struct repository_credentials_settings
static const struct param repository_credentials_params[] = {
    ROW("credentialsParameter", TEXT, credentials_parameter, "the secret that has them", REQUIRED),
    PARAM_END,
};
#undef OF

const struct shape repository_credentials_shape = {
    .name = "repository credentials",
    .size = sizeof(struct repository_credentials_settings),
    .params = repository_credentials_params,
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
        if (entry->action.variant && entry->action.variant->verbs == &register_task_definition_action)
            check_definition(mistakes, settings, entry->action.settings);
    }
}
