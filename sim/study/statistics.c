#include "sim/study/statistics.h"
#include "sim/engine/check.h"
#include "sim/engine/stats.h"
#include <gsl/gsl_cdf.h>
#include <limits.h>
#include <math.h>

/* --- numbers ------------------------------------------------------------------------------------------ */

enum { BILLIONTH_DECIMALS = 9 };

static int64_t narrow(__int128 value)
{
    return value > INT64_MIN && value <= INT64_MAX ? (int64_t)value : ABSENT;
}

static int64_t nearest(double value)
{
    return fabs(value) < 0x1p63 ? narrow((__int128)round(value)) : ABSENT;
}

static int64_t lesser_of(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greater_of(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* A value so near to the end of the range that rounding leaves it stays as it is. */
static int64_t round_to_digits(int64_t value, int digits)
{
    __int128 step = 1;
    for (uint64_t left = value < 0 ? -(uint64_t)value : (uint64_t)value; left > 0; left /= 10)
        step *= digits-- > 0 ? 1 : 10;
    int64_t rounded = narrow(divide_to_nearest(value, step) * step);
    return rounded == ABSENT ? value : rounded;
}

size_t number_format(char text[DECIMAL_TEXT_SIZE], int64_t value, int decimals, int digits)
{
    CHECK(digits > 0);
    text[0] = '\0';
    return value == ABSENT ? 0 : decimal_format(text, round_to_digits(value, digits), decimals);
}

size_t number_format_double(char text[DECIMAL_TEXT_SIZE], double units, int digits)
{
    int64_t billionths = nearest(units * BILLION);
    if (billionths != ABSENT)
        return number_format(text, billionths, BILLIONTH_DECIMALS, digits);
    return number_format(text, nearest(units), 0, digits);
}

/* --- means -------------------------------------------------------------------------------------------- */

/* The values of one array, or what they are more than those of another. */
struct sample {
    const int64_t *values;
    const int64_t *less; /* NULL: nothing */
    size_t count;
};

static bool is_present(const struct sample *sample, size_t i)
{
    return sample->values[i] != ABSENT && (!sample->less || sample->less[i] != ABSENT);
}

static __int128 value_of(const struct sample *sample, size_t i)
{
    return (__int128)sample->values[i] - (sample->less ? sample->less[i] : 0);
}

struct moments {
    size_t count;
    __int128 mean; /* to the nearest */
    double deviation;
    __int128 least, greatest;
};

static void include(struct moments *moments, __int128 value)
{
    if (moments->count == 0 || value < moments->least)
        moments->least = value;
    if (moments->count == 0 || value > moments->greatest)
        moments->greatest = value;
    moments->count++;
}

/* About the rounded mean first: what that is off by is taken out exactly. */
static double deviation(const struct sample *sample, const struct moments *moments)
{
    double squares = 0;
    __int128 off = 0;
    for (size_t i = 0; i < sample->count; i++) {
        if (!is_present(sample, i))
            continue;
        __int128 from_mean = value_of(sample, i) - moments->mean;
        off += from_mean;
        squares += (double)from_mean * (double)from_mean;
    }
    double about_mean = squares - (double)off * (double)off / (double)moments->count;
    return sqrt(about_mean / (double)(moments->count - 1));
}

static struct moments moments_of(const struct sample *sample)
{
    struct moments moments = {0};
    __int128 sum = 0;
    for (size_t i = 0; i < sample->count; i++) {
        if (!is_present(sample, i))
            continue;
        include(&moments, value_of(sample, i));
        sum += value_of(sample, i);
    }
    if (moments.count > 0)
        moments.mean = divide_to_nearest(sum, (__int128)moments.count);
    if (moments.count > 1)
        moments.deviation = deviation(sample, &moments);
    return moments;
}

static double student_factor(size_t count, double confidence)
{
    return round(gsl_cdf_tdist_Qinv((1 - confidence) / 2, (double)(count - 1)) * MILLION) / MILLION;
}

static struct estimate mean_of(const struct moments *moments, double confidence)
{
    struct estimate mean = {narrow(moments->mean), ABSENT, ABSENT};
    if (moments->count < 2)
        return mean;
    double factor = student_factor(moments->count, confidence);
    int64_t half_width = nearest(factor * moments->deviation / sqrt((double)moments->count));
    if (half_width != ABSENT) {
        mean.low = narrow(moments->mean - half_width);
        mean.high = narrow(moments->mean + half_width);
    }
    return mean;
}

static const struct estimate nothing_known = {ABSENT, ABSENT, ABSENT};

static struct statistics statistics_of_sample(const struct sample *sample, double confidence)
{
    CHECK(confidence > 0 && confidence < 1);
    struct moments moments = moments_of(sample);
    if (moments.count == 0)
        return (struct statistics){0, nothing_known, ABSENT, ABSENT, ABSENT};
    return (struct statistics){
        .count = moments.count,
        .mean = mean_of(&moments, confidence),
        .deviation = moments.count > 1 ? nearest(moments.deviation) : ABSENT,
        .least = narrow(moments.least),
        .greatest = narrow(moments.greatest),
    };
}

struct statistics statistics_of(const int64_t *values, size_t count, double confidence)
{
    return statistics_of_sample(&(struct sample){values, NULL, count}, confidence);
}

bool estimate_is_within(const struct estimate *estimate, int64_t half_width)
{
    if (estimate->low == ABSENT || estimate->high == ABSENT)
        return false;
    return (__int128)estimate->value - estimate->low <= half_width &&
           (__int128)estimate->high - estimate->value <= half_width;
}

/* --- tails of the binomial distribution --------------------------------------------------------------- */

/* Equality is meant, in spite of last bits. */
static bool is_at_most(double probability, double tail)
{
    return probability <= tail * (1 + 1e-9);
}

/* How many k = 0, 1, ... have P(B <= k) <= tail, where B of `count` fall where each falls with `probability`.
 */
static size_t rank_with_tail(size_t count, double probability, double tail)
{
    size_t rank = 0, beyond = count;
    while (rank < beyond) {
        size_t k = rank + (beyond - rank) / 2;
        if (is_at_most(gsl_cdf_binomial_P((unsigned)k, probability, (unsigned)count), tail))
            rank = k + 1;
        else
            beyond = k;
    }
    return rank;
}

/* The greatest share, in millionths, with which `hits` or more of `count` have no more than the tail. GSL's
 * inverse of the beta distribution is not used: from 10,000 on it is wrong, and beyond a million it hangs. */
static int64_t share_with_tail(size_t hits, size_t count, double tail)
{
    int64_t share = 0, beyond = hits > 0 ? MILLION : 1;
    while (beyond - share > 1) {
        int64_t between = (share + beyond) / 2;
        double more = gsl_cdf_binomial_Q((unsigned)(hits - 1), (double)between / MILLION, (unsigned)count);
        if (is_at_most(more, tail))
            share = between;
        else
            beyond = between;
    }
    return share;
}

struct estimate statistics_share(size_t hits, size_t count, double confidence)
{
    CHECK(hits <= count && count < UINT_MAX);
    CHECK(confidence > 0 && confidence < 1);
    if (count == 0)
        return nothing_known;
    double tail = (1 - confidence) / 2;
    return (struct estimate){
        .value = (int64_t)divide_to_nearest((__int128)hits * BILLION, (__int128)count),
        .low = share_with_tail(hits, count, tail) * (BILLION / MILLION),
        .high = BILLION - share_with_tail(count - hits, count, tail) * (BILLION / MILLION),
    };
}

/* --- quantiles ---------------------------------------------------------------------------------------- */

size_t statistics_sort(int64_t *values, size_t count)
{
    size_t present = 0;
    for (size_t i = 0; i < count; i++)
        if (values[i] != ABSENT)
            values[present++] = values[i];
    stats_sort(values, present);
    return present;
}

/* The rank-th value is above the quantile only if fewer than rank values are below it; from the other end
 * likewise. */
struct estimate statistics_quantile(const int64_t *sorted, size_t count, double q, double confidence)
{
    CHECK(q >= 0 && q <= 1 && count < UINT_MAX);
    CHECK(confidence > 0 && confidence < 1);
    if (count == 0)
        return nothing_known;
    struct estimate quantile = {stats_quantile_of_sorted(sorted, count, q), ABSENT, ABSENT};
    size_t from_least = rank_with_tail(count, q, (1 - confidence) / 2);
    size_t from_greatest = rank_with_tail(count, 1 - q, (1 - confidence) / 2);
    if (from_least > 0)
        quantile.low = lesser_of(sorted[from_least - 1], quantile.value);
    if (from_greatest > 0)
        quantile.high = greater_of(sorted[count - from_greatest], quantile.value);
    return quantile;
}

/* --- pairs -------------------------------------------------------------------------------------------- */

static void count_signs(const struct sample *sample, struct paired_statistics *paired)
{
    for (size_t i = 0; i < sample->count; i++) {
        bool both = is_present(sample, i);
        paired->greater += both && value_of(sample, i) > 0;
        paired->less += both && value_of(sample, i) < 0;
    }
}

struct paired_statistics statistics_paired(const int64_t *a, const int64_t *b, size_t count,
                                           double confidence)
{
    struct sample sample = {a, b, count};
    struct paired_statistics paired = {.difference = statistics_of_sample(&sample, confidence)};
    count_signs(&sample, &paired);
    return paired;
}
