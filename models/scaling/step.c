/* Step scaling: an alarm fires, and how far its metric is beyond the threshold says which adjustment is made.
 * [AAS:step-scaling; EAS:simple-step] */
#include "models/scaling/scaling.h"

const char *const scaling_aggregations[] = {"Average", "Minimum", "Maximum", NULL};

/* A metric that is exactly at the threshold belongs to the step above it, or to the one below where there is
 * none above. */
static bool covers(const struct step_adjustment *step, int64_t breach)
{
    bool above_lower =
        step->lower == ABSENT || breach > step->lower || (breach == step->lower && breach >= 0);
    bool below_upper =
        step->upper == ABSENT || breach < step->upper || (breach == step->upper && breach <= 0);
    return above_lower && below_upper;
}

static const struct step_adjustment *step_for(const struct step_scaling *policy, int64_t breach)
{
    const struct step_adjustment *steps = policy->steps.items, *found = NULL;
    for (size_t i = 0; i < policy->steps.count; i++)
        if (covers(&steps[i], breach) && (!found || steps[i].lower == breach))
            found = &steps[i];
    return found;
}

static struct scaling_answer towards(const struct step_scaling *policy, const struct scaling_view *view,
                                     int64_t wanted)
{
    struct scaling_cooldowns cooldowns = {policy->cooldown, policy->cooldown};
    if (wanted > view->running)
        return scaling_out(view, cooldowns, wanted);
    if (wanted < view->running)
        return scaling_in(view, cooldowns, wanted);
    return scaling_stay(view, WHY_AT_DESIRED_CAPACITY);
}

static struct scaling_answer step_answer(const void *settings, const struct scaling_view *view)
{
    const struct step_scaling *policy = settings;
    const struct step_adjustment *step = view->fired ? step_for(policy, view->breach) : NULL;
    if (!step)
        return scaling_stay(view, WHY_OK);
    struct adjustment adjustment = {policy->adjustment_type, step->amount, policy->magnitude};
    struct scaling_answer answer = towards(policy, view, adjusted_capacity(adjustment, view->running));
    answer.needs_no_one = true;
    return answer;
}

/* --- what AWS refuses --------------------------------------------------------------------------- */

static bool begins_before(const struct step_adjustment *a, const struct step_adjustment *b)
{
    return a->lower < b->lower; /* ABSENT is the least integer */
}

/* The step that begins next after `before`; NULL: `before` is the last. Steps that begin together come in the
 * order of the list. */
static const struct step_adjustment *next_step(const struct list *steps, const struct step_adjustment *before)
{
    const struct step_adjustment *first = steps->items, *next = NULL;
    for (const struct step_adjustment *each = first; each < first + steps->count; each++) {
        bool later =
            !before || begins_before(before, each) || (before->lower == each->lower && each > before);
        if (later && (!next || begins_before(each, next)))
            next = each;
    }
    return next;
}

/* NULL where the step may follow the one before it. */
static const char *wrong_between(const struct step_adjustment *before, const struct step_adjustment *step)
{
    if (step->lower == ABSENT)
        return "two step adjustments have no lower bound";
    if (before->upper == ABSENT)
        return "two step adjustments have no upper bound, or one without is not the last";
    if (step->lower != before->upper)
        return step->lower < before->upper ? "step adjustments overlap"
                                           : "there is a gap between step adjustments";
    return NULL;
}

static const char *wrong_within(const struct step_adjustment *step)
{
    if (step->lower == ABSENT && step->upper == ABSENT)
        return "a step adjustment has neither bound";
    if (step->lower != ABSENT && step->upper != ABSENT && step->lower >= step->upper)
        return "the upper bound of a step adjustment is not above its lower one";
    return NULL;
}

static const char *wrong_at_the_ends(const struct step_adjustment *first, const struct step_adjustment *last)
{
    if (first->lower != ABSENT && first->lower < 0)
        return "a lower bound is negative, so one step adjustment must have none";
    if (last->upper != ABSENT && last->upper > 0)
        return "an upper bound is positive, so one step adjustment must have none";
    return NULL;
}

static const char *wrong_with(const struct list *steps)
{
    const char *wrong = NULL;
    const struct step_adjustment *first = next_step(steps, NULL), *last = first;
    for (const struct step_adjustment *step = first; step && !wrong; step = next_step(steps, step)) {
        wrong = wrong_within(step);
        if (!wrong && step != first)
            wrong = wrong_between(last, step);
        last = step;
    }
    return wrong ? wrong : wrong_at_the_ends(first, last);
}

/* [API application-autoscaling:StepAdjustment; Q] */
void step_adjustments_check(struct mistakes *mistakes, const void *object, const char *key,
                            const struct list *steps)
{
    const char *wrong = NULL;
    if (!steps->count)
        wrong = "a step scaling policy has at least one step adjustment";
    else if (steps->count > MOST_STEP_ADJUSTMENTS)
        mistake(mistakes, object, key, "%zu step adjustments; a policy has at most %d", steps->count,
                MOST_STEP_ADJUSTMENTS);
    else
        wrong = wrong_with(steps);
    if (wrong)
        mistake(mistakes, object, key, "%s", wrong);
}

/* [API application-autoscaling:StepScalingPolicyConfiguration.MinAdjustmentMagnitude] */
void adjustment_check(struct mistakes *mistakes, const void *object, int type, int64_t magnitude)
{
    if (magnitude != ABSENT && type != PERCENT_CHANGE_IN_CAPACITY)
        mistake(mistakes, object, "minAdjustmentMagnitude",
                "minAdjustmentMagnitude is of PercentChangeInCapacity only");
}

static void step_check(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct step_scaling *policy = object;
    step_adjustments_check(mistakes, policy, "stepAdjustments", &policy->steps);
    adjustment_check(mistakes, policy, policy->adjustment_type, policy->magnitude);
}

/* --- tables ------------------------------------------------------------------------------------- */

static const struct param step_adjustment_params[] = {
    {.key = "metricIntervalLowerBound",
     .type = PARAM_NUMBER,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct step_adjustment, lower, int64_t),
     .least = -MILLION * MILLION,
     .most = MILLION * MILLION,
     .meaning = "from so far above the threshold on (default: no bound)"},
    {.key = "metricIntervalUpperBound",
     .type = PARAM_NUMBER,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct step_adjustment, upper, int64_t),
     .least = -MILLION * MILLION,
     .most = MILLION * MILLION,
     .meaning = "up to so far above the threshold (default: no bound)"},
    {.key = "scalingAdjustment",
     .type = PARAM_INTEGER,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct step_adjustment, amount, int64_t),
     .least = -MOST_ADJUSTMENT,
     .most = MOST_ADJUSTMENT,
     .meaning = "what is added, set, or added in percent"},
    PARAM_END,
};

const struct shape step_adjustment_shape = {
    .name = "step adjustment",
    .size = sizeof(struct step_adjustment),
    .params = step_adjustment_params,
};

static const struct param step_params[] = {
    {.key = "adjustmentType",
     .type = PARAM_CHOICE,
     .flags = PARAM_REQUIRED | PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct step_scaling, adjustment_type, int),
     .names = adjustment_type_names,
     .meaning = "what the adjustments say: a change, a capacity, or a change in percent"},
    {.key = "stepAdjustments",
     .type = PARAM_LIST,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct step_scaling, steps, struct list),
     .shape = &step_adjustment_shape,
     .meaning = "adjustments by how far the metric is beyond the alarm's threshold, at most 20"},
    {.key = "minAdjustmentMagnitude",
     .type = PARAM_INTEGER,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct step_scaling, magnitude, int64_t),
     .least = 1,
     .most = MOST_ADJUSTMENT,
     .meaning = "PercentChangeInCapacity: a change is at least so large"},
    {.key = "cooldown",
     .type = PARAM_DURATION,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct step_scaling, cooldown, simtime),
     .most = SIMTIME_DAY,
     .fallback = "300s",
     .meaning = "as the cooldowns of target tracking, of both directions"},
    {.key = "metricAggregationType",
     .type = PARAM_CHOICE,
     .flags = PARAM_CAPITALISED,
     .offset = PARAM_OFFSET(struct step_scaling, aggregation, int),
     .names = scaling_aggregations,
     .fallback = "Average",
     .meaning = "the statistic of the metric's latest point that is held against the steps"},
    PARAM_END,
};

const struct shape step_scaling_shape = {
    .name = "stepScalingPolicyConfiguration",
    .size = sizeof(struct step_scaling),
    .params = step_params,
    .check = step_check,
};

static simtime step_steady_until(const void *settings, const struct scaling_view *view, simtime from)
{
    const struct step_scaling *policy = settings;
    return scaling_cooldowns_end(view, (struct scaling_cooldowns){policy->cooldown, policy->cooldown}, from);
}

static const struct scaling_policy_verbs step_verbs = {step_answer, step_steady_until};

const struct variant scaling_step = {
    .name = "StepScaling",
    .meaning = "an adjustment by how far a metric is beyond the threshold of an alarm",
    .shape = &step_scaling_shape,
    .verbs = &step_verbs,
};
