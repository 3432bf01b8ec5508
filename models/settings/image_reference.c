#include "models/settings/image_reference.h"
#include "models/settings/tables.h"
#include <string.h>
#include <strings.h>

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

/* --- what the scenario has by that name ------------------------------------------------------- */

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
        const struct put_image_settings *put = settings_of_action(entry, "putImage");
        if (put && settings_same(put->repository, reference->path) && settings_same(put->tag, reference->tag))
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
        const struct task_definition_settings *registered =
            settings_of_action(entry, "registerTaskDefinition");
        if (registered && definition_pulls_from(arena, settings, registered, registry))
            return true;
    }
    return false;
}
