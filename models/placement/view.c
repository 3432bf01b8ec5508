#include "models/placement/kept.h"
#include "models/placement/ranking.h"
#include "models/placement/tally.h"
#include <stdlib.h>
#include <string.h>

#define NO_PLACE UINT32_MAX

struct heap {
    uint32_t *items; /* numbers of places */
    uint32_t count, capacity;
};

/* What is remembered of an instance. Views of all have a place for each, numbered as they are; one that
 * watches forgets it when it stands nowhere and is not marked. */
struct place {
    placement_instance instance;
    int32_t cell;   /* the heap in which it stands when it is eligible; NOWHERE: nobody has asked yet */
    int32_t heap;   /* the heap in which it stands */
    uint32_t index; /* there; of a free place, the next free one */
    bool is_marked;
};

struct view {
    struct kept kept;
    struct heap *heaps; /* by where instances stand (kept.h) */
    int32_t heap_count, heap_capacity;
    struct place *places;
    struct numbers place_of; /* of a view that watches, by instance: 1 + the number of the place */
    int64_t *ranks;          /* own_count of each place */
    uint32_t place_count, place_capacity, free_place;
    struct census eligible; /* see view_eligible() */
    uint32_t *marked;       /* places that are marked */
    uint32_t marked_count, marked_capacity;
    bool reads_room;               /* its ranks depend on what remains of an instance */
    const struct ranking *ranking; /* that has the other instances, see ranking.h */
    struct ranking_search *search; /* there */
    struct placement_tally *watched;
    struct view *next_watcher;
};

bool view_answers(const struct view *view, const struct question *question)
{
    return kept_is(&view->kept, question);
}

placement_group view_group(const struct view *view)
{
    return view->kept.request.group;
}

bool view_is_exact(const struct view *view)
{
    return !view->kept.has_too_many_cells;
}

/* --- its making ------------------------------------------------------------------------------- */

static void have_heaps(struct view *view, int32_t count)
{
    if (count > view->heap_capacity) {
        view->heap_capacity = 2 * count;
        view->heaps = memory_grow(view->heaps, (size_t)view->heap_capacity, sizeof *view->heaps);
    }
    while (view->heap_count < count)
        view->heaps[view->heap_count++] = (struct heap){0};
}

/* Ranks of an instance's own that are not counts of its tasks read what remains of it. */
static bool reads_room(const struct view *view)
{
    for (size_t i = 0; i < view->kept.parts.own_count; i++)
        if (!placement_is_of_group(&view->kept.question.strategies[view->kept.parts.own[i]]))
            return true;
    return false;
}

struct view *view_new(const struct question *question)
{
    struct view *view = memory_alloc(sizeof *view);
    *view = (struct view){.free_place = NO_PLACE};
    kept_init(&view->kept, question);
    view->reads_room = reads_room(view);
    have_heaps(view, REFUSED_COUNT);
    return view;
}

/* --- watching --------------------------------------------------------------------------------- */

void view_watch(struct view *view, struct placement_tally *tally, const struct ranking *ranking,
                struct ranking_search *search)
{
    view->ranking = ranking;
    view->search = search;
    view->watched = tally;
    view->next_watcher = tally->watchers;
    tally->watchers = view;
    for (uint32_t i = 0; i < tally->by_instance.capacity; i++)
        if (tally->by_instance.items[i].value)
            view_mark(view, tally->by_instance.items[i].instance);
}

static void stop_watching(struct view *view)
{
    if (!view->watched)
        return;
    struct view **link = &view->watched->watchers;
    while (*link != view)
        link = &(*link)->next_watcher;
    *link = view->next_watcher;
}

bool view_hears_room(const struct view *view)
{
    return view->watched && view->reads_room && !view->ranking;
}

static bool hears(const struct view *view, const struct change *change)
{
    if (view->ranking)
        return view->ranking == change->ranking;
    switch (change->kind) {
    case CHANGE_ANY:
        return true;
    case CHANGE_ROOM:
        return view_hears_room(view);
    case CHANGE_RANKING:
        break;
    }
    return false;
}

void tally_tell(const struct placement_tally *tally, placement_instance instance, const struct change *change)
{
    for (struct view *each = tally->watchers; each; each = each->next_watcher)
        if (hears(each, change))
            view_mark(each, instance);
}

void view_tell_count(struct view *view, placement_instance instance)
{
    if (view->kept.is_of_group && !view->ranking && placement_tally_of(view->watched, instance))
        view_mark(view, instance);
}

void tally_mark(const struct placement_tally *tally, placement_instance instance)
{
    for (struct view *each = tally->watchers; each; each = each->next_watcher)
        view_mark(each, instance);
}

void view_free(struct view *view)
{
    for (int32_t i = 0; i < view->heap_count; i++)
        free(view->heaps[i].items);
    stop_watching(view);
    numbers_free(&view->place_of);
    census_free(&view->eligible);
    free(view->marked);
    free(view->heaps);
    free(view->places);
    free(view->ranks);
    kept_free(&view->kept);
    free(view);
}

/* --- heaps ------------------------------------------------------------------------------------ */

static const int64_t *ranks_of(const struct view *view, uint32_t place)
{
    return &view->ranks[place * view->kept.parts.own_count];
}

static placement_instance first_of(const struct view *view, const struct heap *heap)
{
    return view->places[heap->items[0]].instance;
}

static bool ranks_alike(const struct view *view, uint32_t a, uint32_t b)
{
    const int64_t *ranks = ranks_of(view, a), *others = ranks_of(view, b);
    for (size_t i = 0; i < view->kept.parts.own_count; i++)
        if (ranks[i] != others[i])
            return false;
    return true;
}

static bool is_before(const struct view *view, uint32_t a, uint32_t b)
{
    return kept_is_before(&view->kept, ranks_of(view, a), view->places[a].instance, ranks_of(view, b),
                          view->places[b].instance);
}

static void put(struct view *view, struct heap *heap, uint32_t index, uint32_t place)
{
    heap->items[index] = place;
    view->places[place].index = index;
}

/* The item at `index` is a hole that the place fills, here or above. */
static void sift_up(struct view *view, struct heap *heap, uint32_t index, uint32_t place)
{
    while (index > 0) {
        uint32_t parent = (index - 1) / 2;
        if (!is_before(view, place, heap->items[parent]))
            break;
        put(view, heap, index, heap->items[parent]);
        index = parent;
    }
    put(view, heap, index, place);
}

/* Likewise, here or below. */
static void sift_down(struct view *view, struct heap *heap, uint32_t index, uint32_t place)
{
    for (uint32_t child; (child = 2 * index + 1) < heap->count; index = child) {
        if (child + 1 < heap->count && is_before(view, heap->items[child + 1], heap->items[child]))
            child++;
        if (!is_before(view, heap->items[child], place))
            break;
        put(view, heap, index, heap->items[child]);
    }
    put(view, heap, index, place);
}

static void enter(struct view *view, int32_t number, uint32_t place)
{
    struct heap *heap = &view->heaps[number];
    if (heap->count == heap->capacity) {
        heap->capacity = 2 * heap->capacity + 16;
        heap->items = memory_grow(heap->items, heap->capacity, sizeof *heap->items);
    }
    view->places[place].heap = number;
    sift_up(view, heap, heap->count++, place);
}

static void leave(struct view *view, uint32_t place)
{
    struct place *at = &view->places[place];
    struct heap *heap = &view->heaps[at->heap];
    uint32_t last = heap->items[--heap->count];
    at->heap = NOWHERE;
    if (last == place)
        return;
    uint32_t hole = at->index;
    if (hole > 0 && is_before(view, last, heap->items[(hole - 1) / 2]))
        sift_up(view, heap, hole, last);
    else
        sift_down(view, heap, hole, last);
}

/* --- places ----------------------------------------------------------------------------------- */

static void make_room(struct view *view)
{
    uint32_t after = 2 * view->place_capacity + 16;
    view->places = memory_grow(view->places, after, sizeof *view->places);
    view->ranks = memory_grow(view->ranks, after * view->kept.parts.own_count + 1, sizeof *view->ranks);
    view->place_capacity = after;
}

static uint32_t free_or_new_place(struct view *view)
{
    uint32_t place = view->free_place;
    if (place != NO_PLACE) {
        view->free_place = view->places[place].index;
        return place;
    }
    if (view->place_count == view->place_capacity)
        make_room(view);
    return view->place_count++;
}

static void begin_place(struct view *view, uint32_t place, placement_instance instance)
{
    view->places[place] = (struct place){.instance = instance, .cell = NOWHERE, .heap = NOWHERE};
}

static uint32_t watched_place(struct view *view, placement_instance instance)
{
    uint32_t known = numbers_get(&view->place_of, instance);
    if (known)
        return known - 1;
    uint32_t place = free_or_new_place(view);
    begin_place(view, place, instance);
    numbers_set(&view->place_of, instance, place + 1);
    return place;
}

static uint32_t place_for(struct view *view, placement_instance instance)
{
    if (view->watched)
        return watched_place(view, instance);
    while (view->place_count <= instance) {
        uint32_t place = free_or_new_place(view);
        begin_place(view, place, place);
    }
    return instance;
}

static void release_place(struct view *view, uint32_t place)
{
    struct place *at = &view->places[place];
    numbers_set(&view->place_of, at->instance, 0);
    at->index = view->free_place;
    view->free_place = place;
}

/* --- instances -------------------------------------------------------------------------------- */

/* The group's last task there has gone: it is one of the others again. */
static bool is_left(const struct view *view, placement_instance instance)
{
    if (!view->watched || placement_tally_of(view->watched, instance))
        return false;
    if (view->ranking)
        ranking_return(view->ranking, view->search, instance);
    return true;
}

static int32_t heap_for(struct view *view, struct place *place)
{
    if (is_left(view, place->instance))
        return NOWHERE;
    int32_t heap = kept_stand(&view->kept, place->instance, &place->cell);
    have_heaps(view, heap + 1);
    return heap;
}

static void count_eligible(struct view *view, placement_instance instance, int32_t heap)
{
    if (view->kept.question.draws && !view->ranking)
        census_set(&view->eligible, instance, heap >= REFUSED_COUNT);
}

/* Most of what touches an instance changes nothing that this question asks for. */
static void refresh(struct view *view, uint32_t place)
{
    struct place *at = &view->places[place];
    int64_t ranks[PLACEMENT_STRATEGIES_MAX], *known = &view->ranks[place * view->kept.parts.own_count];
    size_t size = view->kept.parts.own_count * sizeof *known;
    int32_t heap = heap_for(view, at), before = at->heap;
    kept_ranks(&view->kept, at->instance, heap, ranks);
    if (heap == before && (heap == NOWHERE || !memcmp(known, ranks, size)))
        return;
    count_eligible(view, at->instance, heap);
    if (before != NOWHERE)
        leave(view, place);
    memcpy(known, ranks, size);
    if (heap != NOWHERE)
        enter(view, heap, place);
}

static void refresh_place(struct view *view, uint32_t place)
{
    refresh(view, place);
    if (view->watched && view->places[place].heap == NOWHERE && !view->places[place].is_marked)
        release_place(view, place);
}

void view_refresh(struct view *view, placement_instance instance)
{
    refresh_place(view, place_for(view, instance));
}

void view_mark(struct view *view, placement_instance instance)
{
    uint32_t place = place_for(view, instance);
    if (view->places[place].is_marked)
        return;
    if (view->marked_count == view->marked_capacity) {
        view->marked_capacity = 2 * view->marked_capacity + 16;
        view->marked = memory_grow(view->marked, view->marked_capacity, sizeof *view->marked);
    }
    view->places[place].is_marked = true;
    view->marked[view->marked_count++] = place;
}

void view_catch_up(struct view *view)
{
    for (uint32_t i = 0; i < view->marked_count; i++) {
        view->places[view->marked[i]].is_marked = false;
        refresh_place(view, view->marked[i]);
    }
    view->marked_count = 0;
}

/* --- answers ---------------------------------------------------------------------------------- */

const struct census *view_eligible(const struct view *view)
{
    return &view->eligible;
}

/* Those that rank as the first of their heap does are the first in a row from the root down. */
static void gather(const struct view *view, const struct heap *heap, uint32_t index, struct choice *choice)
{
    if (index >= heap->count || choice->tied_count > TIED_MAX ||
        !ranks_alike(view, heap->items[index], heap->items[0]))
        return;
    choice_add_tied(choice, view->places[heap->items[index]].instance);
    gather(view, heap, 2 * index + 1, choice);
    gather(view, heap, 2 * index + 2, choice);
}

void view_consider(const struct view *view, struct choice *choice)
{
    for (int32_t i = REFUSED_COUNT; i < view->heap_count; i++)
        if (view->heaps[i].count)
            choice_consider(choice, first_of(view, &view->heaps[i]));
}

static void gather_heap(const struct view *view, const struct heap *heap, struct choice *choice)
{
    if (!view->kept.parts.own_count && heap->count > TIED_MAX)
        choice_tie_many(choice);
    else
        gather(view, heap, 0, choice);
}

void view_gather(const struct view *view, struct choice *choice)
{
    for (int32_t i = REFUSED_COUNT; i < view->heap_count && choice->tied_count <= TIED_MAX; i++)
        if (view->heaps[i].count && choice_ties(choice, first_of(view, &view->heaps[i])))
            gather_heap(view, &view->heaps[i], choice);
}

placement_instance view_first_refused(const struct view *view, enum placement_refusal refusal)
{
    const struct heap *heap = &view->heaps[refusal];
    return heap->count ? first_of(view, heap) : PLACEMENT_NONE;
}
