/* A container takes connections and never answers. */
#include "models/failure/failure.h"

struct task_hang {
    struct failure_times times;
    struct failure_target target;
    const char *container;
};

static void task_hang_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct task_hang *hang = settings;
    failure_schedule_time(world, index, &hang->times, 0);
}

static void task_hang_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct task_hang *hang = settings;
    failure_schedule_time(world, index, &hang->times, nth + 1);
    failure_strike_tasks(world, index, failure_selector(&hang->target), nth);
}

static void task_hang_strike_task(struct world *world, uint32_t index, const void *settings,
                                  struct task *task)
{
    (void)index;
    const struct task_hang *hang = settings;
    fault_task_hang(world, task, hang->container);
}

static void task_hang_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct task_hang *hang = object;
    failure_check_times(mistakes, object, &hang->times);
    failure_check_target(mistakes, object, "task", &hang->target, root);
    failure_check_container(mistakes, object, hang->container, root);
}

static const struct param task_hang_params[] = {
    PARAM_FAILURE_TIMES(struct task_hang, times, PARAM_REQUIRED),
    PARAM_FAILURE_TARGET(struct task_hang, target, "task", "the task: its name, or a selector"),
    PARAM_FAILURE_CONTAINER(struct task_hang, container),
    PARAM_END,
};

static const struct shape task_hang_shape = {
    .name = "taskHang",
    .size = sizeof(struct task_hang),
    .params = task_hang_params,
    .check = task_hang_check,
};

static const struct failure_verbs task_hang_verbs = {
    .begin = task_hang_begin,
    .strike = task_hang_strike,
    .strike_task = task_hang_strike_task,
};

const struct variant failure_task_hang = {
    .name = "taskHang",
    .meaning = "a container of a running task takes connections and never answers",
    .shape = &task_hang_shape,
    .verbs = &task_hang_verbs,
    .example = "at: 10m, service: web, pick: newest",
};
