#include "sim/engine/decimal.h"
#include <endian.h>
#include <string.h>

/* By their exponents; each is exact. */
static const uint64_t powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
                                         1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};

/* Digits that are made at once, and how many numbers they are. */
enum { GROUP = 8, GROUP_NUMBERS = 100000000 };

/* A number below GROUP_NUMBERS as digits from 0 to 9, a byte each, the first in the lowest one. Halves, then
 * pairs, then digits stand side by side in the word, so that one multiplication divides them all: times 5243
 * / 2^19 is a hundredth of what has four digits, and times 103 / 2^10 a tenth of what has two. */
static inline uint64_t group_digits(uint32_t number)
{
    uint64_t halves = number / 10000 | (uint64_t)(number % 10000) << 32;
    uint64_t hundreds = halves * 5243 >> 19 & UINT64_C(0x0000007f0000007f);
    uint64_t pairs = hundreds | (halves - 100 * hundreds) << 16;
    uint64_t tens = pairs * 103 >> 10 & UINT64_C(0x000f000f000f000f);
    return tens | (pairs - 10 * tens) << 8;
}

/* From so many digits on; GROUP bytes are written, whatever they stand for. */
static inline void write_group(char *out, uint64_t digits, int first)
{
    uint64_t text = htole64((digits | UINT64_C(0x3030303030303030)) >> 8 * first);
    memcpy(out, &text, GROUP);
}

/* Without leading zeros, but for the one of a nought. */
static inline char *write_first_group(char *out, uint32_t number)
{
    uint64_t digits = group_digits(number), last = UINT64_C(1) << 56;
    int leading_zeros = __builtin_ctzll(digits | last) / 8;
    write_group(out, digits, leading_zeros);
    return out + GROUP - leading_zeros;
}

/* What is long is rare, and kept aside: what is not needs no stack. */
#define RARE __attribute__((noinline, cold))

RARE static char *write_long(char *out, uint64_t number)
{
    uint64_t before = number / GROUP_NUMBERS;
    out = before < GROUP_NUMBERS ? write_first_group(out, (uint32_t)before) : write_long(out, before);
    write_group(out, group_digits((uint32_t)(number % GROUP_NUMBERS)), 0);
    return out + GROUP;
}

static inline char *write_whole(char *out, uint64_t number)
{
    return number < GROUP_NUMBERS ? write_first_group(out, (uint32_t)number) : write_long(out, number);
}

/* Up to the last digit that is not zero; there is one. */
static inline char *write_fraction(char *out, uint64_t fraction, int decimals)
{
    uint64_t digits = group_digits((uint32_t)(fraction * powers_of_ten[GROUP - decimals]));
    write_group(out, digits, 0);
    return out + GROUP - __builtin_clzll(digits) / 8;
}

RARE static char *write_long_fraction(char *out, uint64_t fraction, int decimals)
{
    uint64_t unit = powers_of_ten[decimals - GROUP], first = fraction / unit, rest = fraction % unit;
    if (!rest)
        return write_fraction(out, first, GROUP);
    write_group(out, group_digits((uint32_t)first), 0);
    out += GROUP, decimals -= GROUP;
    return (decimals > GROUP ? write_long_fraction : write_fraction)(out, rest, decimals);
}

/* A division by what is known here is a multiplication, and nearly all are of seconds or whole. */
static uint64_t whole_part(uint64_t magnitude, int decimals)
{
    switch (decimals) {
    case 0:
        return magnitude;
    case 6:
        return magnitude / 1000000;
    default:
        return magnitude / powers_of_ten[decimals];
    }
}

char *decimal_write(char *out, int64_t value, int decimals)
{
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    uint64_t whole = whole_part(magnitude, decimals);
    uint64_t fraction = magnitude - whole * powers_of_ten[decimals];
    if (value < 0)
        *out++ = '-';
    out = write_whole(out, whole);
    if (!fraction)
        return out;
    *out++ = '.';
    return decimals > GROUP ? write_long_fraction(out, fraction, decimals)
                            : write_fraction(out, fraction, decimals);
}

size_t decimal_format(char text[DECIMAL_TEXT_SIZE], int64_t value, int decimals)
{
    char *end = decimal_write(text, value, decimals);
    *end = '\0';
    return (size_t)(end - text);
}
