/* What worst_moment.c, which finds the worst moment, and worst_report.c, which tells of it, share. Nobody
 * else includes it.
 *
 * A death is a cell: the scenario, one failure more, and for each level a promise that it is never lower
 * from then on than it is without the failure. How those promises are broken is how bad the death is. */
#ifndef SIM_STUDY_WORST_MOMENT_H
#define SIM_STUDY_WORST_MOMENT_H

#include "sim/study/form/moments.h"
#include "sim/study/study.h"

struct death {
    const struct moment *moment;
    const struct victim *victim;
    const struct job *job;
    int64_t least[PERTURBATION_LEVELS]; /* from the moment on */
    simtime below[PERTURBATION_LEVELS]; /* how long lower than without it */
    int64_t lack;                       /* ABSENT: a limit stopped the run */
    const char *outcome;                /* NULL: it has none */
    size_t broken;                      /* promises of the scenario that are kept without it */
};

struct worst {
    struct session *session;
    const struct perturbation *perturbation;
    const char *subject;
    struct cell base; /* the scenario as it is */
    simtime duration;
    struct death *deaths; /* in order of time, then as the model has them; later the worst first */
    size_t death_count, moment_count, seed_count;
    int lack_decimals; /* of all lacks: they are in units of 10^-lack_decimals seconds */
};

/* Less than 0: a is worse. What is harmless comes last, however low the levels are without it; else by the
 * least of the levels, the given one first, then the model's order; then by the lack; then what came first.
 */
int death_compare(const struct death *a, const struct death *b, size_t level);

bool death_is_harmless(const struct death *);

void worst_write(const struct worst *); /* worst.csv and the scenarios that replay */
void worst_say(const struct worst *);

#endif
