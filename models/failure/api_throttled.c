/* An API answers that there are too many calls, however few they are: its account's rate is used up by
 * somebody else, or it has a bad hour. */
#include "models/failure/failure.h"

struct api_throttled {
    struct failure_outage outage;
    int64_t rate;
    int api; /* enum failing_api */
};

static const char *const apis[] = {[FAILING_RUN_TASK] = "RunTask", [FAILING_INVOKE] = "Invoke", NULL};

static void api_throttled_set(struct world *world, uint32_t index, const void *settings, bool lost)
{
    const struct api_throttled *failure = settings;
    fault_api(world, index, failure->api, failure->rate, lost);
}

static const struct param api_throttled_params[] = {
    PARAM_FAILURE_OUTAGE(struct api_throttled, outage, PARAM_REQUIRED, "how long it lasts"),
    {.key = "rate",
     .type = PARAM_NUMBER,
     .offset = PARAM_OFFSET(struct api_throttled, rate, int64_t),
     .least = 1,
     .most = MILLION,
     .fallback = "1",
     .meaning = "the share of calls that are throttled, each by chance; 1: all"},
    {.key = "api",
     .type = PARAM_CHOICE,
     .offset = PARAM_OFFSET(struct api_throttled, api, int),
     .fallback = "RunTask",
     .names = apis,
     .meaning = "RunTask, or Lambda's Invoke; of jobs (load, trigger), nobody else calls them that way"},
    PARAM_END,
};

static const struct shape api_throttled_shape = {
    .name = "apiThrottled",
    .size = sizeof(struct api_throttled),
    .params = api_throttled_params,
};

static const struct failure_verbs api_throttled_verbs = {
    .outage_offset = PARAM_OFFSET(struct api_throttled, outage, struct failure_outage),
    .set_outage = api_throttled_set,
};

const struct variant failure_api_throttled = {
    .name = "apiThrottled",
    .meaning = "RunTask or Lambda throttles jobs for a while",
    .example = "at: 10m, for: 2m",
    .shape = &api_throttled_shape,
    .verbs = &api_throttled_verbs,
};
