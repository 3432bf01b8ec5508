/* What a grid of replications came to, for a person: a table in words, and pictures of the shown figures:
 * lines over one varied path (lines.svg), heat maps over two, with further ones as facets (heat.svg). */
#ifndef SIM_STUDY_GRID_REPORT_H
#define SIM_STUDY_GRID_REPORT_H

#include "sim/study/study.h"

struct grid_results {
    const struct session *session;
    const struct axis *axes;
    size_t axis_count;
    const struct cell *cells;
    size_t cell_count;
    const struct job *jobs; /* cell by cell */
    size_t job_count;
};

/* The last names of a path, at most so many: "web.leastHealthy". */
const char *path_last_names(const char *path, size_t names);

/* What a varied path is called for short: its last name, or two where another path ends alike. */
const char *grid_axis_name(const struct grid_results *, size_t axis);

void grid_say(const struct grid_results *);
void grid_draw(const struct grid_results *);

#endif
