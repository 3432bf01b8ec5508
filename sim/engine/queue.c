#include "sim/engine/queue.h"
#include "sim/engine/arena.h"
#include "sim/engine/check.h"
#include "sim/engine/hash.h"
#include "sim/engine/radix.h"
#include <stdlib.h>
#include <string.h>

enum { SLOT_BITS = 24, SEQUENCE_BITS = 40, PHASE_BITS = 2, DEAD_AT_LEAST = 64 };

enum {
    NEAR_MOST = 128,   /* keys that go to an empty heap at once */
    ROOM_LEAST = 2048, /* keys that it takes before they are spread; so many fit into the nearest cache */
};

#define SLOT_MASK ((UINT64_C(1) << SLOT_BITS) - 1)
#define SEQUENCE_MASK ((UINT64_C(1) << SEQUENCE_BITS) - 1)
#define TIME_END (UINT64_C(1) << 61)
#define NO_SLOT UINT32_MAX
#define NO_END UINT64_MAX
#define NOBODY UINT64_MAX /* the order of a free slot: that of no event */

/* Two to a cache line. */
struct slot {
    uint64_t order;
    uint64_t subject;
    uint64_t argument;
    uint32_t next_free;
    uint16_t kind;
};

/* Invariants: heap[i] <= heap[4i+1 .. 4i+4], but for the root where `hole` is set. All times in the heap are
 * before `near_end`, all in `far` are not. A key is alive if its slot holds its order; `dead` counts the
 * others. heap[1], and with it every group of four siblings, starts a cache line. */
struct queue {
    event_key *heap;
    void *heap_memory;
    size_t count; /* of keys in the heap, the hole and the dead included */
    size_t capacity;
    size_t room; /* as many keys as the heap takes before they are spread; at most the capacity */
    uint64_t near_end;
    struct radix far;
    size_t dead;
    bool hole; /* the root left and nothing has taken its place; the next push will */
    struct slot *slots;
    uint32_t slot_count, slot_capacity, free_head;
    uint64_t sequence; /* of the next push; starts at 1, so that no handle is 0 */
    uint64_t scramble; /* odd where ties are shuffled, else 0 */
};

void queue_free(struct queue *queue)
{
    if (!queue)
        return;
    radix_free(&queue->far);
    free(queue->heap_memory);
    free(queue->slots);
    free(queue);
}

void queue_shuffle_ties(struct queue *queue, uint64_t key)
{
    CHECK(queue->sequence == 1); /* else old and new handles could be equal */
    queue->scramble = hash_mix(key) | 1;
}

/* Three keys before the root make heap[1] the first of a cache line, so that no sibling group straddles one.
 */
static void grow_heap(struct queue *queue, size_t capacity)
{
    enum { BEFORE = 3 };
    size_t old_bytes = queue->capacity ? (BEFORE + queue->capacity) * sizeof(event_key) : 0;
    queue->heap_memory =
        memory_grow_aligned(queue->heap_memory, old_bytes, (BEFORE + capacity) * sizeof(event_key));
    queue->heap = (event_key *)queue->heap_memory + BEFORE;
    queue->capacity = capacity;
}

/* For so many keys, and as many again before they are spread, which then pays for itself. */
static void set_room(struct queue *queue, size_t count)
{
    queue->room = ROOM_LEAST + 2 * count;
    if (queue->room > queue->capacity)
        grow_heap(queue, queue->room);
}

struct queue *queue_new(void)
{
    struct queue *queue = memory_alloc(sizeof *queue);
    queue->sequence = 1;
    queue->free_head = NO_SLOT;
    queue->near_end = NO_END;
    set_room(queue, 0);
    return queue;
}

static void grow_slots(struct queue *queue)
{
    if (queue->slot_count > SLOT_MASK)
        machine_failed("more than %u events are pending at once, the most that can be", queue->slot_count);
    uint32_t capacity = queue->slot_capacity ? 2 * queue->slot_capacity : 64;
    queue->slots = memory_grow_aligned(queue->slots, queue->slot_capacity * sizeof(struct slot),
                                       capacity * sizeof(struct slot));
    queue->slot_capacity = capacity;
}

static uint32_t take_slot(struct queue *queue)
{
    uint32_t slot = queue->free_head;
    if (slot != NO_SLOT) {
        queue->free_head = queue->slots[slot].next_free;
        return slot;
    }
    if (queue->slot_count == queue->slot_capacity)
        grow_slots(queue);
    return queue->slot_count++;
}

static void give_slot(struct queue *queue, uint32_t slot)
{
    queue->slots[slot].order = NOBODY;
    queue->slots[slot].next_free = queue->free_head;
    queue->free_head = slot;
}

/* A bijection of 40 bits that keeps 0, so that shuffled handles are as unique as plain ones and none is 0. */
static uint64_t scrambled(uint64_t sequence, uint64_t odd)
{
    for (int round = 0; round < 3; round++) {
        sequence = sequence * odd & SEQUENCE_MASK;
        sequence ^= sequence >> 23;
    }
    return sequence;
}

static uint64_t next_sequence(struct queue *queue)
{
    uint64_t sequence = queue->sequence++;
    CHECK(sequence <= SEQUENCE_MASK);
    return queue->scramble ? scrambled(sequence, queue->scramble) : sequence;
}

static inline uint64_t order_of(event_key key)
{
    return (uint64_t)key;
}

static inline uint64_t time_of(event_key key)
{
    return (uint64_t)(key >> 64);
}

static inline struct slot *slot_of(const struct queue *queue, event_key key)
{
    return &queue->slots[order_of(key) & SLOT_MASK];
}

static inline bool is_alive(const struct queue *queue, event_key key)
{
    return slot_of(queue, key)->order == order_of(key);
}

static void sift_up(event_key *heap, size_t at, event_key moving)
{
    while (at > 0) {
        size_t parent = (at - 1) / 4;
        if (moving >= heap[parent])
            break;
        heap[at] = heap[parent];
        at = parent;
    }
    heap[at] = moving;
}

/* Sums of comparisons instead of branches: which child is least is as good as a coin to the predictor. */
static inline size_t least_child(const event_key *heap, size_t count, size_t first)
{
    if (first + 4 <= count) {
        size_t left = first + (heap[first + 1] < heap[first]);
        size_t right = first + 2 + (heap[first + 3] < heap[first + 2]);
        return heap[right] < heap[left] ? right : left;
    }
    size_t least = first;
    for (size_t child = first + 1; child < count; child++)
        if (heap[child] < heap[least])
            least = child;
    return least;
}

static inline void sift_down(event_key *heap, size_t count, size_t at, event_key moving)
{
    for (size_t first; (first = 4 * at + 1) < count;) {
        size_t least = least_child(heap, count, first);
        if (moving <= heap[least])
            break;
        heap[at] = heap[least];
        at = least;
    }
    heap[at] = moving;
}

static void fill_hole(struct queue *queue)
{
    queue->hole = false;
    event_key last = queue->heap[--queue->count];
    if (queue->count > 0)
        sift_down(queue->heap, queue->count, 0, last);
}

/* The heap is full: its keys become far ones, and the least of them come back when they are needed. Not where
 * one of them is before the base of the others. */
static void spread(struct queue *queue)
{
    uint64_t first = time_of(queue->heap[0]);
    if (first < queue->far.base) {
        set_room(queue, queue->count);
        return;
    }
    queue->far.base = queue->near_end = first;
    for (size_t i = 0; i < queue->count; i++)
        radix_push(&queue->far, queue->heap[i]);
    queue->count = 0;
}

/* The heap is empty; false if there is nothing far either. */
static bool refill(struct queue *queue)
{
    if (queue->far.count == 0) {
        queue->near_end = NO_END;
        queue->far.base = 0;
        return false;
    }
    struct radix_bucket least = radix_take(&queue->far, NEAR_MOST, &queue->near_end);
    set_room(queue, least.count);
    for (size_t i = 0; i < least.count; i++) {
        __builtin_prefetch(slot_of(queue, least.keys[i]));
        sift_up(queue->heap, queue->count++, least.keys[i]);
    }
    return true;
}

static void insert_key(struct queue *queue, event_key key)
{
    if (!queue->hole && queue->count == queue->room)
        spread(queue);
    if (time_of(key) >= queue->near_end) {
        radix_push(&queue->far, key);
    } else if (queue->hole) {
        queue->hole = false;
        sift_down(queue->heap, queue->count, 0, key);
    } else {
        sift_up(queue->heap, queue->count++, key);
    }
}

event_handle queue_push(struct queue *queue, simtime at, enum phase phase, uint16_t kind, uint64_t subject,
                        uint64_t argument)
{
    CHECK((uint64_t)at < TIME_END);
    uint32_t slot = take_slot(queue);
    uint64_t order = next_sequence(queue) << SLOT_BITS | slot;
    queue->slots[slot] =
        (struct slot){.order = order, .subject = subject, .argument = argument, .kind = kind};
    insert_key(queue, (event_key)((uint64_t)at << PHASE_BITS | phase) << 64 | order);
    return order;
}

static size_t keep_alive(const struct queue *queue, event_key *keys, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (is_alive(queue, keys[i]))
            keys[kept++] = keys[i];
    return kept;
}

/* The layout may change freely: the order of keys is total, so it never shows. */
static void compact(struct queue *queue)
{
    if (queue->hole)
        fill_hole(queue);
    for (int i = 0; i < RADIX_BUCKETS; i++) {
        const struct radix_bucket *bucket = &queue->far.buckets[i];
        radix_keep_first(&queue->far, i, keep_alive(queue, bucket->keys, bucket->count));
    }
    queue->count = keep_alive(queue, queue->heap, queue->count);
    queue->dead = 0;
    for (size_t parent = (queue->count + 2) / 4; parent-- > 0;)
        sift_down(queue->heap, queue->count, parent, queue->heap[parent]);
}

bool queue_cancel(struct queue *queue, event_handle handle)
{
    uint32_t slot = (uint32_t)(handle & SLOT_MASK);
    if (slot >= queue->slot_count || queue->slots[slot].order != handle)
        return false;
    give_slot(queue, slot);
    queue->dead++;
    if (queue->dead > DEAD_AT_LEAST && queue->dead > (queue->count + queue->far.count) / 2)
        compact(queue);
    return true;
}

static bool surface_slowly(struct queue *queue)
{
    for (;;) {
        if (queue->hole)
            fill_hole(queue);
        if (queue->count == 0 && !refill(queue))
            return false;
        if (is_alive(queue, queue->heap[0]))
            return true;
        queue->hole = true;
        queue->dead--;
    }
}

/* Brings a living key to the root; false if there is none. */
static inline bool surface(struct queue *queue)
{
    if (!queue->hole && queue->count > 0 && is_alive(queue, queue->heap[0]))
        return true;
    return surface_slowly(queue);
}

bool queue_pop(struct queue *queue, struct event *event)
{
    if (!surface(queue))
        return false;
    event_key root = queue->heap[0];
    queue->hole = true;
    uint64_t when = time_of(root);
    const struct slot *slot = slot_of(queue, root);
    *event = (struct event){
        .at = (simtime)(when >> PHASE_BITS),
        .handle = order_of(root),
        .subject = slot->subject,
        .argument = slot->argument,
        .kind = slot->kind,
        .phase = when & ((1 << PHASE_BITS) - 1),
    };
    give_slot(queue, (uint32_t)(order_of(root) & SLOT_MASK));
    return true;
}

simtime queue_next_at(struct queue *queue)
{
    return surface(queue) ? (simtime)(queue->heap[0] >> (64 + PHASE_BITS)) : SIMTIME_NEVER;
}

size_t queue_length(const struct queue *queue)
{
    return queue->count + queue->far.count - queue->dead - queue->hole;
}

size_t queue_memory_bytes(const struct queue *queue)
{
    return queue->capacity * sizeof(event_key) + radix_memory_bytes(&queue->far) +
           queue->slot_capacity * sizeof(struct slot);
}
