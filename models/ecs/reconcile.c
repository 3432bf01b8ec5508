#include "models/ecs/daemon.h"
#include "models/ecs/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/rolling_update.h"
#include "models/ecs/rows.h"
#include "models/ecs/service.h"
#include "models/ecs/service_messages.h"
#include "models/ecs/service_placement.h"
#include "models/ecs/staged_deployment.h"
#include "models/ecs/target_group.h"
#include "models/ecs/task.h"
#include "models/ecs/task_definition.h"
#include "models/ecs/task_health.h"
#include "models/ecs/tick.h"
#include "models/ecs/zone_rebalancer.h"

/* --- what is ---------------------------------------------------------------------------------- */

/* What a service has: its deployments, those parts of them that are on DRAINING hosts, and how many of each
 * there are. A daemon's tasks leave a DRAINING host by a rule of their own. */
struct parts {
    struct deployment *deployments[MOST_PARTS];
    struct revision_counts counts[MOST_PARTS];
    int count;
};

static void add_part(struct parts *parts, struct deployment *deployment, struct revision_counts counts)
{
    CHECK(parts->count < MOST_PARTS);
    parts->deployments[parts->count] = deployment;
    parts->counts[parts->count++] = counts;
}

static void add_staying_part(struct parts *parts, struct deployment *deployment)
{
    add_part(parts, deployment,
             (struct revision_counts){
                 .failed = deployment->state == STATE_FAILED,
                 .desired = deployment->desired,
                 .alive = deployment->alive - deployment->draining.alive,
                 .healthy = deployment->healthy - deployment->draining.healthy,
                 .unhealthy = deployment->unhealthy - deployment->draining.unhealthy,
                 .hopeless = deployment->hopeless - deployment->draining.hopeless,
                 .ailing = deployment->ailing - deployment->draining.ailing,
                 .guarded = deployment->guarded - deployment->draining.guarded,
             });
}

static void add_draining_part(struct parts *parts, struct deployment *deployment)
{
    if (deployment->draining.alive)
        add_part(parts, deployment,
                 (struct revision_counts){
                     .draining = true,
                     .alive = deployment->draining.alive,
                     .healthy = deployment->draining.healthy,
                     .unhealthy = deployment->draining.unhealthy,
                     .hopeless = deployment->draining.hopeless,
                     .ailing = deployment->draining.ailing,
                     .guarded = deployment->draining.guarded,
                 });
}

static void list_parts(const struct service *service, struct parts *parts)
{
    parts->count = 0;
    for (struct deployment *each = service->primary; each; each = each->older)
        if (each->status != DEPLOYMENT_INACTIVE)
            add_staying_part(parts, each);
    parts->counts[0].desired += service->rebalancing.surplus;
    if (service->daemon)
        return;
    for (struct deployment *each = service->primary; each; each = each->older)
        if (each->status != DEPLOYMENT_INACTIVE)
            add_draining_part(parts, each);
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

static void stop_one(struct world *world, struct task *task, struct names *names)
{
    struct service *service = task->service;
    const char *reason = reason_to_stop(world, task);
    add_name(names, task->name);
    run_decide(world->run, &(struct decision){DECISION_STOP_TASK, task->unhealthy, service->who, task->ref});
    if (task->unhealthy)
        deployment_task_replaced(task->deployment);
    task_stop(world, task, STOP_SERVICE_SCHEDULER_INITIATED, reason);
}

/* Tasks of one part. */
struct part {
    struct deployment *deployment;
    bool draining;
    const struct zone *zone; /* those there; NULL: in all zones */
};

static bool is_of_part(const struct part *part, struct task_share share)
{
    return (share.pending || share.running) && share.draining == part->draining;
}

/* One of several unhealthy tasks goes at random [DG:ecs_services]; of an older revision, those first that
 * nobody replaces. */
static void stop_unhealthy(struct world *world, const struct part *part, struct names *names)
{
    struct deployment *deployment = part->deployment;
    int64_t lost =
        part->draining ? deployment->draining.hopeless : deployment->hopeless - deployment->draining.hopeless;
    int64_t sick = part->draining ? deployment->draining.unhealthy
                                  : deployment->unhealthy - deployment->draining.unhealthy;
    bool hopeless = deployment->status == DEPLOYMENT_ACTIVE && lost > 0;
    rng_key key = next_choice(world, deployment->service, DRAW_STOP_CHOICE);
    uint64_t nth = rng_below(key, 0, (uint64_t)(hopeless ? lost : sick));
    for (struct task *task = deployment->first; task; task = task->next_in_deployment) {
        struct task_share share = task_share(task);
        if (is_of_part(part, share) && (hopeless ? share.hopeless : share.unhealthy) && nth-- == 0) {
            stop_one(world, task, names);
            return;
        }
    }
    CHECK(!"as many unhealthy tasks as were counted");
}

static bool may_go(const struct part *part, const struct task *task)
{
    struct task_share share = task_share(task);
    return is_of_part(part, share) && !share.unhealthy && !share.guarded &&
           (!part->zone || part->zone == task->instance->zone);
}

/* What does not yet count goes before what does, the newest first (AWS does not say): the floor is not hurt
 * by it. */
static struct task *newest_not_healthy(const struct part *part)
{
    for (struct task *task = part->deployment->last; task; task = task->previous_in_deployment)
        if (may_go(part, task) && !task_share(task).healthy)
            return task;
    return NULL;
}

static void mark_candidates(struct world *world, const struct part *part, bool value)
{
    if (world->candidate_capacity < world->host_capacity) {
        world->candidates = memory_grow(world->candidates, world->host_capacity, sizeof *world->candidates);
        for (uint32_t i = world->candidate_capacity; i < world->host_capacity; i++)
            world->candidates[i] = false;
        world->candidate_capacity = world->host_capacity;
    }
    for (const struct task *task = part->deployment->first; task; task = task->next_in_deployment)
        if (may_go(part, task))
            world->candidates[task->instance->placement] = value;
}

/* The strategy says from which host; several tasks of the deployment on it are equal, and the one placed
 * first goes. */
static struct task *choose_task(struct world *world, const struct part *part)
{
    struct deployment *deployment = part->deployment;
    rng_key key = next_choice(world, deployment->service, DRAW_STOP_CHOICE);
    struct placement_request request = service_request(deployment->service, deployment->definition, key);
    mark_candidates(world, part, true);
    placement_instance host = placement_choose_stop(world->placement, &request, world->candidates);
    mark_candidates(world, part, false);
    CHECK(host != PLACEMENT_NONE);
    for (struct task *task = world->hosts[host]->first_task; task; task = task->next_on_instance)
        if (task->deployment == deployment && may_go(part, task))
            return task;
    CHECK(!"the chosen host has such a task");
    return NULL;
}

static struct task *random_task(struct world *world, const struct part *part)
{
    rng_key key = next_choice(world, part->deployment->service, DRAW_STOP_CHOICE);
    uint64_t count = 0;
    for (const struct task *task = part->deployment->first; task; task = task->next_in_deployment)
        count += may_go(part, task);
    uint64_t nth = rng_below(key, 0, count);
    for (struct task *task = part->deployment->first; task; task = task->next_in_deployment)
        if (may_go(part, task) && nth-- == 0)
            return task;
    CHECK(!"as many tasks as were counted");
    return NULL;
}

/* What is too many once all unhealthy tasks have been replaced goes at random [DG:ecs_services]; else the
 * strategy says which. */
static void stop_wanted(struct world *world, const struct part *part, struct names *names)
{
    const struct service *service = part->deployment->service;
    struct task *task = newest_not_healthy(part);
    if (!task)
        task = service->recovers && !service_deploys(service) ? random_task(world, part)
                                                              : choose_task(world, part);
    stop_one(world, task, names);
}

static void say_stopped(struct world *world, struct service *service, const struct names *names)
{
    if (names->count && service->rebalancing.stops)
        zone_rebalancer_stopped(world, service, names->count, names->text.bytes);
    else if (names->count)
        service_say_stopped(world, service, names->count, names->text.bytes);
}

static void stop_all(struct world *world, const struct parts *parts, const struct rollout_decision *decision)
{
    struct service *service = parts->deployments[0]->service;
    struct names names = {0};
    for (int i = 0; i < parts->count; i++) {
        struct part part = {parts->deployments[i], parts->counts[i].draining, NULL};
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

/* --- starting --------------------------------------------------------------------------------- */

/* [DG:service-event-messages-list]; what stands in quotes are the reasons of the API, as observed. That no
 * GPU is free is our wording. */
static const char *const lacks[REFUSED_COUNT] = {
    [REFUSED_AGENT] = "encountered error \"AGENT\"",
    [REFUSED_CPU] = "has insufficient CPU units available",
    [REFUSED_MEMORY] = "has insufficient memory available",
    [REFUSED_PORTS] = "is already using a port required by your task",
    [REFUSED_GPU] = "has insufficient GPU resource available",
    [REFUSED_ENI] = "encountered error \"RESOURCE:ENI\"",
    [REFUSED_LOCATION] = "encountered error \"LOCATION\"",
    [REFUSED_ATTRIBUTE] = "encountered error \"MemberOf placement constraint unsatisfied.\"",
    [REFUSED_DISTINCT] = "encountered error \"DistinctInstance placement constraint unsatisfied.\"",
};

static const char *why_not_placed(struct world *world, enum placement_refusal refusal,
                                  placement_instance closest)
{
    if (closest == PLACEMENT_NONE)
        return SAYS_NO_INSTANCES;
    return arena_format(world->arena, SAYS_CLOSEST, world->hosts[closest]->name, lacks[refusal]);
}

static const char *say_not_placed(struct world *world, struct service *service,
                                  enum placement_refusal refusal, placement_instance closest)
{
    const char *why = why_not_placed(world, refusal, closest);
    service_say(world, service, SAYS_NOT_PLACED, why);
    event_service_action(world, service, "ERROR", "SERVICE_TASK_PLACEMENT_FAILURE",
                         closest == PLACEMENT_NONE ? "RESOURCE:*" : placement_refusal_names[refusal]);
    return why;
}

/* Why, if it is said; NULL if not, or not again. */
static const char *not_placed(struct world *world, struct service *service,
                              const struct placement_request *request)
{
    placement_instance closest;
    if (world->starting)
        return NULL; /* it is tried again at the first tick */
    enum placement_refusal refusal = placement_closest(world->placement, request, &closest);
    if (service->daemon && closest == PLACEMENT_NONE)
        return NULL; /* where it lacks a task, its last one is still stopping */
    service->placement_failures[refusal]++;
    service->waits_for_room = true;
    service->stuck_because = closest == PLACEMENT_NONE ? "no container instance is ACTIVE" : lacks[refusal];
    index_set_add(&world->waiting_services, service->index);
    if (refusal == REFUSED_ATTRIBUTE)
        index_set_add(&world->lonely_services, service->index);
    run_decide(world->run, &(struct decision){DECISION_NOT_PLACED, refusal, service->who, closest});
    if (refusal != service->refusal_told) /* another cause: no duplicate [DG:service-event-messages] */
        service->message_at[MESSAGE_UNABLE_TO_PLACE] = SIMTIME_NEVER;
    service->refusal_told = refusal;
    if (!service_may_say(world, service, MESSAGE_UNABLE_TO_PLACE))
        return NULL;
    return say_not_placed(world, service, refusal, closest);
}

static bool start_one(struct world *world, struct deployment *deployment, struct names *names,
                      const char **why_not)
{
    struct service *service = deployment->service;
    rng_key key = next_choice(world, service, DRAW_PLACEMENT);
    struct placement_request request = service_request(service, deployment->definition, key);
    placement_instance host = placement_choose(world->placement, &request);
    if (host == PLACEMENT_NONE) {
        *why_not = not_placed(world, service, &request);
        return false;
    }
    struct task *task = task_create(world, deployment->definition, deployment, NULL, world->hosts[host]);
    run_decide(world->run, &(struct decision){DECISION_START_TASK, 0, service->who, task->ref});
    service->message_at[MESSAGE_UNABLE_TO_PLACE] = SIMTIME_NEVER;
    add_name(names, task->name);
    return true;
}

/* The first task of a deployment may be alone until its images are resolved. */
static int64_t most_to_start(const struct deployment *deployment, int64_t wanted)
{
    if (!deployment->service->settings->simulation.waits_for_digest)
        return wanted;
    return image_digest_allows(&deployment->digest, deployment->alive, wanted);
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

/* The steady world of the start was not launched within a minute. */
static int64_t allowed_now(const struct world *world, const struct service *service)
{
    int64_t most = world->settings->quotas.tasks_launched_per_service_per_minute;
    return world->starting ? INT64_MAX : launches_allowed(&service->launches, world->run->now, most);
}

static void continue_later(struct world *world, struct service *service)
{
    simtime at = launches_continue_at(&service->launches, world->run->now);
    if (service->announced_launches != at)
        run_schedule(world->run, at, PHASE_WORLD, EVENT_SERVICE_TIMER, service->index, 1);
    service->announced_launches = at;
}

/* How many of them found a place. */
static int64_t start_some(struct world *world, struct deployment *deployment, int64_t count,
                          struct names *names, const char **why_not)
{
    int64_t started = 0;
    while (started < count && start_one(world, deployment, names, why_not))
        started++;
    deployment->attempts += started > 0;
    if (started && !world->starting)
        launches_add(&deployment->service->launches, world->run->now, started);
    return started;
}

/* Returns whether all that may be launched now found a place. */
static bool start_wanted(struct world *world, struct deployment *deployment, int64_t wanted,
                         struct names *names)
{
    struct service *service = deployment->service;
    wanted = most_to_start(deployment, wanted);
    int64_t allowed = allowed_now(world, service), some = wanted < allowed ? wanted : allowed;
    const char *why_not = NULL;
    if (!wanted || !may_launch(world, deployment))
        return true;
    int64_t missing = some - start_some(world, deployment, some, names, &why_not);
    if (some < wanted && !missing)
        continue_later(world, service);
    if (why_not && names->count)
        service_say(world, service, SAYS_NOT_ALL_LAUNCHED, (long)missing, deployment->name, why_not);
    return !missing;
}

/* Older revisions first, as they were decided. */
static bool start_all(struct world *world, const struct parts *parts, const struct rollout_decision *decision)
{
    struct service *service = parts->deployments[0]->service;
    struct names names = {0};
    bool placed = true;
    for (int k = 1; k <= parts->count && placed; k++)
        placed = start_wanted(world, parts->deployments[k % parts->count],
                              decision->moves[k % parts->count].start, &names);
    if (service->rebalancing.surplus)
        zone_rebalancer_started(world, service, names.count, names.text.bytes);
    else if (names.count)
        service_say(world, service, SAYS_STARTED, (long)names.count, names.text.bytes);
    text_free(&names.text);
    return names.count > 0;
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

/* A daemon's stopping tasks hold back only their own hosts. */
static int64_t count_stopping(const struct service *service)
{
    bool counts = service->settings->simulation.stopping_counts && !service->daemon;
    return counts ? service->counts.stopping : 0;
}

static struct rollout_view view_of(const struct service *service, const struct parts *parts)
{
    return (struct rollout_view){
        .minimum_healthy = rollout_minimum(service->desired_count, service->minimum_healthy_percent),
        .maximum_total = rollout_maximum(service->desired_count, service->maximum_percent),
        .stopping = count_stopping(service),
        .leaving = service->counts.stopping,
        .revisions = parts->counts,
        .count = parts->count,
    };
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
    struct names names = {0};
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
    list_parts(service, &parts);
    struct rollout_view view = view_of(service, &parts);
    staged_deployment_ask(service, parts.deployments, parts.counts, &view);
    service->waits_for_room = false;
    rollout_decide(&view, &decision);
    ask_older_deployments(world, &parts, &decision);
    bool acted = any_stops(&decision, parts.count);
    if (acted)
        stop_all(world, &parts, &decision);
    else if (decision.acts)
        acted = start_all(world, &parts, &decision);
    set_stuck(world, &parts, &decision, acted);
    if (acted)
        service_wake(world, service);
}
