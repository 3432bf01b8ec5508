#include "models/ecs/scaling/scaling_decision.h"
#include "models/ecs/events.h"
#include "models/ecs/scaling/forecaster.h"
#include "models/ecs/scaling/scaling_activity.h"

/* --- what a policy sees ------------------------------------------------------------------------ */

static struct scaling_metric points_of(const struct scaling_policy *policy)
{
    struct scaling_metric points;
    for (size_t i = 0; i < SCALING_POINTS; i++)
        points.points[i] = policy->metric
                               ? metric_value(policy->metric, i, (enum statistic)policy->settings->statistic)
                               : ABSENT;
    return points;
}

/* The policy's, else the group's default, else its cooldown.
 * [API autoscaling:PutScalingPolicy.EstimatedInstanceWarmup] */
static simtime warmup_of(const struct world *world, const struct scaling_controller *controller,
                         const struct scaling_policy *policy)
{
    const struct scalable *scalable = &controller->scalable;
    if (!scalable->is_group || policy->settings->policy.variant == &scaling_simple)
        return 0;
    const struct auto_scaling_group_settings *group = world->groups[scalable->subject].settings;
    simtime by_default = group->maintenance.default_instance_warmup;
    if (policy->settings->estimated_instance_warmup != ABSENT)
        return policy->settings->estimated_instance_warmup;
    return by_default >= 0 ? by_default : group->default_cooldown;
}

/* Simple scaling looks at no value, and an alarm without a metric has none: it counts as just at its
 * threshold (AWS does not say). */
static int64_t breach_of(const struct scaling_policy *policy)
{
    static const enum statistic statistics[] = {STATISTIC_AVERAGE, STATISTIC_MINIMUM, STATISTIC_MAXIMUM};
    const struct alarm *alarm = policy->fired_by;
    if (!alarm || !alarm->metric || policy->settings->policy.variant != &scaling_step)
        return 0;
    const struct step_scaling *step = policy->settings->policy.settings;
    int64_t value = metric_value(alarm->metric, 0, statistics[step->aggregation]);
    return value == ABSENT ? ABSENT : value - alarm->settings->threshold;
}

static struct scaling_view view_of(const struct world *world, const struct scaling_controller *controller,
                                   const struct scaling_policy *policy)
{
    const struct scalable *scalable = &controller->scalable;
    simtime warmup = warmup_of(world, controller, policy);
    int64_t breach = breach_of(policy);
    struct scaling_view view = {
        .now = world->run->now,
        .running = scalable->verbs->running(world, scalable, warmup),
        .desired = scalable->verbs->desired(world, scalable),
        .scale_in_held_by = scalable->verbs->scale_in_held_by(world, scalable, warmup),
        .scale_out_held_by = scalable->verbs->scale_out_held_by(world, scalable),
        .metric = points_of(policy),
        .last_out_at = policy->last_out_at,
        .last_in_at = policy->last_in_at,
        .last_out_by = policy->last_out_by,
        .last_out_from = policy->last_out_from,
        .out_at = controller->out_at,
        .fired = policy->fired_by && breach != ABSENT,
        .breach = breach,
        .idle_since = scalable->verbs->idle_since(world, scalable),
        .forecast = policy->forecaster ? forecaster_capacity(world, policy->forecaster) : ABSENT,
    };
    scalable->verbs->limits(world, scalable, &view.least, &view.most);
    return view;
}

static struct scaling_answer ask(const struct world *world, const struct scaling_controller *controller,
                                 const struct scaling_policy *policy)
{
    struct scaling_view view = view_of(world, controller, policy);
    const struct scaling_policy_verbs *verbs = policy->settings->policy.variant->verbs;
    return verbs->answer(policy->settings->policy.settings, &view);
}

/* --- what is done ------------------------------------------------------------------------------ */

static void add_cause(struct text *cause, const struct scaling_policy *policy,
                      const struct scaling_answer *answer)
{
    const char *name = policy->settings->name;
    const struct alarm *behind = answer->high == ALARM_ALARM ? policy->high : policy->low;
    const struct alarm *alarm = policy->fired_by ? policy->fired_by : behind;
    if (alarm)
        text_add_format(cause, "monitor alarm %s in state ALARM triggered policy %s", alarm->name, name);
    else
        text_add_format(cause, "forecast of policy %s", name);
}

/* `cause` is its cause's, for as long as it is told. */
static struct scaling_activity activity_of(const struct scaling_controller *controller,
                                           const struct scaling_policy *policy,
                                           const struct scaling_answer *answer, struct text *cause)
{
    add_cause(cause, policy, answer);
    return (struct scaling_activity){
        .scalable = &controller->scalable, .policy = policy->settings->name, .cause = cause->bytes};
}

static void remember(struct scaling_controller *controller, struct scaling_policy *policy, simtime now,
                     bool out, const struct scaling_answer *answer)
{
    policy->told = WHY_OK;
    if (!out) {
        policy->last_in_at = now;
        return;
    }
    controller->out_at = policy->last_out_at = now;
    policy->last_out_by = answer->added;
    policy->last_out_from = answer->from;
}

static void carry_out(struct world *world, struct scaling_controller *controller,
                      struct scaling_policy *policy, const struct scaling_answer *answer, int64_t desired)
{
    struct scalable *scalable = &controller->scalable;
    struct text cause = {0};
    struct scaling_activity activity = activity_of(controller, policy, answer, &cause);
    activity.from = scalable->verbs->desired(world, scalable);
    activity.to = desired;
    if (scaling_carry_out(world, scalable, &activity, scaling_why_names[answer->why]))
        remember(controller, policy, world->run->now, desired > activity.from, answer);
    text_free(&cause);
}

static void say_why_not(struct world *world, const struct scaling_controller *controller,
                        struct scaling_policy *policy, const struct scaling_answer *answer)
{
    if (!scaling_reason_is_news(answer->why, &policy->told))
        return;
    struct text cause = {0};
    struct scaling_activity activity = activity_of(controller, policy, answer, &cause);
    activity.from = answer->desired;
    activity.failed = true;
    activity.why = answer->why;
    row_scaling_activity(world, &activity);
    text_free(&cause);
}

/* As DescribeAlarms words it, without the values. */
static void turn(struct world *world, struct alarm *alarm, enum scaling_alarm state)
{
    static const char *const reasons[] = {
        [ALARM_INSUFFICIENT_DATA] = "Insufficient Data: too few datapoints",
        [ALARM_OK] = "Threshold Crossed: a datapoint does not breach the threshold",
        [ALARM_ALARM] = "Threshold Crossed: all datapoints breach the threshold",
    };
    if (alarm)
        alarm_turn(world, alarm, state, reasons[state]);
}

void scaling_decide(struct world *world, struct scaling_controller *controller)
{
    struct scaling_answer *answers = world->scaling->answers;
    const struct scalable *scalable = &controller->scalable;
    int64_t current = scalable->verbs->desired(world, scalable), chosen = current;
    for (size_t i = 0; i < controller->count; i++) {
        struct scaling_policy *policy = &controller->policies[i];
        answers[i] = ask(world, controller, policy);
        turn(world, policy->high, answers[i].high);
        turn(world, policy->low, answers[i].low);
        if (answers[i].desired == current)
            say_why_not(world, controller, policy, &answers[i]);
    }
    int winner = scaling_choose(answers, controller->count, current, &chosen);
    if (winner >= 0)
        carry_out(world, controller, &controller->policies[winner], &answers[winner], chosen);
}

/* --- for how long it holds ---------------------------------------------------------------------- */

static simtime policy_steady_until(const struct world *world, const struct scaling_controller *controller,
                                   const struct scaling_policy *policy, simtime from)
{
    const struct scalable *scalable = &controller->scalable;
    const struct scaling_policy_verbs *verbs = policy->settings->policy.variant->verbs;
    struct scaling_view view = view_of(world, controller, policy);
    simtime until =
        scalable->verbs->steady_until(world, scalable, warmup_of(world, controller, policy), from);
    if (verbs->steady_until)
        until = simtime_earlier(until, verbs->steady_until(policy->settings->policy.settings, &view, from));
    if (policy->forecaster)
        until = simtime_earlier(until, forecaster_steady_until(world, policy->forecaster, from));
    return until;
}

simtime scaling_decision_steady_until(const struct world *world, const struct scaling_controller *controller,
                                      simtime from)
{
    simtime until = SIMTIME_NEVER;
    for (size_t i = 0; i < controller->count; i++)
        until =
            simtime_earlier(until, policy_steady_until(world, controller, &controller->policies[i], from));
    return until;
}
