#include "models/trigger/trigger.h"

const char *const setback_names[SETBACK_COUNT] = {
    [SETBACK_GATEWAY] = "gatewayThrottled", [SETBACK_FUNCTION] = "functionThrottled",
    [SETBACK_TIMEOUT] = "functionTimedOut", [SETBACK_CALL] = "runTaskThrottled",
    [SETBACK_PLACEMENT] = "notPlaced",      [SETBACK_DEAD_LETTER] = "deadLetter",
    [SETBACK_EXPIRED] = "expired",          [SETBACK_DEADLINE] = "deadline",
};

static const struct variant *const variants[] = {
#define ENTRY(name) &trigger_##name,
#include "models/trigger/triggers.def"
#undef ENTRY
    NULL};

const struct catalogue trigger_catalogue = {.kind = "trigger", .variants = variants};

static const struct param trigger_params[] = {
    {.type = PARAM_VARIANT,
     .key = "trigger",
     .offset = PARAM_OFFSET(struct trigger, chosen, struct chosen),
     .catalogue = &trigger_catalogue,
     .meaning = "who calls RunTask; `ecsim list triggers` names them"},
    PARAM_END,
};

const struct shape trigger_shape = {
    .name = "trigger",
    .size = sizeof(struct trigger),
    .params = trigger_params,
};

struct trigger_traits trigger_describe(const struct trigger *trigger)
{
    const struct trigger_verbs *verbs = trigger->chosen.variant->verbs;
    struct trigger_traits traits = {
        .patience = SIMTIME_NEVER, .retention = SIMTIME_NEVER, .most_attempts = INT64_MAX};
    verbs->describe(trigger->chosen.settings, &traits);
    return traits;
}

struct next_attempt trigger_next(const struct trigger *trigger, const struct attempt *attempt)
{
    const struct trigger_verbs *verbs = trigger->chosen.variant->verbs;
    const struct trigger_traits traits = trigger_describe(trigger);
    if (attempt->setback == SETBACK_PLACEMENT && traits.function && !traits.function->retries_failures)
        return next_none(SETBACK_PLACEMENT);
    return verbs->next(trigger->chosen.settings, attempt);
}

/* --- the function ----------------------------------------------------------------------------- */

#define OF struct function_settings
static const struct param function_params[] = {
    {.key = "reservedConcurrentExecutions",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, concurrency, int64_t),
     .least = 1,
     .most = 1000000,
     .fallback = "1000",
     .meaning = "how many of it run at a time (default: the 1,000 of an account [Lambda quotas])"},
    {.key = "timeout",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(OF, timeout, simtime),
     .least = SIMTIME_SECOND,
     .most = 900 * SIMTIME_SECOND,
     .fallback = "3s",
     .meaning = "it is ended after this, with what it has not called for [API lambda:CreateFunction]"},
    PARAM_DIST("duration", OF, duration, "100ms",
               "from its invocation until it calls RunTask, its cold start among it (default: a choice)"),
    {.key = "maxAttempts",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, attempts, int64_t),
     .least = 1,
     .most = 100,
     .fallback = "3",
     .meaning = "attempts of its SDK at a call that is throttled, the first among them [SDK "
                "feature-retry-behavior]"},
    {.key = "retryFailures",
     .type = PARAM_FLAG,
     .offset = PARAM_OFFSET(OF, retries_failures, bool),
     .fallback = "true",
     .meaning =
         "it raises an error where RunTask answers with failures (no room), so that whoever invoked it "
         "tries again; false: such jobs are dropped"},
    PARAM_END,
};
#undef OF

const struct shape function_shape = {
    .name = "function",
    .size = sizeof(struct function_settings),
    .params = function_params,
};

/* --- waits ------------------------------------------------------------------------------------ */

struct next_attempt next_after(simtime after)
{
    return (struct next_attempt){.after = after > 0 ? after : 0};
}

struct next_attempt next_none(enum setback reason)
{
    return (struct next_attempt){SIMTIME_NEVER, reason};
}

struct next_attempt next_within(simtime most_age, const struct attempt *attempt, simtime wait)
{
    return attempt->age + wait > most_age ? next_none(SETBACK_EXPIRED) : next_after(wait);
}

simtime backoff_of_sdk(int64_t nth, rng_key key)
{
    static const simtime most = 20 * SIMTIME_SECOND;
    static const simtime widest = SIMTIME_SECOND << 19; /* nearly all are beyond the most by then */
    uint64_t below = (uint64_t)simtime_doubled(SIMTIME_SECOND, nth - 1, widest);
    return simtime_earlier((simtime)rng_below(key, 0, below), most);
}
