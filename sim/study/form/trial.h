/* Runs that are played in the order of their seeds until it is sure whether enough of them keep what was
 * promised: pure functions of counts.
 *
 * Shares are in millionths, 1 to 1,000,000. */
#ifndef SIM_STUDY_TRIAL_H
#define SIM_STUDY_TRIAL_H

#include "sim/study/form/bisection.h"
#include "sim/study/statistics.h"

/* Of the first `runs` of `total` runs so many kept all that was promised, and so many were stopped by a
 * limit, which nobody can judge: shares are of the others. */
struct trial {
    size_t kept, runs, total, stopped;
};

static inline size_t trial_judged(const struct trial *trial)
{
    return trial->runs - trial->stopped;
}

/* Whether at least the share of all `total` runs keep it, as soon as the runs that are left cannot change it,
 * whether they keep it, break it or are stopped; so the answer never depends on how many were played at a
 * time. Where every run is stopped nothing is known to hold: ANSWER_FAILS. */
enum answer trial_answer(const struct trial *, int64_t share_millionths);

/* Of the runs that were judged; nothing is known where there are none. */
struct estimate trial_share(const struct trial *);

/* How many runs are played before the trial is looked at again: 32, and twice as many each time. */
size_t trial_next_runs(const struct trial *);

/* An answer is about the runs that were played. Whether it is one about all runs that there could be: the
 * 95 % interval of the share of those played is clear of the share that was asked. */
bool trial_is_evident(const struct trial *, int64_t share_millionths);

/* About how many runs it would take for that if the same share kept it, in two digits; 0: no number would
 * do, or none below a hundred million. */
size_t trial_runs_until_evident(const struct trial *, int64_t share_millionths);

#endif
