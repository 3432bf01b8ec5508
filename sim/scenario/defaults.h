/* What a scenario does not say.
 *
 * All objects that stand in one place of the tables begin as copies of one that is blank but for the defaults
 * of single values and of lists of texts. Binding leaves the tree as it is written; who wants to see the
 * scenario as run has the defaults written into it. Only bind.c and scenario.c know this. */
#ifndef SIM_SCENARIO_DEFAULTS_H
#define SIM_SCENARIO_DEFAULTS_H

#include "sim/scenario/frame.h"

/* Of the objects on one level, which are all of one shape. */
struct plan {
    void *blank;                 /* such an object of which nothing is said, as far as it can be copied */
    const struct param **absent; /* those that are to be looked at where they are absent */
    size_t absent_count;
    struct node **fallbacks; /* by index of param: the default, written out; NULL: nobody asked yet */
};

/* The level's, which is made when it is first asked for. */
const struct plan *plan_of(struct binder *, struct frame *, const struct shape *);

/* The default of a param as a node of its own. Its entries belong to all. */
struct node *default_at(struct binder *, const struct plan *, const struct shape *, const struct param *,
                        struct place);

/* Writes the defaults into a tree that was bound without mistakes; a second time changes nothing. */
void defaults_write(struct arena *, const struct level *root, const struct shape *, struct node *tree);

#endif
