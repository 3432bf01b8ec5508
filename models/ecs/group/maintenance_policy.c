#include "models/ecs/group/maintenance_policy.h"
#include "models/ecs/service/percentage.h"
#include <stdbool.h>

const struct maintenance_policy maintenance_by_default = {.min_healthy = 90, .max_healthy = 100};

static int64_t smaller(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t larger(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

int64_t maintenance_least(struct maintenance_policy policy, int64_t desired)
{
    return percent_rounded_up(desired, policy.min_healthy);
}

int64_t maintenance_most(struct maintenance_policy policy, int64_t desired)
{
    if (policy.max_healthy <= 100)
        return desired;
    return desired + larger(desired * (policy.max_healthy - 100) / 100, 1);
}

/* The range is empty, so that nothing could ever go. */
static bool replaces_one_by_one(struct maintenance_policy policy, int64_t desired)
{
    return maintenance_least(policy, desired) == maintenance_most(policy, desired);
}

static int64_t terminations(struct maintenance_policy policy, const struct maintenance_view *view)
{
    int64_t spare = view->in_service - maintenance_least(policy, view->desired);
    if (spare <= 0 && !view->pending && view->in_service >= view->desired &&
        replaces_one_by_one(policy, view->desired))
        spare = 1;
    return smaller(larger(spare, 0), view->outdated);
}

struct maintenance_step maintenance_step(struct maintenance_policy policy,
                                         const struct maintenance_view *view)
{
    struct maintenance_step step = {.terminations = terminations(policy, view)};
    int64_t room = maintenance_most(policy, view->desired) - view->desired;
    step.ahead = smaller(room, view->outdated - step.terminations);
    return step;
}
