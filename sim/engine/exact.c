#include "sim/engine/exact.h"
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "results must be the same bytes everywhere: no -ffast-math"
#endif
_Static_assert(FLT_EVAL_METHOD == 0, "doubles must be rounded to double after each operation");

/* ln 2 in two parts; the first has 32 zero bits at its end, so that its product with an exponent is exact. */
static const double ln2_high = 0x1.62e42feep-1, ln2_low = 0x1.a39ef35793c76p-33;

enum { MANTISSA_BITS = 52, EXPONENT_BIAS = 1023 };

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static double from_bits(uint64_t bits)
{
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static double power_of_two(int exponent)
{
    return from_bits((uint64_t)(exponent + EXPONENT_BIAS) << MANTISSA_BITS);
}

/* (atanh(s) - s) / (s z) with z = s * s: the series 1/3 + z/5 + z^2/7 + ..., for z <= 0.0295. Even and odd
 * terms are summed apart, which halves the wait. */
static double atanh_rest(double z)
{
    double w = z * z;
    double even = 1.0 / 3 + w * (1.0 / 7 + w * (1.0 / 11 + w * (1.0 / 15 + w * (1.0 / 19))));
    double odd = 1.0 / 5 + w * (1.0 / 9 + w * (1.0 / 13 + w * (1.0 / 17 + w * (1.0 / 21))));
    return even + z * odd;
}

/* x = 2^k m with m in [sqrt(1/2), sqrt(2)], and ln m = 2 atanh((m - 1) / (m + 1)). k comes without a branch:
 * of a drawn number it is anybody's guess. */
double exact_log(double x)
{
    static const uint64_t least_m =
        UINT64_C(0x3fe6a09e667f3bce); /* the bits of half the first number above sqrt(2) */
    uint64_t bits = bits_of(x);
    int64_t exponent = (int64_t)(bits - least_m) >> MANTISSA_BITS;
    double m = from_bits(bits - ((uint64_t)exponent << MANTISSA_BITS));
    double s = (m - 1) / (m + 1), z = s * s;
    double log_m = 2 * s + 2 * s * z * atanh_rest(z);
    return (double)exponent * ln2_high + ((double)exponent * ln2_low + log_m);
}

/* x = k ln 2 + r with |r| <= ln(2)/2, and the series of e^r. */
double exact_exp(double x)
{
    static const double reciprocal_factorials[] = {
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320,
        1.0 / 5040,       1.0 / 720,       1.0 / 120,      1.0 / 24,      1.0 / 6,      1.0 / 2,
    };
    int k = (int)(x * 0x1.71547652b82fep0 + (x < 0 ? -0.5 : 0.5));
    double r = (x - k * ln2_high) - k * ln2_low, sum = 0;
    for (unsigned i = 0; i < sizeof reciprocal_factorials / sizeof *reciprocal_factorials; i++)
        sum = sum * r + reciprocal_factorials[i];
    return (1 + (r + r * r * sum)) * power_of_two(k);
}

static double polynomial(const double coefficients[8], double x)
{
    double sum = coefficients[7];
    for (int i = 6; i >= 0; i--)
        sum = sum * x + coefficients[i];
    return sum;
}

/* A ratio of polynomials, constant terms first. */
struct ratio {
    double above[8], below[8];
};

static double ratio_at(const struct ratio *ratio, double x)
{
    return polynomial(ratio->above, x) / polynomial(ratio->below, x);
}

/* Wichura (1988), algorithm AS 241, PPND16: one ratio each for the middle, the flanks and the far tails. */
static const struct ratio middle = {
    {3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3},
    {1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4,
     3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3},
};
static const struct ratio flank = {
    {1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2,
     7.74545014278341407640e-4},
    {1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4,
     1.05075007164441684324e-9},
};
static const struct ratio tail = {
    {6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5,
     2.01033439929228813265e-7},
    {1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7,
     2.04426310338993978564e-15},
};

double exact_normal_quantile(double p)
{
    double q = p - 0.5;
    if (fabs(q) <= 0.425)
        return q * ratio_at(&middle, 0.180625 - q * q);
    double r = sqrt(-exact_log(q < 0 ? p : 1 - p));
    double distance = r <= 5 ? ratio_at(&flank, r - 1.6) : ratio_at(&tail, r - 5);
    return q < 0 ? -distance : distance;
}
