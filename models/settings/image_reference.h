/* Names of images: how they are read, and which of the scenario's images and registries they stand for. */
#ifndef MODELS_SETTINGS_IMAGE_REFERENCE_H
#define MODELS_SETTINGS_IMAGE_REFERENCE_H

#include "models/settings/settings.h"

/* Registries by their name here: every private registry of ECR is ECR_REGISTRY, since account and region are
 * not compared; others are the host part of their images' names. */
#define ECR_REGISTRY "ecr"
#define DOCKER_HUB "docker.io"

/* [HOST/]PATH[:TAG][@DIGEST], as Docker reads it: the first part is a host if it has a dot or a colon, or is
 * `localhost`; a name without tag and digest has the tag `latest`. */
struct image_reference {
    const char *registry; /* NULL: not said */
    const char *path;
    const char *tag;    /* NULL: it has a digest */
    const char *digest; /* NULL: it has a tag */
};

struct image_reference image_reference_of(struct arena *, const char *text);

/* The registry's name from what a person calls it: an ECR host is ECR_REGISTRY. */
const char *image_registry_name(const char *host);

/* Whether the listed image is of the repository that the reference names. */
bool image_is_of(const struct image_settings *, const struct image_reference *);

/* Whether the listed image is what the reference names, with its tags as at the start of the run. */
bool image_is_named(const struct image_settings *, const struct image_reference *);

/* Whether the section lists what the reference names, or a putImage will make it so. */
bool settings_lists_image(const struct ecs_settings *, const struct image_reference *);

/* Whether a container's listed image comes from the registry of this name. */
bool settings_pulls_from(struct arena *, const struct ecs_settings *, const char *registry);

/* Where the image that a container names comes from. */
const char *settings_registry_of(const struct ecs_settings *, const struct image_reference *);

#endif
