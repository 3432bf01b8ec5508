#include "models/ecs/image/fair_share.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include <stdlib.h>

/* Bytes times a million; a class that is never empty for years would overflow 64 bits. */
typedef __int128 progress;

struct flow {
    progress target;   /* of its class's virtual time: it is done */
    uint64_t sequence; /* of its beginning */
    uint64_t tag;
    uint32_t class;
    uint32_t position; /* in its class's heap; of a free flow, the next free one */
};

struct class
{
    int64_t cap, rate;
    progress virtual_time;
    uint32_t *heap; /* flows, the first to be done at its top */
    uint32_t count, capacity;
};

struct fair_share {
    int64_t limit;
    simtime as_of; /* of all virtual times */
    struct flow *flows;
    struct class *classes;
    uint32_t *by_cap; /* classes, the smallest cap first */
    uint32_t flow_count, class_count, first_free;
    int64_t alive;
    uint64_t begun;
};

struct fair_share *fair_share_new(int64_t limit)
{
    struct fair_share *share = memory_alloc(sizeof *share);
    *share = (struct fair_share){.limit = limit, .flow_count = 1};
    share->flows = memory_grow(NULL, 1, sizeof *share->flows); /* NO_FLOW */
    return share;
}

void fair_share_free(struct fair_share *share)
{
    if (!share)
        return;
    for (uint32_t i = 0; i < share->class_count; i++)
        free(share->classes[i].heap);
    free(share->classes);
    free(share->by_cap);
    free(share->flows);
    free(share);
}

int64_t fair_share_rate(const struct fair_share *share, uint32_t flow)
{
    return share->classes[share->flows[flow].class].rate;
}

/* --- the heap of a class ---------------------------------------------------------------------- */

static bool is_before(const struct fair_share *share, uint32_t a, uint32_t b)
{
    const struct flow *first = &share->flows[a], *second = &share->flows[b];
    if (first->target != second->target)
        return first->target < second->target;
    return first->sequence < second->sequence;
}

static void put(struct fair_share *share, struct class *class, uint32_t position, uint32_t flow)
{
    class->heap[position] = flow;
    share->flows[flow].position = position;
}

static void rise(struct fair_share *share, struct class *class, uint32_t position)
{
    uint32_t flow = class->heap[position];
    while (position > 0 && is_before(share, flow, class->heap[(position - 1) / 2])) {
        put(share, class, position, class->heap[(position - 1) / 2]);
        position = (position - 1) / 2;
    }
    put(share, class, position, flow);
}

static void sink(struct fair_share *share, struct class *class, uint32_t position)
{
    uint32_t flow = class->heap[position];
    for (;;) {
        uint32_t child = 2 * position + 1;
        if (child + 1 < class->count && is_before(share, class->heap[child + 1], class->heap[child]))
            child++;
        if (child >= class->count || !is_before(share, class->heap[child], flow))
            break;
        put(share, class, position, class->heap[child]);
        position = child;
    }
    put(share, class, position, flow);
}

static void add_to_heap(struct fair_share *share, struct class *class, uint32_t flow)
{
    if (class->count == class->capacity) {
        class->capacity = class->capacity ? 2 * class->capacity : 4;
        class->heap = memory_grow(class->heap, class->capacity, sizeof *class->heap);
    }
    class->heap[class->count] = flow;
    rise(share, class, class->count++);
}

static void remove_from_heap(struct fair_share *share, struct class *class, uint32_t flow)
{
    uint32_t position = share->flows[flow].position, last = class->heap[--class->count];
    if (last == flow)
        return;
    put(share, class, position, last);
    rise(share, class, position);
    sink(share, class, share->flows[last].position);
}

/* --- classes ---------------------------------------------------------------------------------- */

static void order_last_class(struct fair_share *share)
{
    uint32_t place = share->class_count - 1;
    int64_t cap = share->classes[place].cap;
    share->by_cap = memory_grow(share->by_cap, share->class_count, sizeof *share->by_cap);
    for (; place > 0 && share->classes[share->by_cap[place - 1]].cap > cap; place--)
        share->by_cap[place] = share->by_cap[place - 1];
    share->by_cap[place] = share->class_count - 1;
}

static uint32_t class_of(struct fair_share *share, int64_t cap)
{
    for (uint32_t i = 0; i < share->class_count; i++)
        if (share->classes[i].cap == cap)
            return i;
    share->classes = memory_grow(share->classes, share->class_count + 1, sizeof *share->classes);
    share->classes[share->class_count++] = (struct class){.cap = cap};
    order_last_class(share);
    return share->class_count - 1;
}

static void advance(struct fair_share *share, simtime now)
{
    for (uint32_t i = 0; i < share->class_count; i++)
        share->classes[i].virtual_time += (progress)share->classes[i].rate * (now - share->as_of);
    share->as_of = now;
}

static void set_rate(struct class *class, int64_t rate)
{
    class->rate = class->count ? rate : 0;
    if (!class->count)
        class->virtual_time = 0;
}

/* From the smallest cap on: who can have its cap has it. The first that cannot finds the level for itself and
 * all above it. */
static void share_out(struct fair_share *share)
{
    int64_t left = share->limit, flows = share->alive, level = INT64_MAX;
    for (uint32_t i = 0; i < share->class_count; i++) {
        struct class *class = &share->classes[share->by_cap[i]];
        if (level == INT64_MAX && class->count && class->cap > left / flows)
            level = left / flows > 1 ? left / flows : 1;
        set_rate(class, class->cap < level ? class->cap : level);
        left -= class->rate * class->count;
        flows -= class->count;
    }
}

/* --- flows ------------------------------------------------------------------------------------ */

static uint32_t take_flow(struct fair_share *share)
{
    uint32_t flow = share->first_free;
    if (flow) {
        share->first_free = share->flows[flow].position;
        return flow;
    }
    share->flows = memory_grow(share->flows, share->flow_count + 1, sizeof *share->flows);
    return share->flow_count++;
}

static void give_flow(struct fair_share *share, uint32_t flow)
{
    remove_from_heap(share, &share->classes[share->flows[flow].class], flow);
    share->flows[flow].position = share->first_free;
    share->first_free = flow;
    share->alive--;
    share_out(share);
}

uint32_t fair_share_begin(struct fair_share *share, simtime now, int64_t cap, int64_t bytes, uint64_t tag)
{
    advance(share, now);
    uint32_t class = class_of(share, cap), flow = take_flow(share);
    share->flows[flow] = (struct flow){
        .target = share->classes[class].virtual_time + (progress)bytes * SIMTIME_SECOND,
        .sequence = share->begun++,
        .tag = tag,
        .class = class,
    };
    add_to_heap(share, &share->classes[class], flow);
    share->alive++;
    share_out(share);
    return flow;
}

void fair_share_end(struct fair_share *share, simtime now, uint32_t flow)
{
    advance(share, now);
    give_flow(share, flow);
}

static simtime done_at(const struct fair_share *share, const struct class *class)
{
    progress left = share->flows[class->heap[0]].target - class->virtual_time;
    if (left <= 0)
        return share->as_of;
    progress after = (left + class->rate - 1) / class->rate;
    return after < SIMTIME_NEVER ? simtime_after(share->as_of, (simtime)after) : SIMTIME_NEVER;
}

simtime fair_share_next(const struct fair_share *share)
{
    simtime next = SIMTIME_NEVER;
    for (uint32_t i = 0; i < share->class_count; i++) {
        const struct class *class = &share->classes[i];
        simtime at = class->count ? done_at(share, class) : SIMTIME_NEVER;
        next = at < next ? at : next;
    }
    return next;
}

bool fair_share_finish(struct fair_share *share, simtime now, uint64_t *tag)
{
    advance(share, now);
    for (uint32_t i = 0; i < share->class_count; i++) {
        struct class *class = &share->classes[share->by_cap[i]];
        if (!class->count || share->flows[class->heap[0]].target > class->virtual_time)
            continue;
        uint32_t flow = class->heap[0];
        *tag = share->flows[flow].tag;
        give_flow(share, flow);
        return true;
    }
    return false;
}
