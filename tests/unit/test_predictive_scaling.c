/* Predictive scaling and its forecast; several policies at once, by the cases of the table. */
#include "models/scaling/forecast.h"
#include "models/scaling/scaling.h"
#include "tests/unit/unit.h"

static int mistakes_made;

void mistake(struct mistakes *m, const void *object, const char *key, const char *format, ...)
{
    (void)m, (void)object, (void)key, (void)format;
    mistakes_made++;
}

/* --- the forecast ------------------------------------------------------------------------------ */

static struct load_history history;

/* Hours from this one on, the load of each its number modulo `period`. */
static void remember(int64_t first, int64_t count, int64_t period)
{
    for (int64_t hour = first; hour < first + count; hour++)
        load_history_add(&history, hour, (hour % period + 1) * MILLION);
}

static void a_day_is_needed(void **state)
{
    (void)state;
    load_history_clear(&history);
    remember(1000, 23, HOURS_OF_DAY);
    assert_true(load_forecast(&history, 1030) == ABSENT);
    remember(1023, 1, HOURS_OF_DAY);
    assert_int_equal(load_forecast(&history, 1030), (1030 % HOURS_OF_DAY + 1) * MILLION);
    assert_int_equal(load_forecast(&history, 1048), (1000 % HOURS_OF_DAY + 1) * MILLION);
}

static void an_hour_is_the_mean_of_its_days(void **state)
{
    (void)state;
    load_history_clear(&history);
    for (int64_t hour = 0; hour < 3 * HOURS_OF_DAY; hour++)
        load_history_add(&history, hour, hour == 5 ? 10 : hour == 29 ? 20 : hour == 53 ? 32 : 0);
    assert_int_equal(load_forecast(&history, 77), 21); /* of 20.67 */
    assert_int_equal(load_forecast(&history, 78), 0);
}

/* A day of the week of its own shows once there is a week. */
static void from_a_week_on_the_weekday_counts(void **state)
{
    (void)state;
    load_history_clear(&history);
    for (int64_t hour = 0; hour < HOURS_OF_WEEK; hour++)
        load_history_add(&history, hour, hour / HOURS_OF_DAY);
    assert_int_equal(load_forecast(&history, HOURS_OF_WEEK), 0);
    assert_int_equal(load_forecast(&history, HOURS_OF_WEEK + 30), 1);
    assert_int_equal(load_forecast(&history, 2 * HOURS_OF_WEEK - 1), 6);
}

static void two_weeks_are_kept(void **state)
{
    (void)state;
    load_history_clear(&history);
    const int64_t two_weeks = 336;
    remember(0, two_weeks, HOURS_OF_DAY);
    for (int64_t hour = two_weeks; hour < 2 * two_weeks; hour++)
        load_history_add(&history, hour, 7);
    for (int64_t hour = 0; hour < HOURS_OF_WEEK; hour++)
        assert_int_equal(load_forecast(&history, 2 * two_weeks + hour), 7);
    load_history_clear(&history);
    load_history_add(&history, 0, 21);
    for (int64_t hour = 1; hour < two_weeks; hour++)
        load_history_add(&history, hour, 7);
    assert_int_equal(load_forecast(&history, two_weeks), 14); /* the first hour is still known */
}

static void an_hour_that_was_never_seen_has_no_forecast(void **state)
{
    (void)state;
    load_history_clear(&history);
    for (int64_t day = 0; day < 13; day++)
        for (int64_t hour = 0; hour < 23; hour++)
            load_history_add(&history, day * HOURS_OF_DAY + hour, 1);
    assert_true(load_forecast(&history, 13 * HOURS_OF_DAY + 23) == ABSENT);
    assert_int_equal(load_forecast(&history, 13 * HOURS_OF_DAY + 22), 1);
}

static void hours_before_1970_are_hours(void **state)
{
    (void)state;
    load_history_clear(&history);
    for (int64_t hour = -30; hour < 0; hour++)
        load_history_add(&history, hour, 3);
    assert_int_equal(load_forecast(&history, 1), 3);
}

/* --- the policy -------------------------------------------------------------------------------- */

static struct predefined_metric cpu = {.type = METRIC_ECS_CPU};
static struct predictive_metric metric = {.target_value = 50 * MILLION, .pair = &cpu};

static struct predictive_scaling policy_of(enum predictive_mode mode)
{
    return (struct predictive_scaling){.metrics = {1, &metric}, .mode = mode, .max_capacity_buffer = ABSENT};
}

static struct scaling_answer answer_of(const struct predictive_scaling *policy, int64_t desired,
                                       int64_t forecast, int64_t most)
{
    struct scaling_view view = {
        .running = desired,
        .desired = desired,
        .most = most,
        .last_out_at = SIMTIME_NEVER,
        .last_in_at = SIMTIME_NEVER,
        .out_at = SIMTIME_NEVER,
        .forecast = forecast,
    };
    const struct scaling_policy_verbs *verbs = scaling_predictive.verbs;
    return verbs->answer(policy, &view);
}

static void it_adds_and_never_takes(void **state)
{
    (void)state;
    struct predictive_scaling policy = policy_of(FORECAST_AND_SCALE);
    assert_int_equal(answer_of(&policy, 4, 8, 100).desired, 8);
    assert_int_equal(answer_of(&policy, 4, 8, 100).why, WHY_FORECAST);
    assert_int_equal(answer_of(&policy, 8, 4, 100).desired, 8);
    assert_int_equal(answer_of(&policy, 8, 4, 100).floor, 4);
    assert_int_equal(answer_of(&policy, 4, ABSENT, 100).desired, 4);
    assert_int_equal(answer_of(&policy, 4, ABSENT, 100).floor, 0);
    assert_int_equal(answer_of(&policy, 4, 200, 100).desired, 100);
    assert_int_equal(answer_of(&policy, 4, 200, 100).floor, 100);
}

static void a_forecast_only_does_nothing(void **state)
{
    (void)state;
    struct predictive_scaling policy = policy_of(FORECAST_ONLY);
    assert_int_equal(answer_of(&policy, 4, 8, 100).desired, 4);
    assert_int_equal(answer_of(&policy, 4, 8, 100).floor, 0);
}

static void a_load_needs_as_many_as_bring_it_to_the_target(void **state)
{
    (void)state;
    struct predictive_scaling policy = policy_of(FORECAST_AND_SCALE);
    assert_int_equal(predictive_capacity(&policy, 0), 0);
    assert_int_equal(predictive_capacity(&policy, 1), 1);
    assert_int_equal(predictive_capacity(&policy, 400 * MILLION), 8);
    assert_int_equal(predictive_capacity(&policy, 400 * MILLION + 1), 9);
    assert_true(predictive_capacity(&policy, INT64_MAX) > 0);
}

static void tt_34_a_forecast_raises_the_maximum(void **state)
{
    (void)state; /* TT-34 */
    struct predictive_scaling policy = policy_of(FORECAST_AND_SCALE);
    assert_int_equal(predictive_most(&policy, 50, 40), 40);
    policy.breach_behavior = INCREASE_MAX_CAPACITY;
    policy.max_capacity_buffer = 10;
    assert_int_equal(predictive_most(&policy, 50, 40), 55);
    assert_int_equal(predictive_most(&policy, 37, 40), 41); /* it comes close */
    assert_int_equal(predictive_most(&policy, 30, 40), 40);
    policy.mode = FORECAST_ONLY;
    assert_int_equal(predictive_most(&policy, 50, 40), 40);
}

static int mistakes_of(struct predictive_scaling policy)
{
    mistakes_made = 0;
    predictive_scaling_shape.check(NULL, &policy, NULL);
    return mistakes_made;
}

static void a_buffer_needs_an_increase(void **state)
{
    (void)state;
    struct predictive_scaling policy = policy_of(FORECAST_ONLY);
    assert_int_equal(mistakes_of(policy), 0);
    policy.max_capacity_buffer = 10;
    assert_int_equal(mistakes_of(policy), 1);
    policy.breach_behavior = INCREASE_MAX_CAPACITY;
    assert_int_equal(mistakes_of(policy), 0);
    policy.max_capacity_buffer = ABSENT;
    assert_int_equal(mistakes_of(policy), 1);
    policy = policy_of(FORECAST_ONLY);
    policy.metrics.count = 2;
    assert_int_equal(mistakes_of(policy), 1);
}

/* --- several policies -------------------------------------------------------------------------- */

static int64_t chosen_of(struct scaling_answer a, struct scaling_answer b, int64_t current)
{
    int64_t chosen = current;
    scaling_choose((struct scaling_answer[]){a, b}, 2, current, &chosen);
    return chosen;
}

static struct scaling_answer tracking(int64_t desired)
{
    return (struct scaling_answer){.desired = desired, .must_agree = true};
}

static void tt_05_the_larger_of_forecast_and_target_tracking(void **state)
{
    (void)state; /* TT-05 */
    struct predictive_scaling policy = policy_of(FORECAST_AND_SCALE);
    assert_int_equal(chosen_of(tracking(10), answer_of(&policy, 4, 8, 100), 4), 10);
    assert_int_equal(chosen_of(tracking(6), answer_of(&policy, 10, 8, 100), 10), 8);
}

static void tt_20_and_tt_22_the_largest_wins_both_ways(void **state)
{
    (void)state;
    assert_int_equal(chosen_of(tracking(12), tracking(15), 10), 15); /* TT-20 */
    assert_int_equal(chosen_of(tracking(8), tracking(6), 10), 8);    /* TT-22 */
    assert_int_equal(chosen_of(tracking(10), tracking(6), 10), 10);
    assert_int_equal(chosen_of(tracking(6), tracking(12), 10), 12);
}

/* 10 and 3 are 13, 10 and 200 % are 30. */
static void tt_23_the_adjustment_that_comes_to_more(void **state)
{
    (void)state; /* TT-23 */
    struct scaling_answer absolute = {
        .desired = adjusted_capacity((struct adjustment){CHANGE_IN_CAPACITY, 3, ABSENT}, 10),
        .needs_no_one = true};
    struct scaling_answer percent = {
        .desired = adjusted_capacity((struct adjustment){PERCENT_CHANGE_IN_CAPACITY, 200, ABSENT}, 10),
        .needs_no_one = true};
    assert_int_equal(chosen_of(absolute, percent, 10), 30);
}

static void target_tracking_does_not_block_a_step(void **state)
{
    (void)state;
    struct scaling_answer step = {.desired = 6, .needs_no_one = true};
    assert_int_equal(chosen_of(tracking(10), step, 10), 6);
    assert_int_equal(chosen_of(tracking(8), step, 10), 8);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_needed),
        cmocka_unit_test(an_hour_is_the_mean_of_its_days),
        cmocka_unit_test(from_a_week_on_the_weekday_counts),
        cmocka_unit_test(two_weeks_are_kept),
        cmocka_unit_test(an_hour_that_was_never_seen_has_no_forecast),
        cmocka_unit_test(hours_before_1970_are_hours),
        cmocka_unit_test(it_adds_and_never_takes),
        cmocka_unit_test(a_forecast_only_does_nothing),
        cmocka_unit_test(a_load_needs_as_many_as_bring_it_to_the_target),
        cmocka_unit_test(tt_34_a_forecast_raises_the_maximum),
        cmocka_unit_test(a_buffer_needs_an_increase),
        cmocka_unit_test(tt_05_the_larger_of_forecast_and_target_tracking),
        cmocka_unit_test(tt_20_and_tt_22_the_largest_wins_both_ways),
        cmocka_unit_test(tt_23_the_adjustment_that_comes_to_more),
        cmocka_unit_test(target_tracking_does_not_block_a_step),
    };
    return RUN_TESTS(tests);
}
