/* A results folder that is written whole or not at all.
 *
 * What is written goes into `.part-<pid>` beside the target, and whole_keep() exchanges the two in one step.
 * Whoever dies before leaves the earlier results as they were. Where the file system cannot exchange two
 * folders, the earlier one is renamed to `.old-<name>` first; if the writer dies between, the next run for
 * that target restores it.
 *
 * A part folder is locked (flock) by whoever writes it; begin sweeps those beside the target that nobody
 * locks. Creating, sweeping, restoring and exchanging happen under a lock of the folder that holds the
 * target. */
#ifndef SIM_REPORT_WHOLE_H
#define SIM_REPORT_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/* A folder that holds a file whose name begins so is that of a study (sim/study/journal.h). */
#define STUDY_JOURNAL "study.journal."

struct whole;
struct text;

/* Whether results may replace what is at `target`. If not (a file, a symbolic link, a folder that holds
 * something but no results of ours), adds why, as a sentence, to `why`. Writes nothing. */
bool whole_allowed(const char *target, struct text *why);

/* Creates the folders above the target where they are missing. */
struct whole *whole_begin(const char *target);

const char *whole_folder(const struct whole *); /* where to write */
const char *whole_target(const struct whole *);
void whole_keep(struct whole *); /* the target is now what was written; frees */
void whole_drop(struct whole *); /* nothing has happened; frees */

/* For tests: as on a file system that cannot exchange two folders. */
void whole_without_exchange(struct whole *);

#endif
