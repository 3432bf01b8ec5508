/* Images: what registries hold, and what the names that containers write stand for. [API ecr:ImageDetail,
 * ECR: image manifests]
 *
 * An image is its layers; layers of the same digest are one, whoever has them. A name with a tag stands for
 * whatever the tag was put to last, one with a digest for ever for the same image. All of it lives in the
 * run's arena. A scenario without `images:` has none of this (world.images is NULL), and containers whose
 * image the section does not list have no name here: their pulls take timing.imagePull.
 *
 * Settled where AWS is silent: an image without `layers` is one layer of its size; one without imageDigest
 * has a digest that is a function of its name; an image of a repository that says no registry comes from
 * where the container says, else from Docker Hub. */
#ifndef MODELS_ECS_IMAGE_H
#define MODELS_ECS_IMAGE_H

#include "models/settings/settings.h"

struct world;
struct registry; /* registry.h */

struct image_layer {
    const char *digest;
    int64_t bytes;
    uint32_t number; /* among all of them, from 0 */
};

struct image {
    const char *registry; /* NULL: not said */
    const char *path;     /* its repository */
    const char *digest;
    const struct image_layer **layers; /* each once */
    uint32_t layer_count;
};

/* What containers write. */
struct image_name {
    const char *text;
    const char *path, *tag; /* tag NULL: it has a digest */
    const char *registry_name;
    struct registry *registry;
    const struct image *image; /* for which it stands now; NULL: the registry has none yet */
};

struct images {
    struct image *all;
    struct image_layer *layers;
    struct image_name *names;
    struct registry *registries;
    uint32_t count, layer_count, name_count, registry_count;
};

/* Once the definitions are there: gives their containers the names of listed images. */
void images_begin(struct world *);

/* The first of this registry (NULL: of any); NULL: there is none. */
const struct image *images_find(const struct images *, const char *registry, const char *path,
                                const char *digest);

/* From now on the tag stands for this image, in its registry. */
void images_put_tag(struct images *, const char *tag, const struct image *);

#endif
