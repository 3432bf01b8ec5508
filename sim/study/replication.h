/* One run of a cell: read, played, judged, summed up; nothing is written. Each thread has a player of its
 * own. */
#ifndef SIM_STUDY_REPLICATION_H
#define SIM_STUDY_REPLICATION_H

#include "sim/study/cell.h"

/* The figure that tells whether every promise was kept ("true", "false"); absent where there are none. */
#define FIGURE_KEPT "kept"
/* The figure that tells which limit stopped the run; it has no others then. */
#define FIGURE_STOPPED_BY "stoppedBy"

/* The name of a figure of a promise, by its index in the scenario: "kept"; of a level "worst", "outside". */
const char *promise_figure(struct arena *, size_t promise, const char *what);

struct player {
    const struct model *model;
    bool tracked; /* the figures hold tracks (tracks.h), too */
    const struct cell *cell;
    struct scenario *scenario; /* of the cell; kept for its next run */
};

/* Plays the cell with the seed and sets `figures` to a line each: "name<tab>text". The cell must have been
 * examined and not be rejected. machine_failed() if its files have changed since. */
void player_play(struct player *, const struct cell *, int64_t seed, struct text *figures);
void player_free(struct player *);

#endif
