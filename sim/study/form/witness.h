/* Promises of a scenario and the runs that break them: what is said of them is in no record, so a run of
 * which something is to be told is played again. */
#ifndef SIM_STUDY_WITNESS_H
#define SIM_STUDY_WITNESS_H

#include "sim/study/cell.h"

struct witness {
    const char *promise; /* in words */
    const char *broken;  /* when first, by how much, what had just happened; NULL: the run keeps it */
};

/* The run's verdict on its promise of this index, in the arena; texts of NULL if a limit stopped it. The cell
 * must have been examined and not be rejected. */
struct witness witness_ask(struct arena *, const struct model *, const struct cell *, int64_t seed,
                           size_t promise);

#endif
