#include "models/placement/strategy.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

static const char by_instance[] = "instanceId";
static const char attribute_prefix[] = "attribute:";
enum { PREFIX_LENGTH = sizeof attribute_prefix - 1 };

static bool names_attribute(const char *field)
{
    return strncasecmp(field, attribute_prefix, PREFIX_LENGTH) == 0;
}

static const char *in_lower_case(struct arena *arena, const char *text)
{
    char *copy = arena_text(arena, text);
    for (char *c = copy; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return copy;
}

/* "These fields aren't case-sensitive", and host is instanceId [API:PlacementStrategy.field]. */
static const char *check_field(struct arena *arena, const char **field)
{
    if (!*field)
        return "spread needs a field: instanceId or attribute:NAME";
    if (strcasecmp(*field, "instanceId") == 0 || strcasecmp(*field, "host") == 0)
        *field = by_instance;
    else if (names_attribute(*field) && (*field)[PREFIX_LENGTH])
        *field = in_lower_case(arena, *field);
    else if (names_attribute(*field))
        return "attribute: needs a name behind it, as in attribute:ecs.availability-zone";
    else
        return arena_format(arena, "spread has no field `%s`; for an attribute write `attribute:%s`", *field,
                            *field);
    return NULL;
}

/* Once check_field() has been there: of the two fields, only one begins so. */
static bool is_attribute(const char *field)
{
    return field[0] == attribute_prefix[0];
}

/* Tasks of this service or task group only [DG:task-placement-strategies]. */
static int64_t rank(const struct placement *placement, const struct placement_request *request,
                    const struct placement_strategy *strategy, placement_instance instance)
{
    if (is_attribute(strategy->field))
        return placement_tasks_with_attribute(placement, request->group, strategy->field + PREFIX_LENGTH,
                                              instance);
    return placement_tasks_on(placement, request->group, instance);
}

static int64_t stop_rank(const struct placement *placement, const struct placement_request *request,
                         const struct placement_strategy *strategy, placement_instance instance)
{
    return -rank(placement, request, strategy, instance);
}

static const char *attribute(const struct placement_strategy *strategy)
{
    return is_attribute(strategy->field) ? strategy->field + PREFIX_LENGTH : NULL;
}

/* Within a zone the choice of the task to stop is random [DG:task-placement-strategies]. */
static const struct strategy_verbs verbs = {
    .check_field = check_field,
    .rank = rank,
    .stop_rank = stop_rank,
    .attribute = attribute,
    .of_group = true,
    .draws_stop_tie = true,
};

const struct variant strategy_spread = {
    .name = "spread",
    .meaning = "evenly over instances (field instanceId or host) or over the values of an attribute "
               "(attribute:NAME)",
    .verbs = &verbs,
};
