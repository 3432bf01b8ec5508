#include "sim/engine/simtime.h"
#include "sim/engine/text.h"
#include <stdbool.h>
#include <stdio.h>

simtime simtime_after(simtime from, simtime duration)
{
    if (from >= SIMTIME_NEVER || duration >= SIMTIME_NEVER - from)
        return SIMTIME_NEVER;
    return from + duration;
}

simtime simtime_doubled(simtime first, int64_t doublings, simtime most)
{
    simtime doubled = first;
    for (int64_t i = 0; i < doublings && doubled && doubled < most; i++)
        doubled *= 2;
    return simtime_earlier(doubled, most);
}

simtime simtime_next_on_grid(simtime at, simtime origin, simtime period)
{
    if (at <= origin)
        return origin;
    if (at >= SIMTIME_NEVER)
        return SIMTIME_NEVER;
    simtime past = (at - origin) % period;
    return past == 0 ? at : simtime_after(at, period - past);
}

size_t simtime_format_seconds(char text[SIMTIME_TEXT_SIZE], simtime at)
{
    return decimal_format(text, at, SIMTIME_DECIMALS);
}

static size_t format_short(char text[SIMTIME_TEXT_SIZE], simtime duration)
{
    bool seconds = duration >= SIMTIME_SECOND || duration == 0;
    size_t length = decimal_format(text, duration, seconds ? SIMTIME_DECIMALS : 3);
    const char *unit = seconds ? "s" : "ms";
    while (*unit)
        text[length++] = *unit++;
    text[length] = '\0';
    return length;
}

/* Days, hours, minutes, seconds; those that are 0 are left out. */
static size_t format_long(char text[SIMTIME_TEXT_SIZE], int64_t seconds)
{
    static const struct {
        int64_t seconds;
        char letter;
    } units[] = {{86400, 'd'}, {3600, 'h'}, {60, 'm'}, {1, 's'}};
    size_t length = 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        int64_t count = seconds / units[i].seconds;
        seconds %= units[i].seconds;
        if (count == 0)
            continue;
        length += decimal_format(text + length, count, 0);
        text[length++] = units[i].letter;
    }
    text[length] = '\0';
    return length;
}

size_t simtime_format_human(char text[SIMTIME_TEXT_SIZE], simtime duration)
{
    if (duration >= SIMTIME_NEVER)
        return (size_t)snprintf(text, SIMTIME_TEXT_SIZE, "never");
    if (duration < SIMTIME_MINUTE)
        return format_short(text, duration);
    return format_long(text, (duration + SIMTIME_SECOND / 2) / SIMTIME_SECOND);
}

/* The proleptic Gregorian calendar, in days since 1970-01-01. */

static bool is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int64_t days_before_year(int64_t year)
{
    enum { DAYS_FROM_YEAR_1_TO_1970 = 719162 };
    int64_t complete = year - 1;
    return 365 * complete + complete / 4 - complete / 100 + complete / 400 - DAYS_FROM_YEAR_1_TO_1970;
}

static int days_in_month(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static int64_t days_of_date(int64_t year, int month, int day)
{
    int64_t days = days_before_year(year) + day - 1;
    for (int earlier = 1; earlier < month; earlier++)
        days += days_in_month(year, earlier);
    return days;
}

struct date {
    int64_t year;
    int month, day;
};

static struct date date_of_days(int64_t days)
{
    int64_t year = 1970 + (days >= 0 ? days / 366 : days / 365 - 1); /* never too late */
    while (days_before_year(year + 1) <= days)
        year++;
    struct date date = {.year = year, .month = 1};
    int64_t rest = days - days_before_year(year);
    while (rest >= days_in_month(year, date.month))
        rest -= days_in_month(year, date.month++);
    date.day = (int)rest + 1;
    return date;
}

size_t simtime_format_utc(char text[SIMTIME_TEXT_SIZE], int64_t unix_us)
{
    int64_t into_day = unix_us % SIMTIME_DAY;
    if (into_day < 0)
        into_day += SIMTIME_DAY;
    struct date date = date_of_days((unix_us - into_day) / SIMTIME_DAY);
    int seconds = (int)(into_day / SIMTIME_SECOND), milliseconds = (int)(into_day % SIMTIME_SECOND / 1000);
    int length = snprintf(text, SIMTIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02d", (int)date.year,
                          date.month, date.day, seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (milliseconds > 0)
        length += snprintf(text + length, SIMTIME_TEXT_SIZE - (size_t)length, ".%03d", milliseconds);
    text[length++] = 'Z';
    text[length] = '\0';
    return (size_t)length;
}

static bool take_char(const char **text, char wanted)
{
    if (**text != wanted)
        return false;
    ++*text;
    return true;
}

static bool take_number(const char **text, int digits, int least, int most, int *number)
{
    *number = 0;
    for (; digits > 0; digits--, ++*text) {
        if (**text < '0' || **text > '9')
            return false;
        *number = 10 * *number + (**text - '0');
    }
    return *number >= least && *number <= most;
}

static bool take_date(const char **text, int64_t *unix_us)
{
    int year, month, day;
    if (!take_number(text, 4, 1, 9999, &year) || !take_char(text, '-') ||
        !take_number(text, 2, 1, 12, &month) || !take_char(text, '-') ||
        !take_number(text, 2, 1, days_in_month(year, month), &day))
        return false;
    *unix_us = days_of_date(year, month, day) * SIMTIME_DAY;
    return true;
}

/* Digits after the point, those beyond microseconds dropped. */
static bool take_fraction(const char **text, int64_t *unix_us)
{
    const char *first = *text;
    for (int64_t worth = SIMTIME_SECOND / 10; **text >= '0' && **text <= '9'; ++*text, worth /= 10)
        *unix_us += worth * (**text - '0');
    return *text > first;
}

static bool take_time(const char **text, int64_t *unix_us)
{
    int hour, minute, second;
    if (!take_number(text, 2, 0, 23, &hour) || !take_char(text, ':') ||
        !take_number(text, 2, 0, 59, &minute) || !take_char(text, ':') ||
        !take_number(text, 2, 0, 59, &second))
        return false;
    *unix_us += hour * SIMTIME_HOUR + minute * SIMTIME_MINUTE + second * SIMTIME_SECOND;
    return !take_char(text, '.') || take_fraction(text, unix_us);
}

static bool take_zone(const char **text, int64_t *unix_us)
{
    if (**text == '\0' || take_char(text, 'Z') || take_char(text, 'z'))
        return true;
    int sign = **text == '-' ? -1 : 1, hours, minutes;
    if ((!take_char(text, '+') && !take_char(text, '-')) || !take_number(text, 2, 0, 23, &hours) ||
        !take_char(text, ':') || !take_number(text, 2, 0, 59, &minutes))
        return false;
    *unix_us -= sign * (hours * SIMTIME_HOUR + minutes * SIMTIME_MINUTE);
    return true;
}

int simtime_parse_utc(const char *text, int64_t *unix_us)
{
    int64_t result;
    if (!take_date(&text, &result))
        return -1;
    if (*text != '\0') {
        if (!take_char(&text, 'T') && !take_char(&text, 't') && !take_char(&text, ' '))
            return -1;
        if (!take_time(&text, &result) || !take_zone(&text, &result) || *text != '\0')
            return -1;
    }
    *unix_us = result;
    return 0;
}
