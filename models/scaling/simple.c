/* Simple scaling: an alarm fires, one adjustment is made, and then nothing until all that it started is done
 * and the cooldown after that is over. [EAS:scaling-cooldowns] Its adjustment is of the desired capacity. */
#include "models/scaling/scaling.h"

/* The cooldown counts from the end of the last activity, whoever caused it. */
static bool is_cooling(const struct simple_scaling *policy, const struct scaling_view *view)
{
    if (view->idle_since == ABSENT)
        return false;
    return view->idle_since == SIMTIME_NEVER || view->now - view->idle_since < policy->cooldown;
}

static struct scaling_answer towards(const struct scaling_view *view, int64_t wanted)
{
    static const struct scaling_cooldowns none = {0, 0};
    if (wanted == view->desired)
        return scaling_stay(view, WHY_AT_DESIRED_CAPACITY);
    return (wanted < view->desired ? scaling_in : scaling_out)(view, none, wanted);
}

static struct scaling_answer simple_answer(const void *settings, const struct scaling_view *view)
{
    const struct simple_scaling *policy = settings;
    if (!view->fired)
        return scaling_stay(view, WHY_OK);
    if (is_cooling(policy, view))
        return scaling_stay(view, WHY_COOLDOWN);
    struct adjustment adjustment = {policy->adjustment_type, policy->amount, policy->magnitude};
    int64_t wanted = adjusted_capacity(adjustment, view->desired);
    struct scaling_answer answer = towards(view, wanted);
    answer.needs_no_one = true;
    return answer;
}

static simtime simple_steady_until(const void *settings, const struct scaling_view *view, simtime from)
{
    if (view->idle_since == ABSENT)
        return SIMTIME_NEVER;
    return scaling_cools_until(view->idle_since, ((const struct simple_scaling *)settings)->cooldown, from);
}

static const struct scaling_policy_verbs simple_verbs = {simple_answer, simple_steady_until};

const struct variant scaling_simple = {
    .name = "SimpleScaling",
    .meaning = "one adjustment when an alarm fires, then a cooldown; of Auto Scaling groups only",
    .verbs = &simple_verbs,
};
