#include "models/ecs/deployment/deployment_failure.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/deployment/service_deployment.h"
#include "models/ecs/deployment/staged_deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/metric/alarm.h"
#include "models/ecs/results/history.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_messages.h"
#include "models/ecs/service/service_placement.h"

/* --- what is watched -------------------------------------------------------------------------- */

void failure_detection_set(struct service *service,
                           const struct deployment_configuration_settings *configuration)
{
    if (configuration->circuit_breaker)
        service->circuit_breaker = configuration->circuit_breaker;
    if (configuration->alarms)
        service->deployment_alarms = configuration->alarms;
    if (configuration->early_success)
        service->early_success = configuration->early_success;
    if (configuration->bake_time != ABSENT)
        service->bake_time = configuration->bake_time;
}

/* An alarm that is in ALARM already switches alarms off for all of this deployment.
 * [DG:deployment-alarm-failure] */
void failure_detection_begin(const struct world *world, struct deployment *deployment)
{
    deployment->ignores_alarms = alarms_any_in_alarm(world, deployment->service->deployment_alarms);
    deployment->breaker = (struct circuit_breaker){0};
    deployment->tripped = TRIP_NOT;
    deployment->bakes_until = 0;
}

bool deployment_watches_alarms(const struct deployment *deployment)
{
    const struct deployment_alarms_settings *alarms = deployment->service->deployment_alarms;
    return deployment->state == STATE_IN_PROGRESS && alarms && alarms->enable && !deployment->ignores_alarms;
}

bool circuit_breaker_is_on(const struct service *service)
{
    return service->circuit_breaker && service->circuit_breaker->enable && !service->primary->staged;
}

void deployment_trips(struct deployment *deployment, enum trip trip)
{
    if (deployment->state == STATE_IN_PROGRESS && !deployment->tripped)
        deployment->tripped = trip;
}

void deployment_counts(struct deployment *deployment, enum task_outcome outcome)
{
    const struct service *service = deployment->service;
    if (!circuit_breaker_is_on(service))
        return;
    circuit_breaker_count(&deployment->breaker, outcome, service->circuit_breaker->resets_on_healthy_task);
    if (deployment->breaker.failures >=
        circuit_breaker_threshold(service->circuit_breaker->threshold, service->desired_count))
        deployment_trips(deployment, TRIP_CIRCUIT_BREAKER);
}

/* --- what is said ----------------------------------------------------------------------------- */

/* Of one failure, in the places where ECS tells of it. Its own words for a circuit breaker and for an alarm
 * are observed; the service event and the EventBridge event differ by a letter. The others are a choice. */
struct failure_words {
    const char *message; /* service event, after "deployment failed: " */
    const char *event;   /* EventBridge */
    const char *reason;  /* rolloutStateReason */
    const char *method;  /* of the rollback's rolloutStateReason */
};

static const struct failure_words words_of_trip[] = {
    [TRIP_CIRCUIT_BREAKER] = {"tasks failed to start.",
                              "ECS deployment circuit breaker: task failed to start.",
                              "ECS deployment circuit breaker: tasks failed to start.",
                              "ECS deployment circuit breaker"},
    [TRIP_ALARM] = {"alarm detected.", "ECS deployment alarms: alarm detected.",
                    "ECS deployment alarms: alarm detected.", "ECS deployment alarms"},
    [TRIP_IMAGE_DIGEST] = {"image digests could not be resolved.",
                           "ECS deployment circuit breaker: image digests could not be resolved.",
                           "ECS deployment circuit breaker: image digests could not be resolved.",
                           "ECS deployment circuit breaker"},
};

static void say_failed(struct world *world, struct deployment *deployment, const struct failure_words *words)
{
    service_say(world, deployment->service, SAYS_FAILED, deployment->name, words->message);
    event_deployment_changed(world, deployment, "ERROR", "SERVICE_DEPLOYMENT_FAILED", words->event);
    row_mark(world, deployment->service->name, "event", "failed");
    history_deployment_ends(world, deployment->service);
}

static void say_rolling_back(struct world *world, struct deployment *target)
{
    service_say(world, target->service, SAYS_ROLLING_BACK, target->name);
    event_deployment_changed(world, target, "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS", target->state_reason);
}

/* --- rolling back ----------------------------------------------------------------------------- */

static struct deployment *rollback_target(const struct service *service)
{
    struct deployment *last = service->completed;
    return last && last->state == STATE_COMPLETED ? last : NULL;
}

static void move_to_front(struct service *service, struct deployment *deployment)
{
    struct deployment **link = &service->primary;
    while (*link != deployment)
        link = &(*link)->older;
    *link = deployment->older;
    deployment->older = service->primary;
    service->primary = deployment;
}

/* From here on it is a deployment like any other, even if it once came with the service. Its revision has
 * run: no digest is left to find, and no failed starts of long ago hold it back. */
static void bring_back(struct world *world, struct deployment *target, const char *reason)
{
    struct service *service = target->service;
    target->status = DEPLOYMENT_PRIMARY;
    target->state = STATE_IN_PROGRESS;
    target->state_reason = reason;
    target->service_deployment = service->primary->service_deployment;
    target->creates_service = false;
    target->desired = service->desired_count;
    service->registrations = target->registrations;
    service->registration_count = target->registration_count;
    service->strategy = target->strategy;
    target->digest = (struct image_digest){.pinned = target->digest.pinned};
    target->failed = target->impaired = target->attempts = 0;
    target->launch_not_before = 0;
    target->touched = true;
    failure_detection_begin(world, target);
}

static void roll_back(struct world *world, struct deployment *failed, struct deployment *target,
                      const struct failure_words *words)
{
    staged_deployment_rolls_back(world, failed, target);
    bring_back(
        world, target,
        arena_format(world->arena, "%s: rolling back to deploymentId %s.", words->method, target->name));
    deployment_becomes_active(failed);
    move_to_front(failed->service, target);
    service_look_at_hosts(world, failed->service); /* its revision may have other constraints */
    run_decide(world->run, &(struct decision){DECISION_ROLL_BACK, 0, failed->service->who, target->ref});
    say_rolling_back(world, target);
}

/* --- failing ---------------------------------------------------------------------------------- */

/* Of a rollback there is no rollback: while it is under way nothing is COMPLETED. */
static enum service_deployment_status status_after(const struct deployment *failed, bool rolls_back)
{
    if (service_deployment_rolls_back(failed->service_deployment))
        return SERVICE_DEPLOYMENT_ROLLBACK_FAILED;
    if (!rolls_back)
        return SERVICE_DEPLOYMENT_STOP_REQUESTED;
    return rollback_target(failed->service) ? SERVICE_DEPLOYMENT_ROLLBACK_REQUESTED
                                            : SERVICE_DEPLOYMENT_ROLLBACK_FAILED;
}

static void fail(struct world *world, struct deployment *deployment, const struct failure_words *words,
                 bool rolls_back)
{
    struct service *service = deployment->service;
    struct deployment *target = rollback_target(service);
    CHECK(deployment == service->primary && deployment->state == STATE_IN_PROGRESS);
    deployment->state = STATE_FAILED;
    deployment->state_reason = words->reason;
    deployment->touched = true;
    index_set_add(&world->touched_services, service->index);
    say_failed(world, deployment, words);
    service_deployment_set(world, deployment, status_after(deployment, rolls_back), words->reason);
    if (rolls_back && target)
        roll_back(world, deployment, target, words);
    service_wake(world, service);
}

void deployment_fail(struct world *world, struct deployment *deployment, const char *reason, bool rolls_back)
{
    fail(world, deployment, &(struct failure_words){reason, reason, reason, "ECS deployment"}, rolls_back);
}

void deployment_stop(struct world *world, struct deployment *deployment, bool rolls_back)
{
    deployment_fail(world, deployment, "Service deployment stopped by user.", rolls_back);
}

static bool trip_rolls_back(const struct service *service, enum trip trip)
{
    return trip == TRIP_ALARM ? service->deployment_alarms->rollback : service->circuit_breaker->rollback;
}

bool deployment_look_at_failure(struct world *world, struct service *service)
{
    struct deployment *primary = service->primary;
    if (!primary->tripped || primary->state != STATE_IN_PROGRESS)
        return false;
    fail(world, primary, &words_of_trip[primary->tripped], trip_rolls_back(service, primary->tripped));
    return true;
}
