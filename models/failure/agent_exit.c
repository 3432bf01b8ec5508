/* The agent's process ends, by the script or each by chance; what follows is the host's kind's. Strikes of a
 * host have numbers: at the even ones its agent ends, at the odd ones somebody starts it again. */
#include "models/failure/failure.h"
#include "sim/engine/dist.h"

enum { MOST_EXIT_CODE = 255 };

struct agent_exit {
    struct dist time_between; /* not given: scripted */
    struct failure_times times;
    struct failure_target target;
    int64_t exit_code;
    struct dist repair;
};

static void agent_exit_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct agent_exit *exit = settings;
    failure_schedule_time(world, index, &exit->times, 0);
}

static void agent_exit_host_launched(struct world *world, uint32_t index, const void *settings,
                                     struct container_instance *host)
{
    const struct agent_exit *exit = settings;
    failure_draw_strike(world, index, &exit->time_between, host, 0);
}

static void agent_exit_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct agent_exit *exit = settings;
    failure_schedule_time(world, index, &exit->times, nth + 1);
    failure_strike_hosts(world, index, HOST_AGENT_EXIT, failure_selector(&exit->target), 2 * nth);
}

static void agent_exit_strike_host(struct world *world, uint32_t index, const void *settings,
                                   struct container_instance *host, uint64_t nth)
{
    const struct agent_exit *exit = settings;
    bool means = failure_means_host(world, failure_selector(&exit->target), host);
    if (nth % 2) {
        fault_start_agent(world, host);
        failure_draw_strike(world, index, &exit->time_between, host, nth + 1);
    } else if (means && fault_agent_exit(world, host, exit->exit_code)) {
        failure_draw_strike(world, index, &exit->repair, host, nth + 1);
    } else {
        failure_draw_strike(world, index, &exit->time_between, host, nth + 2);
    }
}

static void agent_exit_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct agent_exit *exit = object;
    failure_check_script_or_chance(mistakes, object, &exit->time_between, &exit->times, &exit->target);
    failure_check_times(mistakes, object, &exit->times);
    failure_check_target(mistakes, object, "containerInstance", &exit->target, root);
}

static const struct param agent_exit_params[] = {
    PARAM_DIST("timeBetween", struct agent_exit, time_between, NULL,
               "drawn for each host from its launch on, and again after each end"),
    PARAM_FAILURE_TIMES(struct agent_exit, times, 0),
    PARAM_FAILURE_TARGET(struct agent_exit, target, "containerInstance", "the host: its name, or a selector"),
    {.key = "exitCode",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(struct agent_exit, exit_code, int64_t),
     .fallback = "1",
     .least = 0,
     .most = MOST_EXIT_CODE,
     .meaning = "with which it ends; after 0 and 5 ecs-init does not start it again, after 42 at once"},
    PARAM_DIST("repair", struct agent_exit, repair, NULL,
               "after this somebody starts an agent that was not started again"),
    PARAM_END,
};

static const struct shape agent_exit_shape = {
    .name = "agentExit",
    .size = sizeof(struct agent_exit),
    .params = agent_exit_params,
    .check = agent_exit_check,
};

static const struct failure_verbs agent_exit_verbs = {
    .begin = agent_exit_begin,
    .host_launched = agent_exit_host_launched,
    .strike = agent_exit_strike,
    .strike_host = agent_exit_strike_host,
};

const struct variant failure_agent_exit = {
    .name = "agentExit",
    .meaning = "the agent's process ends on hosts; ecs-init or Docker may start it again",
    .shape = &agent_exit_shape,
    .verbs = &agent_exit_verbs,
    .example = "at: 10m, containerInstance: fleet-1",
};
