/* What every scaling policy must do, whatever it sees. */
#include "models/scaling/scaling.h"
#include "tests/unit/unit.h"
#include <stdlib.h>

enum { ROUNDS = 20000 };

static uint64_t state_of_random = 1;

static int64_t roll(int64_t low, int64_t high)
{
    state_of_random = state_of_random * 6364136223846793005u + 1442695040888963407u;
    return low + (int64_t)((state_of_random >> 33) % (uint64_t)(high - low + 1));
}

static simtime some_time(simtime now)
{
    return roll(0, 2) ? now - roll(0, 600) * SIMTIME_SECOND : SIMTIME_NEVER;
}

static struct scaling_view any_view(void)
{
    struct scaling_view view = {.now = SIMTIME_DAY, .running = roll(0, 12), .desired = roll(0, 12)};
    view.least = roll(0, 6);
    view.most = roll(view.least, 12);
    view.scale_in_held_by = roll(0, 4) ? WHY_OK : WHY_UNSCALABLE;
    view.scale_out_held_by = roll(0, 4) ? WHY_OK : WHY_SUSPENDED;
    int64_t level = roll(0, 100);
    for (int i = 0; i < SCALING_POINTS; i++)
        view.metric.points[i] = roll(0, 20) ? (level + roll(0, 9)) * MILLION : ABSENT;
    view.last_out_at = some_time(view.now);
    view.last_in_at = some_time(view.now);
    view.out_at = some_time(view.now);
    view.last_out_by = roll(0, 3);
    view.last_out_from = roll(0, 12);
    view.fired = roll(0, 3);
    view.breach = roll(-40, 40) * MILLION;
    view.idle_since = roll(0, 4) ? some_time(view.now) : ABSENT;
    view.forecast = roll(0, 4) ? roll(0, 15) : ABSENT;
    return view;
}

/* --- one of each --------------------------------------------------------------------------------- */

static struct target_tracking tracking = {.target_value = 50 * MILLION,
                                          .cooldowns = {300 * SIMTIME_SECOND, 300 * SIMTIME_SECOND}};
static struct step_adjustment adjustments[] = {
    {ABSENT, -20 * MILLION, -3}, {-20 * MILLION, 0, -1}, {0, 20 * MILLION, 1}, {20 * MILLION, ABSENT, 3}};
static struct step_scaling steps = {
    .steps = {4, adjustments}, .magnitude = ABSENT, .cooldown = 300 * SIMTIME_SECOND};
static struct simple_scaling simple = {CHANGE_IN_CAPACITY, 2, ABSENT, 300 * SIMTIME_SECOND};
static struct predefined_metric cpu = {.type = METRIC_ECS_CPU};
static struct predictive_metric metric = {.target_value = 50 * MILLION, .pair = &cpu};
static struct predictive_scaling predictive = {
    .metrics = {1, &metric}, .mode = FORECAST_AND_SCALE, .max_capacity_buffer = ABSENT};

static const void *settings_of(const struct variant *variant)
{
    return variant == &scaling_target_tracking ? (const void *)&tracking
           : variant == &scaling_step          ? (const void *)&steps
           : variant == &scaling_simple        ? (const void *)&simple
           : variant == &scaling_predictive    ? (const void *)&predictive
                                               : NULL;
}

/* --- promises ------------------------------------------------------------------------------------ */

static void check_answer(const struct scaling_view *view, const struct scaling_answer *answer)
{
    bool out = answer->desired > view->desired, in = answer->desired < view->desired;
    assert_true((out || in) == (answer->why >= WHY_ALARM_HIGH && answer->why <= WHY_FORECAST));
    assert_true(!out || (answer->desired <= view->most && !view->scale_out_held_by && answer->added > 0));
    assert_true(!in || (answer->desired >= view->least && !view->scale_in_held_by));
    assert_true(answer->added >= 0 && answer->floor >= 0 && answer->floor <= view->most);
}

static void it_stays_within_limits_and_what_holds_it(void **state)
{
    (void)state;
    for (const struct variant *const *each = scaling_policies.variants; *each; each++) {
        const struct scaling_policy_verbs *verbs = (*each)->verbs;
        assert_non_null(settings_of(*each));
        for (int round = 0; round < ROUNDS; round++) {
            struct scaling_view view = any_view();
            struct scaling_answer answer = verbs->answer(settings_of(*each), &view);
            check_answer(&view, &answer);
        }
    }
}

static void it_answers_from_what_it_sees_alone(void **state)
{
    (void)state;
    for (const struct variant *const *each = scaling_policies.variants; *each; each++) {
        const struct scaling_policy_verbs *verbs = (*each)->verbs;
        for (int round = 0; round < ROUNDS; round++) {
            struct scaling_view view = any_view(), same = view;
            struct scaling_answer first = verbs->answer(settings_of(*each), &view);
            struct scaling_answer second = verbs->answer(settings_of(*each), &same);
            assert_true(first.desired == second.desired && first.why == second.why);
        }
    }
}

/* What it sees being the same. */
static void check_until(const struct scaling_policy_verbs *verbs, const void *settings,
                        struct scaling_view *view)
{
    simtime from = view->now, until = verbs->steady_until(settings, view, from);
    struct scaling_answer first = verbs->answer(settings, view);
    assert_true(until > from);
    for (view->now = from; view->now < simtime_earlier(until, from + SIMTIME_HOUR);
         view->now += 10 * SIMTIME_SECOND) {
        struct scaling_answer later = verbs->answer(settings, view);
        assert_true(later.desired == first.desired && later.why == first.why);
    }
}

static void it_answers_the_same_for_as_long_as_it_says(void **state)
{
    (void)state;
    for (const struct variant *const *each = scaling_policies.variants; *each; each++) {
        const struct scaling_policy_verbs *verbs = (*each)->verbs;
        for (int round = 0; verbs->steady_until && round < ROUNDS; round++) {
            struct scaling_view view = any_view();
            check_until(verbs, settings_of(*each), &view);
        }
    }
}

static void it_has_a_name_and_a_meaning(void **state)
{
    (void)state;
    for (const struct variant *const *each = scaling_policies.variants; *each; each++) {
        assert_ptr_equal(catalogue_find(&scaling_policies, (*each)->name), *each);
        assert_non_null((*each)->meaning);
    }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_stays_within_limits_and_what_holds_it),
        cmocka_unit_test(it_answers_from_what_it_sees_alone),
        cmocka_unit_test(it_answers_the_same_for_as_long_as_it_says),
        cmocka_unit_test(it_has_a_name_and_a_meaning),
    };
    return RUN_TESTS(tests);
}
