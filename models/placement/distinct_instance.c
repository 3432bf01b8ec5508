#include "models/placement/strategy.h"

static const char *check_expression(const struct query *query)
{
    return query ? "distinctInstance takes no expression" : NULL; /* [API:PlacementConstraint.expression] */
}

/* Tasks by desired status: one that is still stopping does not block [DG:task-placement-constraints]. */
static enum placement_refusal refuses(const struct placement *placement,
                                      const struct placement_request *request,
                                      const struct placement_constraint *constraint,
                                      placement_instance instance)
{
    (void)constraint;
    return placement_tasks_on(placement, request->group, instance) > 0 ? REFUSED_DISTINCT : REFUSED_NOT;
}

static const struct constraint_verbs verbs = {
    .check_expression = check_expression, .of_group = true, .refuses = refuses};

const struct variant constraint_distinct_instance = {
    .name = "distinctInstance",
    .meaning = "at most one task of the service or task group on an instance; not in task definitions",
    .verbs = &verbs,
};
