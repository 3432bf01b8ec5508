/* CloudWatch Logs takes no lines for a while. */
#include "models/failure/failure.h"

struct log_outage_settings {
    struct failure_outage outage;
    int kind; /* enum log_outage */
};

static const char *const kinds[] = {[LOGS_UNREACHABLE] = "unreachable", [LOGS_THROTTLED] = "throttled", NULL};

static void log_outage_set(struct world *world, uint32_t index, const void *settings, bool lost)
{
    (void)index;
    const struct log_outage_settings *outage = settings;
    fault_logs(world, outage->kind, lost);
}

static const struct param log_outage_params[] = {
    PARAM_FAILURE_OUTAGE(struct log_outage_settings, outage, PARAM_REQUIRED, "how long it lasts"),
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
};

static const struct failure_verbs log_outage_verbs = {
    .outage_offset = PARAM_OFFSET(struct log_outage_settings, outage, struct failure_outage),
    .set_outage = log_outage_set,
};

const struct variant failure_log_outage = {
    .name = "logOutage",
    .meaning = "CloudWatch Logs is out of reach, or throttles, for a while",
    .shape = &log_outage_shape,
    .verbs = &log_outage_verbs,
    .example = "at: 10m, for: 15m",
};
