/* CloudWatch Logs takes no lines for a while. */
#include "models/failure/failure.h"

struct log_outage_settings {
    struct failure_times times;
    simtime length;
    int kind; /* enum log_outage */
};

static const char *const kinds[] = {[LOGS_UNREACHABLE] = "unreachable", [LOGS_THROTTLED] = "throttled", NULL};

/* The number of the strike at which an outage ends, whichever it is. */
static const uint64_t the_end = UINT64_MAX;

static void log_outage_begin(struct world *world, uint32_t index, const void *settings)
{
    const struct log_outage_settings *outage = settings;
    failure_schedule_time(world, index, &outage->times, 0);
}

static void log_outage_strike(struct world *world, uint32_t index, const void *settings, uint64_t nth)
{
    const struct log_outage_settings *outage = settings;
    if (nth != the_end) {
        failure_schedule(world, index, simtime_after(fault_now(world), outage->length), the_end);
        failure_schedule_time(world, index, &outage->times, nth + 1);
    }
    fault_logs(world, outage->kind, nth != the_end);
}

static void log_outage_check(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct log_outage_settings *outage = object;
    failure_check_times(mistakes, object, &outage->times);
}

static const struct param log_outage_params[] = {
    PARAM_FAILURE_TIMES(struct log_outage_settings, times, PARAM_REQUIRED),
    {.key = "for",
     .type = PARAM_DURATION,
     .flags = PARAM_REQUIRED,
     .offset = PARAM_OFFSET(struct log_outage_settings, length, simtime),
     .meaning = "how long it lasts"},
    {.key = "kind",
     .type = PARAM_CHOICE,
     .offset = PARAM_OFFSET(struct log_outage_settings, kind, int),
     .fallback = "unreachable",
     .names = kinds,
     .meaning =
         "unreachable: no line is taken, and with the log driver awslogs no container starts whose mode is "
         "blocking, or that is on Fargate; throttled: no line is taken"},
    PARAM_END,
};

static const struct shape log_outage_shape = {
    .name = "logOutage",
    .size = sizeof(struct log_outage_settings),
    .params = log_outage_params,
    .check = log_outage_check,
};

static const struct failure_verbs log_outage_verbs = {.begin = log_outage_begin, .strike = log_outage_strike};

const struct variant failure_log_outage = {
    .name = "logOutage",
    .meaning = "CloudWatch Logs is out of reach, or throttles, for a while",
    .shape = &log_outage_shape,
    .verbs = &log_outage_verbs,
    .example = "at: 10m, for: 15m",
};
