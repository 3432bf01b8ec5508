/* Where two runs part: the first decision that they do not have in common.
 *
 * Decisions are compared in their order, by instant and words (model.describe). The runs advance together,
 * from one instant at which something happens to the next, so no more is held than the decisions of one
 * instant, however many there are in all, and what comes after the difference need not be played. Where one
 * run is longer, or a limit stops one, they are compared as far as both go. */
#ifndef SIM_STUDY_DIVERGENCE_H
#define SIM_STUDY_DIVERGENCE_H

#include "sim/engine/run.h"

enum { DECISIONS_BEFORE = 3 };

struct told_decision {
    simtime at; /* SIMTIME_NEVER: to its end the run makes none, and there are no words */
    struct text words;
};

struct divergence {
    bool found;
    uint64_t in_common;                            /* decisions before it */
    struct told_decision before[DECISIONS_BEFORE]; /* the last of those */
    size_t before_count;
    struct told_decision sides[2];
};

struct divergence_watch;

/* Listens to both, which have not begun; freed when both are over or freed. */
struct divergence_watch *divergence_watch_new(struct run *, struct run *);
void divergence_watch_free(struct divergence_watch *);

/* Plays both, which have begun and are at 0, until they part; each may be played on then, and says nothing
 * more. Lives as long as the watch. */
const struct divergence *divergence_find(struct divergence_watch *);

/* A few lines: what came before, and what each of the named sides did. */
void divergence_add(struct text *, const struct divergence *, const char *const names[2]);

#endif
