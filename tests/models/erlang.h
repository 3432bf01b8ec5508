/* Queues whose truth is known: Erlang's formulas, and whether what was simulated in batches agrees. */
#ifndef TESTS_MODELS_ERLANG_H
#define TESTS_MODELS_ERLANG_H

#include "tests/unit/unit.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

/* The probability that a customer finds all servers busy and is lost. `offered` is the arrivals in a mean
 * time of service. */
static inline double erlang_b(int servers, double offered)
{
    double blocked = 1;
    for (int k = 1; k <= servers; k++)
        blocked = offered * blocked / (k + offered * blocked);
    return blocked;
}

/* The probability that a customer waits, where all may. */
static inline double erlang_c(int servers, double offered)
{
    double blocked = erlang_b(servers, offered);
    return blocked / (1 - offered / servers * (1 - blocked));
}

/* Means of long batches are nearly independent and normal: Student's interval that misses the truth once in a
 * thousand. It must also be narrow, else it would hold anything: within this share of the truth. */
static inline void assert_estimates(const double *batches, size_t count, double truth, double narrow,
                                    const char *what)
{
    double mean = gsl_stats_mean(batches, 1, count), spread = gsl_stats_sd(batches, 1, count);
    double tolerance = gsl_cdf_tdist_Pinv(0.9995, (double)count - 1) * spread / sqrt((double)count);
    if (fabs(mean - truth) > tolerance || tolerance > narrow * truth)
        fail_msg("%s is %f instead of %f (tolerance %f)", what, mean, truth, tolerance);
}

#endif
