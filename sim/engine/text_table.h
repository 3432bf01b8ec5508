/* A table for people: cells in rows, each column as wide as its widest cell, two blanks between. Widths count
 * letters; control characters become blanks. */
#ifndef SIM_ENGINE_TEXT_TABLE_H
#define SIM_ENGINE_TEXT_TABLE_H

#include "sim/engine/text.h"

enum { TEXT_TABLE_COLUMNS_MAX = 32 };

/* Besides these two, zero is an empty table. */
struct text_table {
    size_t columns;
    uint32_t numbers; /* a bit per column that is set to the right */
    size_t cell_count;
    struct text cells; /* each ends with a NUL */
};

/* The next cell, row by row. */
void text_table_cell(struct text_table *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_table_end_row(struct text_table *); /* the cells that its last row lacks are empty */

/* A line per row, each after the indent; the last row may be short. Then the table is empty, and freed. */
void text_table_write(struct text_table *, const char *indent, struct text *out);

#endif
