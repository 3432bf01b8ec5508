/* What a grid of replications came to, for a person: a table in words, and pictures of the shown figures:
 * lines over one varied path (lines.svg), heat maps over two, with further ones as facets (heat.svg). */
#ifndef SIM_STUDY_GRID_REPORT_H
#define SIM_STUDY_GRID_REPORT_H

#include "sim/study/results.h"

void grid_say(const struct results *);
void grid_draw(const struct results *);

#endif
