/* The processes that do a study together, under MPI or alone. All calls but the first three are collective:
 * every rank makes them in the same order, on its first thread.
 *
 * A rank that exits between ranks_begin() and ranks_end(), as machine_failed() does, ends all of them. */
#ifndef SIM_STUDY_RANKS_H
#define SIM_STUDY_RANKS_H

#include "sim/engine/text.h"

bool ranks_are_mpi(void); /* whether this program is linked to MPI */
int ranks_own(void);      /* from 0; before ranks_begin() 0 */
int ranks_size(void);     /* before ranks_begin() 1 */

void ranks_begin(void);
void ranks_end(void); /* returns when all ranks have called it */

/* Everybody gets every rank's text: all[0 .. size), of which each rank frees what it got. */
void ranks_exchange(const struct text *mine, struct text *all);

/* Everybody gets rank 0's text in place of its own. */
void ranks_share(struct text *);

/* machine_failed() with this sentence, said once, unless all ranks bring the same text. What ranks take to be
 * the same, and each reads for itself, is held against the others' before they count on it. */
void ranks_agree(const struct text *mine, const char *otherwise);

#endif
