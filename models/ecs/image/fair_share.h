/* Max-min fair sharing of one limit by flows that have caps of their own: a registry's bandwidth, shared by
 * the hosts that pull from it, each of which takes its own bandwidth at most.
 *
 * Every flow gets its cap, or the level that is left for all whose cap is above it: no flow can have more
 * without another that has no more having less. Flows of one cap are one class and progress alike, so a class
 * keeps one virtual time (the bytes that each of its flows has had since the class was last empty) and a heap
 * of the virtual times at which its flows are done: a change costs O(classes + log flows).
 *
 * Exact, in integers: a rate is whole bytes per second, the level rounded down (the limit is missed by less
 * than a byte per second and flow; a level is at least 1 byte per second), so bytes are counted in millionths
 * and nothing is lost from one microsecond to the next. A flow is done at the first microsecond at which it
 * has all its bytes.
 *
 * Pure: no world. `now` never goes back. */
#ifndef MODELS_ECS_FAIR_SHARE_H
#define MODELS_ECS_FAIR_SHARE_H

#include "sim/engine/simtime.h"
#include <stdbool.h>
#include <stdint.h>

struct fair_share;

enum { NO_FLOW = 0 }; /* no flow has this handle */

struct fair_share *fair_share_new(int64_t limit); /* bytes per second, at least 1 */
void fair_share_free(struct fair_share *);

/* A flow of so many bytes at `cap` bytes per second at most; `tag` is the caller's. Returns its handle, which
 * is good until the flow is finished or ended. */
uint32_t fair_share_begin(struct fair_share *, simtime now, int64_t cap, int64_t bytes, uint64_t tag);
void fair_share_end(struct fair_share *, simtime now, uint32_t flow); /* before it is done */

/* When the first flow is done if nothing changes; SIMTIME_NEVER: there is none. */
simtime fair_share_next(const struct fair_share *);

/* Takes a flow that is done by now, and its tag; false: none is. In order of caps, then of the beginning of
 * those that are done at one time. */
bool fair_share_finish(struct fair_share *, simtime now, uint64_t *tag);

int64_t fair_share_rate(const struct fair_share *, uint32_t flow); /* bytes per second, at the last change */

#endif
