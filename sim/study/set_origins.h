/* Where the sets of a study's cells were written. Cells are read with texts "PATH=VALUE" (cell.h), and a
 * mistake in one is found in that text; a person has to be told the place in the study file, or in the
 * option. */
#ifndef SIM_STUDY_SET_ORIGINS_H
#define SIM_STUDY_SET_ORIGINS_H

#include "sim/scenario/mistakes.h"

struct set_origin {
    const char *path, *value; /* NULL: whatever the value is */
    struct place path_place, value_place;
};

/* Zero is fine; lives in the arena. */
struct set_origins {
    struct set_origin *all;
    size_t count;
};

void set_origins_add(struct arena *, struct set_origins *, const struct set_origin *);

/* Moves the mistakes that are at a set to where it was written. */
void set_origins_place(const struct set_origins *, struct mistakes *);

#endif
