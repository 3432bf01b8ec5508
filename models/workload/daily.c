#include "models/workload/workload.h"

static __int128 daily_count(const void *settings, int64_t second)
{
    return workload_wave_cumulative(settings, second);
}

static __int128 daily_cumulative(const void *settings, simtime at, int64_t start_us)
{
    return workload_calendar_cumulative(daily_count, settings, at, start_us);
}

static void daily_check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    const struct workload_wave *wave = object;
    if (wave->high < wave->low)
        mistake(m, object, "high", "high is less than low");
}

static const struct param daily_params[] = {
    PARAM_RATE("low", struct workload_wave, low, "requests per second twelve hours from the peak"),
    PARAM_RATE("high", struct workload_wave, high, "requests per second at the peak"),
    {.key = "peakAt",
     .type = PARAM_TIME_OF_DAY,
     .offset = PARAM_OFFSET(struct workload_wave, peak_at, simtime),
     .fallback = "20:00",
     .meaning = "time of day of the peak, UTC"},
    PARAM_END,
};

static const struct shape daily_shape = {
    .name = "daily",
    .size = sizeof(struct workload_wave),
    .params = daily_params,
    .check = daily_check,
};

static const struct workload_verbs daily_verbs = {.cumulative = daily_cumulative};

const struct variant workload_daily = {
    .name = "daily",
    .meaning = "a smooth wave with a period of a day, by the wall clock in UTC",
    .shape = &daily_shape,
    .verbs = &daily_verbs,
};
