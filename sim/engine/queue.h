/* The future event list: a total order of events.
 *
 * ORDER. Events leave by time, then phase, then the order in which they were pushed. The phase says what kind
 * of cause it is: PHASE_WORLD is nature (a pull ends, a host dies), PHASE_CONTROL is somebody who looks at
 * the world and acts (a scheduler's tick). At one instant the world moves first. A CONTROL handler may push a
 * WORLD event for the same instant: it runs next, before the remaining CONTROL events. Nothing else decides
 * the order: not memory layout, not cancelled events, not hashing.
 *
 * STRUCTURE. What is soon is in a 4-ary heap of 16-byte keys (time and phase in one word, sequence and slot
 * in the other), payloads aside in slots. A heap that outgrows the nearest cache is spread into buckets by
 * time (radix.h), which take what is far by appending it; the least bucket refills the heap when it has run
 * out. Small queues never come to that. Cancelling frees the slot at once and leaves the key, which is
 * dropped when it surfaces. A queue that is half dead is compacted, else far events that are cancelled (a
 * failure in 90 days of a task that lives an hour) would pile up.
 *
 * PITFALLS. A sorted run in front of the heap is quadratic on ties, and simulations of schedulers are made of
 * ties; so is a heap that is spread again for each push: its room grows with what comes back at once. Looking
 * at what is next may refill the heap, and an earlier push may follow: it goes to the heap, whatever the base
 * of the buckets. The slot index must stay below the sequence in the key, or it would decide ties.
 *
 * LIMITS. 2^24 pending events, 2^40 events in all, times below 2^61 us. Handles never repeat; 0 is no handle.
 */
#ifndef SIM_ENGINE_QUEUE_H
#define SIM_ENGINE_QUEUE_H

#include "sim/engine/simtime.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum phase { PHASE_WORLD, PHASE_CONTROL };

typedef uint64_t event_handle;

struct event {
    simtime at;
    event_handle handle;
    uint64_t subject;
    uint64_t argument;
    uint16_t kind;
    uint8_t phase;
};

struct queue;

struct queue *queue_new(void);
void queue_free(struct queue *);

event_handle queue_push(struct queue *, simtime at, enum phase phase, uint16_t kind, uint64_t subject,
                        uint64_t argument);
bool queue_cancel(struct queue *, event_handle); /* false if it has left or was cancelled before */
bool queue_pop(struct queue *, struct event *);  /* false if empty */
simtime queue_next_at(struct queue *);           /* SIMTIME_NEVER if empty */
size_t queue_length(const struct queue *);

/* What pending events take, cancelled ones that are still around included. */
size_t queue_memory_bytes(const struct queue *);

/* For tests, before the first push: ties are ordered by a scramble of the sequence instead. A model whose
 * results change leans on accidental order. */
void queue_shuffle_ties(struct queue *, uint64_t key);

#endif
