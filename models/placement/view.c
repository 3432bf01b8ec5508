#include "models/placement/view.h"
#include <stdlib.h>
#include <string.h>

enum { NOWHERE = -1, HEAPS_MAX = REFUSED_COUNT + 256 };

struct heap {
    placement_instance *items;
    uint32_t count, capacity;
};

/* What is remembered of an instance. */
struct place {
    int32_t cell; /* the heap in which it stands when it is eligible; NOWHERE: nobody has asked yet */
    int32_t heap; /* the heap in which it stands */
    uint32_t index;
};

/* One combination of values of the attributes by which the chain ranks. */
struct cell {
    uint32_t values[PLACEMENT_STRATEGIES_MAX];
};

struct view {
    struct question question;
    struct placement_request request;
    struct list strategies, constraints[2], zones; /* copies, as the next two */
    struct host_port *ports;
    struct placement_filter *filters; /* in a row */
    const char *attributes[PLACEMENT_STRATEGIES_MAX];
    size_t attribute_count;
    size_t own_ranks[PLACEMENT_STRATEGIES_MAX]; /* strategies whose rank is an instance's own */
    size_t own_count;
    struct heap *heaps; /* by refusal, then by cell */
    struct cell *cells; /* beside the heaps */
    int32_t heap_count, heap_capacity;
    bool has_too_many_cells;
    struct place *places; /* by instance */
    int64_t *ranks;       /* own_count of each instance */
    size_t instance_capacity;
};

/* --- the question ----------------------------------------------------------------------------- */

static void *copy(const void *items, size_t count, size_t size)
{
    return count ? memcpy(memory_alloc(count * size), items, count * size) : NULL;
}

static const struct list *copy_list(struct list *into, const struct list *from, size_t size)
{
    if (!from)
        return NULL;
    *into = (struct list){from->count, copy(from->items, from->count, size)};
    return into;
}

static void copy_filters(struct view *view, const struct placement_filter *first)
{
    size_t count = 0;
    for (const struct placement_filter *each = first; each; each = each->next)
        count++;
    view->filters = count ? memory_alloc(count * sizeof *view->filters) : NULL;
    view->request.filter = view->filters;
    for (size_t i = 0; i < count; i++, first = first->next) {
        view->filters[i] = *first;
        view->filters[i].next = i + 1 < count ? &view->filters[i + 1] : NULL;
    }
}

static void copy_request(struct view *view, const struct placement_request *request)
{
    view->request = *request;
    view->request.ports = view->ports = copy(request->ports, request->port_count, sizeof *request->ports);
    view->request.availability_zones =
        copy_list(&view->zones, request->availability_zones, sizeof(const char *));
    view->request.strategies =
        copy_list(&view->strategies, request->strategies, sizeof(struct placement_strategy));
    for (size_t i = 0; i < 2; i++)
        view->request.constraints[i] =
            copy_list(&view->constraints[i], request->constraints[i], sizeof(struct placement_constraint));
    copy_filters(view, request->filter);
}

static void free_copies(struct view *view)
{
    free(view->strategies.items);
    free(view->constraints[0].items);
    free(view->constraints[1].items);
    free(view->zones.items);
    free(view->ports);
    free(view->filters);
}

static bool same_list(const struct list *a, const struct list *b, size_t size)
{
    size_t count = a ? a->count : 0;
    return count == (b ? b->count : 0) && (!count || !memcmp(a->items, b->items, count * size));
}

static bool same_ports(const struct placement_request *a, const struct placement_request *b)
{
    for (size_t i = 0; i < a->port_count && i < b->port_count; i++)
        if (a->ports[i].port != b->ports[i].port || a->ports[i].protocol != b->ports[i].protocol)
            return false;
    return a->port_count == b->port_count;
}

static bool same_filters(const struct placement_filter *a, const struct placement_filter *b)
{
    for (; a && b; a = a->next, b = b->next)
        if (a->admits != b->admits || a->context != b->context || a->refusal != b->refusal)
            return false;
    return !a && !b;
}

static bool same_demand(const struct placement_request *a, const struct placement_request *b)
{
    return a->group == b->group && a->cpu == b->cpu && a->memory_mib == b->memory_mib && a->gpus == b->gpus &&
           a->enis == b->enis && a->capabilities == b->capabilities &&
           a->uses_kept_room == b->uses_kept_room && same_ports(a, b);
}

static bool same_conditions(const struct placement_request *a, const struct placement_request *b)
{
    return same_list(a->strategies, b->strategies, sizeof(struct placement_strategy)) &&
           same_list(a->constraints[0], b->constraints[0], sizeof(struct placement_constraint)) &&
           same_list(a->constraints[1], b->constraints[1], sizeof(struct placement_constraint)) &&
           same_list(a->availability_zones, b->availability_zones, sizeof(const char *)) &&
           same_filters(a->filter, b->filter);
}

bool view_answers(const struct view *view, const struct question *question)
{
    return view->question.leaving == question->leaving && same_demand(&view->request, question->request) &&
           same_conditions(&view->request, question->request);
}

bool view_is_exact(const struct view *view)
{
    return !view->has_too_many_cells;
}

/* --- its making ------------------------------------------------------------------------------- */

static int32_t add_heap(struct view *view, const struct cell *cell)
{
    if (view->heap_count == view->heap_capacity) {
        view->heap_capacity = 2 * view->heap_capacity + REFUSED_COUNT;
        view->heaps = memory_grow(view->heaps, (size_t)view->heap_capacity, sizeof *view->heaps);
        view->cells = memory_grow(view->cells, (size_t)view->heap_capacity, sizeof *view->cells);
    }
    view->heaps[view->heap_count] = (struct heap){0};
    view->cells[view->heap_count] = *cell;
    return view->heap_count++;
}

/* Of two strategies that rank alike the second changes nothing, and costs little. */
static void read_chain(struct view *view)
{
    for (size_t i = 0; i < view->question.strategy_count; i++) {
        const struct placement_strategy *strategy = &view->question.strategies[i];
        const struct strategy_verbs *verbs = strategy->variant->verbs;
        const char *attribute = verbs->attribute ? verbs->attribute(strategy) : NULL;
        if (attribute)
            view->attributes[view->attribute_count++] = attribute;
        else
            view->own_ranks[view->own_count++] = i;
    }
}

struct view *view_new(const struct question *question)
{
    static const struct cell no_cell;
    struct view *view = memory_alloc(sizeof *view);
    *view = (struct view){.question = *question};
    copy_request(view, question->request);
    view->question.request = &view->request;
    view->question.strategies = view->strategies.items;
    read_chain(view);
    for (int refusal = 0; refusal < REFUSED_COUNT; refusal++)
        add_heap(view, &no_cell);
    return view;
}

void view_free(struct view *view)
{
    for (int32_t i = 0; i < view->heap_count; i++)
        free(view->heaps[i].items);
    free(view->heaps);
    free(view->cells);
    free(view->places);
    free(view->ranks);
    free_copies(view);
    free(view);
}

/* --- heaps ------------------------------------------------------------------------------------ */

static const int64_t *ranks_of(const struct view *view, placement_instance instance)
{
    return &view->ranks[instance * view->own_count];
}

static bool ranks_alike(const struct view *view, placement_instance a, placement_instance b)
{
    return !view->own_count ||
           !memcmp(ranks_of(view, a), ranks_of(view, b), view->own_count * sizeof(int64_t));
}

static bool is_before(const struct view *view, placement_instance a, placement_instance b)
{
    const int64_t *ranks = ranks_of(view, a), *others = ranks_of(view, b);
    for (size_t i = 0; i < view->own_count; i++)
        if (ranks[i] != others[i])
            return ranks[i] < others[i];
    return a < b;
}

static void put(struct view *view, struct heap *heap, uint32_t index, placement_instance instance)
{
    heap->items[index] = instance;
    view->places[instance].index = index;
}

/* The item at `index` is a hole that the instance fills, here or above. */
static void sift_up(struct view *view, struct heap *heap, uint32_t index, placement_instance instance)
{
    while (index > 0) {
        uint32_t parent = (index - 1) / 2;
        if (!is_before(view, instance, heap->items[parent]))
            break;
        put(view, heap, index, heap->items[parent]);
        index = parent;
    }
    put(view, heap, index, instance);
}

/* Likewise, here or below. */
static void sift_down(struct view *view, struct heap *heap, uint32_t index, placement_instance instance)
{
    for (uint32_t child; (child = 2 * index + 1) < heap->count; index = child) {
        if (child + 1 < heap->count && is_before(view, heap->items[child + 1], heap->items[child]))
            child++;
        if (!is_before(view, heap->items[child], instance))
            break;
        put(view, heap, index, heap->items[child]);
    }
    put(view, heap, index, instance);
}

static void enter(struct view *view, int32_t number, placement_instance instance)
{
    struct heap *heap = &view->heaps[number];
    if (heap->count == heap->capacity) {
        heap->capacity = 2 * heap->capacity + 16;
        heap->items = memory_grow(heap->items, heap->capacity, sizeof *heap->items);
    }
    view->places[instance].heap = number;
    sift_up(view, heap, heap->count++, instance);
}

static void leave(struct view *view, placement_instance instance)
{
    struct place *place = &view->places[instance];
    struct heap *heap = &view->heaps[place->heap];
    placement_instance last = heap->items[--heap->count];
    place->heap = NOWHERE;
    if (last == instance)
        return;
    uint32_t hole = place->index;
    if (hole > 0 && is_before(view, last, heap->items[(hole - 1) / 2]))
        sift_up(view, heap, hole, last);
    else
        sift_down(view, heap, hole, last);
}

/* --- instances -------------------------------------------------------------------------------- */

static void make_room(struct view *view, placement_instance instance)
{
    if (instance < view->instance_capacity)
        return;
    size_t before = view->instance_capacity, after = 2 * (size_t)instance + 16;
    view->places = memory_grow(view->places, after, sizeof *view->places);
    view->ranks = memory_grow(view->ranks, after * view->own_count + 1, sizeof *view->ranks);
    for (size_t i = before; i < after; i++)
        view->places[i] = (struct place){NOWHERE, NOWHERE, 0};
    view->instance_capacity = after;
}

static int32_t find_cell(struct view *view, placement_instance instance)
{
    struct cell wanted = {{0}};
    for (size_t i = 0; i < view->attribute_count; i++)
        wanted.values[i] = placement_value_of(view->question.placement, view->attributes[i], instance);
    for (int32_t i = REFUSED_COUNT; i < view->heap_count; i++)
        if (!memcmp(&view->cells[i], &wanted, sizeof wanted))
            return i;
    return view->heap_count < HEAPS_MAX ? add_heap(view, &wanted) : NOWHERE;
}

static int32_t heap_for(struct view *view, placement_instance instance)
{
    struct place *place = &view->places[instance];
    enum placement_refusal refusal = question_refuses(&view->question, instance);
    if (refusal != REFUSED_NOT)
        return refusal == REFUSED_INACTIVE ? NOWHERE : (int32_t)refusal;
    if (place->cell == NOWHERE)
        place->cell = find_cell(view, instance);
    view->has_too_many_cells |= place->cell == NOWHERE;
    return place->cell;
}

/* Those that are refused are equal. */
static void rank_anew(const struct view *view, placement_instance instance, bool eligible, int64_t *ranks)
{
    for (size_t i = 0; i < view->own_count; i++)
        ranks[i] = eligible ? question_rank(&view->question, view->own_ranks[i], instance) : 0;
}

/* Most of what touches an instance changes nothing that this question asks for. */
void view_refresh(struct view *view, placement_instance instance)
{
    make_room(view, instance);
    int64_t ranks[PLACEMENT_STRATEGIES_MAX], *known = &view->ranks[instance * view->own_count];
    size_t size = view->own_count * sizeof *known;
    int32_t heap = heap_for(view, instance), before = view->places[instance].heap;
    rank_anew(view, instance, heap >= REFUSED_COUNT, ranks);
    if (heap == before && (heap == NOWHERE || !memcmp(known, ranks, size)))
        return;
    if (before != NOWHERE)
        leave(view, instance);
    memcpy(known, ranks, size);
    if (heap != NOWHERE)
        enter(view, heap, instance);
}

/* --- answers ---------------------------------------------------------------------------------- */

/* Those that rank as the first of their heap does are the first in a row from the root down. */
static void gather(const struct view *view, const struct heap *heap, uint32_t index, struct choice *choice)
{
    if (index >= heap->count || choice->tied_count > TIED_MAX ||
        !ranks_alike(view, heap->items[index], heap->items[0]))
        return;
    choice_add_tied(choice, heap->items[index]);
    gather(view, heap, 2 * index + 1, choice);
    gather(view, heap, 2 * index + 2, choice);
}

static int in_order(const void *a, const void *b)
{
    placement_instance x = *(const placement_instance *)a, y = *(const placement_instance *)b;
    return (x > y) - (x < y);
}

/* The firsts of the cells have been considered; those that are tied with them are not yet. */
static void gather_all(const struct view *view, struct choice *choice)
{
    choice->tied_count = 0;
    for (int32_t i = REFUSED_COUNT; i < view->heap_count && choice->tied_count <= TIED_MAX; i++)
        if (view->heaps[i].count && choice_ties(choice, view->heaps[i].items[0]))
            gather(view, &view->heaps[i], 0, choice);
    if (choice->tied_count <= TIED_MAX)
        qsort(choice->tied, choice->tied_count, sizeof *choice->tied, in_order);
}

placement_instance view_choose(const struct view *view, const struct question *question)
{
    struct choice choice = {.question = question};
    for (int32_t i = REFUSED_COUNT; i < view->heap_count; i++)
        if (view->heaps[i].count)
            choice_consider(&choice, view->heaps[i].items[0]);
    if (question->draws && choice.tied_count)
        gather_all(view, &choice);
    return choice_take(&choice);
}

enum placement_refusal view_closest(const struct view *view, placement_instance *closest)
{
    for (int refusal = REFUSED_COUNT - 1; refusal > REFUSED_INACTIVE; refusal--)
        if (view->heaps[refusal].count) {
            *closest = view->heaps[refusal].items[0];
            return (enum placement_refusal)refusal;
        }
    *closest = PLACEMENT_NONE;
    return REFUSED_INACTIVE;
}
