/* Paths of settings and names of figures, step by step: `services["web.v2"].cost` has the steps `services`,
 * `["web.v2"]` and `.cost`. Any text is a path. */
#ifndef SIM_STUDY_PATHS_H
#define SIM_STUDY_PATHS_H

#include "sim/engine/arena.h"
#include <stdbool.h>

/* What stands behind all but so many names, "web.leastHealthy" of 2. A bracket belongs to the name before
 * it: services["web.v2"].cost has two names. */
const char *path_last_names(const char *path, size_t names);

/* How long all but its last step is; 0 of one step. */
size_t path_length_above(const char *path);

/* Whether both lead to the same place: `.web`, `["web"]` and `['web']` are one step. */
bool path_is_same(const char *a, const char *b);

/* Whether it is what the pattern means, in which `.*` stands for one step. */
bool path_matches(const char *path, const char *pattern);

/* The pattern with the subject as a step in place of its %s; in the arena. */
const char *path_of_subject(struct arena *, const char *pattern, const char *subject);

#endif
