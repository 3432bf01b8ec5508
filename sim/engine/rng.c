#include "sim/engine/rng.h"
#include "sim/engine/hash.h"

uint64_t rng_name(const char *text)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
    return hash;
}

/* Lemire (2019): the high word of bits * bound, after dropping the low words that would favour some answers.
 */
uint64_t rng_below(rng_key key, uint64_t index, uint64_t bound)
{
    uint64_t bits = rng_bits(key, index);
    unsigned __int128 scaled = (unsigned __int128)bits * bound;
    if ((uint64_t)scaled < bound) {
        uint64_t favoured = -bound % bound;
        while ((uint64_t)scaled < favoured) {
            bits = hash_mix(bits);
            scaled = (unsigned __int128)bits * bound;
        }
    }
    return (uint64_t)(scaled >> 64);
}

_Static_assert(sizeof(unsigned long) == 8, "GSL's generators must deliver 53 bits");

static unsigned long stream_get(void *memory)
{
    uint64_t *state = memory;
    return rng_bits(state[0], state[1]++) >> 11;
}

static double stream_get_unit(void *memory)
{
    return (double)stream_get(memory) * 0x1.0p-53;
}

static void stream_set(void *memory, unsigned long seed)
{
    uint64_t *state = memory;
    state[0] = hash_mix(seed);
    state[1] = 0;
}

static const gsl_rng_type stream_type = {
    .name = "named",
    .max = (1ul << 53) - 1,
    .min = 0,
    .size = sizeof(uint64_t[2]),
    .set = stream_set,
    .get = stream_get,
    .get_double = stream_get_unit,
};

gsl_rng *rng_stream_open(struct rng_stream *stream, rng_key key)
{
    stream->state[0] = key;
    stream->state[1] = 0;
    stream->gsl = (gsl_rng){.type = &stream_type, .state = stream->state};
    return &stream->gsl;
}
