/* Marks in a picture: labelled vertical lines at instants at which something was done or went wrong.
 *
 * Labels stand in rows above the data. A mark's line reaches up to the row of its label, and rows are
 * given so that no label covers another and no line crosses a label. A mark without room for its label is a
 * bare line. */
#ifndef SIM_REPORT_MARKS_H
#define SIM_REPORT_MARKS_H

#include "sim/engine/model.h"

enum mark_kind { MARK_CHANGE, MARK_FAILURE, MARK_EVENT, MARK_KINDS };
enum { MARK_ROWS = 4, MARK_LABELS = 12, MARK_LABEL_LETTERS = 36, MARK_LETTER_PIXELS = 6 };

extern const char *const mark_kind_names[MARK_KINDS + 1]; /* as in the file; ends with NULL */

struct mark {
    simtime at;
    enum mark_kind kind;
    char *key;   /* of its panel; "" in every panel */
    char *label; /* at most MARK_LABEL_LETTERS, cut with an ellipsis */
};

struct marks {
    struct mark *items; /* in order of time */
    size_t count, capacity;
};

/* A file that is not there has no marks; those of another kind are left out. */
void marks_read(struct marks *, const char *folder, const char *file);
void marks_free(struct marks *);
bool mark_is_in(const struct mark *, const char *key);

/* Where the marks of one panel stand: for each of `count` its row from below (0 is the lowest), or -1 for a
 * bare line, and whether its label is left of the line. */
struct mark_place {
    int row;
    bool left;
};

/* Uses as few rows as show every label that may be shown. Returns their number. [0, end] is `width` pixels
 * wide. */
int marks_place(const struct mark *const *marks, size_t count, simtime end, int width, struct mark_place *);

#endif
