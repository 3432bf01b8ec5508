#include "sim/engine/order.h"
#include "sim/engine/hash.h"

static size_t count_of(const struct order_place *tree)
{
    return tree ? tree->count : 0;
}

static void recount(struct order_place *tree)
{
    tree->count = 1 + count_of(tree->lower) + count_of(tree->higher);
}

static bool is_above(const struct order_place *a, const struct order_place *b)
{
    return hash_mix((uint64_t)a->number) > hash_mix((uint64_t)b->number);
}

/* --- changes ---------------------------------------------------------------------------------- */

static void split(struct order_place *tree, int64_t number, struct order_place **lower,
                  struct order_place **higher)
{
    if (!tree) {
        *lower = *higher = NULL;
        return;
    }
    if (tree->number < number) {
        *lower = tree;
        split(tree->higher, number, &tree->higher, higher);
    } else {
        *higher = tree;
        split(tree->lower, number, lower, &tree->lower);
    }
    recount(tree);
}

static struct order_place *merge(struct order_place *lower, struct order_place *higher)
{
    if (!lower || !higher)
        return lower ? lower : higher;
    struct order_place *top = is_above(lower, higher) ? lower : higher;
    if (top == lower)
        top->higher = merge(top->higher, higher);
    else
        top->lower = merge(lower, top->lower);
    recount(top);
    return top;
}

static struct order_place **side_of(struct order_place *tree, int64_t number)
{
    return tree->number < number ? &tree->higher : &tree->lower;
}

void order_add(struct order *order, struct order_place *place, int64_t number, void *thing)
{
    struct order_place **at = &order->top;
    place->thing = thing;
    place->number = number;
    for (; *at && is_above(*at, place); at = side_of(*at, number))
        (*at)->count++;
    split(*at, number, &place->lower, &place->higher);
    recount(place);
    *at = place;
}

void order_remove(struct order *order, struct order_place *place)
{
    struct order_place **at = &order->top;
    for (; *at != place; at = side_of(*at, place->number))
        (*at)->count--;
    *at = merge(place->lower, place->higher);
    place->thing = NULL;
}

void order_keep(struct order *order, struct order_place *place, bool belongs, int64_t number, void *thing)
{
    if (belongs && !place->thing)
        order_add(order, place, number, thing);
    else if (!belongs && place->thing)
        order_remove(order, place);
}

/* --- questions -------------------------------------------------------------------------------- */

size_t order_count(const struct order *order)
{
    return count_of(order->top);
}

size_t order_below(const struct order *order, int64_t number)
{
    size_t below = 0;
    for (const struct order_place *at = order->top; at;) {
        if (at->number < number)
            below += 1 + count_of(at->lower), at = at->higher;
        else
            at = at->lower;
    }
    return below;
}

void *order_at(const struct order *order, size_t k)
{
    const struct order_place *at = order->top;
    while (at && k != count_of(at->lower)) {
        if (k < count_of(at->lower))
            at = at->lower;
        else
            k -= 1 + count_of(at->lower), at = at->higher;
    }
    return at ? at->thing : NULL;
}

void *order_last(const struct order *order)
{
    return order_at(order, order_count(order) - 1);
}

void *order_from(const struct order *order, int64_t number)
{
    return order_at(order, order_below(order, number));
}

static size_t count_of_several(const struct order *const *orders, size_t count)
{
    size_t all = 0;
    for (size_t i = 0; i < count; i++)
        all += order_count(orders[i]);
    return all;
}

static size_t below_of_several(const struct order *const *orders, size_t count, int64_t number)
{
    size_t below = 0;
    for (size_t i = 0; i < count; i++)
        below += order_below(orders[i], number);
    return below;
}

static int64_t lowest_number(const struct order_place *tree)
{
    while (tree->lower)
        tree = tree->lower;
    return tree->number;
}

static int64_t highest_number(const struct order_place *tree)
{
    while (tree->higher)
        tree = tree->higher;
    return tree->number;
}

/* Where the numbers of all begin and end. */
static void find_range(const struct order *const *orders, size_t count, int64_t *least, int64_t *most)
{
    *least = INT64_MAX, *most = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        if (!orders[i]->top)
            continue;
        int64_t lowest = lowest_number(orders[i]->top), highest = highest_number(orders[i]->top);
        *least = lowest < *least ? lowest : *least;
        *most = highest > *most ? highest : *most;
    }
}

/* The highest number of which no more than k have a lower one. */
static int64_t number_at(const struct order *const *orders, size_t count, size_t k)
{
    int64_t least, most;
    find_range(orders, count, &least, &most);
    while (least < most) {
        uint64_t apart = (uint64_t)most - (uint64_t)least;
        int64_t middle = (int64_t)((uint64_t)least + (apart - apart / 2));
        if (below_of_several(orders, count, middle) <= k)
            least = middle;
        else
            most = middle - 1;
    }
    return least;
}

static void *find(const struct order *order, int64_t number)
{
    const struct order_place *at = order->top;
    while (at && at->number != number)
        at = number < at->number ? at->lower : at->higher;
    return at ? at->thing : NULL;
}

void *order_at_of_several(const struct order *const *orders, size_t count, size_t k)
{
    if (count == 1)
        return order_at(orders[0], k);
    if (k >= count_of_several(orders, count))
        return NULL;
    int64_t number = number_at(orders, count, k);
    for (size_t i = 0; i < count; i++) {
        void *found = find(orders[i], number);
        if (found)
            return found;
    }
    return NULL;
}
