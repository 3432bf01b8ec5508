/* Lambda is invoked asynchronously, as S3, SNS and EventBridge rules do, and keeps the event itself. A
 * function that returns an error is tried again after one minute, and then after two; an event that finds no
 * concurrency left is tried again and again, after 1 s and up to 5 minutes, until it is 6 hours old.
 * [Lambda invocation-async-error-handling] */
#include "models/trigger/trigger.h"

struct event {
    int64_t retries;
    simtime most_age;
    struct function_settings function;
};

static void event_describe(const void *settings, struct trigger_traits *traits)
{
    const struct event *event = settings;
    traits->function = &event->function;
    traits->concurrency = event->function.concurrency;
}

static simtime wait_of(const struct attempt *attempt)
{
    if (attempt->setback == SETBACK_FUNCTION)
        return simtime_doubled(SIMTIME_SECOND, attempt->number - attempt->errors - 1, 5 * SIMTIME_MINUTE);
    return attempt->errors * SIMTIME_MINUTE;
}

static struct next_attempt event_next(const void *settings, const struct attempt *attempt)
{
    const struct event *event = settings;
    if (attempt->setback != SETBACK_FUNCTION && attempt->errors > event->retries)
        return next_none(attempt->setback);
    return next_within(event->most_age, attempt, wait_of(attempt));
}

#define OF struct event
static const struct param event_params[] = {
    {.key = "maximumRetryAttempts",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, retries, int64_t),
     .least = 0,
     .most = 2,
     .fallback = "2",
     .meaning = "retries after errors of the function [API lambda:PutFunctionEventInvokeConfig]"},
    {.key = "maximumEventAgeInSeconds",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(OF, most_age, simtime),
     .least = SIMTIME_MINUTE,
     .most = 6 * SIMTIME_HOUR,
     .fallback = "6h",
     .meaning = "older events are dropped [API lambda:PutFunctionEventInvokeConfig]"},
    PARAM_FUNCTION(OF),
    PARAM_END,
};
#undef OF

static const struct shape event_shape = {
    .name = "event",
    .size = sizeof(struct event),
    .params = event_params,
};

static const struct trigger_verbs event_verbs = {event_describe, event_next};

const struct variant trigger_event = {
    .name = "event",
    .meaning = "events of which each invokes a function asynchronously, which calls RunTask",
    .shape = &event_shape,
    .verbs = &event_verbs,
};
