/* What a study file says in its own small forms: seeds, shares, paths with values, axes. Everything is made
 * in the arena of the mistakes. */
#ifndef SIM_STUDY_STUDY_VALUES_H
#define SIM_STUDY_STUDY_VALUES_H

#include "sim/scenario/tree.h"
#include "sim/study/study.h"

/* Parse hooks of params: "1..200" or "200" (1..200) into a struct seeds; "0.99" or "99%" into millionths. */
const char *study_parse_seeds(struct arena *, const char *text, void *seeds, size_t *where);
const char *study_parse_share(struct arena *, const char *text, void *millionths, size_t *where);

/* A number above 0. */
bool study_half_width(const struct node *, int64_t *billionths);

/* The path that the scalar says, from the folder of the text in which it stands. */
const char *study_resolve(struct arena *, const struct node *);
const char *study_base_name(struct arena *, const char *path); /* without folders and ending */

/* The entries of a mapping as sets of the value; NULL: none. */
void study_take_sets(struct mistakes *, const struct node *mapping, struct axis_value *);

/* The axes of `vary`; NULL: none. */
struct axis *study_axes(struct mistakes *, const struct node *mapping, size_t *count);

/* An axis on which all paths are set to the same of the values. */
struct axis *study_path_axis(struct mistakes *, const char *const *paths, size_t path_count,
                             const struct node *values);

#endif
