/* Names numbered in the order in which they were first seen. */
#ifndef MODELS_PLACEMENT_NAMES_H
#define MODELS_PLACEMENT_NAMES_H

#include "sim/engine/arena.h"
#include <stdint.h>

#define NAMES_NONE UINT32_MAX

struct names {
    struct arena *arena; /* holds the copies of the names */
    const char **texts;  /* by number */
    uint32_t *slots;     /* open addressing: number + 1, 0 is free; a power of two, at most half full */
    uint32_t count, slot_count;
};

void names_init(struct names *, struct arena *);
void names_free(struct names *);

uint32_t names_find(const struct names *, const char *text); /* NAMES_NONE if it was never numbered */
uint32_t names_number(struct names *, const char *text);     /* a new name gets the next number */

#endif
