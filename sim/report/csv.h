/* Tables as CSV (RFC 4180, but lines end with a plain newline): cells with commas, quotes or line ends are
 * quoted, quotes doubled. An empty cell means "never" or "has none"; an empty text cannot be told from it. */
#ifndef SIM_REPORT_CSV_H
#define SIM_REPORT_CSV_H

#include "sim/engine/model.h"

void csv_add_cell(struct text *,
                  const char *); /* quoted where it must be; NULL is empty; without the comma */
void csv_add_header(struct text *, const struct series *);
void csv_add_row(struct text *, const struct value *values, size_t count);

/* Reads what the above wrote, one row after the other. The cells live until the next call. */
struct csv_reader {
    const char *at, *end;
    struct text bytes; /* the cells, each with its terminating NUL */
    const char **cells;
    size_t count;
    size_t capacity;
};

void csv_open(struct csv_reader *, const char *bytes, size_t length); /* the bytes must outlive the reader */
bool csv_next(struct csv_reader *);                                   /* false at the end */
void csv_close(struct csv_reader *);

/* The index of the column in the current row, which is the header; -1 if there is none. */
int csv_column(const struct csv_reader *, const char *name);

#endif
