/* A past run, played again from its results folder: its scenario.yaml says what to play, and its summary.json
 * whether it was the same. What `explain` and `diff` listen to. Nothing is written. */
#ifndef SIM_COMMAND_RERUN_H
#define SIM_COMMAND_RERUN_H

#include "sim/command/progress.h"
#include "sim/engine/run.h"
#include "sim/scenario/scenario.h"

/* The bytes of the folder's summary.json. False, and what is wrong is printed on standard error as a mistake
 * of `ecsim <command>`: there are no results in the folder, or they are not whole. */
bool results_read_summary(const char *command, const char *folder, struct text *summary);

struct rerun {
    const char *folder;
    struct text path;    /* of its scenario.yaml */
    struct text summary; /* as recorded */
    struct scenario *scenario;
    struct run *run; /* not yet begun: it can be observed */
    struct progress progress;
};

/* False, and what is wrong is printed on standard error as a mistake of `ecsim <command>`: there are no
 * results of this version in the folder, or their scenario cannot be read as it was. The folder's name must
 * outlive the rerun. Close it in any case. */
bool rerun_open(struct rerun *, const struct model *, const char *command, const char *folder);

/* Plays on, beginning where that is still to do; not beyond the duration. */
void rerun_advance(struct rerun *, simtime until);

/* Plays the rest. False, and printed as above, if it was not the run of the summary. The world is there until
 * the rerun is closed. */
bool rerun_finish(struct rerun *, const char *command);

void rerun_close(struct rerun *);

#endif
