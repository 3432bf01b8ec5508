#include "models/ecs/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/launch_backoff.h"
#include "models/ecs/rows.h"
#include "models/ecs/service.h"
#include "models/ecs/service_messages.h"
#include "models/ecs/staged_deployment.h"

/* --- begin and end ---------------------------------------------------------------------------- */

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
        .registrations = service->registrations,
        .registration_count = service->registration_count,
        .desired = service->desired_count,
        .traffic_permille = ABSENT,
        .created_at = world->run->now,
        .touched = true,
        .older = service->primary,
    };
    deployment->name = arena_format(world->arena, "ecs-svc/%ld", (long)deployment->number);
    if (service->primary) {
        service->primary->status = DEPLOYMENT_ACTIVE;
        service->primary->desired =
            service->primary->alive; /* what it loses from now on it brings back, and no more */
        service->primary->touched = true;
    }
    service->primary = deployment;
    service->message_at[MESSAGE_START_IMPAIRED] = SIMTIME_NEVER; /* what failed was another's */
    index_set_add(&world->touched_services, service->index);
    run_decide(world->run, &(struct decision){DECISION_DEPLOY, 0, service->who, ref});
    return deployment;
}

void deployment_announce(struct world *world, struct deployment *deployment)
{
    struct service *service = deployment->service;
    char reason[80];
    snprintf(reason, sizeof reason, "ECS deployment %s in progress.", deployment->name);
    event_deployment_changed(world, deployment, "INFO", "SERVICE_DEPLOYMENT_IN_PROGRESS", reason);
    if (!deployment->creates_service)
        row_mark(world, service->name, "change", deployment->definition->name);
    staged_deployment_begin(world, deployment);
    service_wake(world, service);
}

bool service_deploys(const struct service *service)
{
    return service->exists && service->primary->state == STATE_IN_PROGRESS;
}

/* All of the target healthy, and nothing of the source left. [DG:early-success-criteria] */
static bool is_complete(const struct deployment *primary)
{
    if (primary->state != STATE_IN_PROGRESS || !staged_deployment_may_complete(primary) ||
        primary->alive != primary->desired || primary->healthy != primary->desired)
        return false;
    for (const struct deployment *each = primary->older; each; each = each->older)
        if (each->alive || each->stopping)
            return false;
    return true;
}

static void complete(struct world *world, struct deployment *deployment)
{
    struct service *service = deployment->service;
    char reason[80];
    staged_deployment_end(world, service);
    deployment->state = STATE_COMPLETED;
    deployment->touched = true;
    index_set_add(&world->touched_services, service->index);
    service_say(world, service, SAYS_COMPLETED, deployment->name);
    snprintf(reason, sizeof reason, "ECS deployment %s completed.", deployment->name);
    event_deployment_changed(world, deployment, "INFO", "SERVICE_DEPLOYMENT_COMPLETED", reason);
    if (deployment->creates_service)
        return;
    service->deployments_completed++;
    row_mark(world, service->name, "event", "completed");
}

/* The deployment that it was to replace is the PRIMARY again. */
static void roll_back(struct world *world, struct deployment *failed)
{
    struct service *service = failed->service;
    struct deployment *target = failed->staged->source;
    struct deployment **link = &service->primary;
    staged_deployment_rolls_back(world, failed, target);
    while (*link != target)
        link = &(*link)->older;
    *link = target->older;
    target->older = failed;
    failed->status = DEPLOYMENT_ACTIVE;
    target->status = DEPLOYMENT_PRIMARY;
    target->state = STATE_IN_PROGRESS;
    target->desired = service->desired_count;
    target->touched = true;
    service->primary = target;
}

void deployment_fail(struct world *world, struct deployment *deployment, const char *reason, bool rolls_back)
{
    struct service *service = deployment->service;
    deployment->state = STATE_FAILED;
    deployment->touched = true;
    index_set_add(&world->touched_services, service->index);
    service_say(world, service, "(deployment %s) deployment failed: %s", deployment->name, reason);
    event_deployment_changed(world, deployment, "ERROR", "SERVICE_DEPLOYMENT_FAILED", reason);
    row_mark(world, service->name, "event", "failed");
    if (rolls_back)
        roll_back(world, deployment);
    service_wake(world, service);
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
    staged_deployment_look_at_progress(world, service);
    bool completes = is_complete(service->primary);
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
    deployment->failed++;
    deployment->launch_not_before =
        world->run->now +
        launch_backoff(deployment->attempts, timing->launch_backoff, timing->launch_backoff_most);
    if (deployment->failed < FAILURES_THAT_IMPAIR || !service_may_say(world, service, MESSAGE_START_IMPAIRED))
        return;
    service_say(world, service, SAYS_START_IMPAIRED);
    event_service_action(world, service, "WARN", "SERVICE_TASK_START_IMPAIRED", NULL);
}

/* [API:Deployment.failedTasks] */
void deployment_task_runs(struct deployment *deployment)
{
    deployment->failed = deployment->attempts = 0;
    deployment->launch_not_before = 0;
    deployment->service->message_at[MESSAGE_START_IMPAIRED] = SIMTIME_NEVER;
}
