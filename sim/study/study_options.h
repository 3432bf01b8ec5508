/* The text of a study as one tree: the study file's, with what the command line says laid into it. So one
 * table reads both, and a mistake in an option has its place and caret as one in the file has. */
#ifndef SIM_STUDY_STUDY_OPTIONS_H
#define SIM_STUDY_STUDY_OPTIONS_H

#include "sim/scenario/tree.h"
#include "sim/study/study_file.h"

/* Of a scenario, the tree says `scenario: path` and the options. NULL, and mistakes, if nothing can be made
 * of it. */
struct node *study_tree(struct mistakes *, const char *path, const struct study_options *);

#endif
