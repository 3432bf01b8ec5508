/* Files of data (CSV, JSON), read where they lie: rows, cells, columns by name or index.
 *
 * Cells are separated by commas, and one that has some stands in quotes; blanks around cells and empty lines
 * do not count. A column is a name in the first row, or digits: its index from 0. Nothing is copied. */
#ifndef SIM_ENGINE_DATA_H
#define SIM_ENGINE_DATA_H

#include "sim/engine/param.h"

struct data_cell {
    const char *bytes;
    size_t length;
};

struct data_rows {
    struct data_cell rest;
    size_t line; /* of the row that came last, from 1 */
};

struct data_rows data_open(const struct data_file *);
bool data_next_row(struct data_rows *, struct data_cell *row);
size_t data_most_rows(const struct data_rows *); /* at least as many as are to come */

bool data_find_column(struct data_cell first_row, const char *column, size_t *index);
/* False: the row has no such column. */
bool data_take_cell(struct data_cell row, size_t index, struct data_cell *cell);

/* Not negative, at most 10^11; digits beyond the sixth decimal are cut off. */
bool data_number(struct data_cell, int64_t *millionths);

/* One column of numbers as a list of int64_t in millionths, in the order of the file, at least one; a first
 * row without a number there is its header. Returns NULL, or what is wrong, as text in the arena. */
const char *data_read_column(struct arena *, const struct data_file *, const char *column,
                             struct list *values);

/* The numbers at a path of keys through a JSON file ("data", "metadata.gap_seconds"): a list of them, or one,
 * as int64_t in millionths, at least one. What lies beside the path is not looked at. Returns NULL, or what
 * is wrong, as text in the arena. */
const char *data_read_json(struct arena *, const struct data_file *, const char *path, struct list *values);

#endif
