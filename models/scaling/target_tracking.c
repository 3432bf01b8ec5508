/* Target tracking: keep a metric near its target by a capacity in proportion.
 *
 * Two alarms stand behind it, which nobody can adjust: out after three minutes above the target
 * [AAS:target-tracking], in after fifteen below nine tenths of it ("usually more than 10 % lower"
 * [AAS:target-tracking]; 0.9 is what operators see [copilot-cli#3450]). */
#include "models/scaling/scaling.h"

enum { POINTS_OUT = 3, POINTS_IN = SCALING_POINTS };

typedef bool breach(int64_t point, int64_t target);

static bool is_high(int64_t point, int64_t target)
{
    return point > target;
}

static bool is_low(int64_t point, int64_t target)
{
    return (__int128)point * 10 < (__int128)target * 9;
}

/* A minute that had no point is neither high nor low: it neither fires an alarm nor calms it
 * [AAS:target-tracking]. */
static enum scaling_alarm evaluate(const struct scaling_metric *metric, size_t count, breach *breaches,
                                   int64_t target)
{
    size_t breaching = 0;
    for (size_t i = 0; i < count; i++) {
        if (metric->points[i] == ABSENT)
            continue;
        if (!breaches(metric->points[i], target))
            return ALARM_OK;
        breaching++;
    }
    return breaching == count ? ALARM_ALARM : ALARM_INSUFFICIENT_DATA;
}

/* ceil(running * metric / target): in proportion to the tasks that run, not to those desired [AAS:ECS];
 * during a deployment both revisions run and both count [containers-roadmap#525]. Rounded up, so that 1.5
 * more are 2 and 1.5 fewer are 1 [EAS:target-tracking]. */
static int64_t in_proportion(const struct scaling_view *view, int64_t target)
{
    __int128 wanted = ((__int128)view->running * view->metric.points[0] + target - 1) / target;
    return wanted < INT64_MAX ? (int64_t)wanted : INT64_MAX;
}

static bool cooling(const struct scaling_view *view, simtime last, simtime cooldown)
{
    return last != SIMTIME_NEVER && view->now - last < cooldown;
}

static struct scaling_answer stay(struct scaling_answer answer, const char *why)
{
    answer.why = why;
    return answer;
}

static struct scaling_answer change(struct scaling_answer answer, int64_t desired, const char *why)
{
    answer.desired = desired;
    answer.why = why;
    return answer;
}

static int64_t lesser(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t greater(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* While the cooldown of a scale-out runs, only a larger increase is made, and what was added counts already:
 * 2 were added, 3 are asked, 1 more comes [AAS:target-tracking]. A capacity out of its limits is first
 * brought back to them, and a scale-out does nothing above MaxCapacity [API
 * application-autoscaling:RegisterScalableTarget]. */
static struct scaling_answer scale_out(const struct target_tracking *policy, const struct scaling_view *view,
                                       struct scaling_answer answer)
{
    int64_t wanted = in_proportion(view, policy->target_value);
    int64_t added = cooling(view, view->last_out_at, policy->scale_out_cooldown) ? view->last_out_by : 0;
    if (view->desired < view->least)
        wanted = view->least;
    else if (view->desired >= view->most)
        return stay(answer, "AlreadyAtMaxCapacity");
    else if (wanted <= view->desired)
        return stay(answer, "AlreadyAtDesiredCapacity");
    else if (added)
        wanted = lesser(wanted, view->desired + wanted - view->running - added);
    if (wanted <= view->desired)
        return stay(answer, "Cooldown");
    wanted = lesser(wanted, view->most);
    answer.added = added + wanted - view->desired;
    return change(answer, wanted, "AlarmHigh");
}

/* A scale-out ends the cooldown of the scale-in before it [AAS:target-tracking]. */
static bool scale_in_cools(const struct target_tracking *policy, const struct scaling_view *view)
{
    bool ended = view->last_out_at != SIMTIME_NEVER && view->last_out_at > view->last_in_at;
    return !ended && cooling(view, view->last_in_at, policy->scale_in_cooldown);
}

/* NULL where nothing holds a scale-in back. A running deployment does [G:service-auto-scaling]. */
static const char *scale_in_held_by(const struct target_tracking *policy, const struct scaling_view *view)
{
    if (policy->disable_scale_in)
        return "DisableScaleIn";
    if (view->scale_in_held)
        return "DeploymentInProgress";
    return scale_in_cools(policy, view) ? "Cooldown" : NULL;
}

static struct scaling_answer scale_in(const struct target_tracking *policy, const struct scaling_view *view,
                                      struct scaling_answer answer)
{
    const char *held_by = scale_in_held_by(policy, view);
    if (held_by)
        return stay(answer, held_by);
    if (view->desired <= view->least)
        return stay(answer, "AlreadyAtMinCapacity");
    if (view->desired > view->most)
        return change(answer, view->most, "AlarmLow");
    int64_t wanted = greater(in_proportion(view, policy->target_value), view->least);
    if (wanted >= view->desired)
        return stay(answer, "AlreadyAtDesiredCapacity");
    return change(answer, wanted, "AlarmLow");
}

static struct scaling_answer target_tracking_answer(const void *settings, const struct scaling_view *view)
{
    const struct target_tracking *policy = settings;
    struct scaling_answer answer = {
        .desired = view->desired,
        .high = evaluate(&view->metric, POINTS_OUT, is_high, policy->target_value),
        .low = evaluate(&view->metric, POINTS_IN, is_low, policy->target_value),
    };
    if (answer.high == ALARM_ALARM)
        return scale_out(policy, view, answer);
    if (answer.low == ALARM_ALARM)
        return scale_in(policy, view, answer);
    return stay(answer, view->metric.points[0] == ABSENT ? "InsufficientData" : "Ok");
}

static void target_tracking_check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    const struct target_tracking *policy = object;
    if (policy->metric_type == METRIC_ALB_REQUEST_COUNT_PER_TARGET && !policy->resource_label)
        mistake(m, object, "predefinedMetricSpecification",
                "ALBRequestCountPerTarget needs a resourceLabel that names the target group");
}

static const char *const metric_types[] = {
    [METRIC_ECS_CPU] = "ECSServiceAverageCPUUtilization",
    [METRIC_ECS_MEMORY] = "ECSServiceAverageMemoryUtilization",
    [METRIC_ALB_REQUEST_COUNT_PER_TARGET] = "ALBRequestCountPerTarget",
    NULL,
};

/* AWS nests these two; struct target_tracking holds them flat, metric_type first. */
#define METRIC_START offsetof(struct target_tracking, metric_type)
#define METRIC_END (offsetof(struct target_tracking, resource_label) + sizeof(const char *))

static const struct param metric_params[] = {
    {.key = "predefinedMetricType",
     .type = PARAM_CHOICE,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, metric_type, int) - METRIC_START,
     .names = metric_types,
     .meaning = "the metric that is kept at its target"},
    {.key = "resourceLabel",
     .type = PARAM_REFERENCE,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, resource_label, const char *) - METRIC_START,
     .collection = "targetGroups",
     .meaning = "ALBRequestCountPerTarget: the target group whose requests count"},
    PARAM_END,
};

static const struct shape metric_shape = {
    .name = "predefinedMetricSpecification",
    .size = METRIC_END - METRIC_START,
    .params = metric_params,
};

static const struct param target_tracking_params[] = {
    {.key = "targetValue",
     .type = PARAM_NUMBER,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, target_value, int64_t),
     .least = 1,
     .most = MILLION * MILLION,
     .meaning = "what the metric should be: percent, or requests per target per minute"},
    {.key = "predefinedMetricSpecification",
     .type = PARAM_STRUCT,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = METRIC_START,
     .shape = &metric_shape,
     .meaning = "the metric"},
    {.key = "scaleOutCooldown",
     .type = PARAM_DURATION,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, scale_out_cooldown, simtime),
     .fallback = "300s",
     .meaning = "after a scale-out, only a larger one follows within this time"},
    {.key = "scaleInCooldown",
     .type = PARAM_DURATION,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, scale_in_cooldown, simtime),
     .fallback = "300s",
     .meaning = "after a scale-in, no other within this time"},
    {.key = "disableScaleIn",
     .type = PARAM_FLAG,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, disable_scale_in, bool),
     .fallback = "false",
     .meaning = "this policy only adds"},
    PARAM_END,
};

const struct shape target_tracking_shape = {
    .name = "targetTrackingScalingPolicyConfiguration",
    .size = sizeof(struct target_tracking),
    .params = target_tracking_params,
    .check = target_tracking_check,
};

static const struct scaling_policy_verbs target_tracking_verbs = {target_tracking_answer};

const struct variant scaling_target_tracking = {
    .name = "TargetTrackingScaling",
    .meaning = "capacity in proportion to a metric over its target",
    .shape = &target_tracking_shape,
    .verbs = &target_tracking_verbs,
};
