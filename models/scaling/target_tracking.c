/* Target tracking: keep a metric near its target by a capacity in proportion.
 *
 * Two alarms stand behind it, which nobody can adjust: out after three points above the target
 * [AAS:target-tracking], in after fifteen below nine tenths of it ("usually more than 10 % lower"
 * [AAS:target-tracking]; 0.9 is what operators see [copilot-cli#3450]). Points are of a minute; of a metric
 * of high resolution they are of 20 s, and as many are taken: AWS does not say otherwise. */
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

/* Points are older than what has been added meanwhile. So, while the cooldown of a scale-out runs, what is
 * asked is computed from what ran when it began: the same metric asks for the same size again, which is
 * nothing more, and only a higher one for more [AAS:target-tracking; that it is computed so AWS does not
 * say]. */
static struct scaling_view as_it_began(const struct scaling_view *view, simtime cooldown)
{
    struct scaling_view began = *view;
    if (view->last_out_by && scaling_out_cools(view, cooldown))
        began.running = view->last_out_from;
    return began;
}

/* ceil(running * metric / target): in proportion to what runs, not to what is desired [AAS:ECS]; during a
 * deployment both revisions run and both count [containers-roadmap#525]. Rounded up, so that 1.5 more are 2
 * and 1.5 fewer are 1 [EAS:target-tracking]. */
static int64_t in_proportion(const struct scaling_view *view, int64_t target)
{
    __int128 wanted = ((__int128)view->running * view->metric.points[0] + target - 1) / target;
    return wanted < 0 ? 0 : wanted < INT64_MAX ? (int64_t)wanted : INT64_MAX;
}

/* The metric is low, and with one less it would be high. [AAS:scaling-activities] */
static bool would_flap(const struct scaling_view *view, const struct scaling_answer *answer, int64_t wanted)
{
    return answer->why == WHY_AT_DESIRED_CAPACITY && view->running == view->desired &&
           wanted == view->desired;
}

static struct scaling_answer scale_in(const struct target_tracking *policy, const struct scaling_view *view)
{
    if (policy->disable_scale_in)
        return scaling_stay(view, WHY_SCALE_IN_DISABLED);
    int64_t wanted = in_proportion(view, policy->target_value);
    struct scaling_answer answer = scaling_in(view, policy->cooldowns, wanted);
    if (would_flap(view, &answer, wanted))
        answer.why = WHY_ANTICIPATED_FLAPPING;
    return answer;
}

static struct scaling_answer scale_out(const struct target_tracking *policy, const struct scaling_view *view)
{
    struct scaling_view began = as_it_began(view, policy->cooldowns.out);
    int64_t wanted = in_proportion(&began, policy->target_value);
    struct scaling_answer answer = scaling_out(&began, policy->cooldowns, wanted);
    answer.from = began.running;
    return answer;
}

static struct scaling_answer act_on(const struct target_tracking *policy, const struct scaling_view *view,
                                    enum scaling_alarm high, enum scaling_alarm low)
{
    if (high == ALARM_ALARM)
        return scale_out(policy, view);
    if (low == ALARM_ALARM)
        return scale_in(policy, view);
    return scaling_stay(view, view->metric.points[0] == ABSENT ? WHY_INSUFFICIENT_DATA : WHY_OK);
}

/* A policy that only adds has no say in a scale-in. [AAS:target-tracking] */
static struct scaling_answer target_tracking_answer(const void *settings, const struct scaling_view *view)
{
    const struct target_tracking *policy = settings;
    enum scaling_alarm high = evaluate(&view->metric, POINTS_OUT, is_high, policy->target_value);
    enum scaling_alarm low = evaluate(&view->metric, POINTS_IN, is_low, policy->target_value);
    struct scaling_answer answer = act_on(policy, view, high, low);
    answer.high = high;
    answer.low = low;
    answer.must_agree = !policy->disable_scale_in;
    return answer;
}

/* --- what AWS refuses --------------------------------------------------------------------------- */

static void target_tracking_check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    const struct target_tracking *policy = object;
    const struct predefined_metric *predefined = policy->predefined;
    if (!predefined == !policy->customized)
        mistake(m, object, predefined ? "customizedMetricSpecification" : NULL,
                "target tracking follows one metric: predefinedMetricSpecification or "
                "customizedMetricSpecification");
    if (predefined && predefined->type == METRIC_ALB_REQUEST_COUNT_PER_TARGET && !predefined->resource_label)
        mistake(m, object, "predefinedMetricSpecification",
                "ALBRequestCountPerTarget needs a resourceLabel that names the target group");
}

static void customized_check(struct mistakes *m, void *object, void *root)
{
    (void)root;
    const struct customized_metric *metric = object;
    if (metric->metric_math)
        mistake(m, object, "metrics", "metric math is not modelled");
    else if (!metric->namespace || !metric->name)
        mistake(m, object, NULL, "a customized metric has a namespace and a metricName");
}

/* --- tables ------------------------------------------------------------------------------------- */

static const struct param predefined_params[] = {
    {.key = "predefinedMetricType",
     .type = PARAM_CHOICE,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct predefined_metric, type, int),
     .names = scaling_metric_type_names,
     .meaning = "the metric that is kept at its target"},
    {.key = "resourceLabel",
     .type = PARAM_REFERENCE,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct predefined_metric, resource_label, const char *),
     .collection = "targetGroups",
     .meaning = "ALBRequestCountPerTarget: the target group whose requests count"},
    PARAM_END,
};

static const struct shape predefined_shape = {
    .name = "predefinedMetricSpecification",
    .size = sizeof(struct predefined_metric),
    .params = predefined_params,
};

static const struct param dimension_params[] = {
    {.key = "name",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct dimension, name, const char *),
     .meaning = "ServiceName, …"},
    {.key = "value",
     .type = PARAM_TEXT,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct dimension, value, const char *),
     .meaning = "what it is of"},
    PARAM_END,
};

static const struct shape dimension_shape = {
    .name = "dimension",
    .size = sizeof(struct dimension),
    .params = dimension_params,
};

static const struct param customized_params[] = {
    {.key = "namespace",
     .type = PARAM_TEXT,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct customized_metric, namespace, const char *),
     .meaning = "AWS/ECS, or one's own"},
    {.key = "metricName",
     .type = PARAM_TEXT,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct customized_metric, name, const char *),
     .meaning = "its name there"},
    {.key = "dimensions",
     .type = PARAM_LIST,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct customized_metric, dimensions, struct list),
     .shape = &dimension_shape,
     .meaning = "what it is of"},
    {.key = "statistic",
     .type = PARAM_CHOICE,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct customized_metric, statistic, int),
     .names = scaling_statistics,
     .fallback = "Average",
     .meaning = "what is taken of each point"},
    {.key = "metrics",
     .type = PARAM_UNREAD,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct customized_metric, metric_math, bool),
     .meaning = "metric math; not modelled"},
    PARAM_END,
};

static const struct shape customized_shape = {
    .name = "customizedMetricSpecification",
    .size = sizeof(struct customized_metric),
    .params = customized_params,
    .check = customized_check,
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
     .type = PARAM_OPTIONAL,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, predefined, struct predefined_metric *),
     .shape = &predefined_shape,
     .meaning = "a metric that AWS knows by name"},
    {.key = "customizedMetricSpecification",
     .type = PARAM_OPTIONAL,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, customized, struct customized_metric *),
     .shape = &customized_shape,
     .meaning = "any other metric"},
    {.key = "scaleOutCooldown",
     .type = PARAM_DURATION,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, cooldowns.out, simtime),
     .most = SIMTIME_DAY,
     .meaning = "after a scale-out, only a larger one follows within this time (default: 300 s of a service; "
                "an Auto Scaling group has none)"},
    {.key = "scaleInCooldown",
     .type = PARAM_DURATION,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct target_tracking, cooldowns.in, simtime),
     .most = SIMTIME_DAY,
     .meaning = "after a scale-in, no other within this time (default: as above)"},
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

static simtime target_tracking_steady_until(const void *settings, const struct scaling_view *view,
                                            simtime from)
{
    return scaling_cooldowns_end(view, ((const struct target_tracking *)settings)->cooldowns, from);
}

static const struct scaling_policy_verbs target_tracking_verbs = {target_tracking_answer,
                                                                  target_tracking_steady_until};

const struct variant scaling_target_tracking = {
    .name = "TargetTrackingScaling",
    .meaning = "capacity in proportion to a metric over its target",
    .shape = &target_tracking_shape,
    .verbs = &target_tracking_verbs,
};
