/* The memory of a study: every run that is done, in files `study.journal.<name>` of its folder, one per
 * process that plays. A line (record.h) is appended in one write as soon as its run is done, so that whoever
 * is killed loses the runs at hand and nothing else, and the next call goes on from there.
 *
 * Runs are known by the scenario as run and the seed, so a journal may hold those of other grids and of
 * earlier texts of the scenario; they do no harm. Journals of another program are not read: its version is
 * told, and a sum of its sources, since runs of what calls itself by the same version may be others. */
#ifndef SIM_STUDY_JOURNAL_H
#define SIM_STUDY_JOURNAL_H

#include "sim/study/record.h"

/* The first line of all that this program writes; the Makefile makes it. */
extern const char journal_head[];

struct journal;

/* Creates or continues <folder>/study.journal.<name>. A line that was torn is cut off; a journal of another
 * program is emptied. machine_failed() if another process is writing it, as far as the file system tells. */
struct journal *journal_open(const char *folder, const char *name);
void journal_add(struct journal *, const struct figure_names *, const struct record *);
void journal_close(struct journal *);

/* Adds the lines of all journals of the folder that this program wrote, in the order of their names; none
 * where there is no such folder. */
void journals_read(const char *folder, struct text *lines);

#endif
