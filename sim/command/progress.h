/* How far a run is, on standard error while that is a terminal: simulated time, events, time left. The only
 * place that looks at the wall clock; nothing of it enters the results. */
#ifndef SIM_COMMAND_PROGRESS_H
#define SIM_COMMAND_PROGRESS_H

#include "sim/engine/run.h"

struct progress {
    int64_t began_ms, shown_ms;
    bool shown;
};

void progress_begin(struct progress *, struct run *); /* does nothing where there is no terminal */
void progress_end(struct progress *);                 /* wipes the line */

#endif
