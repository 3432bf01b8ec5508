/* What most forms play: the cells of a grid, each with the same seeds; and the tables of it. */
#ifndef SIM_STUDY_RESULTS_H
#define SIM_STUDY_RESULTS_H

#include "sim/study/study.h"

/* All in the study's arena. */
struct results {
    const struct session *session;
    const struct axis *axes;
    size_t axis_count;
    struct cell *cells; /* the first axis varies slowest */
    size_t cell_count;
    struct job *jobs; /* cell by cell; those that are rejected have none */
    size_t job_count;
    size_t *first_jobs; /* of each cell, and one more: where the jobs end */
};

static inline const struct job *results_jobs(const struct results *results, size_t cell)
{
    return results->jobs + results->first_jobs[cell];
}

static inline size_t results_runs(const struct results *results, size_t cell)
{
    return results->first_jobs[cell + 1] - results->first_jobs[cell];
}

/* The cells, examined; they have no jobs yet. False, and why in `said`: one is wrong, all are rejected, there
 * are too many, or a wanted figure is none. */
bool results_begin(struct results *, const struct session *, const struct grid *, struct seeds);

/* All cells play these seeds. False, here and below: some runs are other parts', which have not done them. */
bool results_play_seeds(struct results *, struct seeds);

/* The study's seeds; with `until`, the first 32, 64, 128, … of them, as soon as is_narrow. Batches end where
 * they end whoever plays them. */
bool results_play(struct results *, bool (*is_narrow)(const struct results *));

/* Takes jobs that are played already, cell by cell; not every cell need have any. */
void results_take_jobs(struct results *, struct job *, size_t count);

/* study.csv: a row per job: the values of the axes, the seed, the figures. Needs axes and jobs alone. */
void results_write_runs(const struct results *);

/* cells.csv: a row per cell: the values of the axes, why it is rejected, how many runs, and of each figure
 * count, mean, quantiles and their intervals (statistics.h), the mean of what is true or false being a share;
 * of a text the most frequent one and its share. */
void results_write_cells(const struct results *);

#endif
