/* Two ways of mixing 64-bit words: thoroughly, where chance depends on it, and quickly, for fingerprints. */
#ifndef SIM_ENGINE_HASH_H
#define SIM_ENGINE_HASH_H

#include <stdint.h>

#define HASH_GOLDEN UINT64_C(0x9e3779b97f4a7c15) /* 2^64 / golden ratio, odd */

/* The finaliser of SplitMix64 [Steele, Lea, Flood 2014]: a bijection in which each bit of the word moves each
 * bit of the answer. */
static inline uint64_t hash_mix(uint64_t word)
{
    word += HASH_GOLDEN;
    word = (word ^ word >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    word = (word ^ word >> 27) * UINT64_C(0x94d049bb133111eb);
    return word ^ word >> 31;
}

/* Takes one more word into a running hash; order matters. */
static inline uint64_t hash_fold(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * HASH_GOLDEN;
    return hash ^ hash >> 32;
}

#endif
