#include "models/ecs/group/termination_policy.h"
#include <stdbool.h>
#include <string.h>

/* A policy ranks an instance: the lowest goes first. */
typedef int64_t rank(const struct termination_question *, const struct termination_candidate *);

static bool same(const char *a, const char *b)
{
    return a && b && !strcmp(a, b);
}

/* What the group has now is the newest of its kind. */
enum { OTHER_CONFIGURATION, CURRENT_CONFIGURATION, OTHER_TEMPLATE, CURRENT_TEMPLATE };

static int64_t kind_of_origin(const struct termination_question *question,
                              const struct termination_candidate *candidate)
{
    const struct launch_origin *origin = &candidate->origin, *current = &question->current;
    if (origin->launch_configuration)
        return same(origin->launch_configuration, current->launch_configuration) ? CURRENT_CONFIGURATION
                                                                                 : OTHER_CONFIGURATION;
    if (origin->launch_template)
        return same(origin->launch_template, current->launch_template) ? CURRENT_TEMPLATE : OTHER_TEMPLATE;
    return CURRENT_TEMPLATE;
}

static int64_t by_origin(const struct termination_question *question,
                         const struct termination_candidate *candidate)
{
    int64_t kind = kind_of_origin(question, candidate);
    return kind == CURRENT_TEMPLATE ? kind + candidate->origin.version : kind;
}

static int64_t by_template(const struct termination_question *question,
                           const struct termination_candidate *candidate)
{
    int64_t own = by_origin(question, candidate);
    return own < OTHER_TEMPLATE ? INT64_MAX : own;
}

static int64_t by_configuration(const struct termination_question *question,
                                const struct termination_candidate *candidate)
{
    int64_t own = by_origin(question, candidate);
    return own < OTHER_TEMPLATE ? own : INT64_MAX;
}

static int64_t by_allocation(const struct termination_question *question,
                             const struct termination_candidate *candidate)
{
    (void)question;
    return -candidate->misfit;
}

/* One that does not run has its whole first hour before it. */
static int64_t by_next_hour(const struct termination_question *question,
                            const struct termination_candidate *candidate)
{
    if (candidate->running_at > question->now)
        return SIMTIME_HOUR;
    return SIMTIME_HOUR - (question->now - candidate->running_at) % SIMTIME_HOUR;
}

static int64_t by_newness(const struct termination_question *question,
                          const struct termination_candidate *candidate)
{
    (void)question;
    return -candidate->age_order;
}

static int64_t by_age(const struct termination_question *question,
                      const struct termination_candidate *candidate)
{
    (void)question;
    return candidate->age_order;
}

enum { MOST_RANKS = 2 };

static rank *const ranks_of[TERMINATION_POLICIES][MOST_RANKS] = {
    [TERMINATE_DEFAULT] = {by_allocation, by_origin},
    [TERMINATE_ALLOCATION_STRATEGY] = {by_allocation},
    [TERMINATE_OLDEST_LAUNCH_TEMPLATE] = {by_template},
    [TERMINATE_OLDEST_LAUNCH_CONFIGURATION] = {by_configuration},
    [TERMINATE_CLOSEST_TO_NEXT_INSTANCE_HOUR] = {by_next_hour},
    [TERMINATE_NEWEST_INSTANCE] = {by_newness},
    [TERMINATE_OLDEST_INSTANCE] = {by_age},
};

static size_t keep_lowest(const struct termination_question *question,
                          const struct termination_candidate *candidates, uint32_t *indices, size_t count,
                          rank *of)
{
    int64_t lowest = INT64_MAX;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        int64_t own = of(question, &candidates[indices[i]]);
        if (own < lowest)
            lowest = own, kept = 0;
        if (own == lowest)
            indices[kept++] = indices[i];
    }
    return kept;
}

static size_t apply(const struct termination_question *question, enum termination_policy policy,
                    const struct termination_candidate *candidates, uint32_t *indices, size_t count)
{
    for (int i = 0; i < MOST_RANKS && ranks_of[policy][i]; i++)
        count = keep_lowest(question, candidates, indices, count, ranks_of[policy][i]);
    return count;
}

size_t termination_choose(const struct termination_question *question,
                          const struct termination_candidate *candidates, uint32_t *indices, size_t count)
{
    if (question->policy_count == 0)
        return apply(question, TERMINATE_DEFAULT, candidates, indices, count);
    for (size_t i = 0; i < question->policy_count; i++)
        count = apply(question, question->policies[i], candidates, indices, count);
    return count;
}
