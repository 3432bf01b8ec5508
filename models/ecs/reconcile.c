#include "models/ecs/capacity.h"
#include "models/ecs/events.h"
#include "models/ecs/fargate.h"
#include "models/ecs/rolling_update.h"
#include "models/ecs/rows.h"
#include "models/ecs/service.h"
#include "models/ecs/target_group.h"
#include "models/ecs/task.h"
#include "models/ecs/task_definition.h"
#include "models/ecs/task_health.h"
#include "models/ecs/tick.h"

/* --- what is ---------------------------------------------------------------------------------- */

static int list_revisions(const struct service *service, struct deployment **deployments,
                          struct revision_counts *counts)
{
    int count = 0;
    for (struct deployment *each = service->primary; each; each = each->older) {
        if (each->status == DEPLOYMENT_INACTIVE)
            continue;
        CHECK(count < MOST_REVISIONS);
        deployments[count] = each;
        counts[count++] = (struct revision_counts){
            .desired = each->desired,
            .alive = each->alive,
            .healthy = each->healthy,
            .unhealthy = each->unhealthy,
            .hopeless = each->hopeless,
        };
    }
    return count;
}

/* --- stopping --------------------------------------------------------------------------------- */

struct names {
    struct text text;
    int64_t count;
};

static void add_name(struct names *names, const char *name)
{
    text_add_format(&names->text, " (task %s)", name);
    names->count++;
}

static rng_key next_choice(struct world *world, struct service *service, enum draw_purpose purpose)
{
    return run_key(world->run, purpose, service->who, ++service->choices);
}

static const char *reason_to_stop(struct world *world, const struct task *task)
{
    const struct registration *failed = task_health_failed_target(task);
    if (!task->unhealthy)
        return arena_format(world->arena, "Scaling activity initiated by (deployment %s)",
                            task->service->primary->name);
    if (!failed)
        return "Task failed container health checks";
    return arena_format(world->arena, "Task failed ELB health checks in (%s %s)", registration_kind(failed),
                        failed->name);
}

static void stop_one(struct world *world, struct task *task, struct names *names)
{
    struct service *service = task->service;
    const char *reason = reason_to_stop(world, task);
    add_name(names, task->name);
    run_decide(world->run, &(struct decision){DECISION_STOP_TASK, task->unhealthy, service->who, task->ref});
    task_stop(world, task, STOP_SERVICE_SCHEDULER_INITIATED, reason);
}

/* One of several unhealthy tasks goes at random [DG:ecs_services]; of an older revision, those first that
 * nobody replaces. */
static void stop_unhealthy(struct world *world, struct deployment *deployment, struct names *names)
{
    bool hopeless = deployment->status == DEPLOYMENT_ACTIVE && deployment->hopeless > 0;
    rng_key key = next_choice(world, deployment->service, DRAW_STOP_CHOICE);
    uint64_t nth = rng_below(key, 0, (uint64_t)(hopeless ? deployment->hopeless : deployment->unhealthy));
    for (struct task *task = deployment->first; task; task = task->next_in_deployment) {
        struct task_share share = task_share(task);
        if ((hopeless ? share.hopeless : share.unhealthy) && nth-- == 0) {
            stop_one(world, task, names);
            return;
        }
    }
    CHECK(!"as many unhealthy tasks as were counted");
}

/* What does not yet count goes before what does, the newest first (AWS does not say): the floor is not hurt
 * by it. */
static struct task *newest_not_healthy(const struct deployment *deployment)
{
    for (struct task *task = deployment->last; task; task = task->previous_in_deployment) {
        struct task_share share = task_share(task);
        if ((share.pending || share.running) && !share.healthy && !share.unhealthy)
            return task;
    }
    return NULL;
}

static bool may_go(const struct task *task)
{
    struct task_share share = task_share(task);
    return (share.pending || share.running) && !share.unhealthy;
}

static void mark_candidates(struct world *world, const struct deployment *deployment,
                            const struct capacity_provider *provider, bool value)
{
    if (world->candidate_capacity < world->host_capacity) {
        world->candidates = memory_grow(world->candidates, world->host_capacity, sizeof *world->candidates);
        for (uint32_t i = world->candidate_capacity; i < world->host_capacity; i++)
            world->candidates[i] = false;
        world->candidate_capacity = world->host_capacity;
    }
    for (const struct task *task = deployment->first; task; task = task->next_in_deployment)
        if (task->provider == provider && may_go(task))
            world->candidates[task->instance->placement] = value;
}

static struct placement_request request_for(struct service *service, const struct task_definition *definition,
                                            rng_key draw)
{
    struct placement_request request = definition_request(definition);
    request.group = service->group;
    request.strategies = service->strategies->count ? service->strategies : &placement_default_for_services;
    request.constraints[1] = service->constraints;
    request.draw = draw;
    return request;
}

/* The strategy says from which host; several tasks of the deployment on it are equal, and the one placed
 * first goes. */
static struct task *choose_task(struct world *world, struct deployment *deployment)
{
    rng_key key = next_choice(world, deployment->service, DRAW_STOP_CHOICE);
    const struct capacity_provider *provider = capacity_to_leave(deployment, may_go);
    if (provider && !provider->group)
        return fargate_choose_stop(deployment, provider, may_go, key);
    struct placement_request request = request_for(deployment->service, deployment->definition, key);
    mark_candidates(world, deployment, provider, true);
    placement_instance host = placement_choose_stop(world->placement, &request, world->candidates);
    mark_candidates(world, deployment, provider, false);
    CHECK(host != PLACEMENT_NONE);
    for (struct task *task = world->hosts[host]->first_task; task; task = task->next_on_instance)
        if (task->deployment == deployment && task->provider == provider && may_go(task))
            return task;
    CHECK(!"the chosen host has such a task");
    return NULL;
}

static void stop_wanted(struct world *world, struct deployment *deployment, struct names *names)
{
    struct task *task = newest_not_healthy(deployment);
    stop_one(world, task ? task : choose_task(world, deployment), names);
}

static void stop_all(struct world *world, struct deployment **deployments, int count,
                     const struct rollout_decision *decision)
{
    struct service *service = deployments[0]->service;
    struct names names = {0};
    for (int i = 0; i < count; i++) {
        for (int64_t n = 0; n < decision->moves[i].stop_unhealthy; n++)
            stop_unhealthy(world, deployments[i], &names);
        for (int64_t n = 0; n < decision->moves[i].stop; n++)
            stop_wanted(world, deployments[i], &names);
    }
    if (names.count)
        service_say(world, service, "has stopped %ld running tasks:%s.", (long)names.count, names.text.bytes);
    text_free(&names.text);
}

/* --- starting --------------------------------------------------------------------------------- */

static const char *const lacks[REFUSED_COUNT] = {
    [REFUSED_AGENT] = "encountered error \"AGENT\"",
    [REFUSED_CPU] = "has insufficient CPU units available",
    [REFUSED_MEMORY] = "has insufficient memory available",
    [REFUSED_PORTS] = "is already using a port required by your task",
    [REFUSED_GPU] = "has insufficient GPU resource available",
    [REFUSED_ENI] = "encountered error \"RESOURCE:ENI\"",
    [REFUSED_ATTRIBUTE] = "is missing an attribute required by your task",
    [REFUSED_DISTINCT] = "encountered error \"distinctInstance placement constraint unsatisfied\"",
};

static void say_not_placed(struct world *world, struct service *service, enum placement_refusal refusal,
                           placement_instance closest, bool of_provider)
{
    const char *sentence =
        "was unable to place a task because no container instance met all of its requirements.";
    const char *more =
        "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";
    if (closest == PLACEMENT_NONE)
        service_say(world, service, "%s Reason: No Container Instances were found in your %s. %s", sentence,
                    of_provider ? "capacity provider" : "cluster", more);
    else
        service_say(world, service, "%s The closest matching (container-instance %s) %s. %s", sentence,
                    world->hosts[closest]->name, lacks[refusal], more);
    event_service_action(world, service, "ERROR", "SERVICE_TASK_PLACEMENT_FAILURE",
                         closest == PLACEMENT_NONE ? "RESOURCE:*" : placement_refusal_names[refusal]);
}

static void not_placed(struct world *world, struct service *service, const struct placement_request *request)
{
    placement_instance closest;
    if (world->starting)
        return; /* it is tried again at the first tick */
    enum placement_refusal refusal = placement_closest(world->placement, request, &closest);
    service->placement_failures[refusal]++;
    service->waits_for_room = true;
    service->stuck_because = closest == PLACEMENT_NONE ? "no container instance is ACTIVE" : lacks[refusal];
    index_set_add(&world->waiting_services, service->index);
    if (refusal == REFUSED_ATTRIBUTE)
        index_set_add(&world->lonely_services, service->index);
    run_decide(world->run, &(struct decision){DECISION_NOT_PLACED, refusal, service->who, closest});
    if (service_may_say(world, service, MESSAGE_UNABLE_TO_PLACE))
        say_not_placed(world, service, refusal, closest, request->fleet);
}

/* [DG:service-event-messages-list] */
static void no_fargate(struct world *world, struct service *service)
{
    if (world->starting)
        return; /* it is tried again at the first tick */
    service->placement_failures[REFUSED_FARGATE]++;
    service->waits_for_room = true;
    service->stuck_because = "Fargate has no capacity";
    index_set_add(&world->waiting_services, service->index);
    run_decide(world->run, &(struct decision){DECISION_NOT_PLACED, REFUSED_FARGATE, service->who, 0});
    if (!service_may_say(world, service, MESSAGE_UNABLE_TO_PLACE))
        return;
    service_say(world, service, "was unable to place a task. Reason: %s", fargate_unavailable);
    event_service_action(world, service, "ERROR", "SERVICE_TASK_PLACEMENT_FAILURE",
                         placement_refusal_names[REFUSED_FARGATE]);
}

static bool start_one(struct world *world, struct deployment *deployment, struct names *names)
{
    struct service *service = deployment->service;
    rng_key key = next_choice(world, service, DRAW_PLACEMENT);
    struct placement_request request = request_for(service, deployment->definition, key);
    struct capacity capacity;
    const struct capacity_seeker seeker = {deployment->strategy, deployment->alive_of,
                                           service->fargate_tasks};
    switch (capacity_choose(world, &seeker, deployment->definition, &request, &capacity)) {
    case CAPACITY_NO_HOST:
        not_placed(world, service, &request);
        return false;
    case CAPACITY_NO_FARGATE:
        no_fargate(world, service);
        return false;
    case CAPACITY_LATER:
        fargate_wait(world, deployment);
        return false;
    case CAPACITY_FOUND:
        break;
    }
    struct task *task = task_create(world, deployment->definition, deployment, NULL, capacity);
    run_decide(world->run, &(struct decision){DECISION_START_TASK, 0, service->who, task->ref});
    service->message_at[MESSAGE_UNABLE_TO_PLACE] = SIMTIME_NEVER;
    add_name(names, task->name);
    return true;
}

/* A deployment whose tasks fail to start waits, and is looked at again when its time has come. */
static bool may_launch(struct world *world, struct deployment *deployment)
{
    struct service *service = deployment->service;
    if (world->run->now >= deployment->launch_not_before)
        return true;
    if (deployment->announced_launch != deployment->launch_not_before)
        run_schedule(world->run, deployment->launch_not_before, PHASE_CONTROL, EVENT_SERVICE_TIMER,
                     service->index, 1);
    deployment->announced_launch = deployment->launch_not_before;
    return false;
}

/* Older revisions first, as they were decided. */
static bool start_all(struct world *world, struct deployment **deployments, int count,
                      const struct rollout_decision *decision)
{
    struct service *service = deployments[0]->service;
    struct names names = {0};
    bool placed = true;
    for (int k = 1; k <= count && placed; k++) {
        const struct revision_move *move = &decision->moves[k % count];
        if (move->start && !may_launch(world, deployments[k % count]))
            continue;
        int64_t before = names.count;
        for (int64_t n = 0; n < move->start && placed; n++)
            placed = start_one(world, deployments[k % count], &names);
        deployments[k % count]->attempts += names.count > before && !service->launches_continue;
    }
    if (names.count)
        service_say(world, service, "has started %ld tasks:%s.", (long)names.count, names.text.bytes);
    text_free(&names.text);
    return names.count > 0;
}

/* --- both ------------------------------------------------------------------------------------- */

static void set_stuck(struct world *world, struct service *service, enum stuck_reason stuck)
{
    if (stuck != service->stuck)
        service->stuck_since = world->run->now;
    service->stuck = stuck;
    if (stuck != STUCK_PERCENTAGES) {
        service->message_at[MESSAGE_UNABLE_TO_MOVE] = SIMTIME_NEVER;
        return;
    }
    service->stuck_because = "minimumHealthyPercent and maximumPercent leave no move";
    if (!service_may_say(world, service, MESSAGE_UNABLE_TO_MOVE))
        return;
    run_decide(world->run, &(struct decision){DECISION_BLOCKED, 0, service->who, 0});
    service_say(world, service,
                "was unable to stop or start tasks during a deployment because of the service deployment "
                "configuration. Update "
                "the minimumHealthyPercent or maximumPercent value and try again.");
}

static bool any_stops(const struct rollout_decision *decision, int count)
{
    for (int i = 0; i < count; i++)
        if (decision->moves[i].stop || decision->moves[i].stop_unhealthy)
            return true;
    return false;
}

static void ask_deployments(struct world *world, struct deployment **deployments, int count,
                            const struct rollout_decision *decision)
{
    for (int i = 0; i < count; i++) {
        if (deployments[i]->desired == decision->moves[i].desired)
            continue;
        deployments[i]->desired = decision->moves[i].desired;
        deployments[i]->touched = true;
        index_set_add(&world->touched_services, deployments[i]->service->index);
    }
}

void reconcile(struct world *world, struct service *service)
{
    struct deployment *deployments[MOST_REVISIONS];
    struct revision_counts counts[MOST_REVISIONS];
    struct rollout_decision decision;
    if (!service->exists)
        return;
    service_look_at_progress(world, service);
    int count = list_revisions(service, deployments, counts);
    struct rollout_view view = {
        .minimum_healthy = rollout_minimum(service->desired_count, service->minimum_healthy_percent),
        .maximum_total = rollout_maximum(service->desired_count, service->maximum_percent),
        .stopping = service->settings->simulation.stopping_counts ? service->counts.stopping : 0,
        .leaving = service->counts.stopping,
        .revisions = counts,
        .count = count,
    };
    service->waits_for_room = false;
    rollout_decide(&view, &decision);
    ask_deployments(world, deployments, count, &decision);
    bool acted = any_stops(&decision, count);
    if (acted)
        stop_all(world, deployments, count, &decision);
    else if (decision.acts)
        acted = start_all(world, deployments, count, &decision);
    set_stuck(world, service,
              decision.blocked                                         ? STUCK_PERCENTAGES
              : service->waits_for_room && !acted && !decision.waiting ? STUCK_PLACEMENT
                                                                       : STUCK_NOT);
    if (acted)
        service_wake(world, service);
}
