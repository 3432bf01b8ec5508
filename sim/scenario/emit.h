/* Writes a tree as YAML that reads back as the same tree. */
#ifndef SIM_SCENARIO_EMIT_H
#define SIM_SCENARIO_EMIT_H

#include "sim/engine/text.h"
#include "sim/scenario/tree.h"

/* Data files are named relative to `folder`, which need not exist yet. */
void emit_tree(struct arena *, const struct node *root, const char *folder, struct text *out);

/* The same on one line, with data files named as they are written. */
void emit_line(const struct node *, struct text *out);

#endif
