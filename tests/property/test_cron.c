/* Cron expressions against the C library's calendar: the next time is the first minute that matches, of
 * random sets of minutes, hours, days, months and weekdays. */
#include "models/scaling/cron.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <time.h>

enum { ROUNDS = 300, DAYS = 800, MINUTES_OF_DAY = 24 * 60 };

static uint64_t state_of_random = 1;

static int roll(int low, int high)
{
    state_of_random = state_of_random * 6364136223846793005u + 1442695040888963407u;
    return low + (int)((state_of_random >> 33) % (uint64_t)(high - low + 1));
}

/* The first and last value of a field's range; all of them for a star. */
struct range {
    int low, high, step;
};

static struct range any_range(int least, int most)
{
    struct range range = {least, most, 1};
    if (roll(0, 2)) {
        range.low = roll(least, most);
        range.high = roll(range.low, most);
        range.step = roll(1, 3);
    }
    return range;
}

static bool within(struct range range, int value)
{
    return value >= range.low && value <= range.high && (value - range.low) % range.step == 0;
}

struct fields {
    struct range minute, hour, day, month, weekday; /* Sunday is 0 */
    bool by_weekday;                                /* of six: the day is `?`, else the weekday is */
};

static void write_six(char *text, size_t size, const struct fields *f)
{
    char day[40] = "?", weekday[40] = "?";
    if (f->by_weekday)
        snprintf(weekday, sizeof weekday, "%d-%d/%d", f->weekday.low + 1, f->weekday.high + 1,
                 f->weekday.step);
    else
        snprintf(day, sizeof day, "%d-%d/%d", f->day.low, f->day.high, f->day.step);
    snprintf(text, size, "%d-%d/%d %d-%d/%d %s %d-%d/%d %s *", f->minute.low, f->minute.high, f->minute.step,
             f->hour.low, f->hour.high, f->hour.step, day, f->month.low, f->month.high, f->month.step,
             weekday);
}

static bool matches(const struct fields *f, time_t at)
{
    struct tm tm;
    gmtime_r(&at, &tm);
    return within(f->minute, tm.tm_min) && within(f->hour, tm.tm_hour) && within(f->month, tm.tm_mon + 1) &&
           (f->by_weekday ? within(f->weekday, tm.tm_wday) : within(f->day, tm.tm_mday));
}

static int64_t first_match(const struct fields *f, int64_t minute)
{
    for (int64_t m = minute; m < minute + (int64_t)DAYS * MINUTES_OF_DAY; m++)
        if (matches(f, (time_t)m * 60))
            return m;
    return CRON_NEVER;
}

static void the_next_time_is_the_first_that_matches(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        struct fields fields = {any_range(0, 59), any_range(0, 23), any_range(1, 31),
                                any_range(1, 12), any_range(0, 6),  roll(0, 1)};
        char text[200];
        struct cron cron;
        size_t where;
        write_six(text, sizeof text, &fields);
        assert_null(cron_parse_six(text, &cron, &where));
        int64_t from = (int64_t)roll(0, 30000) * MINUTES_OF_DAY + roll(0, MINUTES_OF_DAY - 1);
        int64_t expected = first_match(&fields, from), next = cron_next(&cron, from);
        if (expected == CRON_NEVER)
            assert_true(next == CRON_NEVER || next >= from + (int64_t)DAYS * MINUTES_OF_DAY);
        else
            assert_true(next == expected);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_time_is_the_first_that_matches),
    };
    return RUN_TESTS(tests);
}
