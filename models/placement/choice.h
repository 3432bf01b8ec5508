/* A choice among instances: what is asked, and the best that was seen so far.
 *
 * The scan, the view and the ranking differ only in which instances they look at; that an instance is
 * eligible, what ranks it has and who wins a tie is said here, once. */
#ifndef MODELS_PLACEMENT_CHOICE_H
#define MODELS_PLACEMENT_CHOICE_H

#include "models/placement/census.h"
#include "models/placement/strategy.h"

/* What is asked: the instance on which a task starts, or from which a task that is counted goes. */
struct question {
    struct placement *placement;
    const struct placement_request *request;
    struct placement_tally *leaving; /* NULL: a task starts */
    /* The chain as far as it ranks. */
    const struct placement_strategy *strategies;
    size_t strategy_count;
    bool draws; /* a last tie is drawn, else it goes to the first */
};

struct question question_of_start(struct placement *, const struct placement_request *);
struct question question_of_stop(struct placement *, const struct placement_request *,
                                 struct placement_tally *leaving);

/* Whether an instance's eligibility or own ranks depend on the tasks that the request's group has there. */
bool question_is_of_group(const struct question *);

/* REFUSED_NOT: the instance is eligible. */
enum placement_refusal question_refuses(const struct question *, placement_instance);
/* By the strategy of that place in the chain. */
int64_t question_rank(const struct question *, size_t strategy, placement_instance);

/* Beyond so many, the tied are not listed: eligible instances are drawn until one is tied. */
enum { TIED_MAX = 64 };

struct choice {
    const struct question *question;
    int64_t best[PLACEMENT_STRATEGIES_MAX];
    size_t tied_count;                 /* eligible instances with the best ranks; 0: none was seen */
    placement_instance tied[TIED_MAX]; /* the first of those that were seen, then others */
};

void choice_consider(struct choice *, placement_instance eligible);
bool choice_ties(const struct choice *, placement_instance); /* it has the best ranks */
void choice_add_tied(struct choice *, placement_instance);
void choice_tie_many(struct choice *); /* more than TIED_MAX */

void choice_sort_tied(struct choice *); /* once all that are tied were added, in any order */

/* Whether it draws among more than are listed. */
bool choice_draws(const struct choice *);

/* `tied` holds all that are tied, in order of registration, unless they are more than TIED_MAX: then one is
 * drawn from those that are eligible by the rest of the question (rest.h). */
placement_instance choice_take(const struct choice *, const struct census *eligible);

#endif
