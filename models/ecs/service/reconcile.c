#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/instance/host_filter.h"
#include "models/ecs/load_balancer/target_group.h"
#include "models/ecs/service/daemon.h"
#include "models/ecs/service/launching.h"
#include "models/ecs/service/rolling_update.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_messages.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/service/tick.h"
#include "models/ecs/service/zone_rebalancer.h"
#include "models/ecs/task/task.h"
#include "models/ecs/task/task_health.h"

/* --- stopping --------------------------------------------------------------------------------- */

static const char *reason_to_stop(struct world *world, const struct task *task)
{
    const struct registration *failed = task_health_failed_target(task);
    if (!task->unhealthy && task->service->rebalancing.stops)
        return arena_format(world->arena, "Availability-zone rebalancing initiated by (deployment %s)",
                            task->service->primary->name);
    if (!task->unhealthy)
        return service_scaling_reason(world, task->service);
    if (!failed)
        return "Task failed container health checks";
    return arena_format(world->arena, "Task failed ELB health checks in (%s %s)", registration_kind(failed),
                        failed->name);
}

static void stop_one(struct world *world, struct task *task, struct task_names *names)
{
    struct service *service = task->service;
    const char *reason = reason_to_stop(world, task);
    task_names_add(names, task->name);
    run_decide(world->run, &(struct decision){DECISION_STOP_TASK, task->unhealthy, service->who, task->ref});
    if (task->unhealthy)
        deployment_task_replaced(task->deployment);
    task_stop(world, task, STOP_SERVICE_SCHEDULER_INITIATED, reason);
}

/* One of several unhealthy tasks goes at random [DG:ecs_services]; of an older revision, those first that
 * nobody replaces. */
static void stop_unhealthy(struct world *world, const struct part *part, struct task_names *names)
{
    struct deployment *deployment = part->deployment;
    int64_t lost =
        part->draining ? deployment->draining.hopeless : deployment->hopeless - deployment->draining.hopeless;
    int64_t sick = part->draining ? deployment->draining.unhealthy
                                  : deployment->unhealthy - deployment->draining.unhealthy;
    bool hopeless = deployment->status == DEPLOYMENT_ACTIVE && lost > 0;
    rng_key key = service_next_choice(world, deployment->service, DRAW_STOP_CHOICE);
    uint64_t nth = rng_below(key, 0, (uint64_t)(hopeless ? lost : sick));
    for (struct task *task = deployment->first; task; task = task->next_in_deployment) {
        if (!task->unhealthy)
            continue; /* as nearly all */
        struct task_share share = task_share(task);
        if (part_has(part, share) && (hopeless ? share.hopeless : share.unhealthy) && nth-- == 0) {
            stop_one(world, task, names);
            return;
        }
    }
    CHECK(!"as many unhealthy tasks as were counted");
}

/* That may be stopped, in any zone. */
static bool any_not_healthy(const struct part *part)
{
    struct revision_counts counts = part_counts(part->deployment, part->draining);
    return counts.alive - counts.unhealthy - counts.guarded > counts.healthy - counts.guarded_healthy;
}

/* What does not yet count goes before what does, the newest first (AWS does not say): the floor is not hurt
 * by it. */
static struct task *newest_not_healthy(const struct part *part)
{
    if (!any_not_healthy(part))
        return NULL;
    for (struct task *task = part->deployment->last; task; task = task->previous_in_deployment)
        if (part_may_lose(part, task) && !task_share(task).healthy)
            return task;
    return NULL;
}

static placement_instance choose_host(struct world *world, const struct part *part, rng_key key)
{
    struct deployment *deployment = part->deployment;
    struct placement_request request = service_request(deployment->service, deployment->definition, key);
    struct placement_filter status, zone, provider;
    status = part->draining ? hosts_draining(world, NULL) : hosts_not_draining(world, NULL);
    zone = hosts_in_zone(part->zone, &status);
    provider = hosts_of_provider(part->provider, part->zone ? &zone : &status);
    request.filter = part->provider ? &provider : part->zone ? &zone : &status;
    return placement_choose_stop(world->placement, &request, deployment->losable);
}

/* The strategy says from which host; several tasks of the deployment on it are equal, and the one placed
 * first goes. */
static struct task *choose_on_hosts(struct world *world, const struct part *part, rng_key key)
{
    placement_instance host = choose_host(world, part, key);
    CHECK(host != PLACEMENT_NONE);
    for (struct task *task = world->hosts[host]->first_task; task; task = task->next_on_instance)
        if (task->deployment == part->deployment && part_may_lose(part, task))
            return task;
    CHECK(!"the chosen host has such a task");
    return NULL;
}

/* Where there is a capacity provider strategy, of the provider that has too many. */
static struct task *choose_task(struct world *world, struct part part)
{
    rng_key key = service_next_choice(world, part.deployment->service, DRAW_STOP_CHOICE);
    part.provider = capacity_to_leave(&part);
    return capacity_is_fargate(part.deployment->strategy) ? fargate_choose_stop(&part, key)
                                                          : choose_on_hosts(world, &part, key);
}

static struct task *random_task(struct world *world, const struct part *part)
{
    rng_key key = service_next_choice(world, part->deployment->service, DRAW_STOP_CHOICE);
    uint64_t count = 0;
    for (const struct task *task = part->deployment->first; task; task = task->next_in_deployment)
        count += part_may_lose(part, task);
    uint64_t nth = rng_below(key, 0, count);
    for (struct task *task = part->deployment->first; task; task = task->next_in_deployment)
        if (part_may_lose(part, task) && nth-- == 0)
            return task;
    CHECK(!"as many tasks as were counted");
    return NULL;
}

/* What is too many once all unhealthy tasks have been replaced goes at random [DG:ecs_services]; else the
 * strategy says which. */
static void stop_wanted(struct world *world, const struct part *part, struct task_names *names)
{
    const struct service *service = part->deployment->service;
    struct task *task = newest_not_healthy(part);
    if (!task)
        task = service->recovers && !service_deploys(service) ? random_task(world, part)
                                                              : choose_task(world, *part);
    stop_one(world, task, names);
}

static void say_stopped(struct world *world, struct service *service, const struct task_names *names)
{
    if (names->count && service->rebalancing.stops)
        zone_rebalancer_stopped(world, service, names->count, names->text.bytes);
    else if (names->count)
        service_say_stopped(world, service, names->count, names->text.bytes);
}

static void stop_all(struct world *world, const struct parts *parts, const struct rollout_decision *decision)
{
    struct service *service = parts->deployments[0]->service;
    struct task_names names = {0};
    for (int i = 0; i < parts->count; i++) {
        struct part part = {parts->deployments[i], parts->counts[i].draining, NULL, NULL};
        for (int64_t n = 0; n < decision->moves[i].stop_unhealthy; n++)
            stop_unhealthy(world, &part, &names);
        for (int64_t n = 0; n < decision->moves[i].stop; n++) {
            part.zone = zone_rebalancer_stops_in(service);
            stop_wanted(world, &part, &names);
        }
    }
    say_stopped(world, service, &names);
    text_free(&names.text);
}

/* --- both ------------------------------------------------------------------------------------- */

static void say_unable_to_move(struct world *world, struct service *service)
{
    service->stuck_because = "minimumHealthyPercent and maximumPercent leave no move";
    if (!service_may_say(world, service, MESSAGE_UNABLE_TO_MOVE))
        return;
    run_decide(world->run, &(struct decision){DECISION_BLOCKED, 0, service->who, 0});
    service_say(world, service, SAYS_UNABLE_TO_MOVE);
}

static void say_protected(struct world *world, const struct parts *parts,
                          const struct rollout_decision *decision)
{
    struct service *service = parts->deployments[0]->service;
    int held = 0;
    while (!decision->moves[held].held)
        held++;
    service->stuck_because = "protected tasks cannot be stopped";
    if (service_may_say(world, service, MESSAGE_PROTECTED))
        service_say_protected(world, service, parts->deployments[held]);
}

static enum stuck_reason why_stuck(const struct service *service, const struct rollout_decision *decision,
                                   bool acted)
{
    bool idle = !acted && !decision->waiting;
    if (idle && service->primary->state == STATE_FAILED)
        return STUCK_FAILED;
    if (decision->guarded && idle && !decision->acts)
        return STUCK_PROTECTION;
    if (decision->blocked)
        return STUCK_PERCENTAGES;
    return service->waits_for_room && idle ? STUCK_PLACEMENT : STUCK_NOT;
}

static void set_stuck(struct world *world, const struct parts *parts, const struct rollout_decision *decision,
                      bool acted)
{
    struct service *service = parts->deployments[0]->service;
    enum stuck_reason stuck = why_stuck(service, decision, acted);
    if (stuck != service->stuck)
        service->stuck_since = world->run->now;
    service->stuck = stuck;
    if (stuck == STUCK_FAILED)
        service->stuck_because = "its deployment has FAILED, and there is no rollback";
    if (stuck == STUCK_PERCENTAGES)
        say_unable_to_move(world, service);
    else
        service->message_at[MESSAGE_UNABLE_TO_MOVE] = SIMTIME_NEVER;
    if (stuck == STUCK_PROTECTION)
        say_protected(world, parts, decision);
    else if (!decision->guarded)
        service->message_at[MESSAGE_PROTECTED] = SIMTIME_NEVER;
}

static bool any_stops(const struct rollout_decision *decision, int count)
{
    for (int i = 0; i < count; i++)
        if (decision->moves[i].stop || decision->moves[i].stop_unhealthy)
            return true;
    return false;
}

/* The PRIMARY is asked for what the service is. */
static void ask_older_deployments(struct world *world, const struct parts *parts,
                                  const struct rollout_decision *decision)
{
    for (int i = 1; i < parts->count; i++) {
        struct deployment *deployment = parts->deployments[i];
        if (parts->counts[i].draining || deployment->desired == decision->moves[i].desired)
            continue;
        deployment->desired = decision->moves[i].desired;
        deployment->touched = true;
        index_set_add(&world->touched_services, deployment->service->index);
    }
}

static void look_at_recovery(struct service *service)
{
    if (service->unhealthy)
        service->recovers = true;
    else if (service->counts.pending + service->counts.running <= service->desired_count)
        service->recovers = false;
}

/* Tasks of a daemon that have to leave their hosts. Whether there were any. */
static bool stop_misplaced(struct world *world, struct service *service)
{
    struct task_names names = {0};
    bool any_violates = false;
    for (struct deployment *each = service->primary; each; each = each->older)
        for (struct task *task = each->first, *next; task; task = next) {
            next = task->next_in_deployment;
            enum misplacement misplacement = daemon_misplacement(task);
            any_violates |= misplacement == MISPLACED_BY_CONSTRAINT;
            if (misplacement)
                stop_one(world, task, &names);
        }
    if (any_violates)
        event_service_action(world, service, "ERROR", "SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED", NULL);
    say_stopped(world, service, &names);
    text_free(&names.text);
    if (names.count)
        service_wake(world, service);
    return names.count > 0;
}

void reconcile(struct world *world, struct service *service)
{
    struct parts parts;
    struct rollout_decision decision;
    if (!service->exists)
        return;
    service_look_at_progress(world, service);
    look_at_recovery(service);
    zone_rebalancer_look(world, service);
    if (daemon_take_suspicion(service) && stop_misplaced(world, service))
        return;
    struct rollout_view view = parts_view(service, &parts);
    service->waits_for_room = false;
    rollout_decide(&view, &decision);
    ask_older_deployments(world, &parts, &decision);
    bool acted = any_stops(&decision, parts.count);
    if (acted)
        stop_all(world, &parts, &decision);
    else if (decision.acts)
        acted = launch_wanted(world, &parts, &decision);
    set_stuck(world, &parts, &decision, acted);
    if (acted)
        service_wake(world, service);
}
