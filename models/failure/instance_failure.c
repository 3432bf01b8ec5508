/* A host fails: by the script, or each at a time that is drawn for it. Strikes of a host have numbers: at
 * the even ones it breaks, at the odd ones it is repaired. */
#include "models/failure/failure.h"
#include "sim/engine/dist.h"

struct instance_failure {
    struct dist time_between; /* not given: scripted */
    struct failure_times times;
    struct failure_target target;
    int mode; /* enum host_failure */
    struct dist repair;
};

static const char *const modes[] = {[HOST_CRASH] = "crash",
                                    [HOST_TERMINATE] = "terminate",
                                    [HOST_STOP] = "stop",
                                    [HOST_AGENT_LOST] = "agentLost",
                                    NULL};

static void instance_failure_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct instance_failure *failure = settings;
    failure_schedule_time(world, index, &failure->times, 0);
}

static void instance_failure_host_launched(struct world *world, uint32_t index, const void *settings,
                                           struct container_instance *host)
{
    const struct instance_failure *failure = settings;
    failure_draw_strike(world, index, &failure->time_between, host, 0);
}

static void instance_failure_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct instance_failure *failure = settings;
    failure_schedule_time(world, index, &failure->times, nth + 1);
    failure_strike_hosts(world, index, (enum host_failure)failure->mode, failure_selector(&failure->target),
                         2 * nth);
}

/* Whether a host is meant may change while it waits for its strike; where it is not, it waits for the
 * next. */
static void instance_failure_strike_host(struct world *world, uint32_t index, const void *settings,
                                         struct container_instance *host, uint64_t nth)
{
    const struct instance_failure *failure = settings;
    if (nth % 2) {
        (failure->mode == HOST_AGENT_LOST ? fault_reconnect_agent : fault_repair_host)(world, host);
        failure_draw_strike(world, index, &failure->time_between, host, nth + 1);
    } else if (!failure_means_host(world, failure_selector(&failure->target), host)) {
        failure_draw_strike(world, index, &failure->time_between, host, nth + 2);
    } else if (fault_host(world, host, (enum host_failure)failure->mode)) {
        failure_draw_strike(world, index, &failure->repair, host, nth + 1);
    }
}

static void instance_failure_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct instance_failure *failure = object;
    failure_check_script_or_chance(mistakes, object, &failure->time_between, &failure->times,
                                   &failure->target);
    failure_check_times(mistakes, object, &failure->times);
    failure_check_target(mistakes, object, "containerInstance", &failure->target, root);
}

static const struct param instance_failure_params[] = {
    PARAM_DIST("timeBetween", struct instance_failure, time_between, NULL,
               "drawn for each host from its launch on, and again after each repair"),
    PARAM_FAILURE_TIMES(struct instance_failure, times, 0),
    PARAM_FAILURE_TARGET(struct instance_failure, target, "containerInstance",
                         "the host: its name, or a selector"),
    {.key = "mode",
     .type = PARAM_CHOICE,
     .offset = PARAM_OFFSET(struct instance_failure, mode, int),
     .fallback = "crash",
     .names = modes,
     .meaning = "crash: dead, which ECS is slow to see; terminate: gone at once; stop: EC2 stops it; "
                "agentLost: its containers live on"},
    PARAM_DIST("repair", struct instance_failure, repair, NULL,
               "after this a host that no group replaces comes back, or a lost agent"),
    PARAM_END,
};

static const struct shape instance_failure_shape = {
    .name = "instanceFailure",
    .size = sizeof(struct instance_failure),
    .params = instance_failure_params,
    .check = instance_failure_check,
};

static const struct failure_verbs instance_failure_verbs = {
    .begin = instance_failure_begin,
    .host_launched = instance_failure_host_launched,
    .strike = instance_failure_strike,
    .strike_host = instance_failure_strike_host,
};

const struct variant failure_instance = {
    .name = "instanceFailure",
    .meaning = "hosts fail, at a time or by chance",
    .shape = &instance_failure_shape,
    .verbs = &instance_failure_verbs,
    .example = "at: 10m, availabilityZone: us-east-1b",
};
