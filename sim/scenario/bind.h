/* Fills a model's settings from a tree, by the model's tables.
 *
 * Every value is read as the type that its param wants. Short forms are written out in the tree (8s becomes
 * {constant: 8s}), and nodes say which they are, so that it can be told as it was written, too; defaults are
 * written into it by who asks (defaults.h). References are resolved when everything is read, then the checks
 * of the shapes run, inner first, in the order of the document. The check of an object is left out where
 * something in it is wrong already; `root` may be incomplete while anything in the scenario is wrong. Once no
 * more mistakes are kept, reading ends. */
#ifndef SIM_SCENARIO_BIND_H
#define SIM_SCENARIO_BIND_H

#include "sim/engine/model.h"
#include "sim/engine/symbol.h"
#include "sim/scenario/mistakes.h"
#include "sim/scenario/tree.h"

enum { BIND_ELEMENTS_MAX = 1000000 }; /* of all lists of objects */

/* A field that AWS has and the model does not use; only the uppermost of a subtree. */
struct unused_field {
    struct place place; /* of the first */
    const char *path;   /* "services[].tags" */
    size_t count;
};

/* Zero, but for the first three and the arena of the symbols. */
struct binder {
    struct mistakes *mistakes;
    struct arena *arena;
    const struct model *model;
    void *root;
    struct reference *references, **last_reference;
    struct pending_check *checks, **last_check;
    struct unused_field *unused;
    size_t unused_count;
    struct level *level;     /* the root's */
    struct symbols families; /* number: the highest revision */
    struct symbols files;    /* struct data_file, by where each is */
    size_t element_count;    /* of lists that are bound */
    unsigned source_count;   /* texts read besides the scenario itself */
};

/* Returns the bound root; usable only if there are no errors. */
void *bind_root(struct binder *, struct node *tree);

/* Gives an element that has revisions its number, where it says none: its own ARN's, else one more than its
 * family's highest. */
void bind_revision(struct binder *, const struct shape *, struct node *element);

/* Tables: the param of a key, which may be its alias; NULL if there is none. */
const struct param *shape_param(const struct shape *, const char *key);
const struct param *shape_variant(const struct shape *); /* the PARAM_VARIANT, or NULL */
/* The value of the param in a mapping, under its key or its alias. */
struct entry *shape_entry(const struct param *, const struct node *mapping);
/* Whether a mapping stands for a list of pairs, as in {stack: prod}: elements have two params, and both are
 * scalars. */
bool shape_is_pair(const struct shape *);

/* What AWS knows at the path; the case of each level's first letter is free. As model.known_field. */
int bind_known_field(const struct model *, struct arena *, const char *section, const char *path);

/* The revision in the element's own ARN ("…/family:3"); 0 if it has none. */
int64_t bind_arn_revision(struct arena *, const struct node *element, const char *family);

#endif
