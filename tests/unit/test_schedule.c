/* When scheduled actions are due: cron expressions, rates, times. */
#include "models/scaling/schedule.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <string.h>

/* --- helpers ----------------------------------------------------------------------------------- */

static int64_t at(const char *utc)
{
    char text[SIMTIME_TEXT_SIZE];
    int64_t us;
    bool to_the_minute = strlen(utc) == strlen("2026-03-02T00:00");
    snprintf(text, sizeof text, "%s%s", utc, to_the_minute ? ":00" : "");
    assert_int_equal(simtime_parse_utc(text, &us), 0);
    return us;
}

typedef const char *cron_parser(const char *text, struct cron *cron, size_t *where);

static struct cron parsed(cron_parser *parse, const char *text)
{
    struct cron cron;
    size_t where;
    const char *wrong = parse(text, &cron, &where);
    if (wrong)
        fail_msg("%s: %s", text, wrong);
    return cron;
}

static struct cron six(const char *text)
{
    return parsed(cron_parse_six, text);
}

static struct cron five(const char *text)
{
    return parsed(cron_parse_five, text);
}

static void expect_next(struct cron cron, const char *from, const char *next)
{
    int64_t minute = cron_next(&cron, at(from) / SIMTIME_MINUTE);
    if (!next) {
        assert_true(minute == CRON_NEVER);
        return;
    }
    char text[SIMTIME_TEXT_SIZE];
    assert_true(minute != CRON_NEVER);
    simtime_format_utc(text, minute * SIMTIME_MINUTE);
    assert_string_equal(text, next);
}

/* --- six fields -------------------------------------------------------------------------------- */

/* The examples of [AAS:scheduled-scaling-using-cron-expressions]; 2026-03-02 is a Monday. */
static void six_fields(void **state)
{
    (void)state;
    expect_next(six("0 10 * * ? *"), "2026-03-02T09:59", "2026-03-02T10:00:00Z");
    expect_next(six("0 10 * * ? *"), "2026-03-02T10:00", "2026-03-02T10:00:00Z");
    expect_next(six("0 10 * * ? *"), "2026-03-02T10:01", "2026-03-03T10:00:00Z");
    expect_next(six("15 12 * * ? *"), "2026-12-31T13:00", "2027-01-01T12:15:00Z");
    expect_next(six("0 18 ? * MON-FRI *"), "2026-03-06T18:01", "2026-03-09T18:00:00Z");
    expect_next(six("0 8 1 * ? *"), "2026-03-02T00:00", "2026-04-01T08:00:00Z");
    expect_next(six("0/15 * * * ? *"), "2026-03-02T00:16", "2026-03-02T00:30:00Z");
    expect_next(six("0/5 8-17 ? * MON-FRI *"), "2026-03-02T17:56", "2026-03-03T08:00:00Z");
    expect_next(six("0 9 ? * 2#1 *"), "2026-03-02T09:01", "2026-04-06T09:00:00Z");
    expect_next(six("0 9 ? * 1 *"), "2026-03-02T00:00", "2026-03-08T09:00:00Z");
    expect_next(six("0 9 ? * 6L *"), "2026-03-02T00:00", "2026-03-27T09:00:00Z");
    expect_next(six("0 9 ? * friL *"), "2026-03-28T00:00", "2026-04-24T09:00:00Z");
    expect_next(six("0 9 ? * 7L *"), "2026-01-01T00:00", "2026-01-31T09:00:00Z");
    expect_next(six("0 9 29 2 ? *"), "1999-03-01T00:00", "2000-02-29T09:00:00Z");
    expect_next(six("0 9 29 2 ? *"), "2096-03-01T00:00", "2104-02-29T09:00:00Z");
    expect_next(six("0 9 ? * L *"), "2026-03-02T00:00", "2026-03-07T09:00:00Z");
    expect_next(six("0 9 L * ? *"), "2026-02-02T00:00", "2026-02-28T09:00:00Z");
    expect_next(six("30 23 L 2 ? *"), "2027-03-01T00:00", "2028-02-29T23:30:00Z");
    expect_next(six("0 0 1 JAN ? 2030,2032"), "2030-01-02T00:00", "2032-01-01T00:00:00Z");
    expect_next(six("0 0 1 1 ? 2026"), "2026-01-02T00:00", NULL);
    expect_next(six("0 0 1 1 ? 2199"), "2026-01-02T00:00", "2199-01-01T00:00:00Z");
    expect_next(six("0 0 1 1 ? 1970"), "1970-01-01T00:00", "1970-01-01T00:00:00Z");
}

/* 2026-08-15 is a Saturday, 2026-11-15 a Sunday, 2026-08-01 a Saturday, 2026-05-31 a Sunday. */
static void working_days(void **state)
{
    (void)state;
    expect_next(six("0 9 15W 8 ? *"), "2026-01-01T00:00", "2026-08-14T09:00:00Z");
    expect_next(six("0 9 15W 11 ? *"), "2026-01-01T00:00", "2026-11-16T09:00:00Z");
    expect_next(six("0 9 1W 8 ? *"), "2026-01-01T00:00", "2026-08-03T09:00:00Z");
    expect_next(six("0 9 31W 5 ? *"), "2026-01-01T00:00", "2026-05-29T09:00:00Z");
    expect_next(six("0 9 LW 5 ? *"), "2026-01-01T00:00", "2026-05-29T09:00:00Z");
    expect_next(six("0 9 31W 4 ? *"), "2026-01-01T00:00", NULL);
}

static void days_that_never_come(void **state)
{
    (void)state;
    expect_next(six("0 0 30 2 ? *"), "2026-01-01T00:00", NULL);
    expect_next(six("0 0 31 2,4,6,9,11 ? *"), "2026-01-01T00:00", NULL);
    expect_next(five("0 0 30 2 *"), "2026-01-01T00:00", NULL);
    expect_next(six("0 0 ? 2 1#5 *"), "2026-01-01T00:00", "2032-02-29T00:00:00Z");
    expect_next(six("0 0 29 2 ? *"), "2096-03-01T00:00", "2104-02-29T00:00:00Z");
    expect_next(five("0 0 29 2 *"), "2096-03-01T00:00", "2104-02-29T00:00:00Z");
}

/* --- five fields ------------------------------------------------------------------------------- */

static void five_fields(void **state)
{
    (void)state;
    expect_next(five("30 6 * * *"), "2026-03-02T07:00", "2026-03-03T06:30:00Z");
    expect_next(five("0 8 * * 1-5"), "2026-03-06T09:00", "2026-03-09T08:00:00Z");
    expect_next(five("0 8 * * 0"), "2026-03-02T00:00", "2026-03-08T08:00:00Z");
    expect_next(five("0 8 * * 7"), "2026-03-02T00:00", "2026-03-08T08:00:00Z");
    expect_next(five("0 8 * * sun"), "2026-03-02T00:00", "2026-03-08T08:00:00Z");
    expect_next(five("0 8 * * 5-7"), "2026-03-08T00:00", "2026-03-08T08:00:00Z");
    expect_next(five("*/20 * * * *"), "2026-03-02T00:41", "2026-03-02T01:00:00Z");
    expect_next(five("10/20 * * * *"), "2026-03-02T00:51", "2026-03-02T01:10:00Z");
    /* either day will do where both are restricted: the 13th, or a Friday */
    expect_next(five("0 0 13 * 5"), "2026-03-02T00:00", "2026-03-06T00:00:00Z");
    expect_next(five("0 0 13 * 5"), "2026-04-11T00:00", "2026-04-13T00:00:00Z");
    /* and both must where one begins with a star: odd days that are Fridays */
    expect_next(five("0 0 */2 * 5"), "2026-03-02T00:00", "2026-03-13T00:00:00Z");
}

/* --- mistakes ---------------------------------------------------------------------------------- */

static void expect_wrong(cron_parser *parse, const char *text, size_t expected)
{
    struct cron cron;
    size_t where = 0;
    if (!parse(text, &cron, &where))
        fail_msg("%s was read", text);
    assert_int_equal(where, expected);
}

static void expect_wrong_six(const char *text, size_t expected)
{
    expect_wrong(cron_parse_six, text, expected);
}

static void expect_wrong_five(const char *text, size_t expected)
{
    expect_wrong(cron_parse_five, text, expected);
}

static void wrong_expressions_and_where(void **state)
{
    (void)state;
    expect_wrong_six("", 0);
    expect_wrong_six("0 10 * * *", 10);
    expect_wrong_six("0 10 * * ? * *", 13);
    expect_wrong_six("0 10 * * * *", 5); /* both days */
    expect_wrong_six("0 10 ? * ? *", 5); /* neither */
    expect_wrong_six("60 10 * * ? *", 0);
    expect_wrong_six("0 24 * * ? *", 2);
    expect_wrong_six("0 10 0 * ? *", 5);
    expect_wrong_six("0 10 32 * ? *", 5);
    expect_wrong_six("0 10 * 13 ? *", 7);
    expect_wrong_six("0 10 ? * 8 *", 9);
    expect_wrong_six("0 10 ? * 0 *", 9);
    expect_wrong_six("0 10 * * ? 1969", 11);
    expect_wrong_six("0 10 * * ? 2200", 11);
    expect_wrong_six("99999 10 * * ? *", 4);
    expect_wrong_six("0 10 ? * MON-FRY *", 13);
    expect_wrong_six("0 10 ? * FRI-MON *", 9);
    expect_wrong_six("0/0 10 * * ? *", 2);
    expect_wrong_six("0/ 10 * * ? *", 2);
    expect_wrong_six("1, 10 * * ? *", 2);
    expect_wrong_six("0 10 ? * 2#6 *", 11);
    expect_wrong_six("0 10 ? * 2# *", 11);
    expect_wrong_six("0 10 ?? * 2 *", 6);
    expect_wrong_six("0 10 0W * ? *", 5);
    expect_wrong_six("-1 10 * * ? *", 0);
    expect_wrong_five("0 8 ? * 1", 4);
    expect_wrong_five("0 8 * *", 7);
    expect_wrong_five("0 8 * * 8", 8);
    expect_wrong_five("0 8 L * *", 4);
    expect_wrong_five("0 8 * * 1 2026", 10);
}

static void expect_read_or_refused(cron_parser *parse, const char *text)
{
    struct cron cron;
    size_t where = 0;
    if (!parse(text, &cron, &where))
        assert_true(cron_next(&cron, 0) >= 0);
    assert_true(where <= strlen(text));
}

/* Whatever is cut off, put in or changed, it is read or refused, and what is read has a next time, or never.
 */
static void texts_that_nobody_would_write(void **state)
{
    (void)state;
    static const char seed[] = "0/15 8-17,20 1W JAN-DEC/2 ? 2026,2030",
                      letters[] = "0123456789*?/,-#LW ANSU\t\xff";
    uint64_t random = 1;
    for (int round = 0; round < 200000; round++) {
        char text[sizeof seed + 8];
        strcpy(text, seed);
        for (int changes = 0; changes < 3; changes++) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            size_t place = (random >> 33) % strlen(text);
            text[place] = letters[(random >> 50) % (sizeof letters - 1)];
            if (random >> 63)
                text[place + 1] = '\0';
        }
        expect_read_or_refused(cron_parse_six, text);
        expect_read_or_refused(cron_parse_five, text);
    }
}

/* --- schedules --------------------------------------------------------------------------------- */

static struct arena *arena;

static struct schedule *schedule_of(const char *text)
{
    struct schedule *schedule;
    size_t where;
    const char *wrong = schedule_parse(arena, text, &schedule, &where);
    if (wrong)
        fail_msg("%s: %s", text, wrong);
    return schedule;
}

static void expect_no_schedule(const char *text)
{
    struct schedule *schedule;
    size_t where;
    assert_non_null(schedule_parse(arena, text, &schedule, &where));
    assert_int_equal(schedule->kind, SCHEDULE_UNREAD);
    assert_true(schedule_next(schedule, 0, 0) == SCHEDULE_NEVER);
}

static void a_time_comes_once(void **state)
{
    (void)state;
    struct schedule *schedule = schedule_of("at(2026-03-02T08:00:30)");
    assert_int_equal(schedule_next(schedule, 0, 0), at("2026-03-02T08:00:00"));
    assert_int_equal(schedule_next(schedule, 0, at("2026-03-02T08:00:00")), at("2026-03-02T08:00:00"));
    assert_true(schedule_next(schedule, 0, at("2026-03-02T08:00:00") + 1) == SCHEDULE_NEVER);
}

static void a_rate_counts_from_its_origin(void **state)
{
    (void)state;
    struct schedule *schedule = schedule_of("rate(90 minutes)");
    simtime rate = 90 * SIMTIME_MINUTE;
    int64_t origin = at("2026-03-02T08:00:00");
    assert_int_equal(schedule_next(schedule, origin, 0), origin);
    assert_int_equal(schedule_next(schedule, origin, origin), origin);
    assert_int_equal(schedule_next(schedule, origin, origin + 1), origin + rate);
    assert_int_equal(schedule_next(schedule, origin, origin + rate), origin + rate);
    assert_int_equal(schedule_next(schedule, origin, origin + 10 * rate - 1), origin + 10 * rate);
    assert_int_equal(schedule_of("rate(1 day)")->rate, SIMTIME_DAY);
    assert_int_equal(schedule_of("rate(2 hours)")->rate, 2 * SIMTIME_HOUR);
}

static void cron_in_its_brackets(void **state)
{
    (void)state;
    struct schedule *schedule = schedule_of("cron(0 8 ? * MON-FRI *)");
    assert_int_equal(schedule_next(schedule, 0, at("2026-03-02T00:00:01")), at("2026-03-02T08:00:00"));
    assert_int_equal(schedule_next(schedule, 0, at("2026-03-02T08:00:00") + 1), at("2026-03-03T08:00:00"));
    size_t where;
    assert_non_null(schedule_parse(arena, "cron(0 25 ? * MON-FRI *)", &schedule, &where));
    assert_int_equal(where, 7);
}

static void wrong_schedules(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "0 8 ? * MON-FRI *",
                                        "at()",
                                        "at(2026-03-02)",
                                        "at(2026-13-02T08:00:00)",
                                        "at(2026-03-02 08:00:00)",
                                        "at(2026-03-02T08:00:00",
                                        "rate(5)",
                                        "rate(0 minutes)",
                                        "rate(1 minutes)",
                                        "rate(5 minute)",
                                        "rate(5 seconds)",
                                        "rate(-5 minutes)",
                                        "rate(99999999999999999999 days)",
                                        "rate(5 minutes )",
                                        "cron()",
                                        "cron(0 8 ? * MON-FRI)",
                                        "every day"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        expect_no_schedule(texts[i]);
}

static int make_arena(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int free_arena(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_fields),
        cmocka_unit_test(working_days),
        cmocka_unit_test(days_that_never_come),
        cmocka_unit_test(five_fields),
        cmocka_unit_test(wrong_expressions_and_where),
        cmocka_unit_test(texts_that_nobody_would_write),
        cmocka_unit_test(a_time_comes_once),
        cmocka_unit_test(a_rate_counts_from_its_origin),
        cmocka_unit_test(cron_in_its_brackets),
        cmocka_unit_test(wrong_schedules),
    };
    return cmocka_run_group_tests(tests, make_arena, free_arena);
}
