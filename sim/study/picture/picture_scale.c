#include "sim/study/picture/picture_scale.h"
#include <math.h>
#include <stdio.h>

/* Far within the range of doubles, so that sums and squares stay there. */
static const double number_most = 1e100;

bool number_is_known(double number)
{
    return isfinite(number) && fabs(number) <= number_most;
}

void range_add(struct range *range, double number)
{
    if (!number_is_known(number))
        return;
    range->low = range->any && range->low < number ? range->low : number;
    range->high = range->any && range->high > number ? range->high : number;
    range->any = true;
}

/* --- how numbers are said --------------------------------------------------------------------------------
 */

enum { DECIMALS_MOST = 12, DIGITS = 3 };

static double power_of_ten(int exponent)
{
    double power = 1;
    for (; exponent > 0; exponent--)
        power *= 10;
    for (; exponent < 0; exponent++)
        power /= 10;
    return power;
}

/* Of the first digit. */
static int exponent_of(double number)
{
    int exponent = 0;
    for (number = fabs(number); number >= 10; exponent++)
        number /= 10;
    for (; number && number < 1; exponent--)
        number *= 10;
    return exponent;
}

/* Rounded, without trailing zeros; the number is small enough. */
static void add_rounded(struct text *out, double number, int decimals)
{
    decimals = decimals < 0 ? 0 : decimals > DECIMALS_MOST ? DECIMALS_MOST : decimals;
    text_add_decimal(out, llround(number * power_of_ten(decimals)), decimals);
}

/* A power of ten by thousands, and its letter: numbers up to 10,000 and from a thousandth on have none. */
struct prefix {
    int exponent;
    char letter[16];
};

static struct prefix prefix_for(double greatest)
{
    static const char letters[] = " kMGT";
    int exponent = exponent_of(greatest);
    struct prefix prefix = {0};
    if (greatest && (exponent > 3 || exponent < -3))
        prefix.exponent = (exponent >= 0 ? exponent : exponent - 2) / 3 * 3;
    if (prefix.exponent > 0 && prefix.exponent <= 12)
        prefix.letter[0] = letters[prefix.exponent / 3];
    else if (prefix.exponent)
        snprintf(prefix.letter, sizeof prefix.letter, "e%d", prefix.exponent);
    return prefix;
}

/* `least` is the exponent of the last digit that counts. */
static void add_plain(struct text *out, double number, double greatest, int least)
{
    struct prefix prefix = prefix_for(greatest);
    size_t before = out->length;
    add_rounded(out, number / power_of_ten(prefix.exponent), prefix.exponent - least);
    if (out->length != before + 1 || out->bytes[before] != '0')
        text_add(out, prefix.letter);
}

static simtime seconds_of(double number, simtime unit)
{
    return llround(number * (double)SIMTIME_SECOND / (double)unit) * unit;
}

/* Two units, or three digits, are enough where the number stands alone. */
static simtime rounding_of(double seconds)
{
    static const struct {
        double from;
        simtime rounding;
    } steps[] = {{86400, SIMTIME_HOUR},
                 {3600, SIMTIME_MINUTE},
                 {60, SIMTIME_SECOND},
                 {10, 100000},
                 {1, 10000},
                 {0.1, SIMTIME_MILLISECOND},
                 {0, 1}};
    size_t i = 0;
    while (seconds < steps[i].from)
        i++;
    return steps[i].rounding;
}

static void add_duration(struct text *out, double seconds, simtime rounding)
{
    char human[SIMTIME_TEXT_SIZE];
    simtime_format_human(human, seconds_of(fabs(seconds), rounding));
    if (seconds < 0)
        text_add_char(out, '-');
    text_add(out, human);
}

/* Beyond ten thousand years there is no duration. */
static bool is_duration(double seconds)
{
    return fabs(seconds) < 3e11;
}

static void add_percent(struct text *out, double share, int least)
{
    if (fabs(share) > 1000)
        add_plain(out, 100 * share, 100 * fabs(share), least);
    else
        add_rounded(out, 100 * share, -least);
    text_add_char(out, '%');
}

/* Near 1, two digits of what is missing count, up to a thousandth of a percent. */
static int last_digit_of(double percent)
{
    int of_itself = exponent_of(percent) - DIGITS + 1, of_missing = exponent_of(100 - percent) - 1;
    if (percent <= 90 || percent >= 100 || of_missing > of_itself)
        return of_itself;
    return of_missing < -3 ? -3 : of_missing;
}

static void add_share(struct text *out, double share)
{
    if (share > 0.99999 && share < 1)
        text_add(out, ">99.999%");
    else
        add_percent(out, share, last_digit_of(100 * share));
}

void picture_add_short(struct text *out, double number, enum measure measure)
{
    if (!number_is_known(number))
        text_add(out, "–");
    else if (measure == MEASURE_SECONDS && is_duration(number))
        add_duration(out, number, rounding_of(fabs(number)));
    else if (measure == MEASURE_SHARE)
        add_share(out, number);
    else
        add_plain(out, number, fabs(number), exponent_of(number) - DIGITS + 1);
}

/* --- axes ------------------------------------------------------------------------------------------------
 */

/* 1, 2 or 5 times a power of ten. */
static double round_step(double least)
{
    double power = power_of_ten(exponent_of(least));
    static const double steps[] = {1, 2, 5};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (least <= steps[i] * power * (1 + 1e-9))
            return steps[i] * power;
    return 10 * power;
}

/* What clocks are divided into, from a second to a week. */
static double clock_step(double least)
{
    static const double steps[] = {1,   2,    5,    10,   15,    30,    60,    120,   300,    600,
                                   900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800};
    if (least < 0.5 || least > 604800)
        return least < 0.5 ? round_step(least) : 604800 * round_step(least / 604800);
    size_t i = 0;
    while (steps[i] < least * (1 - 1e-9))
        i++;
    return steps[i];
}

static double step_for(double least, enum measure measure)
{
    if (measure == MEASURE_SECONDS)
        return clock_step(least);
    if (measure == MEASURE_WHOLE && least < 1)
        return 1;
    return round_step(least);
}

/* Not empty, and not so narrow that doubles could not tell its tics apart. */
static struct range widened(struct range range)
{
    if (!range.any)
        return (struct range){0, 1, true};
    double greatest = fmax(fabs(range.low), fabs(range.high)), least = fmax(1e-9 * greatest, 1e-100);
    if (range.low >= 0 && range.low <= 0.6 * range.high)
        range.low = 0;
    if (range.high - range.low >= least)
        return range;
    double more = greatest ? 0.1 * greatest : 1;
    range.low = range.low < 0 ? range.low - more : fmax(0, range.low - more);
    range.high += more;
    return range;
}

static bool is_within_one(struct range range)
{
    return range.low >= 0 && range.high <= 1;
}

struct scale scale_over(struct range range, enum measure measure, int most)
{
    struct scale scale = {.measure = measure};
    bool is_share = measure == MEASURE_SHARE && is_within_one(range);
    range = widened(range);
    if (is_share)
        range.high = fmin(range.high, 1);
    double step = step_for((range.high - range.low) / (most - 1), measure);
    for (;; step = step_for(step * 1.01, measure)) {
        scale.first = floor(range.low / step + 1e-6);
        scale.tic_count = (int)fmax(ceil(range.high / step - 1e-6) - scale.first, 1) + 1;
        scale.step = step;
        if (scale.tic_count <= most)
            break;
    }
    scale.low = scale.first * step;
    scale.high = (scale.first + scale.tic_count - 1) * step;
    return scale;
}

double scale_tic(const struct scale *scale, int tic)
{
    return (scale->first + tic) * scale->step;
}

void scale_end(struct scale *scale, double high)
{
    if (high <= scale->low)
        return;
    scale->high = high;
    while (scale->tic_count > 1 && scale_tic(scale, scale->tic_count - 1) > high)
        scale->tic_count--;
}

double scale_place(const struct scale *scale, double number)
{
    return (number - scale->low) / (scale->high - scale->low);
}

void scale_add_tic(struct text *out, const struct scale *scale, int tic)
{
    double number = scale_tic(scale, tic), greatest = fmax(fabs(scale->low), fabs(scale->high));
    if (scale->measure == MEASURE_SECONDS && is_duration(greatest))
        add_duration(out, number, 1);
    else if (scale->measure == MEASURE_SHARE)
        add_percent(out, number, exponent_of(100 * scale->step));
    else
        add_plain(out, number, greatest, exponent_of(scale->step));
}
