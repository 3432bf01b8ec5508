/* deploymentConfiguration: what belongs to BLUE_GREEN, LINEAR and CANARY, and the call that continues them.
 */
#include "models/settings/tables.h"
#include <strings.h>

enum { TENTH = MILLION / 10 };

const char *const deployment_strategies[] = {
    [STRATEGY_UNCHANGED] = "",    [STRATEGY_ROLLING] = "ROLLING", [STRATEGY_BLUE_GREEN] = "BLUE_GREEN",
    [STRATEGY_LINEAR] = "LINEAR", [STRATEGY_CANARY] = "CANARY",   NULL};

const char *const lifecycle_stage_names[] = {
    [STAGE_RECONCILE_SERVICE] = "RECONCILE_SERVICE",
    [STAGE_PRE_SCALE_UP] = "PRE_SCALE_UP",
    [STAGE_SCALE_UP] = "SCALE_UP",
    [STAGE_POST_SCALE_UP] = "POST_SCALE_UP",
    [STAGE_TEST_TRAFFIC_SHIFT] = "TEST_TRAFFIC_SHIFT",
    [STAGE_POST_TEST_TRAFFIC_SHIFT] = "POST_TEST_TRAFFIC_SHIFT",
    [STAGE_PRE_PRODUCTION_TRAFFIC_SHIFT] = "PRE_PRODUCTION_TRAFFIC_SHIFT",
    [STAGE_PRODUCTION_TRAFFIC_SHIFT] = "PRODUCTION_TRAFFIC_SHIFT",
    [STAGE_POST_PRODUCTION_TRAFFIC_SHIFT] = "POST_PRODUCTION_TRAFFIC_SHIFT",
    [STAGE_BAKE_TIME] = "BAKE_TIME",
    [STAGE_CLEAN_UP] = "CLEAN_UP",
    [STAGE_COUNT] = NULL,
};

const char *const hook_target_types[] = {[HOOK_AWS_LAMBDA] = "AWS_LAMBDA", [HOOK_PAUSE] = "PAUSE", NULL};
const char *const hook_actions[] = {
    [HOOK_ACTION_ROLLBACK] = "ROLLBACK", [HOOK_ACTION_CONTINUE] = "CONTINUE", NULL};
static const char *const outcomes[] = {"SUCCEEDED", "FAILED", NULL};

/* --- steps ------------------------------------------------------------------------------------ */

#define OF struct linear_configuration_settings
static const struct param linear_configuration_params[] = {
    ROW("stepPercent", NUMBER, step_percent,
        "percent of the production traffic in each step, in tenths (default: 10.0 [API:LinearConfiguration])",
        RANGE(3 * MILLION, 100 * MILLION)),
    ROW("stepBakeTimeInMinutes", DURATION, step_bake_time,
        "minutes between steps, none after the last (default: 6 [API:LinearConfiguration])",
        MINUTES(0, 1440)),
    PARAM_END,
};
#undef OF

static void check_tenths(struct mistakes *mistakes, const void *object, const char *key, int64_t percent)
{
    if (percent != ABSENT && percent % TENTH)
        mistake(mistakes, object, key, "a percentage of traffic has at most one decimal");
}

static void check_linear(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct linear_configuration_settings *linear = object;
    check_tenths(mistakes, linear, "stepPercent", linear->step_percent);
}

const struct shape linear_configuration_shape = {
    .name = "linear configuration",
    .size = sizeof(struct linear_configuration_settings),
    .params = linear_configuration_params,
    .check = check_linear,
};

#define OF struct canary_configuration_settings
static const struct param canary_configuration_params[] = {
    ROW("canaryPercent", NUMBER, canary_percent,
        "percent of the production traffic that goes first, in tenths (default: 5.0 "
        "[API:CanaryConfiguration])",
        RANGE(TENTH, 100 * MILLION)),
    ROW("canaryBakeTimeInMinutes", DURATION, canary_bake_time,
        "minutes until the rest follows (default: 10 [API:CanaryConfiguration])", MINUTES(0, 1440)),
    PARAM_END,
};
#undef OF

static void check_canary(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct canary_configuration_settings *canary = object;
    check_tenths(mistakes, canary, "canaryPercent", canary->canary_percent);
}

const struct shape canary_configuration_shape = {
    .name = "canary configuration",
    .size = sizeof(struct canary_configuration_settings),
    .params = canary_configuration_params,
    .check = check_canary,
};

/* --- hooks ------------------------------------------------------------------------------------ */

#define OF struct hook_timeout_settings
static const struct param hook_timeout_params[] = {
    ROW("timeoutInMinutes", DURATION, timeout, "minutes for which it may take [API:DeploymentLifecycleHook]",
        DEFAULT("1440"), MINUTES(1, 20160)),
    ROW("action", CHOICE, action, "what happens then: ROLLBACK or CONTINUE [API:DeploymentLifecycleHook]",
        DEFAULT("ROLLBACK"), ONE_OF(hook_actions)),
    PARAM_END,
};
#undef OF

static const struct shape hook_timeout_shape = {
    .name = "timeout of a lifecycle hook",
    .size = sizeof(struct hook_timeout_settings),
    .params = hook_timeout_params,
};

#define OF struct hook_simulation_settings
static const struct param hook_simulation_params[] = {
    PARAM_DIST("after", OF, after, NULL,
               "from its call until the function has its final answer (default: at once), or until somebody "
               "answers a PAUSE (default: nobody does but continueServiceDeployment)"),
    ROW("outcome", TEXTS, outcomes,
        "SUCCEEDED or FAILED, which rolls back: of each of its calls in a deployment in turn, the last of "
        "them ever after",
        DEFAULT("SUCCEEDED"), COMMAS),
    PARAM_END,
};
#undef OF

static bool is_outcome(const char *text)
{
    for (const char *const *outcome = outcomes; *outcome; outcome++)
        if (!strcasecmp(*outcome, text))
            return true;
    return false;
}

static void check_hook_simulation(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    const struct hook_simulation_settings *simulation = object;
    EACH_TEXT(outcome, simulation->outcomes) {
        if (!is_outcome(*outcome))
            mistake(mistakes, simulation, "outcome", "`%s` is neither SUCCEEDED nor FAILED", *outcome);
    }
}

static const struct shape hook_simulation_shape = {
    .name = "simulation of a lifecycle hook",
    .size = sizeof(struct hook_simulation_settings),
    .params = hook_simulation_params,
    .check = check_hook_simulation,
};

#define OF struct lifecycle_hook_settings
static const struct param lifecycle_hook_params[] = {
    ROW("hookTargetArn", TEXT, target, "the Lambda function that is asked"),
    ROW("targetType", CHOICE, target_type,
        "AWS_LAMBDA, or PAUSE: waits for continueServiceDeployment [API:DeploymentLifecycleHook]",
        DEFAULT("AWS_LAMBDA"), ONE_OF(hook_target_types)),
    ROW("lifecycleStages", TEXTS, stage_names,
        "stages at which it is called, any but SCALE_UP, BAKE_TIME and CLEAN_UP",
        .flags = PARAM_REQUIRED | PARAM_COMMA),
    ROW_STRUCT("timeoutConfiguration", timeout, struct hook_timeout_settings, hook_timeout_shape,
               "what happens if it does not answer"),
    ROW_STRUCT("simulation", simulation, struct hook_simulation_settings, hook_simulation_shape,
               "how it answers, which AWS cannot know"),
    PARAM_END,
};
#undef OF

/* STAGE_COUNT: none of this name. */
static enum lifecycle_stage stage_named(const char *name)
{
    int stage = 0;
    while (stage < STAGE_COUNT && strcasecmp(lifecycle_stage_names[stage], name) != 0)
        stage++;
    return (enum lifecycle_stage)stage;
}

/* [API:DeploymentLifecycleHook.lifecycleStages] */
static const char *why_no_hook(enum lifecycle_stage stage, int target_type)
{
    if (stage == STAGE_SCALE_UP || stage == STAGE_BAKE_TIME || stage == STAGE_CLEAN_UP)
        return "takes no hook";
    if (target_type == HOOK_PAUSE &&
        (stage == STAGE_TEST_TRAFFIC_SHIFT || stage == STAGE_PRODUCTION_TRAFFIC_SHIFT))
        return "takes no PAUSE hook";
    return stage == STAGE_COUNT ? "is no lifecycle stage" : NULL;
}

static void check_hook(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct lifecycle_hook_settings *hook = object;
    if (hook->target_type == HOOK_AWS_LAMBDA && !hook->target)
        mistake(mistakes, hook, NULL, "an AWS_LAMBDA hook has a hookTargetArn");
    EACH_TEXT(name, hook->stage_names) {
        enum lifecycle_stage stage = stage_named(*name);
        const char *why = why_no_hook(stage, hook->target_type);
        if (why)
            mistake(mistakes, hook, "lifecycleStages", "`%s` %s", *name, why);
        hook->stages |= 1U << stage;
    }
}

const struct shape lifecycle_hook_shape = {
    .name = "lifecycle hook",
    .size = sizeof(struct lifecycle_hook_settings),
    .params = lifecycle_hook_params,
    .check = check_hook,
};

/* --- all of it -------------------------------------------------------------------------------- */

static void check_hook_count(struct mistakes *mistakes,
                             const struct deployment_configuration_settings *configuration, int target_type)
{
    int count = 0;
    EACH(struct lifecycle_hook_settings, hook, configuration->lifecycle_hooks)
        count += hook->target_type == target_type;
    if (count > MOST_HOOKS_OF_TYPE)
        mistake(mistakes, configuration, "lifecycleHooks", "%d %s hooks; a service has at most %d", count,
                hook_target_types[target_type], MOST_HOOKS_OF_TYPE);
}

static void check_belongs(struct mistakes *mistakes,
                          const struct deployment_configuration_settings *configuration, const char *key,
                          bool given, int strategy)
{
    if (given && configuration->strategy != STRATEGY_UNCHANGED && configuration->strategy != strategy)
        mistake(mistakes, configuration, key, "%s belongs to strategy %s, and this is %s", key,
                deployment_strategies[strategy], deployment_strategies[configuration->strategy]);
}

void settings_check_strategy(struct mistakes *mistakes,
                             const struct deployment_configuration_settings *configuration)
{
    const struct linear_configuration_settings *linear = &configuration->linear;
    const struct canary_configuration_settings *canary = &configuration->canary;
    if (configuration->strategy == STRATEGY_BLUE_GREEN && configuration->bake_time == ABSENT)
        mistake(mistakes, configuration, "strategy", "BLUE_GREEN needs bakeTimeInMinutes");
    check_belongs(mistakes, configuration, "linearConfiguration",
                  linear->step_percent != ABSENT || linear->step_bake_time != ABSENT, STRATEGY_LINEAR);
    check_belongs(mistakes, configuration, "canaryConfiguration",
                  canary->canary_percent != ABSENT || canary->canary_bake_time != ABSENT, STRATEGY_CANARY);
    check_hook_count(mistakes, configuration, HOOK_AWS_LAMBDA);
    check_hook_count(mistakes, configuration, HOOK_PAUSE);
}

/* --- continuing ------------------------------------------------------------------------------- */

#define OF struct continue_service_deployment_settings
static const struct param continue_service_deployment_params[] = {
    ROW("service", REFERENCE, service, "service whose deployment waits, for AWS's serviceDeploymentArn",
        REQUIRED, IN("services"), ALIAS("serviceName")),
    ROW("hookId", TEXT, hook_id, "the hook that is answered (default: every one that awaits an action)"),
    ROW("action", CHOICE, action, "CONTINUE or ROLLBACK [API:ContinueServiceDeploymentRequest]",
        DEFAULT("CONTINUE"), ONE_OF(hook_actions)),
    PARAM_END,
};
#undef OF

const struct shape continue_service_deployment_shape = {
    .name = "continueServiceDeployment",
    .size = sizeof(struct continue_service_deployment_settings),
    .params = continue_service_deployment_params,
};
