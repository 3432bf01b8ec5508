/* Target tracking, by the cases of the table (TT-…). */
#include "models/scaling/scaling.h"
#include "tests/group.h"
#include <string.h>

static int mistakes_made;

void mistake(struct mistakes *m, const void *object, const char *key, const char *format, ...)
{
    (void)m, (void)object, (void)key, (void)format;
    mistakes_made++;
}

static struct target_tracking policy(int64_t target)
{
    return (struct target_tracking){
        .target_value = target * MILLION,
        .cooldowns = {300 * SIMTIME_SECOND, 300 * SIMTIME_SECOND},
    };
}

/* The last `count` minutes at `metric`, and before them at `earlier`. */
static struct scaling_view view_of(int64_t running, int64_t metric, size_t count, int64_t earlier)
{
    struct scaling_view view = {
        .now = SIMTIME_DAY,
        .running = running,
        .desired = running,
        .least = 1,
        .most = 100,
        .last_out_at = SIMTIME_NEVER,
        .last_in_at = SIMTIME_NEVER,
        .out_at = SIMTIME_NEVER,
    };
    for (size_t i = 0; i < SCALING_POINTS; i++)
        view.metric.points[i] = i < count ? metric : earlier;
    return view;
}

static struct scaling_view steady_view(int64_t running, int64_t metric)
{
    return view_of(running, metric * MILLION, SCALING_POINTS, 0);
}

static struct scaling_answer answer_of(const struct target_tracking *settings,
                                       const struct scaling_view *view)
{
    const struct scaling_policy_verbs *verbs = scaling_target_tracking.verbs;
    return verbs->answer(settings, view);
}

static void expect_answer(const struct target_tracking *settings, const struct scaling_view *view,
                          int64_t desired, const char *why)
{
    struct scaling_answer answer = answer_of(settings, view);
    assert_int_equal(answer.desired, desired);
    assert_string_equal(scaling_why_names[answer.why], why);
}

static void expect_at(int64_t target, int64_t running, int64_t metric, int64_t desired, const char *why)
{
    struct target_tracking settings = policy(target);
    struct scaling_view view = steady_view(running, metric);
    expect_answer(&settings, &view, desired, why);
}

static void tt_01_one_and_a_half_more_are_two(void **state)
{
    (void)state; /* TT-01 */
    expect_at(50, 3, 75, 5, "AlarmHigh");
}

static void tt_02_one_and_a_half_fewer_are_one(void **state)
{
    (void)state; /* TT-02 */
    expect_at(40, 6, 30, 5, "AlarmLow");
}

static void tt_03_ten_with_150_of_100_are_fifteen(void **state)
{
    (void)state; /* TT-03 */
    expect_at(100, 10, 150, 15, "AlarmHigh");
}

static void tt_06_ten_at_75_of_50_are_fifteen(void **state)
{
    (void)state; /* TT-06 */
    expect_at(50, 10, 75, 15, "AlarmHigh");
}

static void tt_08_three_at_55_of_50_are_four(void **state)
{
    (void)state; /* TT-08 */
    expect_at(50, 3, 55, 4, "AlarmHigh");
}

static void tt_10_twenty_at_71_of_70_are_twenty_one(void **state)
{
    (void)state; /* TT-10 */
    expect_at(70, 20, 71, 21, "AlarmHigh");
}

static void tt_11_nothing_happens_within_a_tenth_below_the_target(void **state)
{
    (void)state; /* TT-11 */
    expect_at(50, 10, 46, 10, "Ok");
    expect_at(50, 10, 45, 10, "Ok");
    expect_at(50, 10, 44, 9, "AlarmLow");
}

static void tt_13_ten_at_40_of_50_are_eight(void **state)
{
    (void)state; /* TT-13 */
    expect_at(50, 10, 40, 8, "AlarmLow");
}

static void tt_14_two_minutes_above_are_not_enough(void **state)
{
    (void)state; /* TT-14 */
    struct target_tracking settings = policy(50);
    struct scaling_view view = view_of(10, 75 * MILLION, 2, 50 * MILLION);
    expect_answer(&settings, &view, 10, "Ok");
    view = view_of(10, 75 * MILLION, 3, 50 * MILLION);
    expect_answer(&settings, &view, 15, "AlarmHigh");
    view.metric.points[0] = 49 * MILLION;
    expect_answer(&settings, &view, 10, "Ok");
}

static void tt_15_fourteen_minutes_below_are_not_enough(void **state)
{
    (void)state; /* TT-15 */
    struct target_tracking settings = policy(50);
    struct scaling_view view = view_of(10, 40 * MILLION, 14, 50 * MILLION);
    expect_answer(&settings, &view, 10, "Ok");
    assert_int_equal(answer_of(&settings, &view).low, ALARM_OK);
}

static void tt_16_without_points_there_is_insufficient_data(void **state)
{
    (void)state; /* TT-16 */
    struct target_tracking settings = policy(50);
    struct scaling_view view = view_of(0, ABSENT, SCALING_POINTS, 0);
    struct scaling_answer answer = answer_of(&settings, &view);
    assert_int_equal(answer.desired, 0);
    assert_int_equal(answer.high, ALARM_INSUFFICIENT_DATA);
    assert_int_equal(answer.low, ALARM_INSUFFICIENT_DATA);
    assert_int_equal(answer.why, WHY_INSUFFICIENT_DATA);
}

static void a_missing_minute_fires_no_alarm(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 75);
    view.metric.points[1] = ABSENT;
    assert_int_equal(answer_of(&settings, &view).desired, 10);
    assert_int_equal(answer_of(&settings, &view).high, ALARM_INSUFFICIENT_DATA);
    view = steady_view(10, 10);
    view.metric.points[14] = ABSENT;
    assert_int_equal(answer_of(&settings, &view).desired, 10);
    assert_int_equal(answer_of(&settings, &view).high, ALARM_OK);
}

static void exactly_the_target_is_not_above_it(void **state)
{
    (void)state;
    expect_at(50, 10, 50, 10, "Ok");
}

static void tt_17_the_running_tasks_count_not_the_desired(void **state)
{
    (void)state; /* TT-17 */
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 75);
    view.desired = 12;
    expect_answer(&settings, &view, 15, "AlarmHigh");
    view.desired = 16;
    expect_answer(&settings, &view, 16, "AlreadyAtDesiredCapacity");
}

static void tt_19_scale_in_can_be_disabled(void **state)
{
    (void)state; /* TT-19 */
    struct target_tracking settings = policy(50);
    settings.disable_scale_in = true;
    struct scaling_view view = steady_view(10, 10);
    expect_answer(&settings, &view, 10, "DisableScaleIn");
    assert_int_equal(answer_of(&settings, &view).low, ALARM_ALARM);
}

static void tt_24_max_capacity_is_the_most(void **state)
{
    (void)state; /* TT-24 */
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(20, 100);
    view.most = 25;
    expect_answer(&settings, &view, 25, "AlarmHigh");
    view.desired = 25;
    expect_answer(&settings, &view, 25, "AlreadyAtMaxCapacity");
}

static void tt_32_at_max_capacity_nothing_is_left(void **state)
{
    (void)state; /* TT-32 */
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(4, 90);
    view.most = 4;
    expect_answer(&settings, &view, 4, "AlreadyAtMaxCapacity");
}

static void min_capacity_is_the_least(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 10);
    view.least = 5;
    expect_answer(&settings, &view, 5, "AlarmLow");
    view.desired = 5;
    expect_answer(&settings, &view, 5, "AlreadyAtMinCapacity");
}

static void min_capacity_may_be_nothing(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(3, 0);
    view.least = 0;
    expect_answer(&settings, &view, 0, "AlarmLow");
}

static void below_min_capacity_a_scale_out_comes_up_to_it_first(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(2, 500);
    view.least = 6;
    expect_answer(&settings, &view, 6, "AlarmHigh");
    view = steady_view(2, 10);
    view.least = 6;
    expect_answer(&settings, &view, 2, "AlreadyAtMinCapacity");
}

static void above_max_capacity_a_scale_in_comes_down_to_it_first(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(30, 10);
    view.most = 20;
    expect_answer(&settings, &view, 20, "AlarmLow");
    view = steady_view(30, 90);
    view.most = 20;
    expect_answer(&settings, &view, 30, "AlreadyAtMaxCapacity");
}

/* 10 tasks ran, 2 were added a minute ago, and the tasks have come. */
static struct scaling_view after_scale_out(int64_t metric)
{
    struct scaling_view view = steady_view(12, metric);
    view.last_out_at = view.now - SIMTIME_MINUTE;
    view.last_out_by = 2;
    view.last_out_from = 10;
    return view;
}

static void tt_26_the_same_increase_waits_for_the_cooldown(void **state)
{
    (void)state; /* TT-26 */
    struct target_tracking settings = policy(60);
    struct scaling_view view = after_scale_out(70); /* two more than the 10 that ran */
    expect_answer(&settings, &view, 12, "Cooldown");
    view.now = view.last_out_at + 300 * SIMTIME_SECOND - 1;
    expect_answer(&settings, &view, 12, "Cooldown");
    view.now++;
    expect_answer(&settings, &view, 14, "AlarmHigh");
}

static void a_larger_increase_does_not_wait_and_counts_what_was_added(void **state)
{
    (void)state;
    struct target_tracking settings = policy(60);
    struct scaling_view view = after_scale_out(75); /* three more than the 10, of which two are there */
    expect_answer(&settings, &view, 13, "AlarmHigh");
    assert_int_equal(answer_of(&settings, &view).added, 3);
}

static void what_was_added_and_has_not_come_is_not_added_again(void **state)
{
    (void)state;
    struct target_tracking settings = policy(60);
    struct scaling_view view = after_scale_out(72); /* 10 run: 12 are wanted, and 12 are desired */
    view.running = 10;
    expect_answer(&settings, &view, 12, "Cooldown");
    view = after_scale_out(78);
    view.running = 10;
    expect_answer(&settings, &view, 13, "AlarmHigh");
}

static void a_scale_out_says_what_to_remember(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 75);
    assert_int_equal(answer_of(&settings, &view).added, 5);
    assert_int_equal(answer_of(&settings, &view).from, 10);
    view = after_scale_out(75);
    assert_int_equal(answer_of(&settings, &view).from, 10); /* not 12 */
    view = steady_view(10, 40);
    assert_int_equal(answer_of(&settings, &view).added, 0);
}

static void scale_in_waits_for_its_cooldown(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 40);
    view.last_in_at = view.now - 299 * SIMTIME_SECOND;
    expect_answer(&settings, &view, 10, "Cooldown");
    view.last_in_at = view.now - 300 * SIMTIME_SECOND;
    expect_answer(&settings, &view, 8, "AlarmLow");
}

static void tt_27_a_scale_out_goes_at_once_and_ends_the_cooldown_of_scale_in(void **state)
{
    (void)state; /* TT-27 */
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 75);
    view.last_in_at = view.now - SIMTIME_MINUTE;
    expect_answer(&settings, &view, 15, "AlarmHigh");
    view = steady_view(10, 40);
    view.last_in_at = view.now - 2 * SIMTIME_MINUTE;
    view.out_at = view.now - SIMTIME_MINUTE; /* of another policy, say */
    expect_answer(&settings, &view, 8, "AlarmLow");
}

static void a_deployment_holds_scale_in_only(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 40);
    view.scale_in_held_by = WHY_UNSCALABLE;
    expect_answer(&settings, &view, 10, "TargetServicePutResourceAsUnscalable");
    view = steady_view(10, 75);
    view.scale_in_held_by = WHY_UNSCALABLE;
    expect_answer(&settings, &view, 15, "AlarmHigh");
}

static void a_suspended_scale_out_is_not_made(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 75);
    view.scale_out_held_by = WHY_SUSPENDED;
    expect_answer(&settings, &view, 10, "Suspended");
    view = steady_view(10, 40);
    view.scale_out_held_by = WHY_SUSPENDED;
    expect_answer(&settings, &view, 8, "AlarmLow");
}

static void one_fewer_would_bring_the_alarm_back(void **state)
{
    (void)state;
    expect_at(50, 2, 30, 2, "AutoScalingAnticipatedFlapping");
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(3, 40); /* 3 run and 2 are desired: the third is on its way out */
    view.desired = 2;
    expect_answer(&settings, &view, 2, "AlreadyAtDesiredCapacity");
    view = steady_view(3, 30);
    view.desired = 2;
    expect_answer(&settings, &view, 2, "AlreadyAtDesiredCapacity");
}

static void a_metric_below_zero_asks_for_nothing(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(MOST_ADJUSTMENT, 0);
    for (int i = 0; i < SCALING_POINTS; i++)
        view.metric.points[i] = INT64_MIN + 1;
    view.least = 0;
    view.most = MOST_ADJUSTMENT;
    expect_answer(&settings, &view, 0, "AlarmLow");
}

static void only_a_policy_that_scales_in_must_agree(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(10, 50);
    assert_true(answer_of(&settings, &view).must_agree);
    settings.disable_scale_in = true;
    assert_false(answer_of(&settings, &view).must_agree);
}

static void nothing_that_runs_gives_no_proportion(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct scaling_view view = steady_view(0, 500);
    view.desired = 1;
    expect_answer(&settings, &view, 1, "AlreadyAtDesiredCapacity");
}

/* Every small case against the rule in other words. */
static void desired_is_the_least_capacity_that_brings_the_metric_to_its_target(void **state)
{
    (void)state;
    struct target_tracking settings = policy(7);
    for (int64_t running = 1; running <= 12; running++)
        for (int64_t metric = 8; metric <= 40; metric++) {
            struct scaling_view view = steady_view(running, metric);
            int64_t desired = answer_of(&settings, &view).desired;
            assert_true(desired * 7 >= running * metric);
            assert_true((desired - 1) * 7 < running * metric);
        }
}

static int mistakes_of(struct target_tracking settings)
{
    mistakes_made = 0;
    target_tracking_shape.check(NULL, &settings, NULL);
    return mistakes_made;
}

static void requests_per_target_need_a_target_group(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct predefined_metric metric = {.type = METRIC_ALB_REQUEST_COUNT_PER_TARGET};
    settings.predefined = &metric;
    assert_int_equal(mistakes_of(settings), 1);
    metric.resource_label = "web";
    assert_int_equal(mistakes_of(settings), 0);
}

static void there_is_one_metric(void **state)
{
    (void)state;
    struct target_tracking settings = policy(50);
    struct predefined_metric predefined = {.type = METRIC_ECS_CPU};
    struct customized_metric customized = {.namespace = "MyApp", .name = "Queue"};
    assert_int_equal(mistakes_of(settings), 1);
    settings.customized = &customized;
    assert_int_equal(mistakes_of(settings), 0);
    settings.predefined = &predefined;
    assert_int_equal(mistakes_of(settings), 1);
}

static void the_policy_is_listed_by_its_type(void **state)
{
    (void)state;
    assert_ptr_equal(catalogue_find(&scaling_policies, "TargetTrackingScaling"), &scaling_target_tracking);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tt_01_one_and_a_half_more_are_two),
        cmocka_unit_test(tt_02_one_and_a_half_fewer_are_one),
        cmocka_unit_test(tt_03_ten_with_150_of_100_are_fifteen),
        cmocka_unit_test(tt_06_ten_at_75_of_50_are_fifteen),
        cmocka_unit_test(tt_08_three_at_55_of_50_are_four),
        cmocka_unit_test(tt_10_twenty_at_71_of_70_are_twenty_one),
        cmocka_unit_test(tt_11_nothing_happens_within_a_tenth_below_the_target),
        cmocka_unit_test(tt_13_ten_at_40_of_50_are_eight),
        cmocka_unit_test(tt_14_two_minutes_above_are_not_enough),
        cmocka_unit_test(tt_15_fourteen_minutes_below_are_not_enough),
        cmocka_unit_test(tt_16_without_points_there_is_insufficient_data),
        cmocka_unit_test(a_missing_minute_fires_no_alarm),
        cmocka_unit_test(exactly_the_target_is_not_above_it),
        cmocka_unit_test(tt_17_the_running_tasks_count_not_the_desired),
        cmocka_unit_test(tt_19_scale_in_can_be_disabled),
        cmocka_unit_test(tt_24_max_capacity_is_the_most),
        cmocka_unit_test(tt_32_at_max_capacity_nothing_is_left),
        cmocka_unit_test(min_capacity_is_the_least),
        cmocka_unit_test(min_capacity_may_be_nothing),
        cmocka_unit_test(below_min_capacity_a_scale_out_comes_up_to_it_first),
        cmocka_unit_test(above_max_capacity_a_scale_in_comes_down_to_it_first),
        cmocka_unit_test(tt_26_the_same_increase_waits_for_the_cooldown),
        cmocka_unit_test(a_larger_increase_does_not_wait_and_counts_what_was_added),
        cmocka_unit_test(what_was_added_and_has_not_come_is_not_added_again),
        cmocka_unit_test(a_scale_out_says_what_to_remember),
        cmocka_unit_test(scale_in_waits_for_its_cooldown),
        cmocka_unit_test(tt_27_a_scale_out_goes_at_once_and_ends_the_cooldown_of_scale_in),
        cmocka_unit_test(a_deployment_holds_scale_in_only),
        cmocka_unit_test(a_suspended_scale_out_is_not_made),
        cmocka_unit_test(one_fewer_would_bring_the_alarm_back),
        cmocka_unit_test(a_metric_below_zero_asks_for_nothing),
        cmocka_unit_test(only_a_policy_that_scales_in_must_agree),
        cmocka_unit_test(nothing_that_runs_gives_no_proportion),
        cmocka_unit_test(desired_is_the_least_capacity_that_brings_the_metric_to_its_target),
        cmocka_unit_test(requests_per_target_need_a_target_group),
        cmocka_unit_test(there_is_one_metric),
        cmocka_unit_test(the_policy_is_listed_by_its_type),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
