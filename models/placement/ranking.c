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

/* A place in a tree's order. Of a search: before it, and not before the next lower one, all that were not
 * stamped since have a task of the group or were returned. */
struct bound {
    bool is_end; /* behind all */
    placement_instance instance;
    int64_t ranks[OWN_MAX];
    uint32_t since;
};

static const struct bound end = {.is_end = true};

/* What a search has seen of a tree. The lower a bound, the later; of too many the latest are made one. */
struct seen {
    struct bound bounds[BOUNDS_MAX]; /* from the lowest up */
    int count;
    /* A heap of the places of instances that were returned; true unless it was stamped since or has a task
     * again. */
    struct bound *returned;
    uint32_t returned_count, returned_capacity;
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
    return kept_is_before(&ranking->kept, ranks_of(ranking, a), a, ranks_of(ranking, b), b);
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
    node->stamp = ++ranking->now;
    CHECK(ranking->now != 0);
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
    return bound->is_end || kept_is_before(&ranking->kept, ranks_of(ranking, instance), instance,
                                           bound->ranks, bound->instance);
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

static struct seen *seen_of(struct ranking_search *search, int32_t tree)
{
    if (tree >= search->count) {
        int32_t count = 2 * tree + 1;
        search->seen = memory_grow(search->seen, (size_t)count, sizeof *search->seen);
        memset(search->seen + search->count, 0, (size_t)(count - search->count) * sizeof *search->seen);
        search->count = count;
    }
    return &search->seen[tree];
}

void ranking_search_free(struct ranking_search *search)
{
    for (int32_t tree = 0; tree < search->count; tree++)
        free(search->seen[tree].returned);
    free(search->seen);
}

static struct bound bound_of(const struct ranking *ranking, uint32_t instance)
{
    struct bound bound = {.is_end = instance == NIL, .instance = instance, .since = ranking->now};
    if (instance != NIL && ranking->kept.parts.own_count)
        memcpy(bound.ranks, ranks_of(ranking, instance), ranking->kept.parts.own_count * sizeof *bound.ranks);
    return bound;
}

/* The bounds from the nth on stay. */
static void bound_at(const struct ranking *ranking, struct seen *seen, int nth, uint32_t found)
{
    if (nth == 0 && seen->count == BOUNDS_MAX)
        nth = 1;
    seen->count -= nth;
    memmove(seen->bounds + 1, seen->bounds + nth, (size_t)seen->count * sizeof *seen->bounds);
    seen->bounds[0] = bound_of(ranking, found);
    seen->count++;
}

/* What was found last is the first again: nothing was stamped since, and it is there and free. */
static bool is_found_again(const struct ranking *ranking, const struct seen *seen,
                           const struct placement_tally *tally, int32_t tree)
{
    const struct bound *last = &seen->bounds[0];
    return seen->count && latest_of(ranking, ranking->roots[tree]) <= last->since &&
           (last->is_end ||
            (ranking->nodes[last->instance].tree == tree && !placement_tally_of(tally, last->instance)));
}

/* Of those that were not returned: from bound to bound, and behind the last of them. */
static uint32_t first_unseen(const struct ranking *ranking, struct seen *seen,
                             const struct placement_tally *tally, int32_t tree)
{
    if (is_found_again(ranking, seen, tally, tree))
        return seen->bounds[0].instance;
    const struct bound *from = NULL;
    uint32_t found = NIL;
    int nth = 0;
    for (; nth < seen->count && found == NIL; from = &seen->bounds[nth++])
        found = next_free(ranking, tree, tally,
                          (struct wanted){from, NIL, &seen->bounds[nth], seen->bounds[nth].since});
    if (found != NIL)
        nth--;
    else
        found = next_free(ranking, tree, tally, (struct wanted){from, NIL, &end, 0});
    bound_at(ranking, seen, nth, found);
    return found;
}

/* --- what was returned ------------------------------------------------------------------------ */

static bool stands_before(const struct ranking *ranking, const struct bound *a, const struct bound *b)
{
    return kept_is_before(&ranking->kept, a->ranks, a->instance, b->ranks, b->instance);
}

static void add_returned(const struct ranking *ranking, struct seen *seen, struct bound bound)
{
    if (seen->returned_count == seen->returned_capacity) {
        seen->returned_capacity = 2 * seen->returned_capacity + 4;
        seen->returned = memory_grow(seen->returned, seen->returned_capacity, sizeof *seen->returned);
    }
    uint32_t at = seen->returned_count++;
    for (; at > 0 && stands_before(ranking, &bound, &seen->returned[(at - 1) / 2]); at = (at - 1) / 2)
        seen->returned[at] = seen->returned[(at - 1) / 2];
    seen->returned[at] = bound;
}

static void drop_first_returned(const struct ranking *ranking, struct seen *seen)
{
    struct bound *heap = seen->returned, last = heap[--seen->returned_count];
    uint32_t at = 0;
    for (uint32_t child; (child = 2 * at + 1) < seen->returned_count; at = child) {
        if (child + 1 < seen->returned_count && stands_before(ranking, &heap[child + 1], &heap[child]))
            child++;
        if (!stands_before(ranking, &heap[child], &last))
            break;
        heap[at] = heap[child];
    }
    heap[at] = last;
}

/* Behind the last bound nobody has looked. Where more were returned than there are, most are gone again: to
 * look anew costs no more, and memory stays bounded. */
void ranking_return(const struct ranking *ranking, struct ranking_search *search, placement_instance instance)
{
    int32_t tree = instance < ranking->capacity ? ranking->nodes[instance].tree : NOWHERE;
    if (tree == NOWHERE)
        return;
    struct seen *seen = seen_of(search, tree);
    if (seen->returned_count > ranking->capacity)
        seen->count = seen->returned_count = 0;
    if (seen->count && is_before_bound(ranking, instance, &seen->bounds[seen->count - 1]))
        add_returned(ranking, seen, bound_of(ranking, instance));
}

static bool is_still_free(const struct ranking *ranking, const struct bound *returned,
                          const struct placement_tally *tally, int32_t tree)
{
    const struct node *node = &ranking->nodes[returned->instance];
    return node->tree == tree && node->stamp <= returned->since &&
           !placement_tally_of(tally, returned->instance);
}

static uint32_t first_returned(const struct ranking *ranking, struct seen *seen,
                               const struct placement_tally *tally, int32_t tree)
{
    while (seen->returned_count && !is_still_free(ranking, &seen->returned[0], tally, tree))
        drop_first_returned(ranking, seen);
    return seen->returned_count ? seen->returned[0].instance : NIL;
}

static uint32_t first_free(const struct ranking *ranking, struct ranking_search *search,
                           const struct placement_tally *tally, int32_t tree)
{
    struct seen *seen = seen_of(search, tree);
    uint32_t unseen = first_unseen(ranking, seen, tally, tree);
    uint32_t returned = first_returned(ranking, seen, tally, tree);
    bool returns = unseen == NIL || (returned != NIL && is_before(ranking, returned, unseen));
    return returns ? returned : unseen;
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
