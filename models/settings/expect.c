/* expect: what a scenario promises. An entry has one subject, one measure that this subject has, and a
 * window. */
#include "models/settings/tables.h"
#include <string.h>

/* --- bounds ----------------------------------------------------------------------------------- */

#define OF struct bound_settings
static const struct param bound_params[] = {
    ROW("atLeast", NUMBER, at_least, "never less"),
    ROW("atMost", NUMBER, at_most, "never more"),
    ROW("exactly", NUMBER, exactly, "never anything else"),
    PARAM_END,
};
#undef OF

/* At least one bound, no contradiction, nothing beside `exactly`. */
static void check_bounds(struct mistakes *mistakes, const void *object, int64_t at_least, int64_t at_most,
                         int64_t exactly)
{
    if (at_least == ABSENT && at_most == ABSENT && exactly == ABSENT)
        mistake(mistakes, object, NULL, "no bound is given; say atLeast, atMost or exactly");
    else if (exactly != ABSENT && (at_least != ABSENT || at_most != ABSENT))
        mistake(mistakes, object, "exactly", "exactly stands alone");
    else if (at_least != ABSENT && at_most != ABSENT && at_least > at_most)
        mistake(mistakes, object, "atLeast", "atLeast is more than atMost, so no value will do");
}

static void check_bound(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct bound_settings *bound = object;
    check_bounds(mistakes, bound, bound->at_least, bound->at_most, bound->exactly);
}

static const struct shape bound_shape = {
    .name = "bound",
    .size = sizeof(struct bound_settings),
    .params = bound_params,
    .shorthand = "exactly",
    .check = check_bound,
};

#define OF struct bound_duration_settings
static const struct param bound_duration_params[] = {
    ROW("atLeast", DURATION, at_least, "never shorter"),
    ROW("atMost", DURATION, at_most, "never longer"),
    PARAM_END,
};
#undef OF

static const struct shape bound_duration_shape = {
    .name = "bound of a duration",
    .size = sizeof(struct bound_duration_settings),
    .params = bound_duration_params,
};

/* --- measures that are more than a bound ------------------------------------------------------ */

#define OF struct quantile_settings
static const struct param quantile_params[] = {
    ROW_STRUCT("p50", p50, struct bound_duration_settings, bound_duration_shape, "the median"),
    ROW_STRUCT("p90", p90, struct bound_duration_settings, bound_duration_shape, "90 % are not longer"),
    ROW_STRUCT("p95", p95, struct bound_duration_settings, bound_duration_shape, "95 % are not longer"),
    ROW_STRUCT("p99", p99, struct bound_duration_settings, bound_duration_shape, "99 % are not longer"),
    ROW_STRUCT("longest", longest, struct bound_duration_settings, bound_duration_shape, "the longest"),
    PARAM_END,
};
#undef OF

static bool duration_is_bound(const struct bound_duration_settings *bound)
{
    return bound->at_least != ABSENT || bound->at_most != ABSENT;
}

static void check_quantiles(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct quantile_settings *quantiles = object;
    if (!duration_is_bound(&quantiles->p50) && !duration_is_bound(&quantiles->p90) &&
        !duration_is_bound(&quantiles->p95) && !duration_is_bound(&quantiles->p99) &&
        !duration_is_bound(&quantiles->longest))
        mistake(mistakes, quantiles, NULL, "no bound is given; say for example p99: {atMost: 4m}");
}

static const struct shape quantile_shape = {
    .name = "quantiles",
    .size = sizeof(struct quantile_settings),
    .params = quantile_params,
    .check = check_quantiles,
};

#define OF struct tasks_per_zone_settings
static const struct param tasks_per_zone_params[] = {
    ROW_STRUCT("skew", skew, struct bound_settings, bound_shape,
               "most minus least, over zones with an eligible host", REQUIRED),
    PARAM_END,
};
#undef OF

static const struct shape tasks_per_zone_shape = {
    .name = "tasks per zone",
    .size = sizeof(struct tasks_per_zone_settings),
    .params = tasks_per_zone_params,
};

#define OF struct tasks_on_settings
static const struct param tasks_on_params[] = {
    {.key = "expression",
     .type = PARAM_PARSED,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(OF, expression, const struct query *),
     .parse = query_bind,
     .meaning = "which hosts, in the cluster query language"},
    ROW("atLeast", INTEGER, at_least, "never fewer tasks on them"),
    ROW("atMost", INTEGER, at_most, "never more tasks on them"),
    ROW("exactly", INTEGER, exactly, "always as many tasks on them"),
    PARAM_END,
};
#undef OF

static void check_tasks_on(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct tasks_on_settings *on = object;
    check_bounds(mistakes, on, on->at_least, on->at_most, on->exactly);
}

static const struct shape tasks_on_shape = {
    .name = "tasks on hosts",
    .size = sizeof(struct tasks_on_settings),
    .params = tasks_on_params,
    .check = check_tasks_on,
};

/* healthy, serving or running: the one that `availability` and `recovered` look at. */
static void check_one_count(struct mistakes *mistakes, const void *object, int64_t healthy, int64_t serving,
                            int64_t running)
{
    if ((healthy != ABSENT) + (serving != ABSENT) + (running != ABSENT) != 1)
        mistake(mistakes, object, NULL, "say how many tasks: one of healthy, serving and running");
}

#define OF struct availability_settings
static const struct param availability_params[] = {
    ROW("healthy", INTEGER, healthy, "so many healthy tasks", RANGE(1, MOST_COUNT)),
    ROW("serving", INTEGER, serving, "so many serving tasks", RANGE(1, MOST_COUNT)),
    ROW("running", INTEGER, running, "so many running tasks", RANGE(1, MOST_COUNT)),
    ROW("atLeast", NUMBER, at_least, "for this share of the time, 0 to 1", REQUIRED, RANGE(0, MILLION)),
    PARAM_END,
};
#undef OF

static void check_availability(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct availability_settings *availability = object;
    check_one_count(mistakes, availability, availability->healthy, availability->serving,
                    availability->running);
}

static const struct shape availability_shape = {
    .name = "availability",
    .size = sizeof(struct availability_settings),
    .params = availability_params,
    .check = check_availability,
};

#define OF struct recovered_settings
static const struct param recovered_params[] = {
    ROW("healthy", INTEGER, healthy, "back to so many healthy tasks", RANGE(1, MOST_COUNT)),
    ROW("serving", INTEGER, serving, "back to so many serving tasks", RANGE(1, MOST_COUNT)),
    ROW("running", INTEGER, running, "back to so many running tasks", RANGE(1, MOST_COUNT)),
    ROW("within", DURATION, within, "after so long at the latest", REQUIRED),
    PARAM_END,
};
#undef OF

static void check_recovered(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct recovered_settings *recovered = object;
    check_one_count(mistakes, recovered, recovered->healthy, recovered->serving, recovered->running);
}

static const struct shape recovered_shape = {
    .name = "recovered",
    .size = sizeof(struct recovered_settings),
    .params = recovered_params,
    .check = check_recovered,
};

/* --- entries ---------------------------------------------------------------------------------- */

static const char *const rollouts[] = {[ROLLOUT_ANY] = "",
                                       [ROLLOUT_COMPLETED] = "COMPLETED",
                                       [ROLLOUT_FAILED] = "FAILED",
                                       [ROLLOUT_IN_PROGRESS] = "IN_PROGRESS",
                                       NULL};
static const char *const durings[] = {"run", "deployment", NULL};

#define OF struct expect_settings
#define ROW_BOUND(key, field, text) ROW_OPTIONAL(key, field, struct bound_settings, bound_shape, text)
static const struct param expect_params[] = {
    ROW("service", REFERENCE, service, "subject: a service", IN("services"), ALIAS("serviceName")),
    ROW("autoScalingGroup", REFERENCE, auto_scaling_group, "subject: an Auto Scaling group",
        IN("autoScalingGroups"), ALIAS("autoScalingGroupName")),
    ROW("cluster", NAME, cluster, "subject: the whole cluster", ALIAS("clusterName")),
    ROW("job", NAME, job, "subject: the jobs of a load with a trigger"),
    ROW("event", TEXT, event, "subject: events of this eventName"),
    ROW("message", TEXT, message, "subject: service event messages that contain this text"),
    ROW_BOUND("desired", desired, "desired count of the service"),
    ROW_BOUND("pending", pending, "its tasks on their way to RUNNING"),
    ROW_BOUND("running", running, "its RUNNING tasks"),
    ROW_BOUND("healthy", healthy, "its tasks that count towards minimumHealthyPercent, as ECS believes"),
    ROW_BOUND("serving", serving, "its tasks that truly answer"),
    ROW_BOUND("stopping", stopping, "its tasks that are to stop and have not"),
    ROW_BOUND("startsWithoutData", starts_without_data,
              "how often one of its tasks has started where the data of its volume are not"),
    ROW_BOUND("unserved", unserved, "share of its requests that nobody answers, 0 to 1"),
    ROW_OPTIONAL("timeToHealthy", time_to_healthy, struct quantile_settings, quantile_shape,
                 "from a task's creation until healthy"),
    ROW_OPTIONAL("tasksPerZone", tasks_per_zone, struct tasks_per_zone_settings, tasks_per_zone_shape,
                 "how even its zones are"),
    ROW_BOUND("tasksPerInstance", tasks_per_instance, "its tasks on any one host"),
    ROW_BOUND("instancesUsed", instances_used, "hosts that have a task of it"),
    ROW_BOUND("images", images,
              "different images that its RUNNING tasks run in one container, of those that `images` lists"),
    ROW_OPTIONAL("tasksOn", tasks_on, struct tasks_on_settings, tasks_on_shape,
                 "its tasks on hosts that match an expression"),
    ROW_OPTIONAL("availability", availability, struct availability_settings, availability_shape,
                 "share of the time with enough tasks"),
    ROW_OPTIONAL("recovered", recovered, struct recovered_settings, recovered_shape,
                 "how soon enough tasks are back"),
    ROW("deployment", CHOICE, deployment,
        "rollout state of the PRIMARY deployment, or of that of `taskDefinition`", ONE_OF(rollouts)),
    ROW("taskDefinition", REFERENCE, task_definition, "with `deployment`: the one of this task definition",
        IN("taskDefinitions")),
    ROW("steadyState", FLAG, steady_state, "true: the service is in a steady state"),
    ROW("stuck", FLAG, stuck, "true: nothing can move"),
    ROW_BOUND("instances", instances, "hosts that are ACTIVE"),
    ROW_BOUND("desiredCapacity", desired_capacity,
              "desired capacity of the Auto Scaling group, in its units"),
    ROW_BOUND("inService", in_service, "hosts of the Auto Scaling group that are InService"),
    ROW_BOUND("cpuReserved", cpu_reserved, "share of registered CPU units that is reserved, 0 to 1"),
    ROW_BOUND("memoryReserved", memory_reserved, "share of registered memory that is reserved, 0 to 1"),
    ROW_BOUND("diskUsed", disk_used, "share of its disk that the fullest host has used, 0 to 1"),
    ROW_BOUND("cost", cost,
              "dollars for the hosts, or for what the service has reserved of them and on Fargate"),
    ROW_BOUND("queued", queued, "jobs without a task"),
    ROW_BOUND("inFlight", in_flight, "jobs whose task has not stopped"),
    ROW_BOUND("done", done, "jobs that are done in time, so far"),
    ROW_BOUND("late", late,
              "share of jobs that ended after their deadline or at the end are beyond it, 0 to 1"),
    ROW_BOUND("dropped", dropped, "share of jobs that were dropped, 0 to 1"),
    ROW_BOUND("failed", failed, "share of jobs whose task did not exit with 0, 0 to 1"),
    ROW_OPTIONAL("waiting", waiting, struct quantile_settings, quantile_shape,
                 "from a job's arrival until its task runs; at the end of the run, so far"),
    ROW_BOUND("count", count, "how often the event or the message came"),
    ROW_BOUND("logsDropped", logs_dropped,
              "lines of its containers that never came to CloudWatch Logs; counted when an outage, the "
              "container or the run ends"),
    ROW("from", DURATION, from, "window: from this time (default: the start)"),
    ROW("until", DURATION, until, "window: until this time, itself not (default: the end)"),
    ROW("at", DURATION, at, "window: at this very time"),
    ROW("by", DURATION, by, "window: at some time up to this one"),
    ROW("during", CHOICE, during, "window: deployment: from each update to the end of its deployment",
        DEFAULT("run"), ONE_OF(durings)),
    ROW("except", DURATION, except, "so much time outside the bound is allowed", DEFAULT("0s")),
    PARAM_END,
};
#undef OF

/* --- one subject, one measure ----------------------------------------------------------------- */

enum subject {
    SUBJECT_SERVICE = 1,
    SUBJECT_HOSTS = 2,
    SUBJECT_EVENT = 4,
    SUBJECT_GROUP = 8,
    SUBJECT_JOB = 16
};
enum measure_kind { MEASURE_POINTER, MEASURE_CHOICE, MEASURE_FLAG };

struct measure {
    const char *key;
    unsigned subjects;
    enum measure_kind kind;
    size_t offset;
};

#define OF(field) offsetof(struct expect_settings, field)
static const struct measure subjects[] = {
    {"service", SUBJECT_SERVICE, MEASURE_POINTER, OF(service)},
    {"autoScalingGroup", SUBJECT_HOSTS | SUBJECT_GROUP, MEASURE_POINTER, OF(auto_scaling_group)},
    {"cluster", SUBJECT_HOSTS, MEASURE_POINTER, OF(cluster)},
    {"job", SUBJECT_JOB, MEASURE_POINTER, OF(job)},
    {"event", SUBJECT_EVENT, MEASURE_POINTER, OF(event)},
    {"message", SUBJECT_EVENT, MEASURE_POINTER, OF(message)},
    {.key = NULL},
};

static const struct measure measures[] = {
    {"desired", SUBJECT_SERVICE, MEASURE_POINTER, OF(desired)},
    {"pending", SUBJECT_SERVICE, MEASURE_POINTER, OF(pending)},
    {"running", SUBJECT_SERVICE, MEASURE_POINTER, OF(running)},
    {"healthy", SUBJECT_SERVICE, MEASURE_POINTER, OF(healthy)},
    {"serving", SUBJECT_SERVICE, MEASURE_POINTER, OF(serving)},
    {"stopping", SUBJECT_SERVICE, MEASURE_POINTER, OF(stopping)},
    {"startsWithoutData", SUBJECT_SERVICE, MEASURE_POINTER, OF(starts_without_data)},
    {"unserved", SUBJECT_SERVICE, MEASURE_POINTER, OF(unserved)},
    {"timeToHealthy", SUBJECT_SERVICE, MEASURE_POINTER, OF(time_to_healthy)},
    {"tasksPerZone", SUBJECT_SERVICE, MEASURE_POINTER, OF(tasks_per_zone)},
    {"tasksPerInstance", SUBJECT_SERVICE, MEASURE_POINTER, OF(tasks_per_instance)},
    {"instancesUsed", SUBJECT_SERVICE, MEASURE_POINTER, OF(instances_used)},
    {"images", SUBJECT_SERVICE, MEASURE_POINTER, OF(images)},
    {"tasksOn", SUBJECT_SERVICE, MEASURE_POINTER, OF(tasks_on)},
    {"availability", SUBJECT_SERVICE, MEASURE_POINTER, OF(availability)},
    {"recovered", SUBJECT_SERVICE, MEASURE_POINTER, OF(recovered)},
    {"deployment", SUBJECT_SERVICE, MEASURE_CHOICE, OF(deployment)},
    {"steadyState", SUBJECT_SERVICE, MEASURE_FLAG, OF(steady_state)},
    {"stuck", SUBJECT_SERVICE, MEASURE_FLAG, OF(stuck)},
    {"instances", SUBJECT_HOSTS, MEASURE_POINTER, OF(instances)},
    {"desiredCapacity", SUBJECT_GROUP, MEASURE_POINTER, OF(desired_capacity)},
    {"inService", SUBJECT_GROUP, MEASURE_POINTER, OF(in_service)},
    {"cpuReserved", SUBJECT_HOSTS, MEASURE_POINTER, OF(cpu_reserved)},
    {"memoryReserved", SUBJECT_HOSTS, MEASURE_POINTER, OF(memory_reserved)},
    {"diskUsed", SUBJECT_HOSTS, MEASURE_POINTER, OF(disk_used)},
    {"cost", SUBJECT_SERVICE | SUBJECT_HOSTS, MEASURE_POINTER, OF(cost)},
    {"queued", SUBJECT_JOB, MEASURE_POINTER, OF(queued)},
    {"inFlight", SUBJECT_JOB, MEASURE_POINTER, OF(in_flight)},
    {"done", SUBJECT_JOB, MEASURE_POINTER, OF(done)},
    {"late", SUBJECT_JOB, MEASURE_POINTER, OF(late)},
    {"dropped", SUBJECT_JOB, MEASURE_POINTER, OF(dropped)},
    {"failed", SUBJECT_JOB, MEASURE_POINTER, OF(failed)},
    {"waiting", SUBJECT_JOB, MEASURE_POINTER, OF(waiting)},
    {"count", SUBJECT_EVENT, MEASURE_POINTER, OF(count)},
    {"logsDropped", SUBJECT_SERVICE, MEASURE_POINTER, OF(logs_dropped)},
    {.key = NULL},
};
#undef OF

static bool is_given(const struct expect_settings *expect, const struct measure *measure)
{
    const char *field = (const char *)expect + measure->offset;
    switch (measure->kind) {
    case MEASURE_POINTER:
        return *(const void *const *)field != NULL;
    case MEASURE_CHOICE:
        return *(const int *)field != 0;
    case MEASURE_FLAG:
        return *(const bool *)field;
    }
    return false;
}

/* The one that is given; NULL, and a mistake, if none or several are. */
static const struct measure *only_one(struct mistakes *mistakes, const struct expect_settings *expect,
                                      const struct measure *of, const char *what, const char *examples)
{
    const struct measure *given = NULL;
    for (; of->key; of++) {
        if (!is_given(expect, of))
            continue;
        if (given) {
            mistake(mistakes, expect, of->key, "one %s to an entry; there is `%s` already", what, given->key);
            return NULL;
        }
        given = of;
    }
    if (!given)
        mistake(mistakes, expect, NULL, "the entry has no %s: %s, …", what, examples);
    return given;
}

static void check_job(struct mistakes *mistakes, const struct expect_settings *expect,
                      const struct ecs_settings *settings)
{
    if (!expect->job || settings_named(settings, NAMED_JOB, expect->job))
        return;
    const char **names = arena_array(mistakes_arena(mistakes), settings->load.count + 1, sizeof *names);
    size_t count = 0;
    EACH(struct load_settings, each, settings->load) {
        const char *name = each->job.trigger ? settings_job_name(settings, each) : NULL;
        if (name)
            names[count++] = name;
    }
    const char *nearest = nearest_name(expect->job, names);
    mistake(mistakes, expect, "job", "no load with a trigger has jobs named `%s`%s%s%s", expect->job,
            nearest ? "; did you mean `" : "", nearest ? nearest : "", nearest ? "`?" : "");
}

static void check_window_end(struct mistakes *mistakes, const struct expect_settings *expect, const char *key,
                             simtime at, simtime duration)
{
    if (at != ABSENT && at > duration)
        mistake(mistakes, expect, key, "the window reaches beyond the end of the run");
}

static void check_window(struct mistakes *mistakes, const struct expect_settings *expect, simtime duration)
{
    if (expect->from != ABSENT && expect->until != ABSENT && expect->from >= expect->until)
        mistake(mistakes, expect, "until", "the window ends before it begins");
    if (expect->at != ABSENT && (expect->from != ABSENT || expect->until != ABSENT || expect->by != ABSENT))
        mistake(mistakes, expect, "at",
                "`at` is one instant; it goes with neither `from` nor `until` nor `by`");
    if (duration <= 0)
        return; /* a mistake already */
    check_window_end(mistakes, expect, "from", expect->from, duration);
    check_window_end(mistakes, expect, "until", expect->until, duration);
    check_window_end(mistakes, expect, "at", expect->at, duration);
    check_window_end(mistakes, expect, "by", expect->by, duration);
}

static void check_expect(struct mistakes *mistakes, void *object, void *root)
{
    const struct expect_settings *expect = object;
    const struct ecs_settings *settings = root;
    /* A service beside an event or a message only says whose it is. */
    const struct measure *first = expect->event || expect->message ? subjects + 1 : subjects;
    const struct measure *subject =
        only_one(mistakes, expect, first, "subject", "service, autoScalingGroup, cluster, event");
    const struct measure *measure =
        only_one(mistakes, expect, measures, "measure", "healthy, running, deployment, instances, count");
    if (subject && measure && !(measure->subjects & subject->subjects))
        mistake(mistakes, expect, measure->key, "`%s` is no measure of `%s`", measure->key, subject->key);
    if (expect->task_definition && measure && expect->deployment == ROLLOUT_ANY)
        mistake(mistakes, expect, "taskDefinition",
                "`taskDefinition` says which `deployment` is meant, and there is none");
    check_window(mistakes, expect, settings->run.duration);
    check_job(mistakes, expect, settings);
}

const struct shape expect_shape = {
    .name = "expectation",
    .size = sizeof(struct expect_settings),
    .params = expect_params,
    .check = check_expect,
};
