/* A cell of a study: a scenario with some of its values set. Its runs differ by their seed alone.
 *
 * All strings of cells and axes live in the arena of the study. */
#ifndef SIM_STUDY_CELL_H
#define SIM_STUDY_CELL_H

#include "sim/scenario/scenario.h"
#include "sim/study/set_origins.h"

struct cell {
    const char *path;        /* of the scenario */
    const char *const *sets; /* "PATH=VALUE", as --set has them */
    size_t set_count;
    const char *const *values; /* as shown, one per axis */
    /* Found out by cell_examine(). */
    uint64_t key;     /* hash of the scenario as run: whoever has the same key and seed has the same run */
    simtime duration; /* of its runs */
    const char *rejected; /* why the model refuses this combination; NULL: it does not */
};

/* One varied thing, and what it is set to. */
struct axis_value {
    const char *shown;
    const char *path; /* of a scenario of its own; NULL: the study's */
    const char *const *sets;
    size_t set_count;
};

struct axis {
    const char *name; /* the column of study.csv */
    struct axis_value *values;
    size_t count;
};

/* What one of several axes is called for short: its path's last name, or two where another ends alike. */
const char *axis_short_name(const struct axis *axes, size_t count, size_t axis);

/* What all cells have in common, and what varies. */
struct grid {
    const char *path;
    const char *const *sets;
    size_t set_count;
    const struct axis *axes; /* the first varies slowest */
    size_t axis_count;
};

/* Every combination, in order; the first axis varies slowest. */
struct cell *grid_cells(struct arena *, const struct grid *, size_t *count);

/* Reads the scenario with the cell's values; the caller frees it. */
struct scenario *cell_read(const struct model *, const struct cell *);

/* Reads one that was examined and is not rejected; machine_failed() if its files have changed since. */
struct scenario *cell_read_again(const struct model *, const struct cell *);

/* A space, and a word of a command as a shell reads it. */
void cell_add_word(struct text *, const char *word);

/* The command that plays its run of this seed, as a shell reads it. */
const char *cell_command(struct arena *, const struct cell *, int64_t seed);

/* The hash of the scenario as run, its data files by their digests. */
uint64_t cell_key(const struct scenario *);

/* Fills key, duration and rejected. Where the scenario or a value is wrong, and not merely a combination that
 * the model refuses, adds the mistakes to `wrong` as mistakes_print() has them, at their origins, and returns
 * false. */
bool cell_examine(struct arena *, const struct model *, const struct set_origins *, struct cell *,
                  struct text *wrong);

#endif
