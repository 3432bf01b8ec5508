/* Named randomness. A draw is opened by (seed, purpose, who, nth), never taken from "the next number" of a
 * shared generator, so adding a service or changing a policy leaves every other draw as it was, and two
 * policies can be compared on the same days.
 *
 * `who` is the hash of a name from the scenario; `nth` counts the draws of that purpose for that subject.
 * Every component is mixed in before the next (small unmixed keys give streams that are permutations of each
 * other). */
#ifndef SIM_ENGINE_RNG_H
#define SIM_ENGINE_RNG_H

#include "sim/engine/hash.h"
#include <gsl/gsl_rng.h>
#include <stdint.h>

typedef uint64_t rng_key;

uint64_t rng_name(const char *text); /* FNV-1a, 64 bits */

static inline rng_key rng_open(uint64_t seed, uint64_t purpose, uint64_t who, uint64_t nth)
{
    return hash_mix(hash_mix(hash_mix(hash_mix(seed) ^ purpose) ^ who) ^ nth);
}

static inline uint64_t rng_bits(rng_key key, uint64_t index)
{
    return hash_mix(key + index * HASH_GOLDEN);
}

/* In (0, 1): an odd multiple of 2^-53, so exact, never 0 or 1, and its distance from 1 is another such
 * number. */
static inline double rng_unit(rng_key key, uint64_t index)
{
    return (double)(rng_bits(key, index) >> 11 | 1) * 0x1.0p-53;
}

uint64_t rng_below(rng_key, uint64_t index, uint64_t bound); /* in [0, bound), unbiased; bound > 0 */

/* The same stream as a GSL generator, for what GSL serves. `state` is {key, next index}; do not copy the
 * generator. */
struct rng_stream {
    uint64_t state[2];
    gsl_rng gsl;
};
gsl_rng *rng_stream_open(struct rng_stream *, rng_key);

#endif
