#include "sim/engine/simtime.h"
#include "tests/unit/unit.h"
#include <string.h>
#include <time.h>

static void sums_with_never_are_never(void **state)
{
    (void)state;
    assert_int_equal(simtime_after(5, 7), 12);
    assert_int_equal(simtime_after(5, SIMTIME_NEVER), SIMTIME_NEVER);
    assert_int_equal(simtime_after(SIMTIME_NEVER, 5), SIMTIME_NEVER);
    assert_int_equal(simtime_after(SIMTIME_NEVER, SIMTIME_NEVER), SIMTIME_NEVER);
    assert_int_equal(simtime_after(SIMTIME_NEVER - 1, 5), SIMTIME_NEVER);
}

static void a_wait_doubles_up_to_the_most(void **state)
{
    (void)state;
    static const simtime waits[] = {1, 2, 4, 8, 10, 10};
    for (int64_t doublings = 0; doublings < 6; doublings++)
        assert_int_equal(simtime_doubled(1, doublings, 10), waits[doublings]);
    assert_int_equal(simtime_doubled(1, INT64_MAX, 10), 10);
    assert_int_equal(simtime_doubled(0, INT64_MAX, 10), 0);
    assert_int_equal(simtime_doubled(20, 0, 10), 10);
}

static void the_grid_is_not_before_its_instant(void **state)
{
    (void)state;
    assert_int_equal(simtime_next_on_grid(0, 3, 10), 3);
    assert_int_equal(simtime_next_on_grid(3, 3, 10), 3);
    assert_int_equal(simtime_next_on_grid(4, 3, 10), 13);
    assert_int_equal(simtime_next_on_grid(13, 3, 10), 13);
    assert_int_equal(simtime_next_on_grid(SIMTIME_NEVER, 0, 7), SIMTIME_NEVER);
}

static void assert_human(simtime duration, const char *expected)
{
    char text[SIMTIME_TEXT_SIZE];
    assert_int_equal(simtime_format_human(text, duration), strlen(expected));
    assert_string_equal(text, expected);
}

static void durations_read_as_people_say_them(void **state)
{
    (void)state;
    assert_human(0, "0s");
    assert_human(250 * SIMTIME_MILLISECOND, "250ms");
    assert_human(1500, "1.5ms");
    assert_human(12500 * SIMTIME_MILLISECOND, "12.5s");
    assert_human(260 * SIMTIME_SECOND, "4m20s");
    assert_human(260 * SIMTIME_SECOND + 500000, "4m21s");
    assert_human(2 * SIMTIME_HOUR, "2h");
    assert_human(76 * SIMTIME_HOUR, "3d4h");
    assert_human(SIMTIME_DAY + 1000000, "1d1s");
    assert_human(SIMTIME_NEVER, "never");
    assert_human(SIMTIME_NEVER - 1, "13343998d21h30m7s");
}

static void seconds_are_exact(void **state)
{
    (void)state;
    char text[SIMTIME_TEXT_SIZE];
    simtime_format_seconds(text, 12 * SIMTIME_SECOND);
    assert_string_equal(text, "12");
    simtime_format_seconds(text, 250001);
    assert_string_equal(text, "0.250001");
}

static void assert_utc(int64_t unix_us, const char *expected)
{
    char text[SIMTIME_TEXT_SIZE];
    assert_int_equal(simtime_format_utc(text, unix_us), strlen(expected));
    assert_string_equal(text, expected);
}

static void wall_clock_has_milliseconds_where_there_are_any(void **state)
{
    (void)state;
    assert_utc(0, "1970-01-01T00:00:00Z");
    assert_utc(-1, "1969-12-31T23:59:59.999Z");
    assert_utc(INT64_C(1772409600250999), "2026-03-02T00:00:00.250Z");
    assert_utc(INT64_C(1772409600000999), "2026-03-02T00:00:00Z");
    assert_utc(INT64_C(951782400000000), "2000-02-29T00:00:00Z");
}

/* Every third day of four centuries, against the C library. */
static void the_calendar_agrees_with_the_c_library(void **state)
{
    (void)state;
    for (int64_t day = -80000; day < 80000; day += 3) {
        int64_t seconds = day * 86400 + 45296, parsed;
        char expected[40], text[SIMTIME_TEXT_SIZE];
        time_t clock = seconds;
        struct tm parts;
        strftime(expected, sizeof expected, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&clock, &parts));
        simtime_format_utc(text, seconds * SIMTIME_SECOND);
        assert_string_equal(text, expected);
        assert_int_equal(simtime_parse_utc(text, &parsed), 0);
        assert_int_equal(parsed, seconds * SIMTIME_SECOND);
    }
}

static void assert_parsed(const char *text, int64_t expected)
{
    int64_t parsed;
    assert_int_equal(simtime_parse_utc(text, &parsed), 0);
    assert_int_equal(parsed, expected);
}

static void wall_clock_is_read_in_its_common_forms(void **state)
{
    (void)state;
    int64_t midnight = INT64_C(1772409600000000), half_past_one = midnight + 90 * SIMTIME_MINUTE;
    assert_parsed("2026-03-02", midnight);
    assert_parsed("2026-03-02T00:00:00", midnight);
    assert_parsed("2026-03-02T01:30:00Z", half_past_one);
    assert_parsed("2026-03-02 01:30:00", half_past_one);
    assert_parsed("2026-03-02T03:30:00+02:00", half_past_one);
    assert_parsed("2026-03-01T20:00:00-05:30", half_past_one);
    assert_parsed("2026-03-02T01:30:00.25Z", half_past_one + 250000);
    assert_parsed("2026-03-02T01:30:00.1234567", half_past_one + 123456);
}

static void other_texts_are_no_wall_clock(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "2026",
        "2026-3-2",
        "2026-02-29",
        "2026-13-01",
        "2026-03-00",
        "0000-01-01",
        "2026-03-02T",
        "2026-03-02T24:00:00",
        "2026-03-02T00:60:00",
        "2026-03-02T00:00:00.",
        "2026-03-02T00:00:00+2",
        "2026-03-02T00:00:00Zx",
        "2026-03-02x",
    };
    int64_t parsed = 77;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_int_equal(simtime_parse_utc(texts[i], &parsed), -1);
    assert_int_equal(parsed, 77);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_with_never_are_never),
        cmocka_unit_test(a_wait_doubles_up_to_the_most),
        cmocka_unit_test(the_grid_is_not_before_its_instant),
        cmocka_unit_test(durations_read_as_people_say_them),
        cmocka_unit_test(seconds_are_exact),
        cmocka_unit_test(wall_clock_has_milliseconds_where_there_are_any),
        cmocka_unit_test(the_calendar_agrees_with_the_c_library),
        cmocka_unit_test(wall_clock_is_read_in_its_common_forms),
        cmocka_unit_test(other_texts_are_no_wall_clock),
    };
    return RUN_TESTS(tests);
}
