/* A scenario, read: the one door through which input comes in. Behind it nothing about the input can be
 * wrong.
 *
 * All files are read, `from:` and `--set` are applied, everything is bound and checked, and every mistake is
 * collected. */
#ifndef SIM_SCENARIO_SCENARIO_H
#define SIM_SCENARIO_SCENARIO_H

#include "sim/engine/model.h"
#include "sim/scenario/bind.h"
#include <stdio.h>

struct scenario {
    struct arena *arena;  /* all of it, the settings too */
    const void *settings; /* the model's; NULL while there are errors */
    size_t errors, warnings;
    struct node *tree; /* the scenario as run */
    struct mistakes mistakes;
    struct binder binder;
};

enum { SCENARIO_NAME_MAX = 100 };
bool scenario_may_be_named(const char *name); /* and with it a folder of results */

/* Never exits on a user's mistake; a file that cannot be read is one. The texts of `sets` must outlive the
 * scenario. */
struct scenario *scenario_read(const struct model *, const char *path, const char *const *sets,
                               size_t set_count);

/* The same from a text in memory; `path` names it and says where its relative paths start. The bytes must
 * outlive the scenario. */
struct scenario *scenario_read_text(const struct model *, const char *path, const char *bytes, size_t size,
                                    const char *const *sets, size_t set_count);

/* To look at its parts, not to run it: anything that `from:` takes, which need not say how long it lasts. */
struct scenario *scenario_read_parts(const struct model *, const char *path);

void scenario_free(struct scenario *);

/* The element of this name, every default and short form written out, which is done when one is first asked
 * for; NULL: there is none. */
const struct node *scenario_element(const struct scenario *, const char *collection, const char *name);
/* That of the most similar name, or NULL. */
const char *scenario_nearest(struct scenario *, const char *collection, const char *name);

/* Errors and warnings sorted by position, as file:line:column, with the line and a caret. */
void scenario_print_mistakes(const struct scenario *, FILE *);
/* The AWS fields that are accepted and not simulated, once per subtree. */
void scenario_print_unused(const struct scenario *, FILE *);

/* The scenario as run, as YAML. Data files are named relative to `results_folder`, in which the text is to
 * stand. */
void scenario_emit(const struct scenario *, const char *results_folder, struct text *);
/* The same as a person writes it, without defaults and in short forms. */
void scenario_emit_written(const struct scenario *, const char *results_folder, struct text *);

/* Where a bound object was written; false if it was not. */
bool scenario_position(struct scenario *, const void *object, const char **file, size_t *line);

#endif
