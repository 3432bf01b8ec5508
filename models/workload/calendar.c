#include "models/workload/workload.h"
#include <string.h>

/* 400 years of the Gregorian calendar are whole weeks, so weekdays stay what they are. */
static const int64_t days_before_1970 = 146097;

static __int128 count_until(workload_calendar *count, const void *settings, int64_t unix_us)
{
    int64_t us = unix_us + days_before_1970 * SIMTIME_DAY;
    int64_t second = us / SIMTIME_SECOND, into_second = us % SIMTIME_SECOND;
    __int128 before = count(settings, second);
    if (into_second == 0)
        return before;
    __int128 within = count(settings, second + 1) - before;
    return before + within * into_second / SIMTIME_SECOND;
}

__int128 workload_calendar_cumulative(workload_calendar *count, const void *settings, simtime at,
                                      int64_t start_us)
{
    return count_until(count, settings, start_us + at) - count_until(count, settings, start_us);
}

/* The integral of the smoothstep over the first `second` seconds of its twelve hours: x^3 - x^4 / 2 of half a
 * day. */
static __int128 rise(int64_t swing, int64_t second)
{
    const __int128 half = WORKLOAD_DAY_S / 2;
    __int128 cube = (__int128)second * second * second;
    return swing * cube * (2 * half - second) / (2 * half * half * half);
}

/* What the wave adds to `low` since its trough: the fall mirrors the rise. */
static __int128 wave_above_low(int64_t swing, int64_t second)
{
    const int64_t half = WORKLOAD_DAY_S / 2;
    if (second <= half)
        return rise(swing, second);
    return (__int128)swing * half - rise(swing, WORKLOAD_DAY_S - second);
}

__int128 workload_wave_cumulative(const struct workload_wave *wave, int64_t second)
{
    const int64_t half = WORKLOAD_DAY_S / 2;
    int64_t swing = wave->high - wave->low;
    int64_t since_trough = second + half - wave->peak_at / SIMTIME_SECOND;
    __int128 whole_days = (__int128)swing * half * (since_trough / WORKLOAD_DAY_S);
    return (__int128)wave->low * second + whole_days + wave_above_low(swing, since_trough % WORKLOAD_DAY_S);
}

bool workload_parse_time(struct data_cell cell, int64_t *us)
{
    char text[SIMTIME_TEXT_SIZE];
    if (cell.length == 0 || cell.length >= sizeof text)
        return false;
    memcpy(text, cell.bytes, cell.length);
    text[cell.length] = '\0';
    return data_number(cell, us) || simtime_parse_utc(text, us) == 0;
}
