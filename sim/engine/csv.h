/* One column of numbers out of a CSV file.
 *
 * Cells are separated by commas, and one that has some stands in quotes; blanks around cells and empty lines
 * do not count. Digits mean the column of that index, counted from 0, and a first line that has no number
 * there is taken for a header; else the column is a name in the first line. */
#ifndef SIM_ENGINE_CSV_H
#define SIM_ENGINE_CSV_H

#include "sim/engine/param.h"

/* Fills a list of int64_t in millionths, in the order of the file; at least one. Returns NULL, or what is
 * wrong, as text in the arena. */
const char *csv_read_column(struct arena *, const struct data_file *, const char *column,
                            struct list *values);

#endif
