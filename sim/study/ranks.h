/* The processes that do a study together, under MPI or alone. All calls but the first two are collective:
 * every rank makes them in the same order. */
#ifndef SIM_STUDY_RANKS_H
#define SIM_STUDY_RANKS_H

#include "sim/engine/text.h"

int ranks_own(void);  /* from 0; before ranks_begin() 0 */
int ranks_size(void); /* before ranks_begin() 1 */

void ranks_begin(void);
void ranks_end(void);

/* Everybody gets every rank's text: all[0 .. size), of which each rank frees what it got. */
void ranks_exchange(const struct text *mine, struct text *all);

/* Everybody gets rank 0's text in place of its own. */
void ranks_share(struct text *);

#endif
