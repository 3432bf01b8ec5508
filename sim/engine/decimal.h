/* Numbers as text: value / 10^decimals, exact, without trailing zeros, so that 12500 with 3 decimals is
 * "12.5". decimals <= 18. Eight digits are made at once, in one word and without a loop. */
#ifndef SIM_ENGINE_DECIMAL_H
#define SIM_ENGINE_DECIMAL_H

#include <stddef.h>
#include <stdint.h>

/* What a number takes at most, and its NUL; so many bytes must be free where one is written, whatever it is.
 */
enum { DECIMAL_TEXT_SIZE = 32 };

char *decimal_write(char *out, int64_t value, int decimals); /* returns the end; no NUL */
size_t decimal_format(char text[DECIMAL_TEXT_SIZE], int64_t value,
                      int decimals); /* with a NUL; returns the length */

/* The same of a whole number. Most are counts of one digit or two. */
static inline char *integer_write(char *out, int64_t value)
{
    if (value < 0 || value >= 100)
        return decimal_write(out, value, 0);
    unsigned tens = (unsigned)value * 103 >> 10, ones = (unsigned)value - 10 * tens;
    *out = (char)('0' + tens);
    out += tens > 0;
    *out = (char)('0' + ones);
    return out + 1;
}

#endif
