/* What a study file says in its own small forms: seeds, shares, paths with values, axes. Everything is made
 * in the arena of the mistakes. */
#ifndef SIM_STUDY_STUDY_VALUES_H
#define SIM_STUDY_STUDY_VALUES_H

#include "sim/scenario/tree.h"
#include "sim/study/study.h"

/* Who reads a study: its mistakes, in whose arena everything is made, and where each set was written. */
struct study_reader {
    struct mistakes *mistakes;
    struct set_origins *origins;
};

/* Parse hooks of params: "1..200" or "200" (1..200) into a struct seeds; "0.99" or "99%" into millionths. */
const char *study_parse_seeds(struct arena *, const char *text, void *seeds, size_t *where);
const char *study_parse_share(struct arena *, const char *text, void *millionths, size_t *where);

/* A number above 0. */
bool study_half_width(const struct node *, int64_t *billionths);

/* The path that the scalar says, from the folder of the text in which it stands. */
const char *study_resolve(struct arena *, const struct node *);

/* The entries of a mapping as sets of the value; NULL: none. */
void study_take_sets(const struct study_reader *, const struct node *mapping, struct axis_value *);

/* The axes of `vary`; NULL: none. */
struct axis *study_axes(const struct study_reader *, const struct node *mapping, size_t *count);

/* An axis on which all paths, a list, are set to the same of the values. */
struct axis *study_path_axis(const struct study_reader *, const struct node *paths,
                             const struct node *values);

/* The paths are set to numbers that come later; `value` says where they are written. */
void study_note_paths(const struct study_reader *, const struct node *paths, const struct node *value);

/* Whether a list or a mapping has no more entries than anybody means; else it is a mistake. */
bool study_is_short(const struct study_reader *, const struct node *);

/* What an axis calls its values must tell them apart; they are written in this list. */
void study_check_names(const struct study_reader *, const struct axis *, const struct node *list);

#endif
