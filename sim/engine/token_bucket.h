/* A token bucket: how many may come at once, and how many each second from then on.
 *
 * Pure, in integers: tokens are counted in millionths, so that a rate per second is a rate per microsecond
 * and nothing is rounded. */
#ifndef SIM_ENGINE_TOKEN_BUCKET_H
#define SIM_ENGINE_TOKEN_BUCKET_H

#include "sim/engine/simtime.h"
#include <stdbool.h>
#include <stdint.h>

struct token_bucket {
    int64_t burst, per_second; /* both at least 1 */
    int64_t level;             /* at `as_of`, millionths of a token */
    simtime as_of;
};

struct token_bucket token_bucket_full(int64_t burst, int64_t per_second);

/* Takes a token if there is a whole one. `now` never goes back. */
bool token_bucket_take(struct token_bucket *, simtime now);

/* When so many tokens will be there if nobody takes one: `now` if they are. More than the burst is never
 * there, so at most that many are waited for. */
simtime token_bucket_ready_at(const struct token_bucket *, simtime now, int64_t tokens);

#endif
