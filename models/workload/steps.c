#include "models/workload/workload.h"

struct steps {
    struct list steps; /* struct workload_knot, of rates per second */
};

static __int128 steps_cumulative(const void *settings, simtime at, int64_t start_us)
{
    (void)start_us;
    const struct list *steps = &((const struct steps *)settings)->steps;
    return workload_knots_cumulative(steps->items, steps->count, SIMTIME_SECOND, at);
}

static simtime steps_steady_until(const void *settings, simtime from)
{
    const struct list *steps = &((const struct steps *)settings)->steps;
    return workload_knots_steady_until(steps->items, steps->count, SIMTIME_SECOND, from);
}

static void steps_check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    const struct list *steps = &((struct steps *)object)->steps;
    struct workload_knot *knots = steps->items;
    if (steps->count == 0)
        mistake(m, object, "steps", "steps needs at least one [time, rate]");
    for (size_t i = 1; i < steps->count; i++)
        if (knots[i].at <= knots[i - 1].at)
            mistake(m, &knots[i], "at", "the times of steps must increase");
    workload_link_knots(knots, steps->count);
}

static const struct param step_params[] = {
    {.key = "at",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct workload_knot, at, simtime),
     .meaning = "from when the rate holds; it is 0 before the first step"},
    PARAM_RATE("rate", struct workload_knot, amount, "requests per second until the next step"),
    PARAM_END,
};

static const struct shape step_shape = {
    .name = "step",
    .size = sizeof(struct workload_knot),
    .params = step_params,
    .tuple = true,
};

static const struct param steps_params[] = {
    {.key = "steps",
     .type = PARAM_LIST,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct steps, steps, struct list),
     .shape = &step_shape,
     .meaning = "[time, rate] each, times increasing"},
    PARAM_END,
};

static const struct shape steps_shape = {
    .name = "steps",
    .size = sizeof(struct steps),
    .params = steps_params,
    .shorthand = "steps",
    .check = steps_check,
};

static const struct workload_verbs steps_verbs = {.cumulative = steps_cumulative,
                                                  .steady_until = steps_steady_until};

const struct variant workload_steps = {
    .name = "steps",
    .meaning = "a rate from each given time on: [[0s, 100], [10m, 900]]",
    .shape = &steps_shape,
    .verbs = &steps_verbs,
};
