/* How far a run is, or many runs are, on standard error while that is a terminal: what is done, time left.
 * The only place that looks at the wall clock; nothing of it enters the results. */
#ifndef SIM_COMMAND_PROGRESS_H
#define SIM_COMMAND_PROGRESS_H

#include "sim/engine/run.h"

struct progress {
    int64_t began_ms, shown_ms;
    bool shown;
};

void progress_begin(struct progress *, struct run *); /* does nothing where there is no terminal */
void progress_begin_runs(struct progress *);          /* of a study; then whoever plays them calls the next */
void progress_show_runs(void *progress, size_t done, size_t count);
void progress_end(struct progress *); /* wipes the line */

#endif
