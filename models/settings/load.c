/* load: what is asked of services, tasks that are run by a trace, and jobs that somebody calls RunTask for.
 */
#include "models/scaling/schedule.h"
#include "models/settings/tables.h"

/* The keys of RunTask, and the trace. */
#define OF struct run_task_settings
static const struct param task_load_params[] = {
    ROWS_OF_RUN_TASK,
    {.key = "trace",
     .type = PARAM_OPTIONAL,
     .offset = PARAM_OFFSET(struct task_load_settings, trace, struct arrivals *),
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
    const struct arrivals *trace = load->trace;
    const char *sized = !trace          ? NULL
                        : trace->cpu    ? "cpu"
                        : trace->memory ? "memory"
                        : trace->gpu    ? "gpu"
                                        : NULL;
    EACH(struct capacity_provider_item_settings, item, *strategy) {
        if (sized && item->capacity_provider && settings_is_fargate(item->capacity_provider))
            mistake(mistakes, trace, sized,
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

/* --- jobs ------------------------------------------------------------------------------------- */

#define OF struct job_deadline_settings
static const struct param deadline_params[] = {
    ROW("startBy", DURATION, start_by,
        "a job that is handed over later than this after its arrival is dropped"),
    ROW("finishBy", DURATION, finish_by, "a job that ends later than this after its arrival is late"),
    PARAM_END,
};
#undef OF

static void check_deadline(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct job_deadline_settings *deadline = object;
    bool starts = deadline->start_by != ABSENT, finishes = deadline->finish_by != ABSENT;
    if (!starts && !finishes)
        mistake(mistakes, deadline, NULL, "a deadline says startBy, finishBy or both");
    else if (starts && finishes && deadline->start_by > deadline->finish_by)
        mistake(mistakes, deadline, "startBy", "startBy is later than finishBy");
}

static const struct shape deadline_shape = {
    .name = "deadline",
    .size = sizeof(struct job_deadline_settings),
    .params = deadline_params,
    .shorthand = "finishBy",
    .check = check_deadline,
};

static const char *const arrivals_names[] = {
    [ARRIVALS_NOT_SAID] = "", [ARRIVALS_POISSON] = "poisson", [ARRIVALS_REGULAR] = "regular", NULL};

const char *settings_job_name(const struct ecs_settings *settings, const struct load_settings *load)
{
    const struct task_definition_settings *definition =
        load->run_task ? settings_named(settings, NAMED_TASK_DEFINITION, load->run_task->run.task_definition)
                       : NULL;
    return load->job.name ? load->job.name : definition ? definition->family : NULL;
}

/* A key that says something of jobs, in an entry that has none. */
static const char *stray_job_key(const struct load_settings *load)
{
    return load->job.name       ? "name"
           : load->job.arrivals ? "arrivals"
           : load->job.deadline ? "deadline"
           : load->job.trigger  ? "trigger"
                                : NULL;
}

static void check_arrivals(struct mistakes *mistakes, const struct load_settings *load)
{
    const struct trigger_traits traits = trigger_describe(load->job.trigger);
    bool rate = load->requests_per_second.chosen.variant, trace = load->run_task->trace;
    if (traits.schedule && (rate || trace))
        mistake(mistakes, rate ? (const void *)load : load->run_task, rate ? "requestsPerSecond" : "trace",
                "a schedule says when its jobs arrive; leave out `%s`", rate ? "requestsPerSecond" : "trace");
    else if (rate && trace)
        mistake(mistakes, load, "requestsPerSecond", "jobs arrive by a rate or by a trace, not both");
    else if (!traits.schedule && !rate && !trace)
        mistake(mistakes, load, NULL, "load lacks `requestsPerSecond`, or a `trace` in its `runTask`");
}

static void warn_if_never(struct mistakes *mistakes, const struct load_settings *load,
                          const struct run_settings *run)
{
    const struct schedule *schedule = trigger_describe(load->job.trigger).schedule;
    if (!schedule || schedule->kind == SCHEDULE_UNREAD)
        return;
    int64_t start_us = run->start_time_us;
    int64_t at_us = schedule_next(schedule, start_us + schedule->rate, start_us);
    if (run->duration != ABSENT && (at_us == SCHEDULE_NEVER || at_us - start_us > run->duration))
        warn(mistakes, load, "trigger", "it is never due within the run");
}

static void check_job(struct mistakes *mistakes, const struct load_settings *load,
                      const struct ecs_settings *settings)
{
    const char *name = settings_job_name(settings, load);
    const struct load_settings *first = settings_named(settings, NAMED_JOB, name);
    if (load->job.trigger->chosen.variant) {
        check_arrivals(mistakes, load);
        warn_if_never(mistakes, load, &settings->run);
    } else {
        mistake(mistakes, load, "trigger", "the trigger is empty; `ecsim list triggers` names them");
    }
    if (name && first != load)
        mistake(mistakes, load, load->job.name ? "name" : NULL,
                "there are jobs named `%s` already; give each such entry a `name`", name);
}

/* --- entries ---------------------------------------------------------------------------------- */

#define OF struct load_settings
static const struct param load_params[] = {
    ROW("service", REFERENCE, service, "service that is asked", IN("services")),
    ROW_STRUCT("requestsPerSecond", requests_per_second, struct workload, workload_shape,
               "how often it is asked, over time; with a trigger, how many jobs arrive"),
    ROW("requestsOf", REFERENCE, requests_of,
        "instead: the service that asks it, in the instant in which it is asked itself: nginx in front of "
        "app",
        IN("services")),
    ROW("share", NUMBER, share,
        "with requestsOf: so many requests for each that the other takes on (default: 1)",
        RANGE(0, MOST_ASKED *MILLION)),
    ROW_OPTIONAL("runTask", run_task, struct task_load_settings, task_load_shape,
                 "instead of a service: tasks of no service, each run at its time [API:RunTask]"),
    ROW("name", NAME, job.name, "with a trigger: the name of its jobs (default: the family that they run)"),
    ROW_OPTIONAL("trigger", job.trigger, struct trigger, trigger_shape,
                 "who calls RunTask: jobs wait, are tried again, or are dropped"),
    ROW("arrivals", CHOICE, job.arrivals,
        "with a trigger: how jobs follow the rate: poisson (the default) or regular", ONE_OF(arrivals_names)),
    ROW_OPTIONAL("deadline", job.deadline, struct job_deadline_settings, deadline_shape,
                 "with a trigger: when a job has to be started or done; a bare duration is finishBy"),
    PARAM_END,
};
#undef OF

/* Who is asked, and by whom. */
static const char *name_of_load(struct arena *arena, const struct load_settings *load)
{
    return load->service
               ? arena_format(arena, "%s\n%s", load->service, load->requests_of ? load->requests_of : "")
               : NULL;
}

void settings_index_loads(struct ecs_settings *settings)
{
    struct symbols *names = settings->by_name;
    EACH(struct load_settings, load, settings->load) {
        if (load->requests_per_second.chosen.variant)
            symbol_enter(&names[NAMED_WORKLOAD], load->service, load);
        if (load->job.trigger)
            symbol_enter(&names[NAMED_JOB], settings_job_name(settings, load), load);
        symbol_enter(&names[NAMED_LOAD], name_of_load(names->arena, load), load);
        symbol_enter(&names[NAMED_IN_LOAD], load->service, load);
        symbol_enter(&names[NAMED_IN_LOAD], load->requests_of, load);
    }
}

static void check_tasks(struct mistakes *mistakes, const struct load_settings *load)
{
    bool asks = load->requests_per_second.chosen.variant;
    if (load->service || asks)
        mistake(mistakes, load, load->service ? "service" : "requestsPerSecond",
                "an entry asks a service for something or runs tasks, not both");
    else if (!load->run_task->trace)
        mistake(mistakes, load->run_task, NULL, "runTask lacks `trace`");
}

static void check_requests(struct mistakes *mistakes, const struct load_settings *load,
                           const struct ecs_settings *settings)
{
    bool asks = load->requests_per_second.chosen.variant;
    if (!load->service)
        mistake(mistakes, load, NULL, "load lacks `service`, or `runTask`");
    else if (!asks && !load->requests_of)
        mistake(mistakes, load, NULL, "load lacks `requestsPerSecond`");
    else if (asks && load->requests_of)
        mistake(mistakes, load, "requestsOf",
                "an entry has requests of its own or those of another service; give each its entry");
    else if (settings_named(settings, NAMED_LOAD, name_of_load(mistakes_arena(mistakes), load)) != load)
        mistake(mistakes, load, "service", "the load of `%s` is given already", load->service);
    if (load->share != ABSENT && !load->requests_of)
        mistake(mistakes, load, "share", "a share of what? It goes with requestsOf");
}

static void check_load(struct mistakes *mistakes, void *object, void *root)
{
    const struct load_settings *load = object;
    bool has_jobs = load->run_task && load->job.trigger;
    if (load->run_task && load->requests_of)
        mistake(mistakes, load, "requestsOf", "tasks that an entry runs are asked nothing");
    if (has_jobs && !load->service)
        check_job(mistakes, load, root);
    else if (stray_job_key(load) && !has_jobs)
        mistake(mistakes, load, stray_job_key(load),
                "`%s` is of jobs, which have a `runTask` and a `trigger`", stray_job_key(load));
    else if (load->run_task)
        check_tasks(mistakes, load);
    else
        check_requests(mistakes, load, root);
}

const struct shape load_shape = {
    .name = "load",
    .size = sizeof(struct load_settings),
    .params = load_params,
    .check = check_load,
};
