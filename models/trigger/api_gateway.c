/* API Gateway invokes the function and waits for its answer. Above its rate it answers 429, and so it passes
 * on that Lambda has no concurrency left; the client tries again or does not. After the integration's timeout
 * it answers 504, and the function runs on all the same.
 *
 * [APIGW limits, http-api-throttling: a token bucket; PutIntegration.timeoutInMillis: 29 s] */
#include "models/trigger/trigger.h"

struct api_gateway {
    int64_t rate, burst;
    simtime timeout;
    int64_t client_attempts;
    struct function_settings function;
};

static void api_gateway_describe(const void *settings, struct trigger_traits *traits)
{
    const struct api_gateway *gateway = settings;
    traits->function = &gateway->function;
    traits->concurrency = gateway->function.concurrency;
    traits->burst = gateway->burst;
    traits->per_second = gateway->rate;
    traits->patience = gateway->timeout;
}

/* The client is an SDK in standard mode. */
static struct next_attempt api_gateway_next(const void *settings, const struct attempt *attempt)
{
    const struct api_gateway *gateway = settings;
    return attempt->number < gateway->client_attempts
               ? next_after(backoff_of_sdk(attempt->number, attempt->draw))
               : next_none(attempt->setback);
}

#define OF struct api_gateway
static const struct param api_gateway_params[] = {
    {.key = "throttlingRateLimit",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, rate, int64_t),
     .least = 1,
     .most = 1000000,
     .fallback = "10000",
     .meaning = "requests per second (default: the account's [APIGW limits])"},
    {.key = "throttlingBurstLimit",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, burst, int64_t),
     .least = 1,
     .most = 1000000,
     .fallback = "5000",
     .meaning = "and so many at once (default: the account's [AWS news, 2017-06-06])"},
    {.key = "timeoutInMillis",
     .type = PARAM_DURATION,
     .offset = PARAM_OFFSET(OF, timeout, simtime),
     .unit = SIMTIME_MILLISECOND,
     .least = 50 * SIMTIME_MILLISECOND,
     .most = 900 * SIMTIME_SECOND,
     .fallback = "29s",
     .meaning = "the client is answered 504 after this; the function runs on [APIGW PutIntegration]"},
    {.key = "clientMaxAttempts",
     .type = PARAM_INTEGER,
     .offset = PARAM_OFFSET(OF, client_attempts, int64_t),
     .least = 1,
     .most = 100,
     .fallback = "1",
     .meaning = "attempts of the client, which waits as an SDK does between them"},
    PARAM_FUNCTION(OF),
    PARAM_END,
};
#undef OF

static const struct shape api_gateway_shape = {
    .name = "apiGateway",
    .size = sizeof(struct api_gateway),
    .params = api_gateway_params,
};

static const struct trigger_verbs api_gateway_verbs = {api_gateway_describe, api_gateway_next};

const struct variant trigger_api_gateway = {
    .name = "apiGateway",
    .meaning = "requests to an API, which invokes a function that calls RunTask; nobody keeps them",
    .shape = &api_gateway_shape,
    .verbs = &api_gateway_verbs,
};
