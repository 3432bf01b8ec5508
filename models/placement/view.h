/* A scan remembered: the answer to one question, kept while instances change; or to the part of it that
 * concerns the instances which have certain tasks, see view_watch().
 *
 * Each instance that is eligible stands in the heap of its cell (kept.h), which is ordered by its own ranks
 * and then by registration. To choose is to compare the first of each cell by the whole chain. An instance
 * that is refused stands in the heap of its refusal, ordered by registration: the first of the latest refusal
 * is the closest match.
 *
 * Invariant: what is remembered of an instance is true unless it has been touched and not refreshed since.
 *
 * A view is exact for every strategy and constraint whose answer for an instance changes only when it is
 * touched, ranks by attribute aside, which are read when it is asked; but not of too many cells. */
#ifndef MODELS_PLACEMENT_VIEW_H
#define MODELS_PLACEMENT_VIEW_H

#include "models/placement/choice.h"

struct view;
struct ranking;
struct ranking_search;

/* Of a question, which is copied but for names, queries and what filters look at. It knows of no instance
 * yet. */
struct view *view_new(const struct question *);
void view_free(struct view *);

/* From now on it is a view of the instances that have such tasks, and is told of their changes; the ranking
 * has the others, of which the search is told when it gets one back, and tells when an instance changes its
 * place. NULL: the others are not candidates. */
void view_watch(struct view *, struct placement_tally *, const struct ranking *, struct ranking_search *);

placement_group view_group(const struct view *); /* of its question */

/* Whether it watches, and is to be told of what remains of its instances; where a ranking has the others,
 * that one tells. */
bool view_hears_room(const struct view *);

/* Whether it would answer this question: all is the same but the draw, and the group unless the own ranks or
 * the eligibility of an instance depend on it (ranks by attribute are read when it is asked). */
bool view_answers(const struct view *, const struct question *);

/* Whether it has a cell for every instance that needs one. */
bool view_is_exact(const struct view *);

/* The instance is new or has been touched. */
void view_refresh(struct view *, placement_instance);

/* The instance is about to change: it is refreshed by view_catch_up(), however often it was marked. */
void view_mark(struct view *, placement_instance);
void view_catch_up(struct view *);

/* How many tasks of its question's group the instance has is about to change. */
void view_tell_count(struct view *, placement_instance);

/* The first of each cell. */
void view_consider(const struct view *, struct choice *);
/* Those that stand in a cell; of a question that draws, and where no ranking has the others. */
const struct census *view_eligible(const struct view *);
/* Adds those that are tied with the best, until there are more than TIED_MAX. */
void view_gather(const struct view *, struct choice *);
/* The first that has this refusal, PLACEMENT_NONE if there is none. */
placement_instance view_first_refused(const struct view *, enum placement_refusal);

#endif
