/* What a placement strategy and a placement constraint must do. One file each, and one line in strategies.def
 * or constraints.def. */
#ifndef MODELS_PLACEMENT_STRATEGY_H
#define MODELS_PLACEMENT_STRATEGY_H

#include "models/placement/placement.h"

/* Rank of an instance, lower is better. Pure. */
typedef int64_t placement_rank(const struct placement *, const struct placement_request *,
                               const struct placement_strategy *, placement_instance);

struct strategy_verbs {
    /* NULL, or what is wrong with the field (NULL: none was given). May normalise it. */
    const char *(*check_field)(struct arena *, const char **field);
    placement_rank *rank;      /* for starting; NULL: every instance is equal and one is drawn */
    placement_rank *stop_rank; /* for stopping; NULL likewise */
    /* The attribute (in lower case) whose value alone the ranks depend on, beside the group's tasks; NULL, as
       the verb may be: the ranks are an instance's own, and change only when it is touched. */
    const char *(*attribute)(const struct placement_strategy *);
    bool of_group; /* the ranks depend on the tasks that the request's group has on the instance, or on those
                      with its value of the attribute; none there is rank 0 */
    bool draws_stop_tie; /* instances that are equal to the end of a chain with this strategy: one is drawn to
                            stop a task on */
};

struct constraint_verbs {
    /* NULL, or what is wrong with the expression (NULL: none was given). */
    const char *(*check_expression)(const struct query *);
    bool in_task_definition; /* may stand there */
    bool of_group;           /* it depends on the tasks that the request's group has on the instance */
    enum placement_refusal (*refuses)(const struct placement *, const struct placement_request *,
                                      const struct placement_constraint *, placement_instance);
};

/* The attribute by whose value it ranks; NULL: the ranks are an instance's own. */
static inline const char *placement_attribute_of(const struct placement_strategy *strategy)
{
    const struct strategy_verbs *verbs = strategy->variant->verbs;
    return verbs->attribute ? verbs->attribute(strategy) : NULL;
}

/* Whether the ranks are an instance's own and depend on the tasks that the request's group has there. */
static inline bool placement_is_of_group(const struct placement_strategy *strategy)
{
    const struct strategy_verbs *verbs = strategy->variant->verbs;
    return verbs->of_group && !placement_attribute_of(strategy);
}

#define ENTRY(name) extern const struct variant strategy_##name;
#include "models/placement/strategies.def"
#undef ENTRY

#define ENTRY(name) extern const struct variant constraint_##name;
#include "models/placement/constraints.def"
#undef ENTRY

/* From now on the groups' tasks are counted by the values of this attribute, whose name is in lower case here
 * and below: question_of_start() asks for those by which a chain ranks. */
void placement_know_attribute(struct placement *, const char *attribute);

/* Tasks of the group on instances that share the value of the attribute with this one ("" where it is
 * absent). */
int64_t placement_tasks_with_attribute(const struct placement *, placement_group, const char *attribute,
                                       placement_instance);

/* Equal for instances that have the same value of it, or none. */
uint32_t placement_value_of(const struct placement *, const char *attribute, placement_instance);

enum placement_refusal placement_filters_refuse(const struct placement_filter *first, placement_instance);

#endif
