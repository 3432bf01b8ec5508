/* How far a figure may move from one run to another. */
#ifndef SIM_STUDY_TOLERANCE_H
#define SIM_STUDY_TOLERANCE_H

#include "sim/engine/arena.h"
#include "sim/engine/text.h"
#include <stdbool.h>

enum tolerance_kind {
    TOLERANCE_PERCENT,  /* of the first run's number */
    TOLERANCE_ABSOLUTE, /* in the figure's unit */
    TOLERANCE_ANY,      /* the figure may be anything, and absent */
};

/* Holds for a figure and all below it. */
struct tolerance {
    const char *path; /* as --set has it; "": every figure */
    enum tolerance_kind kind;
    int64_t billionths;  /* of a percent, or of the unit */
    const char *written; /* "5%" */
};

/* Reads FIGURE=5%, FIGURE=0.5 or FIGURE=any, where `*` is every figure; false if it is none of these. */
bool tolerance_read(struct arena *, const char *word, struct tolerance *);

bool tolerance_covers(const struct tolerance *, const char *name);

/* Of several that hold for it that of the longest path, and of equal ones the last; NULL: none holds. */
const struct tolerance *tolerance_of(const struct tolerance *all, size_t count, const char *name);

/* Whether it lets a number, in billionths, become the other. */
bool tolerance_allows(const struct tolerance *, const int64_t billionths[2]);

#endif
