/* An API answers that there are too many calls, however few they are: its account's rate is used up by
 * somebody else, or it has a bad hour. */
#include "models/failure/failure.h"

struct api_throttled {
    struct failure_times times;
    simtime length;
    int64_t rate;
    int api; /* enum failing_api */
};

static const char *const apis[] = {[FAILING_RUN_TASK] = "RunTask", [FAILING_INVOKE] = "Invoke", NULL};

/* The number of the strike at which it is over. */
static const uint64_t the_end = UINT64_MAX;

static void api_throttled_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct api_throttled *failure = settings;
    failure_schedule_time(world, index, &failure->times, 0);
}

static void api_throttled_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct api_throttled *failure = settings;
    if (nth != the_end) {
        failure_schedule(world, index, simtime_after(fault_now(world), failure->length), the_end);
        failure_schedule_time(world, index, &failure->times, nth + 1);
    }
    fault_api(world, index, failure->api, failure->rate, nth != the_end);
}

static void api_throttled_check(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct api_throttled *failure = object;
    failure_check_times(mistakes, object, &failure->times);
}

static const struct param api_throttled_params[] = {
    PARAM_FAILURE_TIMES(struct api_throttled, times, PARAM_REQUIRED),
    {.key = "for",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct api_throttled, length, simtime),
     .meaning = "how long it lasts"},
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
    .check = api_throttled_check,
};

static const struct failure_verbs api_throttled_verbs = {.begin = api_throttled_begin,
                                                         .strike = api_throttled_strike};

const struct variant failure_api_throttled = {
    .name = "apiThrottled",
    .meaning = "RunTask or Lambda throttles jobs for a while",
    .example = "at: 10m, for: 2m",
    .shape = &api_throttled_shape,
    .verbs = &api_throttled_verbs,
};
