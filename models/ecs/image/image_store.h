/* What one host holds of images: layers with their bytes, the images that are made of them, the names under
 * which they are known there. [Docker: storage driver; AGENT:agent/engine/image]
 *
 * Layers are on disk once, however many images have them, and go with the last of these. An image that is
 * expected is here as far as its layers are: `image_store_has` is true once none is missing. Who needs an
 * image to stay (a task that pulls it or runs it) references it; only images without references can be
 * removed, and one that was never pulled goes with its last reference, even if others brought all its layers.
 *
 * Pure: no world, no clock of its own. It keeps pointers into struct images, which outlives it. An empty
 * store is all zeros; image_store_free() gives its memory back. Invariant: `claimed` is the sum over the
 * layers that some image here has. */
#ifndef MODELS_ECS_IMAGE_STORE_H
#define MODELS_ECS_IMAGE_STORE_H

#include "models/ecs/image/image.h"

struct stored_layer {
    uint32_t images; /* of those here, how many have it */
    bool present;    /* its bytes are on disk */
};

struct stored_image {
    const struct image *image;
    int64_t references;
    bool pulled;       /* by this host's agent, and not removed since */
    simtime pulled_at; /* since it came here; SIMTIME_NEVER: never.
                          [AGENT:agent/engine/docker_image_manager.go: of a pull that brings nothing new it
                          takes no note] */
    simtime used_at;   /* last referenced, or its last reference given up; SIMTIME_NEVER: never */
};

/* A name stands on this host for what was last pulled by it, wherever its tag has moved since. */
struct stored_name {
    const struct image_name *name;
    const struct image *image;
};

struct image_store {
    struct stored_layer *layers; /* by their numbers; those from layer_room on are not here */
    struct stored_image *images; /* in the order in which they came; none twice */
    struct stored_name *names;
    uint32_t layer_room, image_count, name_count;
    int64_t claimed; /* bytes of the layers that are present, or on their way */
};

void image_store_free(struct image_store *);

/* The image is on its way; nothing if it is here or expected already. */
void image_store_expect(struct image_store *, const struct image *);

/* The bytes of a layer have come; nothing where no image here has it any more. */
void image_store_receive(struct image_store *, const struct image_layer *);

/* Its last layer was there when the pull ended: `name` (NULL: none) stands for it from now on. */
void image_store_pulled(struct image_store *, const struct image *, const struct image_name *name,
                        simtime now);

/* All at once: expected, every layer received, pulled. */
void image_store_add(struct image_store *, const struct image *, const struct image_name *name, simtime now);

bool image_store_has(const struct image_store *, const struct image *);
bool image_store_has_layer(const struct image_store *, const struct image_layer *);
int64_t image_store_missing_bytes(const struct image_store *, const struct image *);

/* NULL: it knows no complete image by this name. */
const struct image *image_store_named(const struct image_store *, const struct image_name *);

/* NULL: it is neither here nor expected. Good until the store changes. */
const struct stored_image *image_store_find(const struct image_store *, const struct image *);

/* Somebody needs an image that is here or expected, and no longer. */
void image_store_reference(struct image_store *, const struct image *, simtime now);
void image_store_unreference(struct image_store *, const struct image *, simtime now);

/* Deletes an image that nobody references, the names for it, and the layers that no other image here has. */
void image_store_remove(struct image_store *, const struct image *);

#endif
