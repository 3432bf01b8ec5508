/* EventBridge Scheduler calls RunTask itself at the times of a schedule, whether the tasks of the time before
 * have ended or not. A call that is refused is tried again, up to 185 times within a day [API
 * scheduler:RetryPolicy]; one that was answered has been delivered, and failures in the answer are not tried
 * again.
 *
 * Settled where AWS is silent: it waits for 1 s, doubled up to 8 minutes, with which 185 retries take a day.
 */
#include "models/scaling/schedule.h"
#include "models/trigger/trigger.h"

struct retry_policy {
    int64_t retries;
    simtime most_age;
};

struct schedule_trigger {
    struct schedule *schedule;
    struct retry_policy retry;
};

static void schedule_describe(const void *settings, struct trigger_traits *traits)
{
    const struct schedule_trigger *trigger = settings;
    traits->schedule = trigger->schedule;
}

static struct next_attempt schedule_next_attempt(const void *settings, const struct attempt *attempt)
{
    const struct schedule_trigger *trigger = settings;
    simtime wait = simtime_doubled(SIMTIME_SECOND, attempt->number - 1, 8 * SIMTIME_MINUTE);
    if (attempt->setback == SETBACK_PLACEMENT || attempt->number > trigger->retry.retries)
        return next_none(attempt->setback);
    return next_within(trigger->retry.most_age, attempt, wait);
}

#define OF struct retry_policy
static const struct param retry_policy_params[] = {
    {.key = "maximumRetryAttempts",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, retries, int64_t),
     .least = 0,
     .most = 185,
     .fallback = "185",
     .meaning = "retries of a call that is refused"},
    {.key = "maximumEventAgeInSeconds",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(OF, most_age, simtime),
     .least = SIMTIME_MINUTE,
     .most = SIMTIME_DAY,
     .fallback = "1d",
     .meaning = "and for how long"},
    PARAM_END,
};
#undef OF

static const struct shape retry_policy_shape = {
    .name = "retry policy",
    .size = sizeof(struct retry_policy),
    .params = retry_policy_params,
};

#define OF struct schedule_trigger
static const struct param schedule_params[] = {
    {.key = "scheduleExpression",
     .type = PARAM_PARSED,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(OF, schedule, struct schedule *),
     .parse = schedule_parse,
     .meaning =
         "at(2026-03-02T08:00:00), rate(5 minutes), first after one rate, or cron(0 8 ? * MON-FRI *), in "
         "UTC"},
    {.key = "retryPolicy",
     .type = PARAM_STRUCT,
     .offset = PARAM_OFFSET(OF, retry, struct retry_policy),
     .shape = &retry_policy_shape,
     .meaning = "of calls that are refused [API scheduler:RetryPolicy]"},
    PARAM_END,
};
#undef OF

static const struct shape schedule_shape = {
    .name = "schedule",
    .size = sizeof(struct schedule_trigger),
    .params = schedule_params,
    .shorthand = "scheduleExpression",
};

static const struct trigger_verbs schedule_verbs = {schedule_describe, schedule_next_attempt};

const struct variant trigger_schedule = {
    .name = "schedule",
    .meaning = "EventBridge Scheduler, which calls RunTask itself at the times of a schedule",
    .shape = &schedule_shape,
    .verbs = &schedule_verbs,
};
