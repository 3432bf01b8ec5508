/* An ordered set of things that carry their own places in it. Each has a number, which nobody else in the set
 * has; adding, removing, counting those below a number and finding the k-th take logarithmic time.
 *
 * It is a treap whose priorities are hashes of the numbers: its shape depends on who is in it, and not on how
 * they came in. A place that is zeroed is in no set; it must not move while it is in one. */
#ifndef SIM_ENGINE_ORDER_H
#define SIM_ENGINE_ORDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct order_place {
    void *thing; /* NULL: it is in no set */
    struct order_place *lower, *higher;
    int64_t number;
    size_t count; /* it and all below it in the tree */
};

struct order {
    struct order_place *top;
};

void order_add(struct order *, struct order_place *, int64_t number, void *thing);
void order_remove(struct order *, struct order_place *);
/* Adds or removes it, if it is not as it should be. */
void order_keep(struct order *, struct order_place *, bool belongs, int64_t number, void *thing);

size_t order_count(const struct order *);
size_t order_below(const struct order *, int64_t number); /* how many have a lower number */

/* NULL: there are not so many. `k` counts from 0. */
void *order_at(const struct order *, size_t k);
void *order_last(const struct order *);
void *order_from(const struct order *, int64_t number); /* the first with this number or a higher one */

/* Of several sets taken together, in which no number comes twice. */
void *order_at_of_several(const struct order *const *, size_t orders, size_t k);

#endif
