/* The views of a placement, and what keeps them true.
 *
 * A start for which the group's own tasks on an instance do not matter (spread by attribute, binpack, random,
 * memberOf) asks a view of all instances, which all groups with that demand and chain share.
 *
 * A start for which they do (spread over instanceId, distinctInstance) asks a view of the instances that have
 * such tasks, which is the group's own, and for the others a ranking (ranking.h), which is shared likewise.
 *
 * A stop asks a view of the instances that have candidates.
 *
 * Shared ones read the log of touched instances from where they stopped, when they are asked and not before;
 * an instance that nobody has read about since it was last logged is not logged again. A view of some
 * instances is told of their changes by the tallies that have tasks there. So a change costs what its
 * instance has of tasks, not what there is of groups.
 *
 * A log that is several times as long as there are instances is begun anew, and all views are forgotten: to
 * make one anew is then cheaper than to read on, and what nobody asks any more is gone. Of one group 64
 * questions are remembered, of shared ones 64 and some for each group; the next one takes the place of all of
 * them, since tasks of many sizes, as a trace of jobs has them, are hardly asked for twice. So memory follows
 * the questions that are asked.
 *
 * A start that is asked for the first time is answered by the scan, and so are all questions where there are
 * few instances. */
#ifndef MODELS_PLACEMENT_VIEWS_H
#define MODELS_PLACEMENT_VIEWS_H

#include "models/placement/view.h"

struct views;

struct views *views_new(void);
void views_free(struct views *);

/* Before what placement sees of the instance changes; a new instance too. */
void views_touch(struct views *, placement_instance);
/* And before a group's tasks on an instance are more or less. */
void views_tell_count(struct views *, placement_group, placement_instance);

/* Nobody asks about the tally any more. */
void views_forget_tally(struct views *, const struct placement_tally *);

/* Whether any view has to be told of what remains of an instance, see tally_tell(). */
bool views_hear_room(const struct views *);

/* As scan_choose() and scan_closest(). */
placement_instance views_choose(struct views *, const struct question *);
enum placement_refusal views_closest(struct views *, const struct question *, placement_instance *closest);

#endif
