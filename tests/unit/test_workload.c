#include "tests/unit/workload_fixture.h"

/* 2026-01-01 was a Thursday. */
static const int64_t thursday_us = INT64_C(1767225600) * 1000000;

/* Whole requests from `from` until `until`, in seconds since a Thursday, 00:00. */
static int64_t requests_between(const struct workload *workload, int64_t from_s, int64_t until_s)
{
    int64_t millionths =
        workload_requests(workload, from_s * SIMTIME_SECOND, until_s * SIMTIME_SECOND, thursday_us);
    return millionths / MILLION;
}

static void no_workload_asks_nothing(void **state)
{
    (void)state;
    struct workload workload = {{NULL, NULL}};
    assert_int_equal(workload_requests(&workload, 0, SIMTIME_DAY, 0), 0);
}

static void steady_is_rate_times_time(void **state)
{
    struct workload workload = new_steady(*state, 900);
    assert_int_equal(requests_between(&workload, 60, 120), 54000);
    assert_int_equal(workload_requests(&workload, 0, 1, 0), 900);
}

static void the_fastest_workload_fits_for_100_days(void **state)
{
    struct workload workload = new_steady(*state, MILLION);
    assert_int_equal(workload_requests(&workload, 0, 100 * SIMTIME_DAY, 0), 8640000 * MILLION * MILLION);
}

static void steps_hold_until_the_next(void **state)
{
    static const int64_t steps[][2] = {{10, 100}, {600, 900}, {660, 0}};
    struct workload workload = new_steps(*state, steps, 3);
    check_workload(*state, &workload);
    assert_int_equal(requests_between(&workload, 0, 10), 0);
    assert_int_equal(requests_between(&workload, 0, 600), 59000);
    assert_int_equal(requests_between(&workload, 590, 610), 1000 + 9000);
    assert_int_equal(workload_requests(&workload, 600 * SIMTIME_SECOND, 600 * SIMTIME_SECOND + 1, 0), 900);
    assert_int_equal(requests_between(&workload, 0, 100000), 59000 + 54000);
    assert_int_equal(((struct mistakes *)*state)->mistakes, 0);
}

static void steps_that_do_not_increase_are_a_mistake(void **state)
{
    static const int64_t steps[][2] = {{10, 100}, {10, 900}};
    struct mistakes *m = *state;
    struct workload workload = new_steps(m, steps, 2);
    check_workload(m, &workload);
    assert_int_equal(m->mistakes, 1);
    assert_string_equal(m->key, "at");
}

static void no_steps_are_a_mistake(void **state)
{
    struct mistakes *m = *state;
    struct workload workload = new_steps(m, NULL, 0);
    check_workload(m, &workload);
    assert_int_equal(m->mistakes, 1);
}

static void a_day_asks_the_mean_of_low_and_high(void **state)
{
    struct workload workload = new_wave(*state, &workload_daily, 100, 900, 20);
    assert_int_equal(requests_between(&workload, 0, WORKLOAD_DAY_S), 500 * WORKLOAD_DAY_S);
    assert_int_equal(requests_between(&workload, 12345, 12345 + 10 * WORKLOAD_DAY_S), 5000 * WORKLOAD_DAY_S);
}

static void a_day_is_high_at_its_peak_and_low_at_its_trough(void **state)
{
    struct workload workload = new_wave(*state, &workload_daily, 100, 900, 20);
    assert_in_range(requests_between(&workload, 20 * 3600 - 1, 20 * 3600 + 1), 1799, 1800);
    assert_int_equal(requests_between(&workload, 8 * 3600 - 1, 8 * 3600 + 1), 200);
    assert_int_equal(requests_between(&workload, 14 * 3600 - 1, 14 * 3600 + 1), 1000);
}

/* The rate three hours after the trough: x = 1/4, 3x^2 - 2x^3 = 5/32. */
static void a_day_rises_as_a_smoothstep(void **state)
{
    struct workload workload = new_wave(*state, &workload_daily, 0, 3200, 20);
    assert_in_range(requests_between(&workload, 11 * 3600 - 50, 11 * 3600 + 50), 49999, 50001);
    assert_int_equal(requests_between(&workload, 8 * 3600, 20 * 3600), 3200 * 6 * 3600);
}

static void a_day_follows_the_wall_clock(void **state)
{
    struct workload workload = new_wave(*state, &workload_daily, 0, 1000, 20);
    int64_t at_noon = workload_requests(&workload, 0, SIMTIME_HOUR, thursday_us + 12 * SIMTIME_HOUR);
    assert_int_equal(at_noon,
                     workload_requests(&workload, 12 * SIMTIME_HOUR, 13 * SIMTIME_HOUR, thursday_us));
    assert_true(at_noon > workload_requests(&workload, 0, SIMTIME_HOUR, thursday_us + 8 * SIMTIME_HOUR));
}

static void a_day_before_1970_is_a_day(void **state)
{
    struct workload workload = new_wave(*state, &workload_daily, 100, 900, 20);
    int64_t before = workload_requests(&workload, 0, SIMTIME_HOUR, -3 * SIMTIME_DAY);
    assert_int_equal(before, workload_requests(&workload, 0, SIMTIME_HOUR, 0));
}

static void low_above_high_is_a_mistake(void **state)
{
    struct mistakes *m = *state;
    struct workload workload = new_wave(m, &workload_daily, 900, 100, 20);
    check_workload(m, &workload);
    assert_int_equal(m->mistakes, 1);
    assert_string_equal(m->key, "high");
}

static void a_weekend_asks_its_share(void **state)
{
    struct workload workload = new_weekly(*state, 100, 900, MILLION / 4);
    const int64_t weekday = 500 * WORKLOAD_DAY_S;
    for (int day = 0; day < 21; day++) {
        bool weekend = day % 7 == 2 || day % 7 == 3; /* day 0 is a Thursday */
        assert_int_equal(requests_between(&workload, day * WORKLOAD_DAY_S, (day + 1) * WORKLOAD_DAY_S),
                         weekend ? weekday / 4 : weekday);
    }
}

static void a_weekday_is_as_daily(void **state)
{
    struct workload weekly = new_weekly(*state, 100, 900, 0);
    struct workload daily = new_wave(*state, &workload_daily, 100, 900, 20);
    assert_int_equal(requests_between(&weekly, 30000, 40000), requests_between(&daily, 30000, 40000));
}

static void a_burst_comes_once(void **state)
{
    struct workload workload = new_burst(*state, 10, 100, SIMTIME_MINUTE, 30 * SIMTIME_SECOND);
    assert_int_equal(requests_between(&workload, 0, 60), 600);
    assert_int_equal(requests_between(&workload, 60, 90), 3000);
    assert_int_equal(requests_between(&workload, 90, 3600), 35100);
}

static void a_burst_repeats(void **state)
{
    struct workload workload = new_burst(*state, 10, 100, SIMTIME_MINUTE, 30 * SIMTIME_SECOND);
    set_number(&workload, "every", 5 * SIMTIME_MINUTE);
    assert_int_equal(requests_between(&workload, 360, 390), 3000);
    assert_int_equal(requests_between(&workload, 60, 360), 3000 + 2700);
    assert_int_equal(requests_between(&workload, 60, 60 + 100 * 300), 100 * 5700);
}

static void bursts_that_overlap_are_a_mistake(void **state)
{
    struct mistakes *m = *state;
    struct workload workload = new_burst(m, 10, 100, 0, SIMTIME_HOUR);
    check_workload(m, &workload);
    assert_int_equal(m->mistakes, 0);
    set_number(&workload, "every", SIMTIME_MINUTE);
    check_workload(m, &workload);
    assert_int_equal(m->mistakes, 1);
    assert_string_equal(m->key, "every");
}

static const char day[] = "count,\"period\"\r\n"
                          "60,2026-03-02 00:00:00\r\n"
                          "120,2026-03-02 00:01:00\r\n"
                          "\r\n"
                          "\"180\", 2026-03-02 00:05:00\r\n";

static struct workload day_trace(struct mistakes *m)
{
    struct workload workload = new_trace(m, day);
    set_text(&workload, "time", "period");
    set_text(&workload, "value", "count");
    return workload;
}

static void a_trace_counts_its_rows(void **state)
{
    struct workload workload = day_trace(*state);
    check_workload(*state, &workload);
    assert_int_equal(((struct mistakes *)*state)->mistakes, 0);
    assert_int_equal(requests_between(&workload, 0, 60), 60);
    assert_int_equal(requests_between(&workload, 0, 90), 120);
}

static void a_trace_holds_over_gaps_and_ends_with_its_last_row(void **state)
{
    struct workload workload = day_trace(*state);
    check_workload(*state, &workload);
    assert_int_equal(requests_between(&workload, 60, 300), 4 * 120);
    assert_int_equal(requests_between(&workload, 300, 360), 180);
    assert_int_equal(requests_between(&workload, 360, 86400), 0);
}

static void a_window_moves_a_trace_to_the_start(void **state)
{
    struct workload workload = day_trace(*state);
    set_text(&workload, "from", "2026-03-02 00:03:30");
    set_number(&workload, "for", 2 * SIMTIME_MINUTE);
    set_number(&workload, "scale", 5 * MILLION / 2);
    check_workload(*state, &workload);
    assert_int_equal(requests_between(&workload, 0, 90), 450);
    assert_int_equal(requests_between(&workload, 90, 120), 225);
    assert_int_equal(requests_between(&workload, 120, 3600), 0);
    assert_int_equal(((struct mistakes *)*state)->warnings, 0);
}

static void a_window_before_the_first_row_begins_with_nothing(void **state)
{
    struct workload workload = day_trace(*state);
    set_text(&workload, "from", "2026-03-01T23:59:00Z");
    check_workload(*state, &workload);
    assert_int_equal(requests_between(&workload, 0, 60), 0);
    assert_int_equal(requests_between(&workload, 60, 120), 60);
}

static void a_trace_without_a_header_counts_columns_from_0(void **state)
{
    struct workload workload = new_trace(*state, "0,7,1.5\n10,8,2");
    set_text(&workload, "value", "2");
    set_number(&workload, "per", 10 * SIMTIME_SECOND);
    check_workload(*state, &workload);
    assert_int_equal(((struct mistakes *)*state)->mistakes, 0);
    assert_int_equal(workload_requests(&workload, 0, 20 * SIMTIME_SECOND, 0), 3500000);
}

static void a_window_beyond_the_file_is_warned_of(void **state)
{
    struct mistakes *m = *state;
    struct workload workload = day_trace(m);
    set_number(&workload, "for", SIMTIME_DAY);
    check_workload(m, &workload);
    assert_int_equal(m->warnings, 1);
    assert_string_equal(m->key, "for");
    assert_int_equal(requests_between(&workload, 360, 86400), 0);
}

static void expect_mistake(struct mistakes *m, const struct workload *workload, const char *key,
                           const char *text)
{
    check_workload(m, workload);
    assert_int_equal(m->mistakes, 1);
    assert_string_equal(m->key, key);
    assert_non_null(strstr(m->text, text));
}

static void a_column_that_is_not_there_is_a_mistake(void **state)
{
    struct workload workload = day_trace(*state);
    set_text(&workload, "value", "cuont");
    expect_mistake(*state, &workload, "value", "no column cuont");
}

static void a_time_that_goes_back_is_a_mistake(void **state)
{
    struct workload workload = new_trace(*state, "t,n\n60,1\n\n60,1\n");
    expect_mistake(*state, &workload, "time", "day.csv line 4: '60' is not later");
}

static void a_value_that_is_no_number_is_a_mistake(void **state)
{
    struct workload workload = new_trace(*state, "t,n\n60,1\n120,-1\n");
    expect_mistake(*state, &workload, "value", "line 3: '-1' is not a number");
}

static void a_time_that_is_no_time_is_a_mistake(void **state)
{
    struct workload workload = new_trace(*state, "t,n\n60,1\nnoon,1\n");
    expect_mistake(*state, &workload, "time", "line 3: 'noon' is neither");
}

static void a_row_that_is_too_fast_is_a_mistake(void **state)
{
    struct workload workload = new_trace(*state, "t,n\n0,60000001\n");
    expect_mistake(*state, &workload, "value", "more than a million");
}

static void a_file_without_rows_is_a_mistake(void **state)
{
    struct workload workload = new_trace(*state, "t,n\n\n");
    expect_mistake(*state, &workload, "file", "no rows");
}

static void a_window_outside_the_file_is_a_mistake(void **state)
{
    struct workload workload = day_trace(*state);
    set_text(&workload, "from", "2026-03-02 00:06:00");
    expect_mistake(*state, &workload, "from", "no row");
}

static void a_window_that_begins_at_no_time_is_a_mistake(void **state)
{
    struct workload workload = day_trace(*state);
    set_text(&workload, "from", "yesterday");
    expect_mistake(*state, &workload, "from", "'yesterday'");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_mistakes, tear_down_mistakes)

/* 3 a second: the nth is asked after n thirds, rounded up to the microsecond. */
static void the_time_of_a_request_is_the_first_instant_by_which_it_was_asked(void **state)
{
    struct workload workload = new_steady(*state, 3);
    for (int64_t n = 1; n < 100; n++) {
        simtime at = workload_time_of(&workload, n * MILLION, 0, SIMTIME_HOUR, 0);
        assert_int_equal(at, (n * SIMTIME_SECOND + 2) / 3);
        assert_int_equal(workload_time_of(&workload, n * MILLION, at, SIMTIME_HOUR, 0), at);
    }
}

static void what_is_not_asked_in_time_has_no_time(void **state)
{
    static const int64_t steps[][2] = {{10, 2}, {20, 0}, {60, 1}};
    struct workload workload = new_steps(*state, steps, 3);
    check_workload(*state, &workload);
    assert_int_equal(workload_time_of(&workload, 20 * MILLION, 0, SIMTIME_HOUR, 0), 20 * SIMTIME_SECOND);
    assert_int_equal(workload_time_of(&workload, 21 * MILLION, 0, SIMTIME_HOUR, 0), 61 * SIMTIME_SECOND);
    assert_int_equal(workload_time_of(&workload, 21 * MILLION, 0, 61 * SIMTIME_SECOND, 0), SIMTIME_NEVER);
    assert_int_equal(workload_time_of(&workload, 21 * MILLION, 0, 0, 0), SIMTIME_NEVER);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        TEST(no_workload_asks_nothing),
        TEST(steady_is_rate_times_time),
        TEST(the_fastest_workload_fits_for_100_days),
        TEST(steps_hold_until_the_next),
        TEST(steps_that_do_not_increase_are_a_mistake),
        TEST(no_steps_are_a_mistake),
        TEST(a_day_asks_the_mean_of_low_and_high),
        TEST(a_day_is_high_at_its_peak_and_low_at_its_trough),
        TEST(a_day_rises_as_a_smoothstep),
        TEST(a_day_follows_the_wall_clock),
        TEST(a_day_before_1970_is_a_day),
        TEST(low_above_high_is_a_mistake),
        TEST(a_weekend_asks_its_share),
        TEST(a_weekday_is_as_daily),
        TEST(a_burst_comes_once),
        TEST(a_burst_repeats),
        TEST(bursts_that_overlap_are_a_mistake),
        TEST(a_trace_counts_its_rows),
        TEST(a_trace_holds_over_gaps_and_ends_with_its_last_row),
        TEST(a_window_moves_a_trace_to_the_start),
        TEST(a_window_before_the_first_row_begins_with_nothing),
        TEST(a_trace_without_a_header_counts_columns_from_0),
        TEST(a_window_beyond_the_file_is_warned_of),
        TEST(a_column_that_is_not_there_is_a_mistake),
        TEST(a_time_that_goes_back_is_a_mistake),
        TEST(a_value_that_is_no_number_is_a_mistake),
        TEST(a_time_that_is_no_time_is_a_mistake),
        TEST(a_row_that_is_too_fast_is_a_mistake),
        TEST(a_file_without_rows_is_a_mistake),
        TEST(a_window_outside_the_file_is_a_mistake),
        TEST(a_window_that_begins_at_no_time_is_a_mistake),
        TEST(the_time_of_a_request_is_the_first_instant_by_which_it_was_asked),
        TEST(what_is_not_asked_in_time_has_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
