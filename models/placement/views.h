/* The views of a placement, and the log of touched instances that keeps them true.
 *
 * A view reads the log from where it stopped, when it is asked and not before. An instance that nobody has
 * read about since it was last logged is not logged again. A log that is four times as long as there are
 * instances is begun anew, and all views are forgotten: to make one anew is then cheaper than to read on, and
 * what nobody asks any more is gone. Of one group 64 questions are remembered; the next one takes the place
 * of all of them, since tasks of many sizes, as a trace of jobs has them, are hardly asked for twice. So
 * memory follows the questions that are asked.
 *
 * A question that is asked for the first time is answered by the scan, and so are all where there are few
 * instances. */
#ifndef MODELS_PLACEMENT_VIEWS_H
#define MODELS_PLACEMENT_VIEWS_H

#include "models/placement/view.h"

struct views;

struct views *views_new(void);
void views_free(struct views *);

/* Before what placement sees of the instance changes; a new instance too. */
void views_touch(struct views *, placement_instance);

/* As scan_choose() and scan_closest(). */
placement_instance views_choose(struct views *, const struct question *);
enum placement_refusal views_closest(struct views *, const struct question *, placement_instance *closest);

#endif
