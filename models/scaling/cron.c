#include "models/scaling/cron.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

/* --- the calendar ------------------------------------------------------------------------------ */

enum { MINUTES_OF_DAY = 24 * 60, MONTHS = 12, WEEK = 7, DAYS_OF_400_YEARS = 146097 };

struct date {
    int64_t year;
    int month, day; /* from 1 */
};

static bool is_leap(int64_t year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_of_month(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && is_leap(year));
}

static int64_t floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 1970 of 1 January. */
static int64_t day_of_year(int64_t year)
{
    int64_t before = year - 1, since_year_1 = before * 365 + floor_divide(before, 4) -
                                              floor_divide(before, 100) + floor_divide(before, 400);
    static const int64_t days_to_1970 = 719162;
    return since_year_1 - days_to_1970;
}

static int64_t year_of_day(int64_t day)
{
    int64_t year = CRON_FIRST_YEAR + floor_divide(day * 400, DAYS_OF_400_YEARS);
    while (day_of_year(year) > day)
        year--;
    while (day_of_year(year + 1) <= day)
        year++;
    return year;
}

static struct date date_of(int64_t day)
{
    struct date date = {.year = year_of_day(day), .month = 1};
    int64_t left = day - day_of_year(date.year);
    for (; left >= days_of_month(date.year, date.month); date.month++)
        left -= days_of_month(date.year, date.month);
    date.day = (int)left + 1;
    return date;
}

static int weekday_of(int64_t day)
{
    static const int of_1970 = 4; /* a Thursday */
    return (int)((day + of_1970) % WEEK + WEEK) % WEEK;
}

/* --- reading ----------------------------------------------------------------------------------- */

/* What values a field has; the names of the first ones, or NULL. */
struct field {
    int least, most;
    const char *const *names;
};

static const char *const month_names[] = {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL",
                                          "AUG", "SEP", "OCT", "NOV", "DEC", NULL};
static const char *const weekday_names[] = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", NULL};

static const struct field minute_field = {0, 59, NULL};
static const struct field hour_field = {0, 23, NULL};
static const struct field day_field = {1, 31, NULL};
static const struct field month_field = {1, MONTHS, month_names};
static const struct field weekday_field_of_six = {1, WEEK, weekday_names};
static const struct field weekday_field_of_five = {0, WEEK, weekday_names};
static const struct field year_field = {CRON_FIRST_YEAR, CRON_LAST_YEAR, NULL};

struct reading {
    const char *text, *at;
    const char *wrong, *wrong_at; /* the first mistake; NULL so far */
};

static void fail_at(struct reading *reading, const char *at, const char *wrong)
{
    if (reading->wrong)
        return;
    reading->wrong = wrong;
    reading->wrong_at = at;
}

static void fail(struct reading *reading, const char *wrong)
{
    fail_at(reading, reading->at, wrong);
}

static bool take(struct reading *reading, char wanted)
{
    bool there = *reading->at == wanted;
    reading->at += there;
    return there;
}

static bool at_end_of_field(const struct reading *reading)
{
    return *reading->at == '\0' || *reading->at == ' ';
}

static int read_name(struct reading *reading, const struct field *field)
{
    for (int i = 0; field->names && field->names[i]; i++)
        if (!strncasecmp(reading->at, field->names[i], 3)) {
            reading->at += 3;
            return field->least + i;
        }
    fail(reading, "this is no value of a cron field");
    return field->least;
}

/* At most four digits are read, so that no number is too large. */
static int read_number(struct reading *reading)
{
    int number = 0;
    for (int digits = 0; digits < 4 && isdigit((unsigned char)*reading->at); digits++)
        number = number * 10 + (*reading->at++ - '0');
    if (isdigit((unsigned char)*reading->at))
        fail(reading, "this number is too long");
    return number;
}

static int read_value(struct reading *reading, const struct field *field)
{
    const char *begin = reading->at;
    if (!isdigit((unsigned char)*begin))
        return read_name(reading, field);
    int value = read_number(reading);
    if (value >= field->least && value <= field->most)
        return value;
    fail_at(reading, begin, "this value is out of the range of its cron field");
    return field->least;
}

static int read_step(struct reading *reading, const struct field *field)
{
    if (!take(reading, '/'))
        return 1;
    if (!isdigit((unsigned char)*reading->at))
        fail(reading, "a step is a number");
    const char *begin = reading->at;
    int step = read_number(reading);
    if (step >= 1 && step <= field->most)
        return step;
    fail_at(reading, begin, "this step is out of the range of its cron field");
    return 1;
}

/* Bits from the field's least value on. */
struct values {
    uint64_t bits[4];
};

static void add_value(struct values *values, const struct field *field, int value)
{
    int bit = value - field->least;
    values->bits[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* `*`, a value or a range, each with a step; a value with a step goes on to the end. */
static void read_item(struct reading *reading, const struct field *field, struct values *values)
{
    const char *begin = reading->at;
    bool all = take(reading, '*');
    int first = all ? field->least : read_value(reading, field), last = all ? field->most : first;
    if (!all && take(reading, '-'))
        last = read_value(reading, field);
    else if (*reading->at == '/')
        last = field->most;
    int step = read_step(reading, field);
    if (first > last)
        fail_at(reading, begin, "this range ends before it begins");
    for (int value = first; !reading->wrong && value <= last; value += step)
        add_value(values, field, value);
}

static struct values read_list(struct reading *reading, const struct field *field)
{
    struct values values = {0};
    do
        read_item(reading, field, &values);
    while (!reading->wrong && take(reading, ','));
    if (!at_end_of_field(reading))
        fail(reading, "this does not belong in a cron field");
    return values;
}

static void next_field(struct reading *reading)
{
    if (!take(reading, ' '))
        fail(reading, "a field is missing here");
    while (take(reading, ' '))
        ;
}

static bool is_alone(const struct reading *reading, char wanted)
{
    return *reading->at == wanted && (reading->at[1] == ' ' || reading->at[1] == '\0');
}

/* The bits of a field that begins at 1 are moved to their values. */
static uint64_t from_one(struct values values)
{
    return values.bits[0] << 1;
}

/* --- days in six fields ------------------------------------------------------------------------ */

static bool read_last_day(struct reading *reading, struct cron *cron)
{
    if (!take(reading, 'L'))
        return false;
    cron->last_working_day = take(reading, 'W');
    cron->last_day = !cron->last_working_day;
    return true;
}

/* 15W */
static bool read_working_day(struct reading *reading, struct cron *cron)
{
    size_t digits = strspn(reading->at, "0123456789");
    if (digits == 0 || digits > 2 || reading->at[digits] != 'W')
        return false;
    cron->working_day_nearest = read_value(reading, &day_field);
    return take(reading, 'W');
}

static void end_field(struct reading *reading)
{
    if (!at_end_of_field(reading))
        fail(reading, "this stands alone in its cron field");
}

static void read_days(struct reading *reading, struct cron *cron)
{
    if (take(reading, '?')) {
        cron->days = ~UINT64_C(0);
        end_field(reading);
    } else if (read_last_day(reading, cron) || read_working_day(reading, cron)) {
        end_field(reading);
    } else {
        cron->days = from_one(read_list(reading, &day_field));
    }
}

/* 6L, 6#3, FRIL */
static void read_nth(struct reading *reading, struct cron *cron)
{
    if (take(reading, 'L')) {
        cron->weekday_nth = -1;
    } else if (take(reading, '#')) {
        const char *begin = reading->at;
        cron->weekday_nth = read_number(reading);
        if (cron->weekday_nth < 1 || cron->weekday_nth > 5)
            fail_at(reading, begin, "a month has at most five of a day of the week");
    }
}

static bool has_nth(const struct reading *reading)
{
    size_t length = strcspn(reading->at, " ");
    return memchr(reading->at, '#', length) || (length > 1 && reading->at[length - 1] == 'L');
}

static void read_weekdays_of_six(struct reading *reading, struct cron *cron)
{
    const struct field *field = &weekday_field_of_six;
    if (take(reading, '?')) {
        cron->weekdays = ~UINT64_C(0);
        end_field(reading);
    } else if (is_alone(reading, 'L')) { /* Saturday [AAS] */
        take(reading, 'L');
        cron->weekdays = 1u << 6;
    } else if (has_nth(reading)) {
        cron->weekdays = UINT64_C(1) << (read_value(reading, field) - 1);
        read_nth(reading, cron);
        end_field(reading);
    } else {
        cron->weekdays = read_list(reading, field).bits[0];
    }
}

static bool one_is_a_question_mark(const char *day, const char *weekday)
{
    return (*day == '?') != (*weekday == '?');
}

static void read_year(struct reading *reading, struct cron *cron)
{
    struct values years = read_list(reading, &year_field);
    memcpy(cron->years, years.bits, sizeof cron->years);
}

/* --- days in five fields ----------------------------------------------------------------------- */

static void read_weekdays_of_five(struct reading *reading, struct cron *cron)
{
    cron->any_weekday = *reading->at == '*';
    uint64_t weekdays = read_list(reading, &weekday_field_of_five).bits[0];
    cron->weekdays = (weekdays | weekdays >> WEEK) & ((1u << WEEK) - 1); /* 7 is Sunday too */
}

/* --- the whole --------------------------------------------------------------------------------- */

static void read_time_of_day(struct reading *reading, struct cron *cron)
{
    cron->minutes = read_list(reading, &minute_field).bits[0];
    next_field(reading);
    cron->hours = read_list(reading, &hour_field).bits[0];
    next_field(reading);
}

static const char *finish(struct reading *reading, size_t *where)
{
    while (take(reading, ' '))
        ;
    if (*reading->at)
        fail(reading, "there are more fields than a cron expression has");
    *where = reading->wrong ? (size_t)(reading->wrong_at - reading->text) : 0;
    return reading->wrong;
}

const char *cron_parse_six(const char *text, struct cron *cron, size_t *where)
{
    struct reading reading = {.text = text, .at = text};
    *cron = (struct cron){0};
    read_time_of_day(&reading, cron);
    const char *day = reading.at;
    read_days(&reading, cron);
    next_field(&reading);
    cron->months = from_one(read_list(&reading, &month_field));
    next_field(&reading);
    const char *weekday = reading.at;
    read_weekdays_of_six(&reading, cron);
    next_field(&reading);
    read_year(&reading, cron);
    if (!one_is_a_question_mark(day, weekday))
        fail_at(&reading, day, "one of day of the month and day of the week is `?`");
    return finish(&reading, where);
}

const char *cron_parse_five(const char *text, struct cron *cron, size_t *where)
{
    struct reading reading = {.text = text, .at = text};
    *cron = (struct cron){.five = true};
    read_time_of_day(&reading, cron);
    cron->any_day = *reading.at == '*';
    cron->days = from_one(read_list(&reading, &day_field));
    next_field(&reading);
    cron->months = from_one(read_list(&reading, &month_field));
    next_field(&reading);
    read_weekdays_of_five(&reading, cron);
    return finish(&reading, where);
}

/* --- when it is due ---------------------------------------------------------------------------- */

static bool has(uint64_t set, int value)
{
    return set >> value & 1;
}

/* The working day of the month that is nearest to this day of it. */
static int nearest_working_day(int64_t first_of_month, int day, int days)
{
    day = day > days ? days : day;
    switch (weekday_of(first_of_month + day - 1)) {
    case 6:
        return day > 1 ? day - 1 : day + 2;
    case 0:
        return day < days ? day + 1 : day - 2;
    default:
        return day;
    }
}

static bool day_matches(const struct cron *cron, struct date date, int64_t day)
{
    int days = days_of_month(date.year, date.month);
    if (cron->last_day)
        return date.day == days;
    if (cron->last_working_day)
        return date.day == nearest_working_day(day - date.day + 1, days, days);
    if (cron->working_day_nearest)
        return cron->working_day_nearest <= days &&
               date.day == nearest_working_day(day - date.day + 1, cron->working_day_nearest, days);
    return has(cron->days, date.day);
}

static bool weekday_matches(const struct cron *cron, struct date date, int64_t day)
{
    if (!has(cron->weekdays, weekday_of(day)))
        return false;
    if (cron->weekday_nth < 0)
        return date.day + WEEK > days_of_month(date.year, date.month);
    return !cron->weekday_nth || (date.day - 1) / WEEK + 1 == cron->weekday_nth;
}

static bool year_matches(const struct cron *cron, int64_t year)
{
    if (cron->five)
        return true;
    int64_t bit = year - CRON_FIRST_YEAR;
    return bit >= 0 && year <= CRON_LAST_YEAR && has(cron->years[bit / 64], (int)(bit % 64));
}

static bool month_matches(const struct cron *cron, struct date date)
{
    return has(cron->months, date.month) && year_matches(cron, date.year);
}

/* In Unix either day will do where both are restricted, and a field that begins with `*` is not. */
static bool is_due_on(const struct cron *cron, struct date date, int64_t day)
{
    bool by_day = day_matches(cron, date, day), by_weekday = weekday_matches(cron, date, day);
    bool either = cron->five && !cron->any_day && !cron->any_weekday;
    return either ? by_day || by_weekday : by_day && by_weekday;
}

/* Of the day, from this minute of it on; MINUTES_OF_DAY: none. */
static int next_of_day(const struct cron *cron, int from)
{
    for (int minute = from; minute < MINUTES_OF_DAY; minute++)
        if (has(cron->hours, minute / 60) && has(cron->minutes, minute % 60))
            return minute;
    return MINUTES_OF_DAY;
}

/* After this day nothing new can come: 29 February falls on each day of the week within 40 years. */
static int64_t last_day_to_look_at(const struct cron *cron, int64_t day)
{
    return cron->five ? day + 41 * 366 : day_of_year(CRON_LAST_YEAR + 1) - 1;
}

/* The first day from this one on; `last` + 1 or later: none. */
static int64_t next_day(const struct cron *cron, int64_t day, int64_t last)
{
    while (day <= last) {
        struct date date = date_of(day);
        if (!month_matches(cron, date))
            day += days_of_month(date.year, date.month) - date.day + 1;
        else if (!is_due_on(cron, date, day))
            day++;
        else
            break;
    }
    return day;
}

int64_t cron_next(const struct cron *cron, int64_t minute)
{
    int64_t first = floor_divide(minute, MINUTES_OF_DAY), last = last_day_to_look_at(cron, first);
    int from = (int)(minute - first * MINUTES_OF_DAY);
    for (int64_t day = next_day(cron, first, last); day <= last; day = next_day(cron, day + 1, last)) {
        int due = next_of_day(cron, day == first ? from : 0);
        if (due < MINUTES_OF_DAY)
            return day * MINUTES_OF_DAY + due;
    }
    return CRON_NEVER;
}
