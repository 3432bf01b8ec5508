/* Step and simple scaling, by the cases of the table (STEP-…). */
#include "models/scaling/scaling.h"
#include "tests/unit/unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int mistakes_made;
static char mistake_said[200];

void mistake(struct mistakes *m, const void *object, const char *key, const char *format, ...)
{
    (void)m, (void)object, (void)key;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(mistake_said, sizeof mistake_said, format, arguments);
    va_end(arguments);
    mistakes_made++;
}

/* --- adjustments ------------------------------------------------------------------------------- */

static int64_t adjusted(enum adjustment_type type, int64_t amount, int64_t magnitude, int64_t capacity)
{
    return adjusted_capacity((struct adjustment){type, amount, magnitude}, capacity);
}

static int64_t by_percent(int64_t percent, int64_t capacity)
{
    return adjusted(PERCENT_CHANGE_IN_CAPACITY, percent, ABSENT, capacity);
}

/* 12.7 is 12, 0.67 is 1, -0.58 is -1, -6.67 is -6. */
static void step_08_to_step_11_percentages_are_rounded(void **state)
{
    (void)state;
    assert_int_equal(by_percent(127, 10), 10 + 12); /* STEP-08 */
    assert_int_equal(by_percent(67, 1), 1 + 1);     /* STEP-09 */
    assert_int_equal(by_percent(-58, 1), 0);        /* STEP-10 */
    assert_int_equal(by_percent(-29, 23), 23 - 6);  /* STEP-11: -6.67 */
    assert_int_equal(by_percent(10, 0), 0);
    assert_int_equal(by_percent(0, 10), 10);
}

static void step_12_to_step_14_the_three_types(void **state)
{
    (void)state;
    assert_int_equal(adjusted(CHANGE_IN_CAPACITY, 5, ABSENT, 3), 8); /* STEP-12 */
    assert_int_equal(adjusted(EXACT_CAPACITY, 5, ABSENT, 3), 5);     /* STEP-13 */
    assert_int_equal(by_percent(10, 10), 11);                        /* STEP-14 */
    assert_int_equal(adjusted(CHANGE_IN_CAPACITY, -5, ABSENT, 3), 0);
}

static void a_percentage_changes_its_least_magnitude(void **state)
{
    (void)state;
    assert_int_equal(adjusted(PERCENT_CHANGE_IN_CAPACITY, 25, 2, 4), 6);
    assert_int_equal(adjusted(PERCENT_CHANGE_IN_CAPACITY, -25, 2, 4), 2);
    assert_int_equal(adjusted(PERCENT_CHANGE_IN_CAPACITY, 100, 2, 4), 8);
    assert_int_equal(adjusted(PERCENT_CHANGE_IN_CAPACITY, 0, 2, 4), 4);
}

/* Against the rule in other words: the change is the greatest whole number that is not farther from 0. */
static void every_small_percentage(void **state)
{
    (void)state;
    for (int64_t capacity = 0; capacity <= 40; capacity++)
        for (int64_t percent = -300; percent <= 300; percent++) {
            int64_t change = by_percent(percent, capacity) - capacity, exact = percent * capacity;
            if (exact <= -100 * capacity) {
                assert_int_equal(change, -capacity);
            } else if (exact > -100 && exact < 100) {
                assert_int_equal(change, (exact > 0) - (exact < 0));
            } else {
                assert_true(llabs(change * 100) <= llabs(exact));
                assert_true((llabs(change) + 1) * 100 > llabs(exact));
                assert_true((change > 0) == (exact > 0));
            }
        }
}

static void the_largest_capacities_do_not_overflow(void **state)
{
    (void)state;
    assert_int_equal(by_percent(MOST_ADJUSTMENT, INT64_MAX), INT64_MAX);
    assert_int_equal(by_percent(-MOST_ADJUSTMENT, INT64_MAX), 0);
    assert_int_equal(adjusted(CHANGE_IN_CAPACITY, MOST_ADJUSTMENT, ABSENT, INT64_MAX), INT64_MAX);
}

/* --- steps ------------------------------------------------------------------------------------- */

#define M(value) ((int64_t)(value)*MILLION)

/* The example of both guides: +10 % from 10 above the threshold on, +30 % from 20 on; the mirror below. */
static struct step_adjustment out_steps[] = {{M(0), M(10), 0}, {M(10), M(20), 10}, {M(20), ABSENT, 30}};
static struct step_adjustment in_steps[] = {{M(-10), M(0), 0}, {M(-20), M(-10), -10}, {ABSENT, M(-20), -30}};

static struct step_scaling policy_of(enum adjustment_type type, struct step_adjustment *steps, size_t count)
{
    return (struct step_scaling){
        .adjustment_type = type,
        .steps = {count, steps},
        .magnitude = ABSENT,
        .cooldown = 300 * SIMTIME_SECOND,
    };
}

static struct scaling_view view_of(int64_t running, int64_t breach)
{
    return (struct scaling_view){
        .now = SIMTIME_DAY,
        .running = running,
        .desired = running,
        .least = 1,
        .most = 100,
        .last_out_at = SIMTIME_NEVER,
        .last_in_at = SIMTIME_NEVER,
        .out_at = SIMTIME_NEVER,
        .fired = true,
        .breach = breach,
        .idle_since = ABSENT,
    };
}

static struct scaling_answer answer_of(const struct step_scaling *policy, const struct scaling_view *view)
{
    const struct scaling_policy_verbs *verbs = scaling_step.verbs;
    return verbs->answer(policy, view);
}

/* The metric, where the threshold is 50. */
static int64_t scaled(struct step_adjustment *steps, int64_t capacity, int64_t metric_hundredths)
{
    struct step_scaling policy = policy_of(PERCENT_CHANGE_IN_CAPACITY, steps, 3);
    struct scaling_view view = view_of(capacity, metric_hundredths * (MILLION / 100) - M(50));
    return answer_of(&policy, &view).desired;
}

static void step_01_within_the_first_step_nothing_is_added(void **state)
{
    (void)state;
    assert_int_equal(scaled(out_steps, 10, 5500), 10); /* STEP-01 */
}

static void step_02_the_second_step_adds_a_tenth(void **state)
{
    (void)state;
    assert_int_equal(scaled(out_steps, 10, 6000), 11); /* STEP-02 */
}

static void step_06_above_the_threshold_the_lower_bound_belongs_to_the_step(void **state)
{
    (void)state;
    assert_int_equal(scaled(out_steps, 10, 5999), 10); /* STEP-06 */
    assert_int_equal(scaled(out_steps, 10, 6000), 11);
    assert_int_equal(scaled(out_steps, 10, 6999), 11);
    assert_int_equal(scaled(out_steps, 10, 7000), 13);
    assert_int_equal(scaled(out_steps, 10, 5000), 10);
    assert_int_equal(scaled(out_steps, 10, 4999), 10);
}

static void below_the_threshold_the_upper_bound_belongs_to_the_step(void **state)
{
    (void)state;
    assert_int_equal(scaled(in_steps, 10, 4001), 10);
    assert_int_equal(scaled(in_steps, 10, 4000), 9);
    assert_int_equal(scaled(in_steps, 10, 3001), 9);
    assert_int_equal(scaled(in_steps, 10, 3000), 7);
    assert_int_equal(scaled(in_steps, 10, 0), 7);
}

/* Whatever the metric, a set of steps without gaps has exactly one for it. */
static void every_metric_has_its_step(void **state)
{
    (void)state;
    struct step_adjustment steps[] = {
        {ABSENT, M(-2), 1}, {M(-2), M(0), 2}, {M(0), M(3), 3}, {M(3), ABSENT, 4}};
    struct step_scaling policy = policy_of(EXACT_CAPACITY, steps, 4);
    for (int64_t tenths = -60; tenths <= 60; tenths++) {
        struct scaling_view view = view_of(50, tenths * MILLION / 10);
        int64_t expected = tenths <= -20 ? 1 : tenths < 0 ? 2 : tenths < 30 ? 3 : 4;
        assert_int_equal(answer_of(&policy, &view).desired, expected);
    }
}

static void without_an_alarm_nothing_happens(void **state)
{
    (void)state;
    struct step_scaling policy = policy_of(PERCENT_CHANGE_IN_CAPACITY, out_steps, 3);
    struct scaling_view view = view_of(10, M(30));
    view.fired = false;
    assert_int_equal(answer_of(&policy, &view).desired, 10);
    assert_int_equal(answer_of(&policy, &view).why, WHY_OK);
}

/* [API autoscaling:StepAdjustment] A weighted group may have more than it wants. */
static void step_19_above_its_desired_capacity_a_group_need_not_shrink(void **state)
{
    (void)state;
    struct step_adjustment steps[] = {{ABSENT, M(0), -1}};
    struct step_scaling policy = policy_of(CHANGE_IN_CAPACITY, steps, 1);
    struct scaling_view view = view_of(32, M(-5)); /* STEP-19 */
    view.desired = 30;
    assert_int_equal(answer_of(&policy, &view).desired, 30);
    assert_int_equal(answer_of(&policy, &view).why, WHY_AT_DESIRED_CAPACITY);
}

/* 10 run, of which 2 were added a minute ago; 3 more are asked for: one comes. [AAS:step-scaling] */
static void in_its_cooldown_a_larger_increase_counts_what_was_added(void **state)
{
    (void)state;
    struct step_adjustment steps[] = {{M(0), M(10), 2}, {M(10), ABSENT, 3}};
    struct step_scaling policy = policy_of(CHANGE_IN_CAPACITY, steps, 2);
    struct scaling_view view = view_of(10, M(15));
    view.last_out_at = view.out_at = view.now - SIMTIME_MINUTE;
    view.last_out_by = 2;
    assert_int_equal(answer_of(&policy, &view).desired, 11);
    assert_int_equal(answer_of(&policy, &view).added, 3);
    view.breach = M(5);
    assert_int_equal(answer_of(&policy, &view).desired, 10);
    assert_int_equal(answer_of(&policy, &view).why, WHY_COOLDOWN);
}

/* Of a group, 10 warm instances and one that warms up: 62 asks for 11, which are there; 70 asks for 13.
 * [EAS:as-scaling-simple-step] */
static void what_warms_up_is_desired_and_not_counted(void **state)
{
    (void)state;
    struct step_scaling policy = policy_of(PERCENT_CHANGE_IN_CAPACITY, out_steps, 3);
    policy.cooldown = 0;
    struct scaling_view view = view_of(10, M(12));
    view.desired = 11;
    assert_int_equal(answer_of(&policy, &view).desired, 11);
    view.breach = M(20);
    assert_int_equal(answer_of(&policy, &view).desired, 13);
}

/* --- what AWS refuses --------------------------------------------------------------------------- */

static const char *refused(struct step_adjustment *steps, size_t count)
{
    mistakes_made = 0;
    step_adjustments_check(NULL, NULL, NULL, &(struct list){count, steps});
    return mistakes_made ? mistake_said : NULL;
}

#define REFUSED(...)                                                                                         \
    refused((struct step_adjustment[]){__VA_ARGS__},                                                         \
            sizeof(struct step_adjustment[]){__VA_ARGS__} / sizeof(struct step_adjustment))

static void step_16_gaps_overlaps_and_missing_bounds(void **state)
{
    (void)state; /* STEP-16 */
    assert_string_equal(REFUSED({0, 10, 1}, {11, ABSENT, 2}), "there is a gap between step adjustments");
    assert_string_equal(REFUSED({0, 10, 1}, {9, ABSENT, 2}), "step adjustments overlap");
    assert_string_equal(REFUSED({0, 10, 1}, {0, 10, 2}), "step adjustments overlap");
    assert_non_null(strstr(REFUSED({0, ABSENT, 1}, {10, ABSENT, 2}), "no upper bound"));
    assert_string_equal(REFUSED({ABSENT, -10, 1}, {ABSENT, 0, 2}),
                        "two step adjustments have no lower bound");
    assert_string_equal(REFUSED({ABSENT, ABSENT, 1}), "a step adjustment has neither bound");
    assert_non_null(REFUSED({10, 0, 1}));
    assert_non_null(REFUSED({10, 10, 1}));
}

static void step_17_the_ends_are_open(void **state)
{
    (void)state; /* STEP-17 */
    assert_string_equal(REFUSED({-10, 0, 1}),
                        "a lower bound is negative, so one step adjustment must have none");
    assert_string_equal(REFUSED({0, 10, 1}),
                        "an upper bound is positive, so one step adjustment must have none");
    assert_null(REFUSED({ABSENT, -10, 1}, {-10, 0, 2}));
    assert_null(REFUSED({10, ABSENT, 1}, {0, 10, 2}));
    assert_null(REFUSED({ABSENT, 0, 1}, {0, ABSENT, 2}));
}

static void step_18_there_are_at_most_twenty(void **state)
{
    (void)state; /* STEP-18 */
    struct step_adjustment steps[21];
    for (int i = 0; i < 21; i++)
        steps[i] = (struct step_adjustment){i, i + 1, 1};
    steps[19].upper = ABSENT;
    assert_null(refused(steps, 20));
    steps[19].upper = 20;
    steps[20].upper = ABSENT;
    assert_non_null(refused(steps, 21));
    assert_non_null(refused(steps, 0));
}

/* All sets of up to three steps with bounds from -2 to 2 or without: accepted are those that meet each point
 * of their span once, and have no end that must be open. */
static bool tiles(const struct step_adjustment *steps, size_t count)
{
    bool open_below = false, open_above = false, negative = false, positive = false;
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (size_t i = 0; i < count; i++) {
        int64_t lower = steps[i].lower == ABSENT ? -3 : steps[i].lower;
        int64_t upper = steps[i].upper == ABSENT ? 3 : steps[i].upper;
        if (lower >= upper || (lower == -3 && upper == 3))
            return false;
        open_below |= lower == -3, open_above |= upper == 3;
        negative |= lower < 0 && lower > -3, positive |= upper > 0 && upper < 3;
        least = lower < least ? lower : least, most = upper > most ? upper : most;
    }
    for (int64_t unit = least; unit < most; unit++) {
        int over = 0;
        for (size_t i = 0; i < count; i++)
            over += (steps[i].lower == ABSENT ? -3 : steps[i].lower) <= unit &&
                    (steps[i].upper == ABSENT ? 3 : steps[i].upper) > unit;
        if (over != 1)
            return false;
    }
    return (!negative || open_below) && (!positive || open_above);
}

static void every_small_set_of_steps(void **state)
{
    (void)state;
    static const int64_t bounds[] = {ABSENT, -2, -1, 0, 1, 2};
    enum { BOUNDS = 6, PAIRS = BOUNDS * BOUNDS };
    for (int code = 0; code < PAIRS * PAIRS * PAIRS; code++) {
        struct step_adjustment steps[3];
        for (int i = 0, rest = code; i < 3; i++, rest /= PAIRS)
            steps[i] = (struct step_adjustment){bounds[rest % BOUNDS], bounds[rest / BOUNDS % BOUNDS], 1};
        for (size_t count = 1; count <= 3; count++)
            assert_int_equal(refused(steps, count) == NULL, tiles(steps, count));
    }
}

static void a_magnitude_is_of_percentages(void **state)
{
    (void)state;
    mistakes_made = 0;
    adjustment_check(NULL, NULL, PERCENT_CHANGE_IN_CAPACITY, 2);
    adjustment_check(NULL, NULL, EXACT_CAPACITY, ABSENT);
    assert_int_equal(mistakes_made, 0);
    adjustment_check(NULL, NULL, EXACT_CAPACITY, 2);
    assert_int_equal(mistakes_made, 1);
}

/* --- simple scaling ---------------------------------------------------------------------------- */

static struct scaling_answer simple_answer_of(simtime idle_since)
{
    struct simple_scaling policy = {CHANGE_IN_CAPACITY, 2, ABSENT, 300 * SIMTIME_SECOND};
    struct scaling_view view = view_of(10, 0);
    view.idle_since = idle_since;
    const struct scaling_policy_verbs *verbs = scaling_simple.verbs;
    return verbs->answer(&policy, &view);
}

static void step_20_simple_scaling_waits_for_its_cooldown(void **state)
{
    (void)state; /* STEP-20 */
    assert_int_equal(simple_answer_of(ABSENT).desired, 12);
    assert_true(simple_answer_of(ABSENT).needs_no_one);
    assert_int_equal(simple_answer_of(SIMTIME_NEVER).desired, 10);
    assert_int_equal(simple_answer_of(SIMTIME_DAY - 100 * SIMTIME_SECOND).desired, 10);
    assert_int_equal(simple_answer_of(SIMTIME_DAY - 300 * SIMTIME_SECOND + 1).why, WHY_COOLDOWN);
    assert_int_equal(simple_answer_of(SIMTIME_DAY - 300 * SIMTIME_SECOND).desired, 12);
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(step_08_to_step_11_percentages_are_rounded),
        cmocka_unit_test(step_12_to_step_14_the_three_types),
        cmocka_unit_test(a_percentage_changes_its_least_magnitude),
        cmocka_unit_test(every_small_percentage),
        cmocka_unit_test(the_largest_capacities_do_not_overflow),
        cmocka_unit_test(step_01_within_the_first_step_nothing_is_added),
        cmocka_unit_test(step_02_the_second_step_adds_a_tenth),
        cmocka_unit_test(step_06_above_the_threshold_the_lower_bound_belongs_to_the_step),
        cmocka_unit_test(below_the_threshold_the_upper_bound_belongs_to_the_step),
        cmocka_unit_test(every_metric_has_its_step),
        cmocka_unit_test(without_an_alarm_nothing_happens),
        cmocka_unit_test(step_19_above_its_desired_capacity_a_group_need_not_shrink),
        cmocka_unit_test(in_its_cooldown_a_larger_increase_counts_what_was_added),
        cmocka_unit_test(what_warms_up_is_desired_and_not_counted),
        cmocka_unit_test(step_16_gaps_overlaps_and_missing_bounds),
        cmocka_unit_test(step_17_the_ends_are_open),
        cmocka_unit_test(step_18_there_are_at_most_twenty),
        cmocka_unit_test(every_small_set_of_steps),
        cmocka_unit_test(a_magnitude_is_of_percentages),
        cmocka_unit_test(step_20_simple_scaling_waits_for_its_cooldown),
    };
    return RUN_TESTS(tests);
}
