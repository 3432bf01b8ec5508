/* Predictive scaling: the capacity that a forecast load will need, before it comes. It only adds; what the
 * forecast asks for is a floor under the scale-in of other policies. [EAS:predictive-scaling; API
 * application-autoscaling:PredictiveScalingPolicyConfiguration] */
#include "models/scaling/scaling.h"

static const struct predictive_metric *metric_of(const struct predictive_scaling *policy)
{
    return policy->metrics.items;
}

const struct predefined_metric *predictive_follows(const struct predictive_scaling *policy)
{
    const struct predictive_metric *metric = metric_of(policy);
    return metric->pair ? metric->pair : metric->scaling;
}

int64_t predictive_capacity(const struct predictive_scaling *policy, int64_t load)
{
    int64_t target = metric_of(policy)->target_value;
    return load / target + (load % target != 0);
}

/* AWS does not say how the buffer is rounded; here up, as capacity is. */
int64_t predictive_most(const struct predictive_scaling *policy, int64_t forecast, int64_t most)
{
    if (policy->mode != FORECAST_AND_SCALE || policy->breach_behavior != INCREASE_MAX_CAPACITY)
        return most;
    __int128 raised = ((__int128)forecast * (100 + policy->max_capacity_buffer) + 99) / 100;
    return raised > most ? (int64_t)raised : most;
}

static struct scaling_answer predictive_answer(const void *settings, const struct scaling_view *view)
{
    const struct predictive_scaling *policy = settings;
    if (view->forecast == ABSENT)
        return scaling_stay(view, WHY_INSUFFICIENT_DATA);
    if (policy->mode != FORECAST_AND_SCALE)
        return scaling_stay(view, WHY_OK);
    struct scaling_answer answer = view->forecast > view->desired
                                       ? scaling_out(view, (struct scaling_cooldowns){0}, view->forecast)
                                       : scaling_stay(view, WHY_OK);
    if (answer.why == WHY_ALARM_HIGH)
        answer.why = WHY_FORECAST;
    answer.floor = view->forecast < view->most ? view->forecast : view->most;
    return answer;
}

/* --- what AWS refuses --------------------------------------------------------------------------- */

static void metric_check(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct predictive_metric *metric = object;
    bool customized = metric->customized_scaling || metric->customized_load || metric->customized_capacity;
    if (customized)
        mistake(mistakes, metric,
                metric->customized_scaling ? "customizedScalingMetricSpecification"
                : metric->customized_load  ? "customizedLoadMetricSpecification"
                                           : "customizedCapacityMetricSpecification",
                "metrics of one's own are not modelled for predictive scaling");
    else if (!metric->pair && !(metric->scaling && metric->load))
        mistake(mistakes, metric, NULL,
                "a metric pair is needed, or a scaling metric and a load metric, of predefined types");
    else if (metric->pair && (metric->scaling || metric->load))
        mistake(mistakes, metric, "predefinedMetricPairSpecification",
                "a metric pair is given, so there can be no scaling or load metric");
    else if (!metric->pair && metric->scaling->type != metric->load->type)
        mistake(mistakes, metric, "predefinedLoadMetricSpecification",
                "a load metric that is not the total of the scaling metric is not modelled");
}

/* [API application-autoscaling:PredictiveScalingPolicyConfiguration.MaxCapacityBuffer] */
static void predictive_check(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct predictive_scaling *policy = object;
    bool increases = policy->breach_behavior == INCREASE_MAX_CAPACITY;
    if (policy->metrics.count != 1)
        mistake(mistakes, policy, "metricSpecifications",
                "predictive scaling has one metric specification, not %zu", policy->metrics.count);
    if (increases != (policy->max_capacity_buffer != ABSENT))
        mistake(mistakes, policy, increases ? "maxCapacityBreachBehavior" : "maxCapacityBuffer",
                "maxCapacityBuffer and maxCapacityBreachBehavior IncreaseMaxCapacity need each other");
}

/* --- tables ------------------------------------------------------------------------------------- */

#define PREDEFINED(identifier, text, ...)                                                                    \
    static const char *const identifier##_names[] = {__VA_ARGS__, NULL};                                     \
    static const struct param identifier##_params[] = {                                                      \
        {.key = "predefinedMetricType",                                                                      \
         .type = PARAM_CHOICE,                                                                               \
         .flags = PARAM_REQUIRED | PARAM_CAPITALISED,                                                        \
         .offset = PARAM_OFFSET(struct predefined_metric, type, int),                                        \
         .names = identifier##_names,                                                                        \
         .meaning = text},                                                                                   \
        {.key = "resourceLabel",                                                                             \
         .type = PARAM_REFERENCE,                                                                            \
         .flags = PARAM_CAPITALISED,                                                                         \
         .offset = PARAM_OFFSET(struct predefined_metric, resource_label, const char *),                     \
         .collection = "targetGroups",                                                                       \
         .meaning = "of requests: the target group"},                                                        \
        PARAM_END,                                                                                           \
    };                                                                                                       \
    static const struct shape identifier##_shape = {                                                         \
        .name = #identifier,                                                                                 \
        .size = sizeof(struct predefined_metric),                                                            \
        .params = identifier##_params,                                                                       \
    }

/* Each in the order of enum scaling_metric_type. */
PREDEFINED(metric_pair, "a load, and what one task or instance has of it", "ECSServiceCPUUtilization",
           "ECSServiceMemoryUtilization", "ALBRequestCount", "ASGCPUUtilization", "ASGNetworkIn",
           "ASGNetworkOut");
PREDEFINED(scaling_metric, "what one task or instance has of the load", "ECSServiceAverageCPUUtilization",
           "ECSServiceAverageMemoryUtilization", "ALBRequestCountPerTarget", "ASGAverageCPUUtilization",
           "ASGAverageNetworkIn", "ASGAverageNetworkOut");
PREDEFINED(load_metric, "the load that is forecast", "ECSServiceTotalCPUUtilization",
           "ECSServiceTotalMemoryUtilization", "ALBTargetGroupRequestCount", "ASGTotalCPUUtilization",
           "ASGTotalNetworkIn", "ASGTotalNetworkOut");

#define METRIC_ROW(name, field, of_shape, text)                                                              \
    {                                                                                                        \
        .key = name, .type = PARAM_OPTIONAL, .flags = PARAM_CAPITALISED,                                     \
        .offset = PARAM_OFFSET(struct predictive_metric, field, struct predefined_metric *),                 \
        .shape = &of_shape, .meaning = text                                                                  \
    }
#define NOT_MODELLED(name, field)                                                                            \
    {                                                                                                        \
        .key = name, .type = PARAM_UNREAD, .flags = PARAM_CAPITALISED,                                       \
        .offset = PARAM_OFFSET(struct predictive_metric, field, bool), .meaning = "not modelled"             \
    }
static const struct param predictive_metric_params[] = {
    {.key = "targetValue",
     .type = PARAM_NUMBER,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct predictive_metric, target_value, int64_t),
     .least = 1,
     .most = MILLION * MILLION,
     .meaning = "what one task or instance should have of the load: percent, or requests per minute"},
    METRIC_ROW("predefinedMetricPairSpecification", pair, metric_pair_shape,
               "load and scaling metric at once"),
    METRIC_ROW("predefinedScalingMetricSpecification", scaling, scaling_metric_shape,
               "what the target value is of"),
    METRIC_ROW("predefinedLoadMetricSpecification", load, load_metric_shape, "what is forecast"),
    NOT_MODELLED("customizedScalingMetricSpecification", customized_scaling),
    NOT_MODELLED("customizedLoadMetricSpecification", customized_load),
    NOT_MODELLED("customizedCapacityMetricSpecification", customized_capacity),
    PARAM_END,
};

static const struct shape predictive_metric_shape = {
    .name = "metric specification",
    .size = sizeof(struct predictive_metric),
    .params = predictive_metric_params,
    .check = metric_check,
};

static const char *const modes[] = {
    [FORECAST_ONLY] = "ForecastOnly", [FORECAST_AND_SCALE] = "ForecastAndScale", NULL};
static const char *const breach_behaviors[] = {
    [HONOR_MAX_CAPACITY] = "HonorMaxCapacity", [INCREASE_MAX_CAPACITY] = "IncreaseMaxCapacity", NULL};

static const struct param predictive_params[] = {
    {.key = "metricSpecifications",
     .type = PARAM_LIST,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct predictive_scaling, metrics, struct list),
     .shape = &predictive_metric_shape,
     .meaning = "the load that is forecast, and what one task or instance should have of it; one"},
    {.key = "mode",
     .type = PARAM_CHOICE,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct predictive_scaling, mode, int),
     .names = modes,
     .fallback = "ForecastOnly",
     .meaning = "whether the forecast is acted on"},
    {.key = "schedulingBufferTime",
     .type = PARAM_DURATION,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct predictive_scaling, scheduling_buffer_time, simtime),
     .least = 0,
     .most = SIMTIME_HOUR,
     .fallback = "300s",
     .meaning = "so long before an hour its capacity is asked for"},
    {.key = "maxCapacityBreachBehavior",
     .type = PARAM_CHOICE,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct predictive_scaling, breach_behavior, int),
     .names = breach_behaviors,
     .fallback = "HonorMaxCapacity",
     .meaning = "whether a forecast may go beyond the maximum capacity"},
    {.key = "maxCapacityBuffer",
     .type = PARAM_INTEGER,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct predictive_scaling, max_capacity_buffer, int64_t),
     .least = 0,
     .most = 100,
     .meaning = "IncreaseMaxCapacity: percent above the forecast to which the maximum is raised"},
    PARAM_END,
};

const struct shape predictive_scaling_shape = {
    .name = "predictiveScalingPolicyConfiguration",
    .size = sizeof(struct predictive_scaling),
    .params = predictive_params,
    .check = predictive_check,
};

static const struct scaling_policy_verbs predictive_verbs = {.answer = predictive_answer};

const struct variant scaling_predictive = {
    .name = "PredictiveScaling",
    .meaning = "the capacity that a forecast load needs, before it comes",
    .shape = &predictive_scaling_shape,
    .verbs = &predictive_verbs,
};
