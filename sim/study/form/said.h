/* Numbers as a form says them to a person: four significant digits; in units of 10^-decimals, as
 * session_take_values() has them. */
#ifndef SIM_STUDY_SAID_H
#define SIM_STUDY_SAID_H

#include "sim/engine/text_table.h"
#include "sim/study/figures.h"
#include "sim/study/statistics.h"

/* A share in billionths, said in percent. */
enum { PERCENT_DECIMALS = FIGURE_DECIMALS - 2 };

void said_add(struct text *, int64_t value, int decimals); /* ABSENT: "-" */
void said_add_amount(struct text *, int64_t value, int decimals,
                     const char *unit);                                       /* "" where it is not known */
void said_add_interval(struct text *, const struct estimate *, int decimals); /* "14.2 to 15.1" */

/* The same as the next cell of a table. */
void said_cell(struct text_table *, int64_t value, int decimals);
void said_interval_cell(struct text_table *, const struct estimate *, int decimals);

#endif
