/* When something may break: the instants of a run inside the changes of one subject, and what was alive then.
 *
 * A state lasts from one instant to the next, so it is enough to try two times of each instant: the instant
 * itself, since what is scripted comes before all else that happens then, and a microsecond later. Each is
 * a moment. Instants at which nothing happened (events whose subjects were gone) are passed over. */
#ifndef SIM_STUDY_MOMENTS_H
#define SIM_STUDY_MOMENTS_H

#include "sim/engine/model.h"
#include "sim/engine/run.h"

struct victim {
    size_t kind; /* index into the model's kinds */
    const char *name;
};

struct moment {
    simtime at;
    int64_t change;    /* which change of the subject is under way */
    const char *event; /* "just before web-7 (PENDING): task step" */
    /* Of the levels from `at` on, if nothing breaks, and how long that was followed: to the end
     * (SIMTIME_NEVER), or until less was asked for than the level and what was asked had been all along. */
    int64_t least[PERTURBATION_LEVELS];
    simtime until[PERTURBATION_LEVELS];
    const struct victim *victims;
    size_t victim_count;
};

struct moments {
    struct moment *items; /* in order of time */
    size_t count;
    size_t death_count;   /* victims of all moments */
    size_t promise_count; /* of the scenario */
};

/* Plays the run, which has not begun, and collects. False, and a sentence in `wrong`: the model knows no such
 * subject, it never changes, a limit stopped the run, or there are more than `most` deaths. */
bool moments_collect(struct arena *, struct run *, const char *subject, size_t most, struct moments *,
                     struct text *wrong);

#endif
