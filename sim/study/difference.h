/* What differs between two runs by what their summaries say.
 *
 * FACTS are what a run was of: name, description, seed, version, duration_s, and events and fingerprint,
 * which tell how it went and not how well. They may differ. PROMISES are paired by their words. All the rest
 * are FIGURES, which may move as far as a tolerance allows. */
#ifndef SIM_STUDY_DIFFERENCE_H
#define SIM_STUDY_DIFFERENCE_H

#include "sim/study/tolerance.h"

struct moved {
    const char *name;
    const char *texts[2]; /* as in the summaries; NULL: it has none */
    bool numbers;         /* both are */
    int64_t billionths[2];
    const struct tolerance *tolerance; /* NULL: none holds for it */
    bool tolerated;
};

enum outcome { OUTCOME_ABSENT, OUTCOME_BROKEN, OUTCOME_KEPT };

/* A promise of which something else became. */
struct promise_moved {
    const char *promise;
    enum outcome outcomes[2];
    const char *broken[2]; /* how; NULL: it was not */
};

/* All that differs, in the order of the summaries. */
struct difference {
    const struct moved *facts;
    size_t fact_count;
    const struct moved *figures;
    size_t figure_count;
    size_t beyond; /* figures that moved further than is tolerated */
    const struct promise_moved *promises;
    size_t promise_count;
};

/* Everything lives in the arena. Any bytes do for a summary. False, and a sentence in `mistake`, if a
 * tolerance is for a figure that neither has. */
bool difference_find(struct arena *, const struct text summaries[2], const struct tolerance *tolerances,
                     size_t tolerance_count, struct difference *, struct text *mistake);

#endif
