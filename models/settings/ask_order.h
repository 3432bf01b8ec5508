/* Who asks whom: an order in which everybody comes after all that ask it. Pure.
 *
 * Members are numbers below `count`; members between which no order is set come by number. */
#ifndef MODELS_SETTINGS_ASK_ORDER_H
#define MODELS_SETTINGS_ASK_ORDER_H

#include "sim/engine/arena.h"
#include <stdbool.h>
#include <stdint.h>

struct ask {
    uint32_t by, of; /* `by` asks `of` */
    int64_t share;   /* so often for each of its own requests, millionths */
};

/* Fills `order`, which has room for all. Returns how many got their place: fewer than `count` where some ask
 * one another in a circle, and then these, and whoever only they ask, are not in it. */
uint32_t ask_order(struct arena *, const struct ask *, size_t asks, uint32_t count, uint32_t *order);

/* Fills `label`: members have the same one, the least of their numbers, if asks connect them, whichever
 * way. */
void ask_label(const struct ask *, size_t asks, uint32_t count, uint32_t *label);

/* How often each is asked for one request to each of `asked_outside`, millionths, rounded up; whatever is
 * more than `most` is just above it. Along the order of ask_order(), which has them all. */
void ask_fan_out(struct arena *, const struct ask *, size_t asks, uint32_t count, const uint32_t *order,
                 const bool *asked_outside, int64_t most, int64_t *times);

#endif
