/* What the files map*.c share: a map, what came of its settings, and how it is told. Nobody else includes it.
 */
#ifndef SIM_STUDY_MAP_H
#define SIM_STUDY_MAP_H

#include "sim/study/results.h"

enum map_state {
    MAP_FINISHED,   /* every run */
    MAP_UNFINISHED, /* at least one run did not */
    MAP_REFUSED,
    MAP_UNKNOWN, /* a limit stopped a run */
};

/* Why settings are not finished. */
struct map_reason {
    const char *code; /* "A", … */
    const char *meaning;
    size_t cells;
};

struct map_cell {
    const struct cell *cell;
    const struct job *jobs;
    size_t runs, finished;
    enum map_state state;
    size_t reason;      /* the most frequent one of its runs, if it is unfinished */
    const char *broken; /* a promise of the scenario that a run broke; NULL: all are kept, or who knows */
    int64_t *figures;   /* one for each of the map; ABSENT where no run has it */
    bool chosen;
};

struct map_results {
    struct results grid; /* the axes of the facets, then rows and columns */
    const struct study_map *map;
    const char *subject;
    const char *note;       /* NULL: nothing needs to be told of the scenario */
    struct map_cell *cells; /* one for each of the grid */
    int *decimals;          /* of each figure of the map, in all cells: it is in units of 10^-decimals */
    size_t facet_count;
    struct map_reason *reasons;
    size_t reason_count;
    const char **promises;  /* of the scenario, in words, those that were broken; NULL: none */
    const char **sentences; /* one for each facet */
};

static inline const struct axis *map_rows(const struct map_results *results)
{
    return &results->grid.axes[results->grid.axis_count - 2];
}

static inline const struct axis *map_columns(const struct map_results *results)
{
    return &results->grid.axes[results->grid.axis_count - 1];
}

static inline size_t map_facet_size(const struct map_results *results)
{
    return results->grid.cell_count / results->facet_count;
}

/* Fills cells and reasons, once the grid is played. */
void map_judge(struct map_results *);
/* Fills sentences, and what is chosen. */
void map_recommend(struct map_results *);

/* "desiredCount = 2, count = 4"; NULL where there is one facet only. In the study's arena. */
const char *map_facet_title(const struct map_results *, size_t facet);

/* A figure of the map as a cell shows it, with what stands before and behind it. */
void map_add_figure(struct text *, const struct map_results *, const struct map_cell *, size_t figure);

void map_say(const struct map_results *);
void map_write(const struct map_results *); /* map.csv */
void map_draw(const struct map_results *);  /* <name of the map>.svg */

#endif
