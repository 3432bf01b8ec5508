/* What differs between two elements of a list of the scenario, field by field.
 *
 * Both have been read, so every default and short form is written out in them. Texts are compared by what the
 * tables make of them: "512" is 512, `1 vCPU` is 1024; where no table reads a field, by their letters. What
 * is empty is the same as what is not there. Elements of lists are matched by the model's natural keys, and
 * else by position. */
#ifndef SIM_SCENARIO_COMPARE_H
#define SIM_SCENARIO_COMPARE_H

#include "sim/engine/model.h"
#include "sim/scenario/tree.h"

struct change {
    const char *path;     /* as the model knows it: "containerDefinitions[].image" */
    const char *label;    /* as --set names it: "containerDefinitions.app.image" */
    const char *texts[2]; /* NULL: has none */
    const char *by;       /* "+256 MiB"; "" where the two are no quantities */
};

struct comparison {
    size_t count;
    struct change *changes; /* in the order of the first, then what only the second has */
};

/* The elements are of the list that the model's revisions are in. All lives in the arena. */
struct comparison compare_revisions(struct arena *, const struct model *, const struct node *const nodes[2]);

#endif
