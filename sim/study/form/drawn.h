/* What the pictures of forms have in common. */
#ifndef SIM_STUDY_DRAWN_H
#define SIM_STUDY_DRAWN_H

#include "sim/study/picture/pictures.h"
#include "sim/study/results.h"
#include "sim/study/statistics.h"

/* In units, of what is held in 10^-decimals; NAN: ABSENT. */
double drawn_number(int64_t value, int decimals);
struct line_point drawn_point(const struct estimate *, int decimals);

/* How a headline's unit is said. Durations and shares are said with it, so then it need not be named. */
enum measure drawn_measure(const char *unit);
const char *drawn_unit(const char *unit);

/* The names of so many values; and the numbers that they are, NULL if one is none or they do not ascend. In
 * the arena. */
const char *const *drawn_names(struct arena *, const struct axis_value *, size_t count);
const double *drawn_numbers(struct arena *, const struct axis_value *, size_t count);

/* "c5.large, 12": the values of the cell on the first so many axes. */
const char *drawn_cell_name(struct arena *, const struct cell *, size_t axis_count);

#endif
