/* AWS takes back the machine of a task on FARGATE_SPOT, two minutes after a warning. */
#include "models/failure/failure.h"

struct fargate_spot_interruption {
    struct failure_times times;
    struct failure_target target;
};

static void interruption_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct fargate_spot_interruption *interruption = settings;
    failure_schedule_time(world, index, &interruption->times, 0);
}

static void interruption_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct fargate_spot_interruption *interruption = settings;
    failure_schedule_time(world, index, &interruption->times, nth + 1);
    failure_strike_spot_tasks(world, index, failure_selector(&interruption->target), nth);
}

static void interruption_strike_task(struct world *world, uint32_t index, const void *settings,
                                     struct task *task)
{
    (void)index;
    (void)settings;
    fault_task_interrupt(world, task);
}

static void interruption_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct fargate_spot_interruption *interruption = object;
    failure_check_times(mistakes, object, &interruption->times);
    failure_check_target(mistakes, object, "task", &interruption->target, root);
}

static const struct param interruption_params[] = {
    PARAM_FAILURE_TIMES(struct fargate_spot_interruption, times, PARAM_REQUIRED),
    PARAM_FAILURE_TARGET(struct fargate_spot_interruption, target, "task",
                         "the task: its name, or a selector"),
    PARAM_END,
};

static const struct shape interruption_shape = {
    .name = "fargateSpotInterruption",
    .size = sizeof(struct fargate_spot_interruption),
    .params = interruption_params,
    .check = interruption_check,
};

static const struct failure_verbs interruption_verbs = {
    .begin = interruption_begin,
    .strike = interruption_strike,
    .strike_task = interruption_strike_task,
};

const struct variant failure_fargate_spot_interruption = {
    .name = "fargateSpotInterruption",
    .meaning = "a task on FARGATE_SPOT is warned, and stopped within two minutes",
    .shape = &interruption_shape,
    .verbs = &interruption_verbs,
    .example = "at: 10m, pick: newest",
};
