/* What the tables of studies have in common, for whoever reads them by program. */
#ifndef SIM_STUDY_TABLE_H
#define SIM_STUDY_TABLE_H

#include "sim/study/cell.h"

/* The names of the axes, and the values of a cell on them: a comma after each. */
void table_add_axes(struct text *, const struct axis *, size_t count);
void table_add_values(struct text *, const struct cell *, size_t count);

/* A comma, and then the number, which is in units of 10^-decimals; ABSENT: nothing. Rounded is to
 * STATISTICS_DIGITS, or to so many digits. */
void table_add_exact(struct text *, int64_t value, int decimals);
void table_add_rounded(struct text *, int64_t value, int decimals);
void table_add_digits(struct text *, int64_t value, int decimals, int digits);

#endif
