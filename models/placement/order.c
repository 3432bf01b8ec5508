#include "models/placement/order.h"
#include "models/placement/kept.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

enum { NOWHERE = -1, TREES_MAX = REFUSED_COUNT + 256, OWN_MAX = PLACEMENT_STRATEGIES_MAX, BOUNDS_MAX = 8 };
#define NIL UINT32_MAX

struct node {
    uint32_t left, right; /* instances, or NIL */
    uint32_t stamp, latest;
    int32_t tree, cell; /* the tree in which it stands; that of its cell, NOWHERE: nobody has asked yet */
};

/* What its instances have in common, beside being eligible. */
struct tree {
    uint32_t root;
    uint32_t values[PLACEMENT_STRATEGIES_MAX]; /* of the attributes */
};

struct order {
    struct kept kept;
    const struct question *question; /* the kept one */
    struct chain_parts parts;
    struct tree *trees; /* by refusal, then by cell */
    int32_t tree_count, tree_capacity;
    bool has_too_many_cells;
    struct node *nodes; /* by instance */
    int64_t *ranks;     /* own_count of each instance */
    size_t capacity;
    uint32_t now; /* the latest stamp */
};

/* A place in a tree's order: before it, and not before the next lower one, all that were not stamped since
 * have a task of the group. */
struct bound {
    bool is_end; /* behind all */
    placement_instance instance;
    int64_t ranks[OWN_MAX];
    uint32_t since;
};

static const struct bound end = {.is_end = true};

/* The lower, the later; of too many the latest are made one. */
struct order_bounds {
    struct bound items[BOUNDS_MAX]; /* from the lowest up */
    int count;
};

/* --- the question ----------------------------------------------------------------------------- */

/* A question without what is of a group. */
struct rest {
    struct placement_request request;
    struct placement_strategy strategies[PLACEMENT_STRATEGIES_MAX];
    struct placement_constraint constraints[2][PLACEMENT_CONSTRAINTS_MAX];
    struct list chain, conditions[2];
};

static void rest_of_chain(struct rest *rest, const struct question *question)
{
    rest->chain.items = rest->strategies;
    for (size_t i = 0; i < question->request->strategies->count && i < PLACEMENT_STRATEGIES_MAX; i++) {
        const struct placement_strategy *strategy = &question->strategies[i];
        const struct strategy_verbs *verbs = strategy->variant->verbs;
        if (!verbs->of_group || (verbs->attribute && verbs->attribute(strategy)))
            rest->strategies[rest->chain.count++] = *strategy;
    }
    rest->request.strategies = &rest->chain;
}

static void rest_of_constraints(struct rest *rest, int which)
{
    const struct list *all = rest->request.constraints[which];
    const struct placement_constraint *items = all ? all->items : NULL;
    struct list *list = &rest->conditions[which];
    list->items = rest->constraints[which];
    for (size_t i = 0; all && i < all->count; i++)
        if (!((const struct constraint_verbs *)items[i].variant->verbs)->of_group) {
            CHECK(list->count < PLACEMENT_CONSTRAINTS_MAX);
            rest->constraints[which][list->count++] = items[i];
        }
    rest->request.constraints[which] = list;
}

static struct question make_rest(struct rest *rest, const struct question *question)
{
    *rest = (struct rest){.request = *question->request};
    rest_of_chain(rest, question);
    rest_of_constraints(rest, 0);
    rest_of_constraints(rest, 1);
    return question_of_start(question->placement, &rest->request);
}

bool order_serves(const struct order *order, const struct question *question)
{
    struct rest rest;
    struct question without = make_rest(&rest, question);
    return kept_is(&order->kept, &without);
}

bool order_is_exact(const struct order *order)
{
    return !order->has_too_many_cells;
}

/* --- its making ------------------------------------------------------------------------------- */

static int32_t add_tree(struct order *order, const struct tree *tree)
{
    if (order->tree_count == order->tree_capacity) {
        order->tree_capacity = 2 * order->tree_capacity + REFUSED_COUNT;
        order->trees = memory_grow(order->trees, (size_t)order->tree_capacity, sizeof *order->trees);
    }
    order->trees[order->tree_count] = *tree;
    return order->tree_count++;
}

struct order *order_new(const struct question *question)
{
    static const struct tree empty = {.root = NIL};
    struct rest rest;
    struct question without = make_rest(&rest, question);
    struct order *order = memory_alloc(sizeof *order);
    *order = (struct order){.parts = chain_parts_of(&without)};
    kept_init(&order->kept, &without);
    order->question = &order->kept.question;
    for (int refusal = 0; refusal < REFUSED_COUNT; refusal++)
        add_tree(order, &empty);
    return order;
}

void order_free(struct order *order)
{
    kept_free(&order->kept);
    free(order->trees);
    free(order->nodes);
    free(order->ranks);
    free(order);
}

static void make_room(struct order *order, placement_instance instance)
{
    if (instance < order->capacity)
        return;
    size_t before = order->capacity, after = 2 * (size_t)instance + 16;
    order->nodes = memory_grow(order->nodes, after, sizeof *order->nodes);
    order->ranks = memory_grow(order->ranks, after * order->parts.own_count + 1, sizeof *order->ranks);
    for (size_t i = before; i < after; i++)
        order->nodes[i] = (struct node){.tree = NOWHERE, .cell = NOWHERE};
    order->capacity = after;
}

/* --- treaps ----------------------------------------------------------------------------------- */

static const int64_t *ranks_of(const struct order *order, placement_instance instance)
{
    return &order->ranks[instance * order->parts.own_count];
}

/* Below, at or above 0 as the instance stands before such ranks and instance, there, or behind. */
static int compare(const struct order *order, placement_instance a, const int64_t *ranks,
                   placement_instance b)
{
    const int64_t *own = ranks_of(order, a);
    for (size_t i = 0; i < order->parts.own_count; i++)
        if (own[i] != ranks[i])
            return own[i] < ranks[i] ? -1 : 1;
    return (a > b) - (a < b);
}

static bool is_before(const struct order *order, uint32_t a, uint32_t b)
{
    return compare(order, a, ranks_of(order, b), b) < 0;
}

/* Parents have more of it than their children; a mix of the instance's bits. */
static uint32_t priority(uint32_t instance)
{
    uint32_t bits = (instance + 1) * 0x9e3779b1u;
    bits = (bits ^ (bits >> 15)) * 0x85ebca6bu;
    return bits ^ (bits >> 13);
}

static uint32_t latest_of(const struct order *order, uint32_t root)
{
    return root == NIL ? 0 : order->nodes[root].latest;
}

static void look_below(struct order *order, uint32_t root)
{
    struct node *node = &order->nodes[root];
    uint32_t left = latest_of(order, node->left), right = latest_of(order, node->right);
    uint32_t below = left > right ? left : right;
    node->latest = node->stamp > below ? node->stamp : below;
}

static void split(struct order *order, uint32_t root, uint32_t at, uint32_t *before, uint32_t *behind)
{
    if (root == NIL) {
        *before = *behind = NIL;
        return;
    }
    struct node *node = &order->nodes[root];
    if (is_before(order, root, at)) {
        split(order, node->right, at, &node->right, behind);
        *before = root;
    } else {
        split(order, node->left, at, before, &node->left);
        *behind = root;
    }
    look_below(order, root);
}

static uint32_t join(struct order *order, uint32_t before, uint32_t behind)
{
    if (before == NIL || behind == NIL)
        return before == NIL ? behind : before;
    bool first = priority(before) > priority(behind);
    uint32_t root = first ? before : behind;
    struct node *node = &order->nodes[root];
    if (first)
        node->right = join(order, node->right, behind);
    else
        node->left = join(order, before, node->left);
    look_below(order, root);
    return root;
}

static void insert(struct order *order, uint32_t *root, uint32_t instance)
{
    while (*root != NIL && priority(*root) > priority(instance)) {
        struct node *node = &order->nodes[*root];
        node->latest = order->nodes[instance].stamp; /* no stamp is later */
        root = is_before(order, instance, *root) ? &node->left : &node->right;
    }
    struct node *node = &order->nodes[instance];
    split(order, *root, instance, &node->left, &node->right);
    look_below(order, instance);
    *root = instance;
}

static uint32_t without(struct order *order, uint32_t root, uint32_t instance)
{
    struct node *node = &order->nodes[root];
    if (root == instance)
        return join(order, node->left, node->right);
    uint32_t *child = is_before(order, instance, root) ? &node->left : &node->right;
    *child = without(order, *child, instance);
    look_below(order, root);
    return root;
}

static void stamp(struct order *order, placement_instance instance)
{
    struct node *node = &order->nodes[instance];
    node->stamp = ++order->now;
    CHECK(order->now != 0);
    if (node->tree == NOWHERE)
        return;
    for (uint32_t at = order->trees[node->tree].root; at != instance;
         at = is_before(order, instance, at) ? order->nodes[at].left : order->nodes[at].right)
        order->nodes[at].latest = order->now;
    node->latest = order->now;
}

/* --- instances -------------------------------------------------------------------------------- */

static int32_t find_cell(struct order *order, placement_instance instance)
{
    struct tree wanted = {.root = NIL};
    for (size_t i = 0; i < order->parts.attribute_count; i++)
        wanted.values[i] =
            placement_value_of(order->question->placement, order->parts.attributes[i], instance);
    for (int32_t i = REFUSED_COUNT; i < order->tree_count; i++)
        if (!memcmp(order->trees[i].values, wanted.values, sizeof wanted.values))
            return i;
    return order->tree_count < TREES_MAX ? add_tree(order, &wanted) : NOWHERE;
}

static int32_t tree_for(struct order *order, placement_instance instance)
{
    struct node *node = &order->nodes[instance];
    enum placement_refusal refusal = question_refuses(order->question, instance);
    if (refusal != REFUSED_NOT)
        return refusal == REFUSED_INACTIVE ? NOWHERE : (int32_t)refusal;
    if (node->cell == NOWHERE)
        node->cell = find_cell(order, instance);
    order->has_too_many_cells |= node->cell == NOWHERE;
    return node->cell;
}

static void leave(struct order *order, placement_instance instance)
{
    struct tree *tree = &order->trees[order->nodes[instance].tree];
    tree->root = without(order, tree->root, instance);
}

static void enter(struct order *order, placement_instance instance)
{
    struct node *node = &order->nodes[instance];
    node->stamp = ++order->now;
    CHECK(order->now != 0);
    insert(order, &order->trees[node->tree].root, instance);
}

bool order_refresh(struct order *order, placement_instance instance)
{
    make_room(order, instance);
    int64_t ranks[OWN_MAX], *known = &order->ranks[instance * order->parts.own_count];
    size_t size = order->parts.own_count * sizeof *known;
    int32_t tree = tree_for(order, instance), before = order->nodes[instance].tree;
    for (size_t i = 0; i < order->parts.own_count; i++)
        ranks[i] = tree >= REFUSED_COUNT ? question_rank(order->question, order->parts.own[i], instance) : 0;
    if (tree == before && (tree == NOWHERE || !memcmp(known, ranks, size)))
        return false;
    if (before != NOWHERE)
        leave(order, instance);
    memcpy(known, ranks, size);
    order->nodes[instance].tree = tree;
    if (tree != NOWHERE)
        enter(order, instance);
    return true;
}

void order_stamp(struct order *order, placement_instance instance)
{
    if (instance < order->capacity)
        stamp(order, instance);
}

/* --- the first without a task ----------------------------------------------------------------- */

/* What is looked for: not before `from`, behind `after`, before the bound and stamped since. */
struct wanted {
    const struct bound *from; /* NULL: the start */
    uint32_t after;           /* NIL: the start */
    const struct bound *bound;
    uint32_t since;
};

static bool is_before_bound(const struct order *order, uint32_t instance, const struct bound *bound)
{
    return bound->is_end || compare(order, instance, bound->ranks, bound->instance) < 0;
}

static bool is_too_early(const struct order *order, uint32_t instance, const struct wanted *wanted)
{
    return (wanted->from && is_before_bound(order, instance, wanted->from)) ||
           (wanted->after != NIL && !is_before(order, wanted->after, instance));
}

static uint32_t next(const struct order *order, uint32_t root, const struct wanted *wanted)
{
    if (root == NIL)
        return NIL;
    const struct node *node = &order->nodes[root];
    if (node->latest <= wanted->since)
        return NIL;
    if (is_too_early(order, root, wanted))
        return next(order, node->right, wanted);
    uint32_t found = next(order, node->left, wanted);
    if (found != NIL || !is_before_bound(order, root, wanted->bound))
        return found;
    return node->stamp > wanted->since ? root : next(order, node->right, wanted);
}

static uint32_t next_free(const struct order *order, int32_t tree, const struct placement_tally *tally,
                          struct wanted wanted)
{
    do
        wanted.after = next(order, order->trees[tree].root, &wanted);
    while (wanted.after != NIL && placement_tally_of(tally, wanted.after));
    return wanted.after;
}

static struct order_bounds *bounds_of(struct order_search *search, int32_t tree)
{
    if (tree >= search->count) {
        int32_t count = 2 * tree + 1;
        search->bounds = memory_grow(search->bounds, (size_t)count, sizeof *search->bounds);
        memset(search->bounds + search->count, 0, (size_t)(count - search->count) * sizeof *search->bounds);
        search->count = count;
    }
    return &search->bounds[tree];
}

void order_search_free(struct order_search *search)
{
    free(search->bounds);
}

/* The bounds from the nth on stay. */
static void bound_at(const struct order *order, struct order_bounds *bounds, int nth, uint32_t found)
{
    struct bound bound = {.is_end = found == NIL, .instance = found, .since = order->now};
    if (found != NIL && order->parts.own_count)
        memcpy(bound.ranks, ranks_of(order, found), order->parts.own_count * sizeof *bound.ranks);
    if (nth == 0 && bounds->count == BOUNDS_MAX)
        nth = 1;
    bounds->count -= nth;
    memmove(bounds->items + 1, bounds->items + nth, (size_t)bounds->count * sizeof bound);
    bounds->items[0] = bound;
    bounds->count++;
}

/* What was found last is the first again: nothing was stamped since, and it is there and free. */
static bool is_found_again(const struct order *order, const struct order_bounds *bounds,
                           const struct placement_tally *tally, int32_t tree)
{
    const struct bound *last = &bounds->items[0];
    return bounds->count && latest_of(order, order->trees[tree].root) <= last->since &&
           (last->is_end ||
            (order->nodes[last->instance].tree == tree && !placement_tally_of(tally, last->instance)));
}

/* From bound to bound, and behind the last of them. */
static uint32_t first_free(const struct order *order, struct order_search *search,
                           const struct placement_tally *tally, int32_t tree)
{
    struct order_bounds *bounds = bounds_of(search, tree);
    if (is_found_again(order, bounds, tally, tree))
        return bounds->items[0].instance;
    const struct bound *from = NULL;
    uint32_t found = NIL;
    int nth = 0;
    for (; nth < bounds->count && found == NIL; from = &bounds->items[nth++])
        found = next_free(order, tree, tally,
                          (struct wanted){from, NIL, &bounds->items[nth], bounds->items[nth].since});
    if (found != NIL)
        nth--;
    else
        found = next_free(order, tree, tally, (struct wanted){from, NIL, &end, 0});
    bound_at(order, bounds, nth, found);
    return found;
}

/* --- answers ---------------------------------------------------------------------------------- */

void order_consider(const struct order *order, struct order_search *search,
                    const struct placement_tally *tally, struct choice *choice)
{
    for (int32_t tree = REFUSED_COUNT; tree < order->tree_count; tree++) {
        uint32_t first = first_free(order, search, tally, tree);
        if (first != NIL)
            choice_consider(choice, first);
    }
}

static void gather(const struct order *order, int32_t tree, uint32_t first,
                   const struct placement_tally *tally, struct choice *choice)
{
    for (uint32_t at = first; at != NIL && choice->tied_count <= TIED_MAX;
         at = next_free(order, tree, tally, (struct wanted){NULL, at, &end, 0})) {
        if (!choice_ties(choice, at))
            return;
        choice_add_tied(choice, at);
    }
}

void order_gather(const struct order *order, struct order_search *search, const struct placement_tally *tally,
                  struct choice *choice)
{
    for (int32_t tree = REFUSED_COUNT; tree < order->tree_count && choice->tied_count <= TIED_MAX; tree++) {
        uint32_t first = first_free(order, search, tally, tree);
        if (first != NIL)
            gather(order, tree, first, tally, choice);
    }
}

placement_instance order_first_refused(const struct order *order, struct order_search *search,
                                       const struct placement_tally *tally, enum placement_refusal refusal)
{
    uint32_t first = first_free(order, search, tally, (int32_t)refusal);
    return first == NIL ? PLACEMENT_NONE : first;
}
