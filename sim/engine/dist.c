#include "sim/engine/dist.h"
#include "sim/engine/data.h"
#include "sim/engine/exact.h"
#include <gsl/gsl_sort_long.h>
#include <math.h>

#define LONGEST (SIMTIME_NEVER / 4)

struct dist_verbs {
    simtime (*draw)(const void *settings, rng_key);
};

static simtime to_simtime(double duration_us)
{
    if (duration_us >= (double)LONGEST)
        return LONGEST;
    return duration_us > 0 ? (simtime)(duration_us + 0.5) : 0;
}

/* What is below e^-700 or above e^700 is 0 or LONGEST anyway. */
static double bounded_exp(double x)
{
    return exact_exp(fmin(fmax(x, -699), 699));
}

/* Standard exponential; grows with the uniform, as all draws by inversion do. */
static double draw_standard_exponential(rng_key key, uint64_t index)
{
    return -exact_log(1 - rng_unit(key, index));
}

#define MILLIONTHS(number) ((double)(number) / (double)MILLION)

#define DURATION_PARAM(name, structure, field, shortest, text)                                               \
    {                                                                                                        \
        .key = name, .type = PARAM_DURATION, .flags = PARAM_REQUIRED,                                        \
        .offset = PARAM_OFFSET(structure, field, simtime), .least = shortest, .most = LONGEST,               \
        .meaning = text                                                                                      \
    }

#define SHAPE_PARAM(structure, field, text)                                                                  \
    {                                                                                                        \
        .key = "shape", .type = PARAM_NUMBER, .flags = PARAM_REQUIRED,                                       \
        .offset = PARAM_OFFSET(structure, field, int64_t), .least = MILLION / 100, .most = 1000 * MILLION,   \
        .meaning = text                                                                                      \
    }

struct constant {
    simtime value;
};

static simtime draw_constant(const void *settings, rng_key key)
{
    (void)key;
    return ((const struct constant *)settings)->value;
}

static const struct param constant_params[] = {
    DURATION_PARAM("value", struct constant, value, 0, "the duration, each time"),
    PARAM_END,
};
static const struct shape constant_shape = {
    .name = "constant", .size = sizeof(struct constant), .params = constant_params, .shorthand = "value"};
static const struct dist_verbs constant_verbs = {draw_constant};
static const struct variant constant_variant = {
    .name = "constant", .meaning = "always the same", .shape = &constant_shape, .verbs = &constant_verbs};

struct uniform {
    simtime low, high;
};

static simtime draw_uniform(const void *settings, rng_key key)
{
    const struct uniform *uniform = settings;
    uint64_t count = (uint64_t)(uniform->high - uniform->low) + 1;
    return uniform->low + (simtime)((unsigned __int128)rng_bits(key, 0) * count >> 64);
}

static void check_uniform(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct uniform *uniform = object;
    if (uniform->low != ABSENT && uniform->high != ABSENT && uniform->low > uniform->high)
        mistake(mistakes, object, "high", "high is below low");
}

static const struct param uniform_params[] = {
    DURATION_PARAM("low", struct uniform, low, 0, "the shortest"),
    DURATION_PARAM("high", struct uniform, high, 0, "the longest"),
    PARAM_END,
};
static const struct shape uniform_shape = {
    .name = "uniform", .size = sizeof(struct uniform), .params = uniform_params, .check = check_uniform};
static const struct dist_verbs uniform_verbs = {draw_uniform};
static const struct variant uniform_variant = {.name = "uniform",
                                               .meaning = "every duration from low to high is equally likely",
                                               .shape = &uniform_shape,
                                               .verbs = &uniform_verbs};

struct exponential {
    simtime mean;
};

/* libm's logarithm is faster than ours, and its last bits are not the same everywhere. Where it is farther
 * from the middle between two microseconds than the two logarithms are from one another, ours rounds alike.
 */
static simtime draw_exponential(const void *settings, rng_key key)
{
    double mean = (double)((const struct exponential *)settings)->mean;
    double guess = mean * -log(1 - rng_unit(key, 0));
    simtime rounded = to_simtime(guess);
    if (fabs(guess - (double)rounded) < 0.5 - guess * 1e-14)
        return rounded;
    return to_simtime(mean * draw_standard_exponential(key, 0));
}

static const struct param exponential_params[] = {
    DURATION_PARAM("mean", struct exponential, mean, 0, "the mean"),
    PARAM_END,
};
static const struct shape exponential_shape = {.name = "exponential",
                                               .size = sizeof(struct exponential),
                                               .params = exponential_params,
                                               .shorthand = "mean"};
static const struct dist_verbs exponential_verbs = {draw_exponential};
static const struct variant exponential_variant = {.name = "exponential",
                                                   .meaning =
                                                       "memoryless: what comes does not depend on what was",
                                                   .shape = &exponential_shape,
                                                   .verbs = &exponential_verbs};

struct lognormal {
    simtime median, p95;
    double mu, sigma; /* of the logarithm, in us */
};

static simtime draw_lognormal(const void *settings, rng_key key)
{
    const struct lognormal *lognormal = settings;
    double z = exact_normal_quantile(rng_unit(key, 0));
    return to_simtime(bounded_exp(lognormal->mu + lognormal->sigma * z));
}

static void check_lognormal(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct lognormal *lognormal = object;
    if (lognormal->median == ABSENT || lognormal->p95 == ABSENT)
        return;
    if (lognormal->p95 <= lognormal->median) {
        mistake(mistakes, object, "p95", "p95 must be above the median");
        return;
    }
    lognormal->mu = exact_log((double)lognormal->median);
    lognormal->sigma = (exact_log((double)lognormal->p95) - lognormal->mu) / exact_normal_quantile(0.95);
}

static const struct param lognormal_params[] = {
    DURATION_PARAM("median", struct lognormal, median, 1, "half are shorter"),
    DURATION_PARAM("p95", struct lognormal, p95, 1, "95 of 100 are shorter"),
    PARAM_END,
};
static const struct shape lognormal_shape = {.name = "lognormal",
                                             .size = sizeof(struct lognormal),
                                             .params = lognormal_params,
                                             .check = check_lognormal};
static const struct dist_verbs lognormal_verbs = {draw_lognormal};
static const struct variant lognormal_variant = {.name = "lognormal",
                                                 .meaning =
                                                     "many factors multiplied: a long tail of slow ones",
                                                 .shape = &lognormal_shape,
                                                 .verbs = &lognormal_verbs};

struct weibull {
    simtime scale;
    int64_t shape; /* millionths */
};

static simtime draw_weibull(const void *settings, rng_key key)
{
    const struct weibull *weibull = settings;
    double log_exponential = exact_log(draw_standard_exponential(key, 0));
    return to_simtime((double)weibull->scale * bounded_exp(log_exponential / MILLIONTHS(weibull->shape)));
}

static const struct param weibull_params[] = {
    DURATION_PARAM("scale", struct weibull, scale, 1, "63.2 of 100 are shorter"),
    SHAPE_PARAM(struct weibull, shape, "below 1 the rate falls with age, above 1 it grows"),
    PARAM_END,
};
static const struct shape weibull_shape = {
    .name = "weibull", .size = sizeof(struct weibull), .params = weibull_params};
static const struct dist_verbs weibull_verbs = {draw_weibull};
static const struct variant weibull_variant = {.name = "weibull",
                                               .meaning = "lifetimes whose rate of failure changes with age",
                                               .shape = &weibull_shape,
                                               .verbs = &weibull_verbs};

struct gamma {
    simtime mean;
    int64_t shape; /* millionths */
};

/* Marsaglia and Tsang (2000), for shape >= 1. An attempt takes two numbers of the stream, from `index` on. */
static double draw_standard_gamma(double shape, rng_key key, uint64_t index)
{
    double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
    for (;; index += 2) {
        double x = exact_normal_quantile(rng_unit(key, index));
        double root = 1 + c * x, v = root * root * root;
        if (root > 0 && exact_log(rng_unit(key, index + 1)) < 0.5 * x * x + d - d * v + d * exact_log(v))
            return d * v;
    }
}

/* Below 1, a draw of shape + 1 times a power of a uniform has the distribution (same source, section 6). */
static simtime draw_gamma(const void *settings, rng_key key)
{
    const struct gamma *gamma = settings;
    double shape = MILLIONTHS(gamma->shape), scale = (double)gamma->mean / shape;
    if (shape >= 1)
        return to_simtime(scale * draw_standard_gamma(shape, key, 0));
    double power = bounded_exp(exact_log(rng_unit(key, 0)) / shape);
    return to_simtime(scale * power * draw_standard_gamma(shape + 1, key, 1));
}

static const struct param gamma_params[] = {
    DURATION_PARAM("mean", struct gamma, mean, 1, "the mean"),
    SHAPE_PARAM(struct gamma, shape, "how many equal steps it is made of; 1 is exponential"),
    PARAM_END,
};
static const struct shape gamma_shape = {
    .name = "gamma", .size = sizeof(struct gamma), .params = gamma_params};
static const struct dist_verbs gamma_verbs = {draw_gamma};
static const struct variant gamma_variant = {
    .name = "gamma", .meaning = "a sum of exponential steps", .shape = &gamma_shape, .verbs = &gamma_verbs};

struct empirical {
    const struct data_file *file;
    const char *column;
    struct list values; /* of simtime, ascending */
};

static simtime draw_empirical(const void *settings, rng_key key)
{
    const struct empirical *empirical = settings;
    const simtime *values = empirical->values.items;
    simtime value = values[(unsigned __int128)rng_bits(key, 0) * empirical->values.count >> 64];
    return value < LONGEST ? value : LONGEST;
}

static void check_empirical(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct empirical *empirical = object;
    if (!empirical->file || !empirical->column)
        return;
    /* Millionths of seconds are microseconds. */
    const char *wrong =
        data_read_column(mistakes_arena(mistakes), empirical->file, empirical->column, &empirical->values);
    if (wrong)
        mistake(mistakes, object, "file", "%s: %s", empirical->file->path, wrong);
    else
        gsl_sort_long(empirical->values.items, 1, empirical->values.count);
}

static const struct param empirical_params[] = {
    {.key = "file",
     .type = PARAM_FILE,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct empirical, file, const struct data_file *),
     .meaning = "a CSV file beside the scenario"},
    {.key = "column",
     .type = PARAM_TEXT,
     .fallback = "0",
     .offset = PARAM_OFFSET(struct empirical, column, const char *),
     .meaning = "its name in the first line, or its index counted from 0; seconds"},
    PARAM_END,
};
static const struct shape empirical_shape = {.name = "empirical",
                                             .size = sizeof(struct empirical),
                                             .params = empirical_params,
                                             .check = check_empirical};
static const struct dist_verbs empirical_verbs = {draw_empirical};
static const struct variant empirical_variant = {.name = "empirical",
                                                 .meaning = "measured values of a file, each equally likely",
                                                 .shape = &empirical_shape,
                                                 .verbs = &empirical_verbs};

static const struct variant *const variants[] = {
    &constant_variant, &uniform_variant, &exponential_variant, &lognormal_variant,
    &weibull_variant,  &gamma_variant,   &empirical_variant,   NULL,
};

const struct catalogue dist_catalogue = {"distribution", variants};

static const struct param dist_params[] = {
    {.key = "distribution",
     .type = PARAM_VARIANT,
     .offset = PARAM_OFFSET(struct dist, chosen, struct chosen),
     .catalogue = &dist_catalogue,
     .meaning = "how the duration varies"},
    PARAM_END,
};

const struct shape dist_shape = {
    .name = "distribution", .size = sizeof(struct dist), .params = dist_params, .shorthand = "constant"};

simtime dist_draw(const struct dist *dist, rng_key key)
{
    if (!dist->chosen.variant)
        return 0;
    const struct dist_verbs *verbs = dist->chosen.variant->verbs;
    return verbs->draw(dist->chosen.settings, key);
}

bool dist_varies(const struct dist *dist)
{
    return dist->chosen.variant && dist->chosen.variant != &constant_variant;
}

bool dist_given(const struct dist *dist)
{
    return dist->chosen.variant != NULL;
}
