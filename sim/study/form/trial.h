/* Runs that are played in the order of their seeds until it is sure whether enough of them keep what was
 * promised: pure functions of counts.
 *
 * Shares are in millionths, 1 to 1,000,000. */
#ifndef SIM_STUDY_TRIAL_H
#define SIM_STUDY_TRIAL_H

#include "sim/study/form/bisection.h"

/* Of the first `runs` of `total` runs so many kept all that was promised. */
struct trial {
    size_t kept, runs, total;
};

/* Whether at least the share of all `total` runs keep it, as soon as the runs that are left cannot change it;
 * so the answer never depends on how many were played at a time. */
enum answer trial_answer(const struct trial *, int64_t share_millionths);

/* How many runs are played before the trial is looked at again: 32, and twice as many each time. */
size_t trial_next_runs(const struct trial *);

/* An answer is about the runs that were played. Whether it is one about all runs that there could be: the
 * 95 % interval of the share of those played is clear of the share that was asked. */
bool trial_is_evident(const struct trial *, int64_t share_millionths);

/* About how many runs it would take for that if the same share kept it, in two digits; 0: no number would
 * do, or none below a hundred million. */
size_t trial_runs_until_evident(const struct trial *, int64_t share_millionths);

#endif
