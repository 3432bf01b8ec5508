/* A queue keeps the jobs, and Lambda hands them to the function in batches. A message whose job got no task
 * is seen again after the visibility timeout, counted from when it was received; one that was received
 * maxReceiveCount times goes to the dead-letter queue instead, and one that is older than the retention
 * period is gone. [Lambda services-sqs-configure, services-sqs-parameters; API sqs:CreateQueue]
 *
 * The function reports the items that failed (ReportBatchItemFailures): the others do not come again. */
#include "models/trigger/trigger.h"
#include "sim/engine/simtime.h"

struct redrive_policy {
    int64_t most_receives;
};

struct sqs {
    simtime visibility_timeout, retention, window;
    int64_t batch, concurrency; /* concurrency ABSENT: the function's */
    struct redrive_policy *redrive;
    struct function_settings function;
};

static void sqs_describe(const void *settings, struct trigger_traits *traits)
{
    const struct sqs *sqs = settings;
    int64_t of_function = sqs->function.concurrency;
    bool limited = sqs->concurrency != ABSENT && sqs->concurrency < of_function;
    traits->function = &sqs->function;
    traits->concurrency = limited ? sqs->concurrency : of_function;
    traits->batch = sqs->batch;
    traits->window = sqs->window;
    traits->retention = sqs->retention;
    if (sqs->redrive)
        traits->most_attempts = sqs->redrive->most_receives;
}

static struct next_attempt sqs_next(const void *settings, const struct attempt *attempt)
{
    const struct sqs *sqs = settings;
    return next_after(sqs->visibility_timeout - attempt->lasted);
}

static void sqs_check(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct sqs *sqs = object;
    if (sqs->visibility_timeout < sqs->function.timeout)
        mistake(
            mistakes, sqs, "visibilityTimeout",
            "the queue's visibilityTimeout is at least the function's timeout; AWS advises six times that");
    if (sqs->batch > 10 && sqs->window < SIMTIME_SECOND)
        mistake(mistakes, sqs, "batchSize",
                "a batchSize above 10 needs a maximumBatchingWindowInSeconds of at least 1");
}

#define OF struct redrive_policy
static const struct param redrive_params[] = {
    {.key = "maxReceiveCount",
     .type = PARAM_INTEGER,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(OF, most_receives, int64_t),
     .least = 1,
     .most = 1000,
     .meaning = "a message that was received so often goes to the dead-letter queue"},
    PARAM_END,
};
#undef OF

static const struct shape redrive_shape = {
    .name = "redrive policy",
    .size = sizeof(struct redrive_policy),
    .params = redrive_params,
    .shorthand = "maxReceiveCount",
};

#define OF struct sqs
static const struct param sqs_params[] = {
    {.key = "visibilityTimeout",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(OF, visibility_timeout, simtime),
     .least = 0,
     .most = 12 * SIMTIME_HOUR,
     .fallback = "30s",
     .meaning = "from its receipt until a message that was not dealt with is seen again"},
    {.key = "messageRetentionPeriod",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(OF, retention, simtime),
     .least = SIMTIME_MINUTE,
     .most = 14 * SIMTIME_DAY,
     .fallback = "4d",
     .meaning = "older messages are deleted"},
    {.key = "redrivePolicy",
     .type = PARAM_OPTIONAL,
     .offset = PARAM_OFFSET(OF, redrive, struct redrive_policy *),
     .shape = &redrive_shape,
     .meaning = "when a message is given up (default: never)"},
    {.key = "batchSize",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, batch, int64_t),
     .least = 1,
     .most = 10000,
     .fallback = "10",
     .meaning = "messages that the function is handed at once, at most"},
    {.key = "maximumBatchingWindowInSeconds",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(OF, window, simtime),
     .least = 0,
     .most = 5 * SIMTIME_MINUTE,
     .fallback = "0s",
     .meaning = "how long it waits for as many"},
    {.key = "maximumConcurrency",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, concurrency, int64_t),
     .least = 2,
     .most = 1000,
     .meaning = "batches that are worked on at a time (default: as many as the function may run)"},
    PARAM_FUNCTION(OF),
    PARAM_END,
};
#undef OF

static const struct shape sqs_shape = {
    .name = "sqs",
    .size = sizeof(struct sqs),
    .params = sqs_params,
    .check = sqs_check,
};

static const struct trigger_verbs sqs_verbs = {sqs_describe, sqs_next};

const struct variant trigger_sqs = {
    .name = "sqs",
    .meaning = "messages of a queue, which a function receives in batches and calls RunTask for",
    .shape = &sqs_shape,
    .verbs = &sqs_verbs,
};
