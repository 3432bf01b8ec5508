#include "models/scaling/scaling.h"

static const struct variant *const variants[] = {
#define ENTRY(name) &scaling_##name,
#include "models/scaling/policies.def"
#undef ENTRY
    NULL};

const struct catalogue scaling_policies = {.kind = "scaling policy", .variants = variants};

const char *const scaling_why_names[WHY_COUNT] = {
    [WHY_OK] = "Ok",
    [WHY_INSUFFICIENT_DATA] = "InsufficientData",
    [WHY_ALARM_HIGH] = "AlarmHigh",
    [WHY_ALARM_LOW] = "AlarmLow",
    [WHY_FORECAST] = "Forecast",
    [WHY_ANTICIPATED_FLAPPING] = "AutoScalingAnticipatedFlapping",
    [WHY_UNSCALABLE] = "TargetServicePutResourceAsUnscalable",
    [WHY_AT_MAX_CAPACITY] = "AlreadyAtMaxCapacity",
    [WHY_AT_MIN_CAPACITY] = "AlreadyAtMinCapacity",
    [WHY_AT_DESIRED_CAPACITY] = "AlreadyAtDesiredCapacity",
    [WHY_COOLDOWN] = "Cooldown",
    [WHY_WARMING_UP] = "WarmingUp",
    [WHY_SCALE_IN_DISABLED] = "DisableScaleIn",
    [WHY_SUSPENDED] = "Suspended",
};

const char *const scaling_metric_type_names[] = {
    [METRIC_ECS_CPU] = "ECSServiceAverageCPUUtilization",
    [METRIC_ECS_MEMORY] = "ECSServiceAverageMemoryUtilization",
    [METRIC_ALB_REQUEST_COUNT_PER_TARGET] = "ALBRequestCountPerTarget",
    [METRIC_ASG_CPU] = "ASGAverageCPUUtilization",
    [METRIC_ASG_NETWORK_IN] = "ASGAverageNetworkIn",
    [METRIC_ASG_NETWORK_OUT] = "ASGAverageNetworkOut",
    [METRIC_ECS_CPU_HIGH_RESOLUTION] = "ECSServiceAverageCPUUtilizationHighResolution",
    [METRIC_ECS_MEMORY_HIGH_RESOLUTION] = "ECSServiceAverageMemoryUtilizationHighResolution",
    NULL,
};

const char *const scaling_statistics[] = {"Average", "Sum", "Minimum", "Maximum", "SampleCount", NULL};

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* --- one policy -------------------------------------------------------------------------------- */

struct scaling_answer scaling_stay(const struct scaling_view *view, enum scaling_why why)
{
    return (struct scaling_answer){.desired = view->desired, .why = why};
}

static bool cooling(const struct scaling_view *view, simtime last, simtime cooldown)
{
    return last != SIMTIME_NEVER && view->now - last < cooldown;
}

bool scaling_out_cools(const struct scaling_view *view, simtime cooldown)
{
    return cooling(view, view->last_out_at, cooldown);
}

simtime scaling_cools_until(simtime last, simtime cooldown, simtime from)
{
    if (last == SIMTIME_NEVER || cooldown <= 0)
        return SIMTIME_NEVER;
    simtime end = simtime_after(last, cooldown);
    return end > from ? end : SIMTIME_NEVER;
}

simtime scaling_cooldowns_end(const struct scaling_view *view, struct scaling_cooldowns cooldowns,
                              simtime from)
{
    return simtime_earlier(scaling_cools_until(view->last_out_at, cooldowns.out, from),
                           scaling_cools_until(view->last_in_at, cooldowns.in, from));
}

/* Of an increase over what runs, the part that this cooldown has not made yet. */
static int64_t not_yet_added(const struct scaling_view *view, int64_t wanted, int64_t added)
{
    __int128 target = (__int128)view->desired + wanted - view->running - added;
    return added && target < wanted ? (int64_t)target : wanted;
}

struct scaling_answer scaling_out(const struct scaling_view *view, struct scaling_cooldowns cooldowns,
                                  int64_t wanted)
{
    int64_t added = scaling_out_cools(view, cooldowns.out) ? view->last_out_by : 0;
    if (view->scale_out_held_by)
        return scaling_stay(view, view->scale_out_held_by);
    if (view->desired < view->least)
        wanted = view->least;
    else if (view->desired >= view->most)
        return scaling_stay(view, WHY_AT_MAX_CAPACITY);
    else if (wanted <= view->desired)
        return scaling_stay(view, added ? WHY_COOLDOWN : WHY_AT_DESIRED_CAPACITY);
    else
        wanted = not_yet_added(view, wanted, added);
    if (wanted <= view->desired)
        return scaling_stay(view, WHY_COOLDOWN);
    wanted = lesser(wanted, view->most);
    return (struct scaling_answer){
        .desired = wanted, .why = WHY_ALARM_HIGH, .added = added + wanted - view->desired};
}

static bool scale_in_cools(const struct scaling_view *view, simtime cooldown)
{
    bool ended = view->out_at != SIMTIME_NEVER && view->out_at > view->last_in_at;
    return !ended && cooling(view, view->last_in_at, cooldown);
}

struct scaling_answer scaling_in(const struct scaling_view *view, struct scaling_cooldowns cooldowns,
                                 int64_t wanted)
{
    if (view->scale_in_held_by)
        return scaling_stay(view, view->scale_in_held_by);
    if (scale_in_cools(view, cooldowns.in))
        return scaling_stay(view, WHY_COOLDOWN);
    if (view->desired <= view->least)
        return scaling_stay(view, WHY_AT_MIN_CAPACITY);
    wanted = view->desired > view->most ? view->most : greater(wanted, view->least);
    if (wanted >= view->desired)
        return scaling_stay(view, WHY_AT_DESIRED_CAPACITY);
    return (struct scaling_answer){.desired = wanted, .why = WHY_ALARM_LOW};
}

/* --- several policies -------------------------------------------------------------------------- */

/* Of the answers that ask for more than is desired, or, where `in`, for less, the largest; -1: there is none.
 * A scale-in that is not agreed on is that of policies that need no one. */
static int largest(const struct scaling_answer *answers, size_t count, int64_t desired, bool in, bool agreed)
{
    int best = -1;
    for (size_t i = 0; i < count; i++) {
        bool asks = in ? answers[i].desired < desired && (agreed || answers[i].needs_no_one)
                       : answers[i].desired > desired;
        if (asks && (best < 0 || answers[i].desired > answers[best].desired))
            best = (int)i;
    }
    return best;
}

static bool all_agree(const struct scaling_answer *answers, size_t count, int64_t desired)
{
    for (size_t i = 0; i < count; i++)
        if (answers[i].must_agree && answers[i].desired >= desired)
            return false;
    return true;
}

static int64_t highest_floor(const struct scaling_answer *answers, size_t count)
{
    int64_t floor = 0;
    for (size_t i = 0; i < count; i++)
        floor = greater(floor, answers[i].floor);
    return floor;
}

int scaling_choose(const struct scaling_answer *answers, size_t count, int64_t desired, int64_t *chosen)
{
    int out = largest(answers, count, desired, false, true);
    int in = largest(answers, count, desired, true, all_agree(answers, count, desired));
    if (out < 0 && in < 0)
        return -1;
    *chosen = out >= 0 ? answers[out].desired : greater(answers[in].desired, highest_floor(answers, count));
    return out >= 0 ? out : *chosen < desired ? in : -1;
}
