/* EC2 takes Spot hosts back: by the script, each at a time that is drawn for it, or all of a pool while a
 * trace of its availability says that it has none to give. A host that is not of the Spot market is never
 * struck.
 *
 * Where a group rebalances its capacity, EC2 recommends it timing.rebalanceRecommendation before the notice,
 * or at the start of the run, or of the host, where that is later. */
#include "models/failure/failure.h"
#include "models/failure/spot_trace.h"
#include "sim/engine/dist.h"

struct spot_interruption {
    struct dist time_between; /* not given: scripted, or a trace */
    struct failure_times times;
    struct failure_target target;
    struct spot_trace *trace; /* NULL: none */
    int kind;                 /* enum interruption */
};

enum interruption { INTERRUPTION_TERMINATES, INTERRUPTION_STOPS };
static const char *const kinds[] = {
    [INTERRUPTION_TERMINATES] = "terminate", [INTERRUPTION_STOPS] = "stop", NULL};

/* The strike of this number at a host is its notice; the one without is that it is at risk. */
static const uint64_t notice = UINT64_C(1) << 31;

static enum host_failure failure_of(const struct spot_interruption *interruption)
{
    return interruption->kind == INTERRUPTION_STOPS ? HOST_SPOT_STOP : HOST_SPOT_TERMINATE;
}

static simtime lead_within(const struct world *world, simtime length)
{
    simtime lead = fault_rebalance_lead(world);
    return lead < length ? lead : length;
}

/* --- a pool ----------------------------------------------------------------------------------- */

static void schedule_next(struct world *world, uint32_t index, const struct spot_trace *trace, uint64_t step)
{
    if (step >= 2 * trace->change_count)
        return;
    const struct spot_trace_change *change = &trace->changes[step / 2];
    simtime now = fault_now(world), early = change->at - lead_within(world, change->at);
    bool warns = step % 2 == 0 && !change->available;
    failure_schedule(world, index, warns ? (early > now ? early : now) : change->at, step);
}

/* Each change has two steps: it is foreseen, and it comes. */
static void follow_trace(struct world *world, uint32_t index, const struct spot_interruption *interruption,
                         uint64_t step)
{
    const struct spot_trace *trace = interruption->trace;
    bool available = trace->changes[step / 2].available, comes = step % 2;
    if (!available || comes)
        fault_spot_pool(world, trace->instance_type, trace->availability_zone,
                        available ? SPOT_POOL_OPEN
                        : comes   ? SPOT_POOL_CLOSED
                                  : SPOT_POOL_AT_RISK,
                        failure_of(interruption));
    schedule_next(world, index, trace, step + 1);
}

/* --- hosts ------------------------------------------------------------------------------------ */

static void draw_strike(struct world *world, uint32_t index, const struct spot_interruption *interruption,
                        struct container_instance *host, uint64_t nth)
{
    if (!dist_given(&interruption->time_between))
        return;
    simtime after =
        dist_draw(&interruption->time_between, failure_draw(world, index, fault_host_name(host), nth));
    failure_schedule_host(world, index, after - lead_within(world, after), host, nth);
}

/* From the strike of this number until the notice. */
static simtime time_left(struct world *world, uint32_t index, const struct spot_interruption *interruption,
                         const struct container_instance *host, uint64_t nth)
{
    if (interruption->times.at != ABSENT)
        return lead_within(world, interruption->times.at);
    return lead_within(world, dist_draw(&interruption->time_between,
                                        failure_draw(world, index, fault_host_name(host), nth)));
}

static void warn_host(struct world *world, uint32_t index, const struct spot_interruption *interruption,
                      struct container_instance *host, uint64_t nth)
{
    simtime left = time_left(world, index, interruption, host, nth);
    if (left == 0)
        fault_host(world, host, failure_of(interruption));
    else if (fault_host_at_risk(world, host))
        failure_schedule_host(world, index, left, host, nth | notice);
}

/* Whether a host is meant may change while it waits for its strike; where it is not, it waits for the
 * next. */
static void spot_interruption_strike_host(struct world *world, uint32_t index, const void *settings,
                                          struct container_instance *host, uint64_t nth)
{
    const struct spot_interruption *interruption = settings;
    if (nth & notice)
        fault_host(world, host, failure_of(interruption));
    else if (failure_means_host(world, failure_selector(&interruption->target), host))
        warn_host(world, index, interruption, host, nth);
    else
        draw_strike(world, index, interruption, host, nth + 1);
}

/* --- verbs ------------------------------------------------------------------------------------ */

static void schedule_strike(struct world *world, uint32_t index, const struct spot_interruption *interruption,
                            uint64_t nth)
{
    struct failure_times times = interruption->times;
    if (times.at != ABSENT)
        times.at -= lead_within(world, times.at);
    failure_schedule_time(world, index, &times, nth);
}

static void spot_interruption_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct spot_interruption *interruption = settings;
    if (interruption->trace)
        schedule_next(world, index, interruption->trace, 0);
    schedule_strike(world, index, interruption, 0);
}

static void spot_interruption_host_launched(struct world *world, uint32_t index, const void *settings,
                                            struct container_instance *host)
{
    draw_strike(world, index, settings, host, 0);
}

static void spot_interruption_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct spot_interruption *interruption = settings;
    if (interruption->trace) {
        follow_trace(world, index, interruption, nth);
        return;
    }
    schedule_strike(world, index, interruption, nth + 1);
    failure_strike_hosts(world, index, failure_of(interruption), failure_selector(&interruption->target),
                         nth);
}

static const struct failure_verbs spot_interruption_verbs = {
    .begin = spot_interruption_begin,
    .host_launched = spot_interruption_host_launched,
    .strike = spot_interruption_strike,
    .strike_host = spot_interruption_strike_host,
};

/* --- settings --------------------------------------------------------------------------------- */

static void spot_interruption_check(struct mistakes *mistakes, void *object, void *root)
{
    const struct spot_interruption *interruption = object;
    if (!interruption->trace)
        failure_check_script_or_chance(mistakes, object, &interruption->time_between, &interruption->times,
                                       &interruption->target);
    else if (interruption->times.at != ABSENT || dist_given(&interruption->time_between))
        mistake(
            mistakes, object, "trace",
            "`trace` says when a pool has no hosts; neither `at` nor `timeBetween` has a place beside it");
    else if (failure_target_given(&interruption->target))
        mistake(mistakes, object, "trace",
                "`trace` is of all Spot hosts of its pool; nothing else can be selected beside it");
    failure_check_times(mistakes, object, &interruption->times);
    failure_check_target(mistakes, object, "containerInstance", &interruption->target, root);
}

static const struct param spot_interruption_params[] = {
    PARAM_DIST("timeBetween", struct spot_interruption, time_between, NULL,
               "drawn for each Spot host from its launch on"),
    {.key = "trace",
     .type = PARAM_OPTIONAL,
     .offset = PARAM_OFFSET(struct spot_interruption, trace, struct spot_trace *),
     .shape = &spot_trace_shape,
     .meaning = "when EC2 had hosts to spare: {file, instanceType, availabilityZone}"},
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

const struct variant failure_spot_interruption = {
    .name = "spotInterruption",
    .meaning = "Spot hosts get their notice, and two minutes later they end",
    .shape = &spot_interruption_shape,
    .verbs = &spot_interruption_verbs,
    .example = "at: 10m, autoScalingGroup: fleet",
};
