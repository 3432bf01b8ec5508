#include "models/ecs/deployment/deployment_stages.h"
#include "sim/engine/check.h"

/* --- the plan --------------------------------------------------------------------------------- */

/* [API:LinearConfiguration, API:CanaryConfiguration] */
struct traffic_plan traffic_plan_default(void)
{
    return (struct traffic_plan){
        .strategy = STRATEGY_ROLLING,
        .linear_step_permille = 100,
        .linear_bake = 6 * SIMTIME_MINUTE,
        .canary_permille = 50,
        .canary_bake = 10 * SIMTIME_MINUTE,
    };
}

static void change(int64_t *value, int64_t given)
{
    if (given != ABSENT)
        *value = given;
}

static void change_permille(int64_t *permille, int64_t percent)
{
    if (percent != ABSENT)
        *permille = percent * 10 / MILLION;
}

void traffic_plan_change(struct traffic_plan *plan, const struct deployment_configuration_settings *given)
{
    if (given->strategy != STRATEGY_UNCHANGED)
        plan->strategy = (enum deployment_strategy)given->strategy;
    change_permille(&plan->linear_step_permille, given->linear.step_percent);
    change(&plan->linear_bake, given->linear.step_bake_time);
    change_permille(&plan->canary_permille, given->canary.canary_percent);
    change(&plan->canary_bake, given->canary.canary_bake_time);
    change(&plan->bake, given->bake_time);
}

/* --- traffic ---------------------------------------------------------------------------------- */

static int64_t traffic_after(const struct traffic_plan *plan, int64_t steps)
{
    int64_t permille = ALL_TRAFFIC_PERMILLE;
    if (steps == 0)
        return 0;
    if (plan->strategy == STRATEGY_LINEAR)
        permille = steps * plan->linear_step_permille;
    else if (plan->strategy == STRATEGY_CANARY && steps == 1)
        permille = plan->canary_permille;
    return permille < ALL_TRAFFIC_PERMILLE ? permille : ALL_TRAFFIC_PERMILLE;
}

int64_t stage_production_permille(const struct traffic_plan *plan, struct stage_position at)
{
    return traffic_after(plan, at.steps);
}

int64_t stage_test_permille(struct stage_position at)
{
    return at.stage >= STAGE_TEST_TRAFFIC_SHIFT ? ALL_TRAFFIC_PERMILLE : 0;
}

static bool has_all_traffic(const struct traffic_plan *plan, struct stage_position at)
{
    return stage_production_permille(plan, at) == ALL_TRAFFIC_PERMILLE;
}

simtime stage_bake(const struct traffic_plan *plan, struct stage_position at)
{
    if (at.stage == STAGE_BAKE_TIME)
        return plan->bake;
    if (at.stage != STAGE_PRODUCTION_TRAFFIC_SHIFT || has_all_traffic(plan, at))
        return 0;
    return plan->strategy == STRATEGY_LINEAR ? plan->linear_bake : plan->canary_bake;
}

/* --- stages ----------------------------------------------------------------------------------- */

struct stage_position stage_first(bool several_revisions_active)
{
    return (struct stage_position){
        .stage = several_revisions_active ? STAGE_RECONCILE_SERVICE : STAGE_PRE_SCALE_UP,
    };
}

struct stage_position stage_next(const struct traffic_plan *plan, struct stage_position at)
{
    CHECK(at.stage < STAGE_CLEAN_UP);
    if (at.stage == STAGE_PRODUCTION_TRAFFIC_SHIFT && !has_all_traffic(plan, at))
        at.stage = STAGE_PRE_PRODUCTION_TRAFFIC_SHIFT;
    else
        at.stage++;
    at.steps += at.stage == STAGE_PRODUCTION_TRAFFIC_SHIFT;
    return at;
}

/* --- hooks ------------------------------------------------------------------------------------ */

static enum stage_verdict verdict_of(struct hook_answer answer)
{
    switch (answer.state) {
    case HOOK_NOT_CALLED:
    case HOOK_SUCCEEDED:
        return STAGE_GOES_ON;
    case HOOK_IN_PROGRESS:
    case HOOK_AWAITING_ACTION:
        return STAGE_WAITS;
    case HOOK_FAILED:
        return STAGE_ROLLS_BACK;
    case HOOK_TIMED_OUT:
        return answer.on_timeout == HOOK_ACTION_CONTINUE ? STAGE_GOES_ON : STAGE_ROLLS_BACK;
    }
    return STAGE_WAITS;
}

enum stage_verdict stage_verdict(const struct hook_answer *answers, int count)
{
    enum stage_verdict verdict = STAGE_GOES_ON;
    for (int i = 0; i < count; i++) {
        enum stage_verdict each = verdict_of(answers[i]);
        if (each == STAGE_ROLLS_BACK)
            return each;
        if (each == STAGE_WAITS)
            verdict = each;
    }
    return verdict;
}
