/* What people do to a deployment and to its alarms, as AWS answers it. */
#include "models/ecs/deployment/deployment_failure.h"
#include "models/ecs/deployment/service_deployment.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/scaling/scaling_controller.h"
#include "models/ecs/service/service.h"
#include "models/ecs/timeline.h"
#include <string.h>

/* --- StopServiceDeployment -------------------------------------------------------------------- */

static void stop_service_deployment_ask(const void *settings, struct json *request)
{
    const struct stop_service_deployment_settings *stop = settings;
    json_string(request, "serviceDeploymentArn", stop->service_deployment);
    json_string(request, "stopType", stop_type_names[stop->stop_type]);
}

/* The PRIMARY is carried by the one that is under way, or by the last. */
static bool is_meant(const struct deployment *primary, const struct stop_service_deployment_settings *stop)
{
    char name[300];
    snprintf(name, sizeof name, "%s/%ld", stop->service, (long)stop->number);
    return stop->number == ABSENT || !strcmp(primary->service_deployment->name, name);
}

static const char *stop_service_deployment_play(struct world *world, const void *settings, rng_key draw,
                                                struct json *response)
{
    const struct stop_service_deployment_settings *stop = settings;
    struct service *service = service_find(world, stop->service);
    (void)draw;
    if (!service || !is_meant(service->primary, stop))
        return "ServiceDeploymentNotFoundException: The service deployment was not found.";
    const struct service_deployment *record = service->primary->service_deployment;
    if (service->primary->state != STATE_IN_PROGRESS || service_deployment_rolls_back(record))
        return "ConflictException: The service deployment is not in progress.";
    json_string(response, "serviceDeploymentArn", record->name);
    deployment_stop(world, service->primary, stop->stop_type == STOP_ROLLBACK);
    return NULL;
}

const struct action_verbs stop_service_deployment_action = {stop_service_deployment_ask,
                                                            stop_service_deployment_play};

/* --- SetAlarmState ---------------------------------------------------------------------------- */

static void set_alarm_state_ask(const void *settings, struct json *request)
{
    const struct set_alarm_state_settings *set = settings;
    json_string(request, "alarmName", set->alarm);
    json_string(request, "stateValue", alarm_state_names[set->state]);
    if (set->reason)
        json_string(request, "stateReason", set->reason);
}

static const char *set_alarm_state_play(struct world *world, const void *settings, rng_key draw,
                                        struct json *response)
{
    const struct set_alarm_state_settings *set = settings;
    (void)draw;
    (void)response; /* AWS answers with nothing [API cloudwatch:SetAlarmState] */
    struct alarm *alarm = alarm_find(world, set->alarm);
    alarm_turn(world, alarm, (enum scaling_alarm)set->state, set->reason);
    scaling_alarm_set(world, alarm);
    return NULL;
}

const struct action_verbs set_alarm_state_action = {set_alarm_state_ask, set_alarm_state_play};
