#include "models/ecs/image/image_store.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

/* --- finding ---------------------------------------------------------------------------------- */

static struct stored_image *find_image(const struct image_store *store, const struct image *image)
{
    for (uint32_t i = 0; i < store->image_count; i++)
        if (store->images[i].image == image)
            return &store->images[i];
    return NULL;
}

/* NULL: no image here has it. */
static struct stored_layer *find_layer(const struct image_store *store, const struct image_layer *layer)
{
    bool is_here = layer->number < store->layer_room && store->layers[layer->number].images;
    return is_here ? &store->layers[layer->number] : NULL;
}

static struct stored_name *find_name(const struct image_store *store, const struct image_name *name)
{
    for (uint32_t i = 0; i < store->name_count; i++)
        if (store->names[i].name == name)
            return &store->names[i];
    return NULL;
}

const struct stored_image *image_store_find(const struct image_store *store, const struct image *image)
{
    return find_image(store, image);
}

bool image_store_has_layer(const struct image_store *store, const struct image_layer *layer)
{
    const struct stored_layer *stored = find_layer(store, layer);
    return stored && stored->present;
}

int64_t image_store_missing_bytes(const struct image_store *store, const struct image *image)
{
    int64_t bytes = 0;
    for (uint32_t i = 0; i < image->layer_count; i++)
        if (!image_store_has_layer(store, image->layers[i]))
            bytes += image->layers[i]->bytes;
    return bytes;
}

bool image_store_has(const struct image_store *store, const struct image *image)
{
    return find_image(store, image) && image_store_missing_bytes(store, image) == 0;
}

const struct image *image_store_named(const struct image_store *store, const struct image_name *name)
{
    const struct stored_name *stored = find_name(store, name);
    return stored ? stored->image : NULL;
}

/* --- coming ----------------------------------------------------------------------------------- */

static void make_room_for_layer(struct image_store *store, uint32_t number)
{
    if (number < store->layer_room)
        return;
    store->layers = memory_grow(store->layers, number + 1, sizeof *store->layers);
    while (store->layer_room <= number)
        store->layers[store->layer_room++] = (struct stored_layer){0};
}

static void add_layer(struct image_store *store, const struct image_layer *layer)
{
    make_room_for_layer(store, layer->number);
    struct stored_layer *stored = &store->layers[layer->number];
    if (!stored->images)
        store->claimed += layer->bytes;
    stored->images++;
}

void image_store_expect(struct image_store *store, const struct image *image)
{
    if (find_image(store, image))
        return;
    store->images = memory_grow(store->images, store->image_count + 1, sizeof *store->images);
    store->images[store->image_count++] =
        (struct stored_image){.image = image, .pulled_at = SIMTIME_NEVER, .used_at = SIMTIME_NEVER};
    for (uint32_t i = 0; i < image->layer_count; i++)
        add_layer(store, image->layers[i]);
}

void image_store_receive(struct image_store *store, const struct image_layer *layer)
{
    struct stored_layer *stored = find_layer(store, layer);
    if (stored)
        stored->present = true;
}

void image_store_pulled(struct image_store *store, const struct image *image, const struct image_name *name,
                        simtime now)
{
    struct stored_image *stored = find_image(store, image);
    CHECK(stored && image_store_has(store, image));
    if (!stored->pulled)
        stored->pulled_at = now;
    stored->pulled = true;
    struct stored_name *known = name ? find_name(store, name) : NULL;
    if (known)
        known->image = image;
    if (known || !name)
        return;
    store->names = memory_grow(store->names, store->name_count + 1, sizeof *store->names);
    store->names[store->name_count++] = (struct stored_name){name, image};
}

void image_store_add(struct image_store *store, const struct image *image, const struct image_name *name,
                     simtime now)
{
    image_store_expect(store, image);
    for (uint32_t i = 0; i < image->layer_count; i++)
        image_store_receive(store, image->layers[i]);
    image_store_pulled(store, image, name, now);
}

/* --- going ------------------------------------------------------------------------------------ */

static void remove_layer(struct image_store *store, const struct image_layer *layer)
{
    struct stored_layer *stored = find_layer(store, layer);
    if (--stored->images > 0)
        return;
    stored->present = false;
    store->claimed -= layer->bytes;
}

static void forget_names(struct image_store *store, const struct image *image)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < store->name_count; i++)
        if (store->names[i].image != image)
            store->names[kept++] = store->names[i];
    store->name_count = kept;
}

void image_store_remove(struct image_store *store, const struct image *image)
{
    struct stored_image *stored = find_image(store, image);
    CHECK(stored && !stored->references);
    for (uint32_t i = 0; i < image->layer_count; i++)
        remove_layer(store, image->layers[i]);
    forget_names(store, image);
    size_t after = (size_t)(store->images + --store->image_count - stored);
    memmove(stored, stored + 1, after * sizeof *stored);
}

void image_store_reference(struct image_store *store, const struct image *image, simtime now)
{
    struct stored_image *stored = find_image(store, image);
    CHECK(stored);
    stored->references++;
    stored->used_at = now;
}

void image_store_unreference(struct image_store *store, const struct image *image, simtime now)
{
    struct stored_image *stored = find_image(store, image);
    CHECK(stored && stored->references > 0);
    stored->references--;
    stored->used_at = now;
    if (!stored->references && !stored->pulled)
        image_store_remove(store, image);
}

void image_store_free(struct image_store *store)
{
    free(store->layers);
    free(store->images);
    free(store->names);
    *store = (struct image_store){0};
}
