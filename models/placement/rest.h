/* A question without what is of a group: strategies and constraints that look at the tasks which the
 * request's group has on an instance. */
#ifndef MODELS_PLACEMENT_REST_H
#define MODELS_PLACEMENT_REST_H

#include "models/placement/choice.h"

/* What the question points to. */
struct rest {
    struct placement_request request;
    struct placement_strategy strategies[PLACEMENT_STRATEGIES_MAX];
    struct placement_constraint constraints[2][PLACEMENT_CONSTRAINTS_MAX];
    struct list chain, conditions[2];
};

/* Of a stop all of it: which instances have candidates is of no group. */
struct question rest_of_question(struct rest *, const struct question *);

#endif
