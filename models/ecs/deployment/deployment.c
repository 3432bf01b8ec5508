#include "models/ecs/deployment/deployment.h"
#include "models/ecs/deployment/deployment_failure.h"
#include "models/ecs/deployment/service_deployment.h"
#include "models/ecs/deployment/staged_deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/image/pull_parts.h"
#include "models/ecs/results/history.h"
#include "models/ecs/results/rows.h"
#include "models/ecs/service/launch_backoff.h"
#include "models/ecs/service/percentage.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_messages.h"
#include "models/ecs/service/service_placement.h"

const char *const deployment_status_names[] = {
    [DEPLOYMENT_PRIMARY] = "PRIMARY", [DEPLOYMENT_ACTIVE] = "ACTIVE", [DEPLOYMENT_INACTIVE] = "INACTIVE"};
const char *const rollout_state_names[] = {
    [STATE_IN_PROGRESS] = "IN_PROGRESS", [STATE_COMPLETED] = "COMPLETED", [STATE_FAILED] = "FAILED"};

/* --- begin and end ---------------------------------------------------------------------------- */

/* What it loses from now on it brings back, and no more. */
void deployment_becomes_active(struct deployment *deployment)
{
    deployment->status = DEPLOYMENT_ACTIVE;
    deployment->desired = deployment->alive;
    deployment->touched = true;
}

struct deployment *deployment_begin(struct world *world, struct service *service,
                                    const struct task_definition *definition)
{
    pool_ref ref;
    struct deployment *deployment = pool_take(&world->deployments, &ref);
    *deployment = (struct deployment){
        .ref = ref,
        .number = ++service->deployments_created,
        .service = service,
        .definition = definition,
        .strategy = service->strategy,
        .platform_version = service->configuration[CONFIGURATION_PLATFORM_VERSION],
        .registrations = service->registrations,
        .registration_count = service->registration_count,
        .desired = service->desired_count,
        .traffic_permille = ABSENT,
        .digest.unresolved = image_digest_needed(definition->settings),
        .touched = true,
        .losable = placement_tally_take(world->placement),
        .older = service->primary,
    };
    deployment->name = arena_format(world->arena, "ecs-svc/%ld", (long)deployment->number);
    deployment->state_reason = arena_format(world->arena, "ECS deployment %s in progress.", deployment->name);
    if (service->primary) {
        service_deployment_superseded(world, service->primary);
        deployment_becomes_active(service->primary);
    }
    failure_detection_begin(world, deployment);
    service_deployment_begin(world, deployment);
    service->primary = deployment;
    service->message_at[MESSAGE_START_IMPAIRED] = SIMTIME_NEVER; /* what failed was another's */
    service_look_at_hosts(world, service);
    index_set_add(&world->touched_services, service->index);
    run_decide(world->run, &(struct decision){DECISION_DEPLOY, 0, service->who, ref});
    return deployment;
}

void deployment_announce(struct world *world, struct deployment *deployment)
{
    struct service *service = deployment->service;
    event_deployment_changed(world, deployment, "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS",
                             deployment->state_reason);
    if (!deployment->creates_service) {
        row_mark(world, service->name, "change", deployment->definition->name);
        history_deployment_begins(world, service);
    }
    staged_deployment_begin(world, deployment);
    service_wake(world, service);
}

bool service_deploys(const struct service *service)
{
    return service->exists && service->primary->state == STATE_IN_PROGRESS;
}

/* Completes before all of its tasks are healthy. At least one must be, however small the percentage.
 * [DG:early-success-criteria] */
static bool is_early(const struct deployment *primary)
{
    const struct early_success_settings *early = primary->service->early_success;
    return early && early->enable && primary->healthy > 0 &&
           primary->healthy >= percent_rounded_up(primary->desired, early->healthy_percent);
}

static bool is_whole(const struct deployment *primary)
{
    return primary->alive == primary->desired && primary->healthy == primary->desired;
}

static bool source_is_gone(const struct deployment *primary)
{
    for (const struct deployment *each = primary->older; each; each = each->older)
        if (each->alive || each->stopping)
            return false;
    return true;
}

/* The bake time begins when this is first asked, and is over in its time whatever happens meanwhile (AWS does
 * not say). [DG:deployment-alarm-failure] */
static bool has_baked(struct world *world, struct deployment *primary)
{
    const struct service *service = primary->service;
    if (!deployment_watches_alarms(primary) || primary->staged) /* which has a stage for it */
        return true;
    if (!primary->bakes_until) {
        simtime time = given_or(service->bake_time, world->settings->timing.deployment_bake);
        primary->bakes_until = world->run->now + time;
        run_schedule(world->run, primary->bakes_until, PHASE_CONTROL, EVENT_SERVICE_TIMER, service->index, 1);
    }
    return world->run->now >= primary->bakes_until;
}

/* Without early success: all of the target healthy, nothing of the source left, then the bake time. With it:
 * enough of the target healthy, the bake time, and then the source is gone, unless its cleanup is DEFERRED.
 * That ECS gives the cleanup up after two weeks is not modelled: protection, for at most two days, cannot
 * hold it so long. [DG:early-success-criteria] */
static bool is_complete(struct world *world, struct deployment *primary)
{
    bool early = is_early(primary);
    bool gone = source_is_gone(primary);
    if (primary->state != STATE_IN_PROGRESS || !staged_deployment_may_complete(primary) ||
        !(early || (gone && is_whole(primary))))
        return false;
    return has_baked(world, primary) &&
           (gone || primary->service->early_success->cleanup == CLEANUP_DEFERRED);
}

void deployment_assume_completed(struct service *service)
{
    struct deployment *primary = service->primary;
    primary->state = STATE_COMPLETED;
    primary->digest.unresolved = false;
    primary->service_deployment->status = SERVICE_DEPLOYMENT_SUCCESSFUL;
    service->completed = primary;
}

static void complete(struct world *world, struct deployment *deployment)
{
    struct service *service = deployment->service;
    staged_deployment_end(world, service);
    bool rollback = service_deployment_rolls_back(deployment->service_deployment);
    deployment->state = STATE_COMPLETED;
    deployment->state_reason = arena_format(world->arena, "ECS deployment %s completed.", deployment->name);
    deployment->touched = true;
    service->completed = deployment;
    index_set_add(&world->touched_services, service->index);
    service_say(world, service, SAYS_COMPLETED, deployment->name);
    event_deployment_changed(world, deployment, "INFO", "SERVICE_DEPLOYMENT_COMPLETED",
                             deployment->state_reason);
    service_deployment_set(world, deployment,
                           rollback ? SERVICE_DEPLOYMENT_ROLLBACK_SUCCESSFUL : SERVICE_DEPLOYMENT_SUCCESSFUL,
                           deployment->state_reason);
    if (deployment->creates_service)
        return;
    service->deployments_completed += !rollback;
    row_mark(world, service->name, "event", rollback ? "rolled back" : "completed");
    history_deployment_ends(world, service);
}

/* One whose tasks were all lost stays as long as it is asked to bring them back. */
static void retire_older(struct world *world, struct service *service, bool complete)
{
    for (struct deployment *each = service->primary->older; each; each = each->older)
        if (each->status == DEPLOYMENT_ACTIVE && !each->alive && !each->stopping &&
            !staged_deployment_keeps(each) && (!each->desired || complete)) {
            each->status = DEPLOYMENT_INACTIVE;
            each->desired = 0;
            each->touched = true;
            index_set_add(&world->touched_services, service->index);
        }
}

int deployment_count(const struct service *service)
{
    int count = 1;
    for (const struct deployment *each = service->primary->older; each; each = each->older)
        count += each->alive || each->stopping || each->desired;
    return count;
}

void deployment_look_at_progress(struct world *world, struct service *service)
{
    service_deployments_advance(world, service);
    if (deployment_look_at_failure(world, service))
        return;
    staged_deployment_look_at_progress(world, service);
    bool completes = is_complete(world, service->primary);
    retire_older(world, service, completes);
    if (completes)
        complete(world, service->primary);
}

/* --- told by tasks ---------------------------------------------------------------------------- */

/* An older revision does not replace it. At once, since by the end of its draining another would have come
 * for it. */
void deployment_task_lost_early(struct deployment *deployment)
{
    if (staged_deployment_keeps(deployment))
        return;
    if (deployment->status == DEPLOYMENT_ACTIVE && deployment->alive < deployment->desired)
        deployment->desired--;
}

/* The service throttle. */
void deployment_task_failed_to_start(struct world *world, struct deployment *deployment)
{
    const struct timing_settings *timing = &world->settings->timing;
    struct service *service = deployment->service;
    deployment_counts(deployment, TASK_FAILED_TO_START);
    deployment->failed += deployment->running == 0; /* [API:Deployment.failedTasks] */
    deployment->impaired++;
    deployment->launch_not_before =
        world->run->now +
        launch_backoff(deployment->attempts, timing->launch_backoff, timing->launch_backoff_most);
    if (deployment->impaired < FAILURES_THAT_IMPAIR ||
        !service_may_say(world, service, MESSAGE_START_IMPAIRED))
        return;
    service_say(world, service, SAYS_START_IMPAIRED);
    event_service_action(world, service, "WARN", "SERVICE_TASK_START_IMPAIRED", NULL);
}

void deployment_task_pulled(struct world *world, const struct task *task)
{
    struct deployment *deployment = task->deployment;
    struct service *service = deployment->service;
    int64_t failures_to_come = deployment->definition->settings->simulation.digest_failures;
    bool looked_for = deployment->digest.unresolved;
    bool waited = looked_for && service->settings->simulation.waits_for_digest;
    bool gives_up = !image_digest_attempt(&deployment->digest, failures_to_come);
    if (looked_for && !deployment->digest.unresolved && !gives_up)
        pull_pin(world, task);
    if (gives_up && circuit_breaker_is_on(service))
        deployment_trips(deployment, TRIP_IMAGE_DIGEST);
    if (gives_up || waited)
        service_wake(world, service);
}

void deployment_task_healthy(struct deployment *deployment)
{
    deployment_counts(deployment, TASK_BECAME_HEALTHY);
}

void deployment_task_replaced(struct deployment *deployment)
{
    deployment_counts(deployment, TASK_REPLACED_AS_UNHEALTHY);
}

void deployment_task_runs(struct deployment *deployment)
{
    deployment_counts(deployment, TASK_RAN);
    deployment->failed = deployment->impaired = deployment->attempts = 0;
    deployment->launch_not_before = 0;
    deployment->service->message_at[MESSAGE_START_IMPAIRED] = SIMTIME_NEVER;
}
