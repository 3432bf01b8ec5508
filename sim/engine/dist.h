/* Distributions as data: every duration that may vary is a `struct chosen` over dist_catalogue.
 *
 *   constant  8s                                  a bare duration means this
 *   uniform   {low, high}
 *   exponential {mean}
 *   lognormal {median, p95}
 *   weibull   {scale, shape}
 *   gamma     {mean, shape}                       Marsaglia and Tsang (2000)
 *   empirical {file, column}                      a value of the column, in seconds, equally likely
 *
 * All but gamma are drawn by inverting the distribution function at one uniform, so a longer mean stretches
 * the same day. Draws are rounded to the nearest microsecond and are never negative, nor beyond SIMTIME_NEVER
 * / 4.
 *
 * They are the same on every machine (exact.h). Only an exponential takes libm's logarithm, and only where
 * 1e-14 of it, 45 ulp, more or less is the same microsecond; else it takes the exact one. The tests of
 * GNU's libm allow 9 ulp [glibc manual, Errors in Math Functions]; tests/unit/test_exact.c holds the one at
 * hand to 1e-15. */
#ifndef SIM_ENGINE_DIST_H
#define SIM_ENGINE_DIST_H

#include "sim/engine/param.h"
#include "sim/engine/rng.h"

extern const struct catalogue dist_catalogue;
extern const struct shape dist_shape; /* of a struct dist */

struct dist {
    struct chosen chosen;
};

/* 0 where nothing was chosen. */
simtime dist_draw(const struct dist *, rng_key);
bool dist_varies(const struct dist *); /* else a draw is the same whatever its key */
bool dist_given(const struct dist *);

/* A param that holds a struct dist: PARAM_DIST("startup", struct task_simulation, startup, "0s", "…"). */
#define PARAM_DIST(name, structure, field, standard, text)                                                   \
    {                                                                                                        \
        .key = name, .type = PARAM_STRUCT, .offset = PARAM_OFFSET(structure, field, struct dist),            \
        .fallback = standard, .shape = &dist_shape, .meaning = text                                          \
    }

#endif
