/* What ends a deployment before its time: the circuit breaker, alarms, early success; and the alarms section,
 * with the actions of the timeline that belong here. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *const threshold_types[] = {"BOUNDED_PERCENT", "UNBOUNDED_PERCENT", "COUNT", NULL};
static const char *const cleanups[] = {
    [CLEANUP_BLOCKING] = "BLOCKING", [CLEANUP_DEFERRED] = "DEFERRED", NULL};
const char *const stop_type_names[] = {[STOP_ROLLBACK] = "ROLLBACK", [STOP_ABORT] = "ABORT", NULL};

/* --- the circuit breaker ---------------------------------------------------------------------- */

#define OF struct threshold_settings
static const struct param threshold_params[] = {
    ROW("type", CHOICE, type,
        "BOUNDED_PERCENT of the desired count, at least 3 and at most 200 tasks; UNBOUNDED_PERCENT; or COUNT",
        DEFAULT("BOUNDED_PERCENT"), ONE_OF(threshold_types)),
    ROW("value", INTEGER, value, "percent, rounded up, or tasks", REQUIRED, RANGE(1, MOST_COUNT)),
    PARAM_END,
};
#undef OF

static const struct shape threshold_shape = {
    .name = "threshold of the circuit breaker",
    .size = sizeof(struct threshold_settings),
    .params = threshold_params,
};

#define OF struct circuit_breaker_settings
static const struct param circuit_breaker_params[] = {
    ROW("enable", FLAG, enable, "whether failing tasks end a deployment"),
    ROW("rollback", FLAG, rollback, "whether a deployment that it has failed is rolled back"),
    ROW("resetOnHealthyTask", FLAG, resets_on_healthy_task,
        "whether a task that becomes healthy ends the count [API:DeploymentCircuitBreaker]", DEFAULT("true")),
    ROW_OPTIONAL("thresholdConfiguration", threshold, struct threshold_settings, threshold_shape,
                 "failures that end it (default: BOUNDED_PERCENT 50 [API:ThresholdConfiguration])"),
    PARAM_END,
};
#undef OF

const struct shape circuit_breaker_shape = {
    .name = "deployment circuit breaker",
    .size = sizeof(struct circuit_breaker_settings),
    .params = circuit_breaker_params,
};

/* --- alarms ----------------------------------------------------------------------------------- */

#define OF struct alarm_name_settings
static const struct param alarm_name_params[] = {
    ROW("alarmName", REFERENCE, name, "one of `alarms`", REQUIRED, IN("alarms")),
    PARAM_END,
};
#undef OF

const struct shape alarm_name_shape = {
    .name = "name of an alarm",
    .size = sizeof(struct alarm_name_settings),
    .params = alarm_name_params,
    .shorthand = "alarmName",
};

#define OF struct deployment_alarms_settings
static const struct param deployment_alarms_params[] = {
    ROW_LIST("alarmNames", alarm_names, alarm_name_shape,
             "any of these that goes to ALARM ends the deployment"),
    ROW("enable", FLAG, enable, "whether alarms end a deployment"),
    ROW("rollback", FLAG, rollback, "whether a deployment that one has failed is rolled back"),
    PARAM_END,
};
#undef OF

const struct shape deployment_alarms_shape = {
    .name = "deployment alarms",
    .size = sizeof(struct deployment_alarms_settings),
    .params = deployment_alarms_params,
};

#define OF struct set_alarm_state_settings
static const struct param set_alarm_state_params[] = {
    ROW("alarmName", REFERENCE, alarm, "one of `alarms`", REQUIRED, IN("alarms")),
    ROW("stateValue", CHOICE, state, "its state from now on", REQUIRED, ONE_OF(alarm_state_names)),
    ROW("stateReason", TEXT, reason, "why"),
    PARAM_END,
};
#undef OF

const struct shape set_alarm_state_shape = {
    .name = "setAlarmState",
    .size = sizeof(struct set_alarm_state_settings),
    .params = set_alarm_state_params,
};

/* --- early success ---------------------------------------------------------------------------- */

#define OF struct early_success_settings
static const struct param early_success_params[] = {
    ROW("enable", FLAG, enable, "whether a deployment may complete early"),
    ROW("healthyPercent", INTEGER, healthy_percent,
        "percent of the desired count, rounded up, whose health completes it (default: a choice, all of "
        "them)",
        DEFAULT("100"), RANGE(0, 100)),
    ROW("sourceServiceRevisionCleanup", CHOICE, cleanup,
        "BLOCKING: the older tasks must be gone first; DEFERRED: they go afterwards (default: a choice, as "
        "without early success)",
        DEFAULT("BLOCKING"), ONE_OF(cleanups)),
    PARAM_END,
};
#undef OF

const struct shape early_success_shape = {
    .name = "early success criteria",
    .size = sizeof(struct early_success_settings),
    .params = early_success_params,
};

void settings_check_early_success(struct mistakes *mistakes, const struct early_success_settings *early,
                                  int64_t least)
{
    if (early && early->enable && least != ABSENT && early->healthy_percent < least)
        mistake(mistakes, early, "healthyPercent",
                "InvalidParameterException: healthyPercent must be between minimumHealthyPercent (%" PRId64
                ") and 100",
                least);
}

/* --- StopServiceDeployment -------------------------------------------------------------------- */

#define OF struct stop_service_deployment_settings
static const struct param stop_service_deployment_params[] = {
    ROW("serviceDeploymentArn", TEXT, service_deployment,
        "`web/2`, as service-deployments.csv names it; a service alone means the one under way", REQUIRED),
    ROW("stopType", CHOICE, stop_type,
        "ROLLBACK, whether or not the service is configured for it, or ABORT [DG:stop-service-deployment]",
        DEFAULT("ROLLBACK"), ONE_OF(stop_type_names)),
    PARAM_END,
};
#undef OF

/* 0, which no deployment has, where the text is not digits alone. */
static int64_t number_of(const char *text)
{
    return text[strspn(text, "0123456789")] ? 0 : strtoll(text, NULL, 10);
}

/* "…:service-deployment/CLUSTER/SERVICE/ID", "SERVICE/ID" or "SERVICE". */
static void derive_service(struct arena *arena, struct stop_service_deployment_settings *stop)
{
    const char *name = stop->service_deployment;
    const char *cluster = strstr(name, ":service-deployment/");
    if (cluster)
        name = strchr(cluster, '/') + 1 + strcspn(strchr(cluster, '/') + 1, "/");
    name += *name == '/';
    size_t length = strcspn(name, "/");
    stop->service = arena_copy(arena, name, length);
    stop->number = name[length] ? number_of(name + length + 1) : ABSENT;
}

static void check_stop_service_deployment(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct stop_service_deployment_settings *stop = object;
    const char *nearest;
    if (!stop->service_deployment)
        return;
    derive_service(mistakes_arena(mistakes), stop);
    if (!collection_has(mistakes, "services", stop->service, &nearest))
        mistake(mistakes, stop, "serviceDeploymentArn", "`%s` is not among the services%s%s%s", stop->service,
                nearest ? "; did you mean `" : "", nearest ? nearest : "", nearest ? "`?" : "");
}

const struct shape stop_service_deployment_shape = {
    .name = "stopServiceDeployment",
    .size = sizeof(struct stop_service_deployment_settings),
    .params = stop_service_deployment_params,
    .check = check_stop_service_deployment,
};
