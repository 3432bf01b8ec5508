/* Tables for a terminal: cells gathered row by row, and set in columns as wide as they must be. Widths count
 * code points; control characters become spaces. */
#ifndef SIM_REPORT_ALIGNED_H
#define SIM_REPORT_ALIGNED_H

#include "sim/engine/text.h"

enum { ALIGNED_COLUMNS = 24 };

/* Zero is an empty table. */
struct aligned {
    struct text cells; /* each with its NUL */
    size_t count;      /* in the row at hand */
    size_t widths[ALIGNED_COLUMNS];
    struct text counts; /* cells of each whole row, a byte each */
};

void aligned_add(struct aligned *, const char *cell); /* those beyond ALIGNED_COLUMNS are dropped */
void aligned_end_row(struct aligned *);

/* Adds the table: the first `left` columns are set to the left, others to the right; two spaces between.
 * Empties and frees it. */
void aligned_write(struct aligned *, size_t left, struct text *out);

#endif
