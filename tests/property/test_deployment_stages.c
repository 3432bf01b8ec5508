/* The stages of a deployment, walked from the first to the last for every strategy and every size of a step;
 * and what every combination of hooks decides. */
#include "models/ecs/deployment/deployment_stages.h"
#include "tests/group.h"
#include <stddef.h>

enum { STEP_BAKE = 7, LAST_BAKE = 11 };

struct walk {
    struct traffic_plan plan;
    int64_t visits[STAGE_COUNT];
    int64_t step_bakes, last_bakes;
    int64_t permille;
};

static void visit(struct walk *walk, struct stage_position at)
{
    simtime bake = stage_bake(&walk->plan, at);
    int64_t permille = stage_production_permille(&walk->plan, at);
    walk->visits[at.stage]++;
    assert_true(permille >= walk->permille);
    assert_true(permille > walk->permille || at.stage != STAGE_PRODUCTION_TRAFFIC_SHIFT);
    assert_true(permille == walk->permille || at.stage == STAGE_PRODUCTION_TRAFFIC_SHIFT);
    assert_int_equal(stage_test_permille(at), at.stage < STAGE_TEST_TRAFFIC_SHIFT ? 0 : 1000);
    assert_true(bake == 0 || at.stage == STAGE_BAKE_TIME || permille < 1000); /* L1: none after 100 % */
    walk->step_bakes += bake == STEP_BAKE;
    walk->last_bakes += bake == LAST_BAKE;
    walk->permille = permille;
}

/* One stage forward, or from one step of the traffic to the next. */
static void check_move(struct stage_position from, struct stage_position to)
{
    bool next_step =
        from.stage == STAGE_PRODUCTION_TRAFFIC_SHIFT && to.stage == STAGE_PRE_PRODUCTION_TRAFFIC_SHIFT;
    assert_true(next_step || to.stage == from.stage + 1);
}

static void walk_all(struct walk *walk, bool several_active)
{
    struct stage_position at = stage_first(several_active);
    visit(walk, at);
    while (at.stage != STAGE_CLEAN_UP) {
        struct stage_position next = stage_next(&walk->plan, at);
        check_move(at, next);
        at = next;
        visit(walk, at);
    }
}

static void check_walk(const struct traffic_plan *plan, bool several_active, int64_t steps)
{
    struct walk walk = {.plan = *plan};
    walk_all(&walk, several_active);
    for (int stage = 0; stage < STAGE_COUNT; stage++) {
        bool repeats = stage == STAGE_PRE_PRODUCTION_TRAFFIC_SHIFT || stage == STAGE_PRODUCTION_TRAFFIC_SHIFT;
        int64_t once = stage == STAGE_RECONCILE_SERVICE ? several_active : 1;
        assert_int_equal(walk.visits[stage], repeats ? steps : once);
    }
    assert_int_equal(walk.permille, 1000);
    assert_int_equal(walk.step_bakes, steps - 1);
    assert_int_equal(walk.last_bakes, 1);
}

static struct traffic_plan plan_of(enum deployment_strategy strategy)
{
    return (struct traffic_plan){
        .strategy = strategy, .linear_bake = STEP_BAKE, .canary_bake = STEP_BAKE, .bake = LAST_BAKE};
}

static void blue_green_shifts_once(void **state)
{
    (void)state;
    struct traffic_plan plan = plan_of(STRATEGY_BLUE_GREEN);
    check_walk(&plan, false, 1);
    check_walk(&plan, true, 1);
}

/* L1, L5: steps of 10 % bake nine times. */
static void linear_shifts_in_equal_steps(void **state)
{
    (void)state;
    struct traffic_plan plan = plan_of(STRATEGY_LINEAR);
    for (int64_t step = 30; step <= 1000; step++) {
        plan.linear_step_permille = step;
        check_walk(&plan, step % 2, (1000 + step - 1) / step);
        assert_int_equal(stage_production_permille(&plan, (struct stage_position){.steps = 1}), step);
    }
}

/* L4 */
static void canary_shifts_twice(void **state)
{
    (void)state;
    struct traffic_plan plan = plan_of(STRATEGY_CANARY);
    for (int64_t first = 1; first <= 1000; first++) {
        plan.canary_permille = first;
        check_walk(&plan, first % 2, first < 1000 ? 2 : 1);
        assert_int_equal(stage_production_permille(&plan, (struct stage_position){.steps = 1}), first);
    }
}

static void a_service_has_the_documented_defaults(void **state)
{
    (void)state;
    struct traffic_plan plan = traffic_plan_default();
    assert_int_equal(plan.strategy, STRATEGY_ROLLING);
    assert_int_equal(plan.linear_step_permille, 100);
    assert_int_equal(plan.linear_bake, 6 * SIMTIME_MINUTE);
    assert_int_equal(plan.canary_permille, 50);
    assert_int_equal(plan.canary_bake, 10 * SIMTIME_MINUTE);
}

static void what_is_not_said_stays(void **state)
{
    (void)state;
    struct traffic_plan plan = plan_of(STRATEGY_LINEAR);
    plan.linear_step_permille = 125;
    traffic_plan_change(&plan, &(struct deployment_configuration_settings){
                                   .bake_time = 5 * SIMTIME_MINUTE,
                                   .linear = {ABSENT, 3 * SIMTIME_MINUTE},
                                   .canary = {12500000, ABSENT},
                               });
    assert_int_equal(plan.strategy, STRATEGY_LINEAR);
    assert_int_equal(plan.linear_step_permille, 125);
    assert_int_equal(plan.linear_bake, 3 * SIMTIME_MINUTE);
    assert_int_equal(plan.canary_permille, 125);
    assert_int_equal(plan.canary_bake, STEP_BAKE);
    assert_int_equal(plan.bake, 5 * SIMTIME_MINUTE);
}

/* --- hooks ------------------------------------------------------------------------------------ */

enum { MOST_ANSWERS = 4, ANSWER_KINDS = 2 * (HOOK_TIMED_OUT + 1) };

static struct hook_answer answer_number(int number)
{
    return (struct hook_answer){(enum hook_state)(number / 2), (enum hook_action)(number % 2)};
}

static bool rolls_back(struct hook_answer answer)
{
    return answer.state == HOOK_FAILED ||
           (answer.state == HOOK_TIMED_OUT && answer.on_timeout == HOOK_ACTION_ROLLBACK);
}

static void check_verdict(const struct hook_answer *answers, int count)
{
    bool any_rolls_back = false, any_waits = false;
    for (int i = 0; i < count; i++) {
        any_rolls_back |= rolls_back(answers[i]);
        any_waits |= answers[i].state == HOOK_IN_PROGRESS || answers[i].state == HOOK_AWAITING_ACTION;
    }
    assert_int_equal(stage_verdict(answers, count), any_rolls_back ? STAGE_ROLLS_BACK
                                                    : any_waits    ? STAGE_WAITS
                                                                   : STAGE_GOES_ON);
}

static void any_roll_back_wins_else_all_are_awaited(void **state)
{
    (void)state;
    struct hook_answer answers[MOST_ANSWERS];
    int combinations = 1;
    for (int count = 0; count <= MOST_ANSWERS; count++, combinations *= ANSWER_KINDS)
        for (int number = 0; number < combinations; number++) {
            for (int i = 0, rest = number; i < count; i++, rest /= ANSWER_KINDS)
                answers[i] = answer_number(rest % ANSWER_KINDS);
            check_verdict(answers, count);
        }
}

TEST_GROUP()
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blue_green_shifts_once), cmocka_unit_test(linear_shifts_in_equal_steps),
        cmocka_unit_test(canary_shifts_twice),    cmocka_unit_test(a_service_has_the_documented_defaults),
        cmocka_unit_test(what_is_not_said_stays), cmocka_unit_test(any_roll_back_wins_else_all_are_awaited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
