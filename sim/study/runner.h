/* Many runs, on all threads of all ranks, remembered in journals.
 *
 * A job is a cell and a seed. What comes out never depends on who played what or when: whoever asks for a
 * batch of jobs gets all their records, and decides by them alone what the next batch is. All ranks make the
 * same calls. */
#ifndef SIM_STUDY_RUNNER_H
#define SIM_STUDY_RUNNER_H

#include "sim/study/record.h"
#include "sim/study/replication.h"

struct job {
    const struct cell *cell; /* examined, not rejected */
    int64_t seed;
};

enum { RUNNER_THREADS_MAX = 1024 };

struct runner_settings {
    const struct model *model;
    const char *folder; /* of the journals; it is created when there is something to write */
    int threads;        /* at most RUNNER_THREADS_MAX; 0: as many as this process may use processors */
    int part, parts;    /* this call plays every parts-th job, from the part-th (from 0) on */
    bool tracked;       /* records hold tracks */
    /* Told after each run of a batch: how many are done of how many; NULL: nobody is. */
    void (*progress)(void *self, size_t done, size_t count);
    void *progress_self;
};

struct runner;

/* Reads what earlier calls did. Writes nothing. */
struct runner *runner_new(const struct runner_settings *);
void runner_free(struct runner *);

/* Plays those jobs that nobody has played; machine_failed() if another call is at work on the same part.
 * False: some are other parts', which have not done them yet. */
bool runner_play(struct runner *, const struct job *jobs, size_t count);

/* NULL: nobody has played it. */
const struct record *runner_record(const struct runner *, const struct job *);
/* The text of a figure of its record; NULL: it has none. */
const char *runner_figure(const struct runner *, const struct job *, uint32_t figure);
const struct figure_names *runner_names(const struct runner *);
size_t runner_played(const struct runner *); /* by this process in this call */

#endif
