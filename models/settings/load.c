/* load: what is asked of services, and tasks that are run by a trace. */
#include "models/settings/tables.h"

/* The keys of RunTask, and the trace. */
#define OF struct run_task_settings
static const struct param task_load_params[] = {
    ROWS_OF_RUN_TASK,
    {.key = "trace",
     .type = PARAM_STRUCT,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct task_load_settings, trace, struct arrivals),
     .shape = &arrivals_shape,
     .meaning = "when each is run, for how long, and what it reserves"},
    PARAM_END,
};
#undef OF

/* Fargate has sizes of its own. [API:RegisterTaskDefinitionRequest.cpu] */
static void check_sizes(struct mistakes *mistakes, const struct task_load_settings *load,
                        const struct ecs_settings *settings)
{
    const struct list *strategy = settings_strategy(settings, &load->run.capacity);
    const char *sized = load->trace.cpu      ? "cpu"
                        : load->trace.memory ? "memory"
                        : load->trace.gpu    ? "gpu"
                                             : NULL;
    EACH(struct capacity_provider_item_settings, item, *strategy) {
        if (sized && item->capacity_provider && settings_is_fargate(item->capacity_provider))
            mistake(mistakes, &load->trace, sized,
                    "the size of a task on Fargate is its task definition's; leave out `%s`", sized);
    }
}

static void check_task_load(struct mistakes *mistakes, void *object, void *root)
{
    const struct task_load_settings *load = object;
    settings_check_run_task(mistakes, object, root);
    check_sizes(mistakes, load, root);
}

static const struct shape task_load_shape = {
    .name = "runTask",
    .size = sizeof(struct task_load_settings),
    .params = task_load_params,
    .check = check_task_load,
};

#define OF struct load_settings
static const struct param load_params[] = {
    ROW("service", REFERENCE, service, "service that is asked", IN("services")),
    ROW_STRUCT("requestsPerSecond", requests_per_second, struct workload, workload_shape,
               "how often it is asked, over time"),
    ROW_OPTIONAL("runTask", run_task, struct task_load_settings, task_load_shape,
                 "instead of a service: tasks of no service, each run at its time [API:RunTask]"),
    PARAM_END,
};
#undef OF

static bool is_asked_before(const struct ecs_settings *settings, const struct load_settings *load)
{
    EACH(struct load_settings, each, settings->load) {
        if (each == load)
            return false;
        if (settings_same(each->service, load->service))
            return true;
    }
    return false;
}

static void check_load(struct mistakes *mistakes, void *object, void *root)
{
    const struct load_settings *load = object;
    bool asks = load->requests_per_second.chosen.variant;
    if (load->run_task && (load->service || asks))
        mistake(mistakes, load, load->service ? "service" : "requestsPerSecond",
                "an entry asks a service for something or runs tasks, not both");
    else if (!load->run_task && !load->service)
        mistake(mistakes, load, NULL, "load lacks `service`, or `runTask`");
    else if (!load->run_task && !asks)
        mistake(mistakes, load, NULL, "load lacks `requestsPerSecond`");
    else if (is_asked_before(root, load))
        mistake(mistakes, load, "service", "the load of `%s` is given already", load->service);
}

const struct shape load_shape = {
    .name = "load",
    .size = sizeof(struct load_settings),
    .params = load_params,
    .check = check_load,
};
