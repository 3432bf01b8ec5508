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

#define ENTRY(name) extern const struct variant strategy_##name;
#include "models/placement/strategies.def"
#undef ENTRY

#define ENTRY(name) extern const struct variant constraint_##name;
#include "models/placement/constraints.def"
#undef ENTRY

/* Tasks of the group on instances that share the value of the attribute with this one ("" where it is
 * absent). The attribute's name is in lower case. */
int64_t placement_tasks_with_attribute(const struct placement *, placement_group, const char *attribute,
                                       placement_instance);

/* Equal for instances that have the same value of it, 0 where it is absent. */
uint32_t placement_value_of(const struct placement *, const char *attribute, placement_instance);

/* The group's own, by desired status. */
struct placement_tally *placement_tally_of_group(const struct placement *, placement_group);

struct change; /* tally.h */
void placement_tell(const struct placement *, placement_instance, const struct change *);

enum placement_refusal placement_filters_refuse(const struct placement_filter *first, placement_instance);

#endif
