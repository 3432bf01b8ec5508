/* What a picture shows of a series: its panels, each with its values at every change, or, where there are
 * more than a picture can show, the least and greatest of each short interval. Read from the file of the
 * results.
 *
 * Values hold from their instant on. Those of a period (requests in a minute) hold from its beginning, per
 * second. What is not a whole number is in thousandths; `unit` says so. */
#ifndef SIM_REPORT_PANELS_H
#define SIM_REPORT_PANELS_H

#include "sim/engine/model.h"

enum { PANELS_MOST = 8, PANEL_VALUES = 5, PANEL_INSTANTS = 2000 };

struct sample {
    simtime at;
    int64_t values[PANEL_VALUES]; /* ABSENT: an empty cell */
};

struct panel {
    char *key; /* "": of the sums over all subjects */
    struct sample *samples;
    size_t count, capacity;
    int64_t greatest;
};

struct panels {
    struct panel panels[PANELS_MOST]; /* in the order in which their keys first come */
    size_t count;
    bool more;    /* there are keys beyond those */
    simtime end;  /* the last row's time */
    int64_t unit; /* of the values: 1, or 1000 for thousandths */
};

/* False, and a sentence in `mistake`, if the file cannot be read, lacks a column, or has no rows; an optional
 * part has no panels then, unless it lacks a column. */
bool panels_read(struct panels *, const struct picture_part *, const char *folder, struct text *mistake);
void panels_free(struct panels *);

/* At most PANEL_INSTANTS samples stand for all; the last one stays. */
void panel_reduce(struct panel *, simtime end);

void panel_add(struct panel *, const struct sample *); /* in order of time */

/* Seconds as results have them ("12.25"), exact; false if the text is no such number. */
bool seconds_parse(const char *text, simtime *at);

#endif
