#include "models/workload/workload.h"

struct weekly {
    struct workload_wave wave; /* of a weekday */
    int64_t weekend;           /* millionths */
};

enum { DAYS_OF_WEEK = 7, WEEKDAYS = 5 };

/* Whole days from a Monday to `day`, weekdays for 1 and days of a weekend for `weekend`, in millionths. */
static __int128 weighted_days(int64_t weekend, int64_t day)
{
    int64_t weeks = day / DAYS_OF_WEEK, rest = day % DAYS_OF_WEEK;
    int64_t weekdays = weeks * WEEKDAYS + (rest < WEEKDAYS ? rest : WEEKDAYS);
    return (__int128)weekdays * MILLION + (__int128)(day - weekdays) * weekend;
}

/* Every day of the wave asks the same, so whole days are counted and only the last one is integrated. */
static __int128 weekly_count(const void *settings, int64_t second)
{
    const struct weekly *weekly = settings;
    int64_t day = second / WORKLOAD_DAY_S, midnight = day * WORKLOAD_DAY_S;
    int64_t day_since_monday = day + 3; /* the clock begins on a Thursday */
    int64_t weight = day_since_monday % DAYS_OF_WEEK < WEEKDAYS ? MILLION : weekly->weekend;
    __int128 at_midnight = workload_wave_cumulative(&weekly->wave, midnight);
    __int128 today = workload_wave_cumulative(&weekly->wave, second) - at_midnight;
    __int128 any_day = workload_wave_cumulative(&weekly->wave, midnight + WORKLOAD_DAY_S) - at_midnight;
    return (weighted_days(weekly->weekend, day_since_monday) * any_day + weight * today) / MILLION;
}

static __int128 weekly_cumulative(const void *settings, simtime at, int64_t start_us)
{
    return workload_calendar_cumulative(weekly_count, settings, at, start_us);
}

static void weekly_check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    const struct weekly *weekly = object;
    if (weekly->wave.high < weekly->wave.low)
        mistake(m, object, "high", "high is less than low");
}

static const struct param weekly_params[] = {
    PARAM_RATE("low", struct weekly, wave.low, "requests per second twelve hours from the peak of a weekday"),
    PARAM_RATE("high", struct weekly, wave.high, "requests per second at the peak of a weekday"),
    {.key = "peakAt",
     .type = PARAM_TIME_OF_DAY,
     .offset = PARAM_OFFSET(struct weekly, wave.peak_at, simtime),
     .fallback = "20:00",
     .meaning = "time of day of the peak, UTC"},
    {.key = "weekend",
     .type = PARAM_NUMBER,
     .offset = PARAM_OFFSET(struct weekly, weekend, int64_t),
     .least = 0,
     .most = MILLION,
     .fallback = "0.5",
     .meaning = "from Saturday 00:00 to Monday 00:00 UTC, this share of a weekday's rate"},
    PARAM_END,
};

static const struct shape weekly_shape = {
    .name = "weekly",
    .size = sizeof(struct weekly),
    .params = weekly_params,
    .check = weekly_check,
};

static const struct workload_verbs weekly_verbs = {.cumulative = weekly_cumulative};

const struct variant workload_weekly = {
    .name = "weekly",
    .meaning = "daily, with quieter weekends",
    .shape = &weekly_shape,
    .verbs = &weekly_verbs,
};
