#include "models/placement/ranking.h"
#include "models/placement/kept.h"
#include "models/placement/rest.h"
#include "sim/engine/check.h"
#include <stdlib.h>
#include <string.h>

enum { OWN_MAX = PLACEMENT_STRATEGIES_MAX, BOUNDS_MAX = 8 };
#define NIL UINT32_MAX

struct node {
    uint32_t left, right; /* instances, or NIL */
    uint32_t stamp, latest;
    int32_t tree, cell; /* the tree in which it stands; that of its cell, NOWHERE: nobody has asked yet */
};

struct ranking {
    struct kept kept;
    uint32_t *roots; /* of the trees, by where instances stand (kept.h) */
    int32_t tree_count, tree_capacity;
    struct node *nodes; /* by instance */
    int64_t *ranks;     /* own_count of each instance */
    size_t capacity;
    struct census eligible; /* see ranking_eligible() */
    uint32_t now;           /* the latest stamp */
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
struct ranking_bounds {
    struct bound items[BOUNDS_MAX]; /* from the lowest up */
    int count;
};

/* --- the question ----------------------------------------------------------------------------- */

bool ranking_serves(const struct ranking *ranking, const struct question *question)
{
    struct rest rest;
    struct question without = rest_of_question(&rest, question);
    return kept_is(&ranking->kept, &without);
}

bool ranking_is_exact(const struct ranking *ranking)
{
    return !ranking->kept.has_too_many_cells;
}

/* --- its making ------------------------------------------------------------------------------- */

static void have_trees(struct ranking *ranking, int32_t count)
{
    if (count > ranking->tree_capacity) {
        ranking->tree_capacity = 2 * count;
        ranking->roots = memory_grow(ranking->roots, (size_t)ranking->tree_capacity, sizeof *ranking->roots);
    }
    while (ranking->tree_count < count)
        ranking->roots[ranking->tree_count++] = NIL;
}

struct ranking *ranking_new(const struct question *question)
{
    struct rest rest;
    struct question without = rest_of_question(&rest, question);
    struct ranking *ranking = memory_alloc(sizeof *ranking);
    *ranking = (struct ranking){.now = 0};
    kept_init(&ranking->kept, &without);
    have_trees(ranking, REFUSED_COUNT);
    return ranking;
}

void ranking_free(struct ranking *ranking)
{
    kept_free(&ranking->kept);
    census_free(&ranking->eligible);
    free(ranking->roots);
    free(ranking->nodes);
    free(ranking->ranks);
    free(ranking);
}

static void make_room(struct ranking *ranking, placement_instance instance)
{
    if (instance < ranking->capacity)
        return;
    size_t before = ranking->capacity, after = 2 * (size_t)instance + 16;
    ranking->nodes = memory_grow(ranking->nodes, after, sizeof *ranking->nodes);
    ranking->ranks =
        memory_grow(ranking->ranks, after * ranking->kept.parts.own_count + 1, sizeof *ranking->ranks);
    for (size_t i = before; i < after; i++)
        ranking->nodes[i] = (struct node){.tree = NOWHERE, .cell = NOWHERE};
    ranking->capacity = after;
}

/* --- treaps ----------------------------------------------------------------------------------- */

static const int64_t *ranks_of(const struct ranking *ranking, placement_instance instance)
{
    return &ranking->ranks[instance * ranking->kept.parts.own_count];
}

static bool is_before(const struct ranking *ranking, uint32_t a, uint32_t b)
{
    return kept_compare(&ranking->kept, ranks_of(ranking, a), a, ranks_of(ranking, b), b) < 0;
}

/* Parents have more of it than their children; a mix of the instance's bits. */
static uint32_t priority(uint32_t instance)
{
    uint32_t bits = (instance + 1) * 0x9e3779b1u;
    bits = (bits ^ (bits >> 15)) * 0x85ebca6bu;
    return bits ^ (bits >> 13);
}

static uint32_t latest_of(const struct ranking *ranking, uint32_t root)
{
    return root == NIL ? 0 : ranking->nodes[root].latest;
}

static void look_below(struct ranking *ranking, uint32_t root)
{
    struct node *node = &ranking->nodes[root];
    uint32_t left = latest_of(ranking, node->left), right = latest_of(ranking, node->right);
    uint32_t below = left > right ? left : right;
    node->latest = node->stamp > below ? node->stamp : below;
}

static void split(struct ranking *ranking, uint32_t root, uint32_t at, uint32_t *before, uint32_t *behind)
{
    if (root == NIL) {
        *before = *behind = NIL;
        return;
    }
    struct node *node = &ranking->nodes[root];
    if (is_before(ranking, root, at)) {
        split(ranking, node->right, at, &node->right, behind);
        *before = root;
    } else {
        split(ranking, node->left, at, before, &node->left);
        *behind = root;
    }
    look_below(ranking, root);
}

static uint32_t join(struct ranking *ranking, uint32_t before, uint32_t behind)
{
    if (before == NIL || behind == NIL)
        return before == NIL ? behind : before;
    bool first = priority(before) > priority(behind);
    uint32_t root = first ? before : behind;
    struct node *node = &ranking->nodes[root];
    if (first)
        node->right = join(ranking, node->right, behind);
    else
        node->left = join(ranking, before, node->left);
    look_below(ranking, root);
    return root;
}

static void insert(struct ranking *ranking, uint32_t *root, uint32_t instance)
{
    while (*root != NIL && priority(*root) > priority(instance)) {
        struct node *node = &ranking->nodes[*root];
        node->latest = ranking->nodes[instance].stamp; /* no stamp is later */
        root = is_before(ranking, instance, *root) ? &node->left : &node->right;
    }
    struct node *node = &ranking->nodes[instance];
    split(ranking, *root, instance, &node->left, &node->right);
    look_below(ranking, instance);
    *root = instance;
}

static uint32_t remove_from(struct ranking *ranking, uint32_t root, uint32_t instance)
{
    struct node *node = &ranking->nodes[root];
    if (root == instance)
        return join(ranking, node->left, node->right);
    uint32_t *child = is_before(ranking, instance, root) ? &node->left : &node->right;
    *child = remove_from(ranking, *child, instance);
    look_below(ranking, root);
    return root;
}

static void stamp_node(struct ranking *ranking, struct node *node)
{
    node->stamp = ++ranking->now;
    CHECK(ranking->now != 0);
}

static void stamp(struct ranking *ranking, placement_instance instance)
{
    struct node *node = &ranking->nodes[instance];
    stamp_node(ranking, node);
    if (node->tree == NOWHERE)
        return;
    for (uint32_t at = ranking->roots[node->tree]; at != instance;
         at = is_before(ranking, instance, at) ? ranking->nodes[at].left : ranking->nodes[at].right)
        ranking->nodes[at].latest = ranking->now;
    node->latest = ranking->now;
}

/* --- instances -------------------------------------------------------------------------------- */

static int32_t tree_for(struct ranking *ranking, placement_instance instance)
{
    int32_t tree = kept_stand(&ranking->kept, instance, &ranking->nodes[instance].cell);
    have_trees(ranking, tree + 1);
    return tree;
}

static void leave(struct ranking *ranking, placement_instance instance)
{
    uint32_t *root = &ranking->roots[ranking->nodes[instance].tree];
    *root = remove_from(ranking, *root, instance);
}

static void enter(struct ranking *ranking, placement_instance instance)
{
    struct node *node = &ranking->nodes[instance];
    stamp_node(ranking, node);
    insert(ranking, &ranking->roots[node->tree], instance);
}

bool ranking_refresh(struct ranking *ranking, placement_instance instance)
{
    make_room(ranking, instance);
    int64_t ranks[OWN_MAX], *known = &ranking->ranks[instance * ranking->kept.parts.own_count];
    size_t size = ranking->kept.parts.own_count * sizeof *known;
    int32_t tree = tree_for(ranking, instance), before = ranking->nodes[instance].tree;
    kept_ranks(&ranking->kept, instance, tree, ranks);
    if (tree == before && (tree == NOWHERE || !memcmp(known, ranks, size)))
        return false;
    if (ranking->kept.question.draws)
        census_set(&ranking->eligible, instance, tree >= REFUSED_COUNT);
    if (before != NOWHERE)
        leave(ranking, instance);
    memcpy(known, ranks, size);
    ranking->nodes[instance].tree = tree;
    if (tree != NOWHERE)
        enter(ranking, instance);
    return true;
}

void ranking_stamp(struct ranking *ranking, placement_instance instance)
{
    if (instance < ranking->capacity)
        stamp(ranking, instance);
}

/* --- the first without a task ----------------------------------------------------------------- */

/* What is looked for: not before `from`, behind `after`, before the bound and stamped since. */
struct wanted {
    const struct bound *from; /* NULL: the start */
    uint32_t after;           /* NIL: the start */
    const struct bound *bound;
    uint32_t since;
};

static bool is_before_bound(const struct ranking *ranking, uint32_t instance, const struct bound *bound)
{
    return bound->is_end || kept_compare(&ranking->kept, ranks_of(ranking, instance), instance, bound->ranks,
                                         bound->instance) < 0;
}

static bool is_too_early(const struct ranking *ranking, uint32_t instance, const struct wanted *wanted)
{
    return (wanted->from && is_before_bound(ranking, instance, wanted->from)) ||
           (wanted->after != NIL && !is_before(ranking, wanted->after, instance));
}

static uint32_t next(const struct ranking *ranking, uint32_t root, const struct wanted *wanted)
{
    if (root == NIL)
        return NIL;
    const struct node *node = &ranking->nodes[root];
    if (node->latest <= wanted->since)
        return NIL;
    if (is_too_early(ranking, root, wanted))
        return next(ranking, node->right, wanted);
    uint32_t found = next(ranking, node->left, wanted);
    if (found != NIL || !is_before_bound(ranking, root, wanted->bound))
        return found;
    return node->stamp > wanted->since ? root : next(ranking, node->right, wanted);
}

static uint32_t next_free(const struct ranking *ranking, int32_t tree, const struct placement_tally *tally,
                          struct wanted wanted)
{
    do
        wanted.after = next(ranking, ranking->roots[tree], &wanted);
    while (wanted.after != NIL && placement_tally_of(tally, wanted.after));
    return wanted.after;
}

static struct ranking_bounds *bounds_of(struct ranking_search *search, int32_t tree)
{
    if (tree >= search->count) {
        int32_t count = 2 * tree + 1;
        search->bounds = memory_grow(search->bounds, (size_t)count, sizeof *search->bounds);
        memset(search->bounds + search->count, 0, (size_t)(count - search->count) * sizeof *search->bounds);
        search->count = count;
    }
    return &search->bounds[tree];
}

void ranking_search_free(struct ranking_search *search)
{
    free(search->bounds);
}

/* The bounds from the nth on stay. */
static void bound_at(const struct ranking *ranking, struct ranking_bounds *bounds, int nth, uint32_t found)
{
    struct bound bound = {.is_end = found == NIL, .instance = found, .since = ranking->now};
    if (found != NIL && ranking->kept.parts.own_count)
        memcpy(bound.ranks, ranks_of(ranking, found), ranking->kept.parts.own_count * sizeof *bound.ranks);
    if (nth == 0 && bounds->count == BOUNDS_MAX)
        nth = 1;
    bounds->count -= nth;
    memmove(bounds->items + 1, bounds->items + nth, (size_t)bounds->count * sizeof bound);
    bounds->items[0] = bound;
    bounds->count++;
}

/* What was found last is the first again: nothing was stamped since, and it is there and free. */
static bool is_found_again(const struct ranking *ranking, const struct ranking_bounds *bounds,
                           const struct placement_tally *tally, int32_t tree)
{
    const struct bound *last = &bounds->items[0];
    return bounds->count && latest_of(ranking, ranking->roots[tree]) <= last->since &&
           (last->is_end ||
            (ranking->nodes[last->instance].tree == tree && !placement_tally_of(tally, last->instance)));
}

/* From bound to bound, and behind the last of them. */
static uint32_t first_free(const struct ranking *ranking, struct ranking_search *search,
                           const struct placement_tally *tally, int32_t tree)
{
    struct ranking_bounds *bounds = bounds_of(search, tree);
    if (is_found_again(ranking, bounds, tally, tree))
        return bounds->items[0].instance;
    const struct bound *from = NULL;
    uint32_t found = NIL;
    int nth = 0;
    for (; nth < bounds->count && found == NIL; from = &bounds->items[nth++])
        found = next_free(ranking, tree, tally,
                          (struct wanted){from, NIL, &bounds->items[nth], bounds->items[nth].since});
    if (found != NIL)
        nth--;
    else
        found = next_free(ranking, tree, tally, (struct wanted){from, NIL, &end, 0});
    bound_at(ranking, bounds, nth, found);
    return found;
}

/* --- answers ---------------------------------------------------------------------------------- */

void ranking_consider(const struct ranking *ranking, struct ranking_search *search,
                      const struct placement_tally *tally, struct choice *choice)
{
    for (int32_t tree = REFUSED_COUNT; tree < ranking->tree_count; tree++) {
        uint32_t first = first_free(ranking, search, tally, tree);
        if (first != NIL)
            choice_consider(choice, first);
    }
}

const struct census *ranking_eligible(const struct ranking *ranking)
{
    return &ranking->eligible;
}

static void gather(const struct ranking *ranking, int32_t tree, uint32_t first,
                   const struct placement_tally *tally, struct choice *choice)
{
    for (uint32_t at = first; at != NIL && choice->tied_count <= TIED_MAX;
         at = next_free(ranking, tree, tally, (struct wanted){NULL, at, &end, 0})) {
        if (!choice_ties(choice, at))
            return;
        choice_add_tied(choice, at);
    }
}

void ranking_gather(const struct ranking *ranking, struct ranking_search *search,
                    const struct placement_tally *tally, struct choice *choice)
{
    for (int32_t tree = REFUSED_COUNT; tree < ranking->tree_count && choice->tied_count <= TIED_MAX; tree++) {
        uint32_t first = first_free(ranking, search, tally, tree);
        if (first != NIL)
            gather(ranking, tree, first, tally, choice);
    }
}

placement_instance ranking_first_refused(const struct ranking *ranking, struct ranking_search *search,
                                         const struct placement_tally *tally, enum placement_refusal refusal)
{
    uint32_t first = first_free(ranking, search, tally, (int32_t)refusal);
    return first == NIL ? PLACEMENT_NONE : first;
}
