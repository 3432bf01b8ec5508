/* A container ends by itself. */
#include "models/failure/failure.h"

struct task_crash {
    struct failure_times times;
    struct failure_target target;
    const char *container;
    int64_t exit_code;
};

static void task_crash_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct task_crash *crash = settings;
    failure_schedule_time(world, index, &crash->times, 0);
}

static void task_crash_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct task_crash *crash = settings;
    failure_schedule_time(world, index, &crash->times, nth + 1);
    failure_strike_tasks(world, index, failure_selector(&crash->target), nth);
}

static void task_crash_strike_task(struct world *world, uint32_t index, const void *settings,
                                   struct task *task)
{
    (void)index;
    const struct task_crash *crash = settings;
    fault_task_exit(world, task, crash->container, crash->exit_code);
}

static void task_crash_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct task_crash *crash = object;
    failure_check_times(mistakes, object, &crash->times);
    failure_check_target(mistakes, object, "task", &crash->target, root);
    failure_check_container(mistakes, object, crash->container, root);
}

static const struct param task_crash_params[] = {
    PARAM_FAILURE_TIMES(struct task_crash, times, PARAM_REQUIRED),
    PARAM_FAILURE_TARGET(struct task_crash, target, "task", "the task: its name, or a selector"),
    PARAM_FAILURE_CONTAINER(struct task_crash, container),
    {.key = "exitCode",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct task_crash, exit_code, int64_t),
     .fallback = "1",
     .least = 0,
     .most = 255,
     .meaning = "exit code of the container"},
    PARAM_END,
};

static const struct shape task_crash_shape = {
    .name = "taskCrash",
    .size = sizeof(struct task_crash),
    .params = task_crash_params,
    .check = task_crash_check,
};

static const struct failure_verbs task_crash_verbs = {
    .begin = task_crash_begin,
    .strike = task_crash_strike,
    .strike_task = task_crash_strike_task,
};

const struct variant failure_task_crash = {
    .name = "taskCrash",
    .meaning = "a container of a running task exits",
    .shape = &task_crash_shape,
    .verbs = &task_crash_verbs,
    .example = "at: 10m, service: web, exitCode: 3",
};
