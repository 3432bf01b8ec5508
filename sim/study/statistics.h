/* What many runs say about one figure: pure functions of arrays of its values, one per run.
 *
 * A value is a decimal held exactly in BILLIONTHS (figures have at most nine decimals); ABSENT is a figure
 * that a run does not have, which is left out of everything. Answers are billionths too (of values in another
 * unit they are in that; shares are billionths always), and ABSENT where there is none: the
 * mean of nothing, a bound that so few runs cannot give, a number beyond int64_t. Any values are fine;
 * nothing overflows.
 *
 * The answers are the same bits everywhere. Sums are exact; what is not exact goes in the order of the array
 * through + - * / and sqrt alone. GSL's distributions stand on libm, whose last bits differ between machines,
 * so Student's factor is rounded to a millionth, tails are compared with a tolerance of one in 10^9, and
 * bounds of shares are whole millionths. Six significant digits, STATISTICS_DIGITS, are what a reader wants;
 * more may be printed, as a narrow interval about a large mean needs.
 *
 * `confidence` is that of the two-sided interval, 0.95 say; 0 < confidence < 1. */
#ifndef SIM_STUDY_STATISTICS_H
#define SIM_STUDY_STATISTICS_H

#include "sim/engine/param.h"
#include "sim/engine/text.h"

enum { STATISTICS_DIGITS = 6 };

/* What was found, and the interval in which the truth lies. A bound that is ABSENT does not bound: the truth
 * may be anywhere on that side. Both are ABSENT where nothing is known, as of the mean of a single run. */
struct estimate {
    int64_t value;
    int64_t low, high;
};

/* Whether both bounds are known and neither is further than `half_width` from the value: the end of
 * `--until-halfwidth`. Ask it after thirty runs at least: fewer may happen to agree (two equal values have a
 * mean of no width). Stopping as soon as it holds then costs one or two in a hundred of coverage, from ten
 * runs on up to four (tests/models/coverage.c). */
bool estimate_is_within(const struct estimate *, int64_t half_width);

struct statistics {
    size_t count;         /* of values that are present */
    struct estimate mean; /* rounded once; Student's interval. Values that are all equal are their own */
    int64_t deviation;    /* standard, of the sample (count - 1); ABSENT of fewer than two */
    int64_t least, greatest;
};

struct statistics statistics_of(const int64_t *values, size_t count, double confidence);

/* Moves the present values to the front, in ascending order, and returns how many there are. */
size_t statistics_sort(int64_t *values, size_t count);

/* The quantile, 0 <= q <= 1, of what statistics_sort() made (stats_quantile: type 7). The interval is from
 * one order statistic to another, whose ranks the binomial distribution gives: it holds the truth at least as
 * often as asked, however the values are distributed. Where even the least or greatest value is too likely on
 * the wrong side, that side is unbounded: 95 % about the median takes six runs, an upper bound of the 99 %
 * quantile 368. (David and Nagaraja, Order Statistics, 7.1; widened to hold the value itself.) */
struct estimate statistics_quantile(const int64_t *sorted, size_t count, double q, double confidence);

/* The share of `hits` among `count`, with the interval of Clopper and Pearson (1934), outward to a millionth.
 * It too holds at least as often as asked, and has a width even where all or none hit. */
struct estimate statistics_share(size_t hits, size_t count, double confidence);

/* The same runs played in two ways. Where the two arrays are equal, the mean and its bounds are exactly 0. */
struct paired_statistics {
    struct statistics difference; /* a - b, of the runs in which both are present */
    size_t greater, less;         /* of these those in which a is so; in the others they are equal */
};

struct paired_statistics statistics_paired(const int64_t *a, const int64_t *b, size_t count,
                                           double confidence);

/* How results print numbers that were computed: rounded half away from zero to so many significant digits,
 * plain decimals without trailing zeros, no exponent, no "-0"; ABSENT, infinity and what is no number are an
 * empty text. Returns the length. The value is held in 10^-decimals; the double in units, and printed to the
 * ninth decimal, up to 9 * 10^18. */
size_t number_format(char text[DECIMAL_TEXT_SIZE], int64_t value, int decimals, int digits);
size_t number_format_double(char text[DECIMAL_TEXT_SIZE], double units, int digits);

#endif
