#include "models/placement/strategy.h"

static const char *check_expression(const struct query *query)
{
    return query ? NULL : "memberOf needs an expression of the cluster query language";
}

static enum placement_refusal refuses(const struct placement *placement,
                                      const struct placement_request *request,
                                      const struct placement_constraint *constraint,
                                      placement_instance instance)
{
    (void)request;
    return query_matches(constraint->query, placement, instance) ? REFUSED_NOT : REFUSED_ATTRIBUTE;
}

static const struct constraint_verbs verbs = {
    .check_expression = check_expression, .in_task_definition = true, .refuses = refuses};

const struct variant constraint_member_of = {
    .name = "memberOf",
    .meaning = "only on instances that satisfy the expression, in the cluster query language",
    .verbs = &verbs,
};
