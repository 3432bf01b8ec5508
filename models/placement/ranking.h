/* All instances in the order in which a question of no group prefers them, for the groups whose own tasks
 * matter as well: they look for the first instance on which they have no task.
 *
 * Such questions rank by the group's tasks on an instance (spread over instanceId) or refuse instances that
 * have one (distinctInstance). Instances on which the group has no task are all alike in that, so that they
 * stand in the order of the rest of the question, which many groups share; the instances on which it has some
 * are few, and a view of the group's own (view.h). What a group has looked at it need not look at again
 * unless it has been stamped since, because its place changed, or was returned, because the group's last task
 * there went: that concerns no other group.
 *
 * Each instance stands in the tree of its cell or refusal (kept.h); a tree is a treap by rank and
 * registration whose nodes know the latest stamp below them. It is none of sim/engine/order.h: no number says
 * where several ranks put an instance, what is asked is not who is k-th but who was stamped, and the nodes,
 * of which each ranking has one for each instance, are numbers in an array that grows. */
#ifndef MODELS_PLACEMENT_RANKING_H
#define MODELS_PLACEMENT_RANKING_H

#include "models/placement/choice.h"

struct ranking;

/* As much of a question as is not of a group. It knows of no instance yet. */
struct ranking *ranking_new(const struct question *);
void ranking_free(struct ranking *);
bool ranking_serves(const struct ranking *, const struct question *);
bool ranking_is_exact(const struct ranking *); /* see view_is_exact() */

/* The instance is new or has been touched; whether that changed its place. */
bool ranking_refresh(struct ranking *, placement_instance);

/* How far a group has looked. */
struct ranking_search {
    struct seen *seen; /* by tree */
    int32_t count;
};
void ranking_search_free(struct ranking_search *);
/* The group has no task on it any more. */
void ranking_return(const struct ranking *, struct ranking_search *, placement_instance);

/* Considers the firsts among instances that the tally has not. */
void ranking_consider(const struct ranking *, struct ranking_search *, const struct placement_tally *,
                      struct choice *);
/* Those that stand in a cell, whatever tasks the group has there; of a question that draws. */
const struct census *ranking_eligible(const struct ranking *);
/* Adds those that are tied with the best, until there are more than TIED_MAX. */
void ranking_gather(const struct ranking *, struct ranking_search *, const struct placement_tally *,
                    struct choice *);
/* The first that has this refusal, PLACEMENT_NONE if there is none. */
placement_instance ranking_first_refused(const struct ranking *, struct ranking_search *,
                                         const struct placement_tally *, enum placement_refusal);

#endif
