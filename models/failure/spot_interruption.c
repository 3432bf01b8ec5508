/* EC2 takes Spot hosts back: by the script, or each at a time that is drawn for it. A host that is not of the
 * Spot market is never struck. */
#include "models/failure/failure.h"
#include "sim/engine/dist.h"

struct spot_interruption {
    struct dist time_between; /* not given: scripted */
    struct failure_times times;
    struct failure_target target;
    int kind; /* enum interruption */
};

enum interruption { INTERRUPTION_TERMINATES, INTERRUPTION_STOPS };
static const char *const kinds[] = {
    [INTERRUPTION_TERMINATES] = "terminate", [INTERRUPTION_STOPS] = "stop", NULL};

static enum host_failure failure_of(const struct spot_interruption *interruption)
{
    return interruption->kind == INTERRUPTION_STOPS ? HOST_SPOT_STOP : HOST_SPOT_TERMINATE;
}

static void spot_interruption_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct spot_interruption *interruption = settings;
    failure_schedule_time(world, index, &interruption->times, 0);
}

static void spot_interruption_host_launched(struct world *world, uint32_t index, const void *settings,
                                            struct container_instance *host)
{
    const struct spot_interruption *interruption = settings;
    failure_draw_strike(world, index, &interruption->time_between, host, 0);
}

static void spot_interruption_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct spot_interruption *interruption = settings;
    failure_schedule_time(world, index, &interruption->times, nth + 1);
    failure_strike_hosts(world, index, failure_of(interruption), failure_selector(&interruption->target),
                         nth);
}

/* Whether a host is meant may change while it waits for its strike; where it is not, it waits for the
 * next. */
static void spot_interruption_strike_host(struct world *world, uint32_t index, const void *settings,
                                          struct container_instance *host, uint64_t nth)
{
    const struct spot_interruption *interruption = settings;
    if (failure_means_host(world, failure_selector(&interruption->target), host))
        fault_host(world, host, failure_of(interruption));
    else
        failure_draw_strike(world, index, &interruption->time_between, host, nth + 1);
}

static void spot_interruption_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct spot_interruption *interruption = object;
    failure_check_script_or_chance(mistakes, object, &interruption->time_between, &interruption->times,
                                   &interruption->target);
    failure_check_times(mistakes, object, &interruption->times);
    failure_check_target(mistakes, object, "containerInstance", &interruption->target, root);
}

static const struct param spot_interruption_params[] = {
    PARAM_DIST("timeBetween", struct spot_interruption, time_between, NULL,
               "drawn for each Spot host from its launch on"),
    PARAM_FAILURE_TIMES(struct spot_interruption, times, 0),
    PARAM_FAILURE_TARGET(struct spot_interruption, target, "containerInstance",
                         "the host: its name, or a selector"),
    {.key = "kind",
     .type = PARAM_CHOICE,
     .offset = PARAM_OFFSET(struct spot_interruption, kind, int),
     .fallback = "terminate",
     .names = kinds,
     .meaning = "what befalls the host two minutes after the notice: terminate or stop"},
    PARAM_END,
};

static const struct shape spot_interruption_shape = {
    .name = "spotInterruption",
    .size = sizeof(struct spot_interruption),
    .params = spot_interruption_params,
    .check = spot_interruption_check,
};

static const struct failure_verbs spot_interruption_verbs = {
    .begin = spot_interruption_begin,
    .host_launched = spot_interruption_host_launched,
    .strike = spot_interruption_strike,
    .strike_host = spot_interruption_strike_host,
};

const struct variant failure_spot_interruption = {
    .name = "spotInterruption",
    .meaning = "Spot hosts get their notice, and two minutes later they end",
    .shape = &spot_interruption_shape,
    .verbs = &spot_interruption_verbs,
};
