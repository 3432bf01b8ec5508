#include "models/ecs/service/launching.h"
#include "models/ecs/capacity/capacity.h"
#include "models/ecs/capacity/fargate.h"
#include "models/ecs/capacity/provisioning.h"
#include "models/ecs/events.h"
#include "models/ecs/role/role.h"
#include "models/ecs/service/service.h"
#include "models/ecs/service/service_messages.h"
#include "models/ecs/service/service_placement.h"
#include "models/ecs/service/zone_rebalancer.h"
#include "models/ecs/task/task.h"

/* --- without a place -------------------------------------------------------------------------- */

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
    [REFUSED_CAPABILITY] = "is missing an attribute required by your task",
    [REFUSED_ATTRIBUTE] = "encountered error \"MemberOf placement constraint unsatisfied.\"",
    [REFUSED_DISTINCT] = "encountered error \"DistinctInstance placement constraint unsatisfied.\"",
};

static const char *why_not_placed(struct world *world, const struct deployment *deployment,
                                  enum placement_refusal refusal, placement_instance closest)
{
    if (closest == PLACEMENT_NONE)
        return deployment->strategy->count ? SAYS_NO_INSTANCES_OF_PROVIDER : SAYS_NO_INSTANCES;
    return arena_format(world->arena, SAYS_CLOSEST, world->hosts[closest]->name, lacks[refusal]);
}

/* Another cause is no duplicate. [DG:service-event-messages] */
static bool may_say_refusal(struct world *world, struct service *service, enum placement_refusal refusal)
{
    if (refusal != service->refusal_told)
        service->message_at[MESSAGE_UNABLE_TO_PLACE] = SIMTIME_NEVER;
    service->refusal_told = refusal;
    return service_may_say(world, service, MESSAGE_UNABLE_TO_PLACE);
}

static const char *say_not_placed(struct world *world, const struct deployment *deployment,
                                  enum placement_refusal refusal, placement_instance closest)
{
    struct service *service = deployment->service;
    const char *why = why_not_placed(world, deployment, refusal, closest);
    service_say(world, service, SAYS_NOT_PLACED, why);
    event_service_action(world, service, "ERROR", "SERVICE_TASK_PLACEMENT_FAILURE",
                         closest == PLACEMENT_NONE ? "RESOURCE:*" : placement_refusal_names[refusal]);
    return why;
}

/* Why, if it is said; NULL if not, or not again. */
static const char *not_placed(struct world *world, const struct deployment *deployment,
                              const struct placement_request *request)
{
    struct service *service = deployment->service;
    placement_instance closest;
    if (world->starting)
        return NULL; /* it is tried again at the first tick */
    enum placement_refusal refusal = placement_closest(world->placement, request, &closest);
    if (service->daemon && closest == PLACEMENT_NONE)
        return NULL; /* where it lacks a task, its last one is still stopping */
    service_lacks_room(world, service, refusal, closest);
    service->waits_for_room = true;
    service->stuck_because = closest == PLACEMENT_NONE ? "no container instance is ACTIVE" : lacks[refusal];
    if (!may_say_refusal(world, service, refusal))
        return NULL;
    return say_not_placed(world, deployment, refusal, closest);
}

/* Why, as not_placed(). */
static const char *no_fargate(struct world *world, struct service *service)
{
    if (world->starting)
        return NULL; /* it is tried again at the first tick */
    service_lacks_room(world, service, REFUSED_FARGATE, PLACEMENT_NONE);
    service->waits_for_room = true;
    service->stuck_because = "Fargate has no capacity";
    if (!may_say_refusal(world, service, REFUSED_FARGATE))
        return NULL;
    service_say(world, service, SAYS_NOT_PLACED_ON_FARGATE, SAYS_NO_FARGATE);
    event_service_action(world, service, "ERROR", "SERVICE_TASK_PLACEMENT_FAILURE",
                         placement_refusal_names[REFUSED_FARGATE]);
    return SAYS_NO_FARGATE;
}

/* Why, as not_placed(). */
static const char *no_more_may_wait(struct world *world, struct service *service,
                                    const struct placement_request *request)
{
    placement_instance closest;
    if (placement_closest(world->placement, request, &closest) == REFUSED_ATTRIBUTE)
        index_set_add(&world->lonely_services, service->index);
    provisioning_refuses(world, service);
    service->waits_for_room = true;
    service->stuck_because = "as many tasks as may be wait in PROVISIONING";
    if (!may_say_refusal(world, service, REFUSED_PROVISIONING))
        return NULL;
    service_say(world, service, SAYS_NOT_PROVISIONED, SAYS_TOO_MANY_PROVISIONING);
    event_service_action(world, service, "ERROR", "SERVICE_TASK_PLACEMENT_FAILURE",
                         placement_refusal_names[REFUSED_PROVISIONING]);
    return SAYS_TOO_MANY_PROVISIONING;
}

/* --- one task --------------------------------------------------------------------------------- */

static void start_on(struct world *world, struct deployment *deployment, struct capacity capacity,
                     struct task_names *names)
{
    struct service *service = deployment->service;
    struct task *task =
        task_create(world, deployment->definition, deployment, deployment->service->group, capacity);
    run_decide(world->run, &(struct decision){DECISION_START_TASK, 0, service->who, task->ref});
    service->message_at[MESSAGE_UNABLE_TO_PLACE] = SIMTIME_NEVER;
    service->message_at[MESSAGE_UNABLE_TO_LAUNCH] = SIMTIME_NEVER;
    task_names_add(names, task->name);
}

/* Its tasks cannot have their roles. */
static bool is_refused(struct world *world, const struct deployment *deployment)
{
    struct service *service = deployment->service;
    const char *refusal = role_refuses_launch(world, deployment->definition);
    if (!refusal)
        return false;
    service->waits_for_room = true;
    service->stuck_because = "a role of its tasks cannot be assumed";
    if (service_may_say(world, service, MESSAGE_UNABLE_TO_LAUNCH))
        service_say(world, service, SAYS_NOT_LAUNCHED, refusal);
    return true;
}

static bool start_one(struct world *world, struct deployment *deployment, struct task_names *names,
                      const char **why_not)
{
    struct service *service = deployment->service;
    if (is_refused(world, deployment))
        return false;
    rng_key key = service_next_choice(world, service, DRAW_PLACEMENT);
    struct placement_request request = service_request(service, deployment->definition, key);
    struct capacity_seeker seeker = service_seeker(deployment);
    volumes_steer(world, deployment->definition, &request);
    struct capacity capacity;
    switch (capacity_choose(world, &seeker, deployment->definition, &request, &capacity)) {
    case CAPACITY_NO_HOST:
        *why_not = not_placed(world, deployment, &request);
        return false;
    case CAPACITY_NO_FARGATE:
        *why_not = no_fargate(world, service);
        return false;
    case CAPACITY_LATER:
        fargate_wait(world, deployment);
        return false;
    case CAPACITY_PROVISIONING_FULL:
        *why_not = no_more_may_wait(world, service, &request);
        return false;
    case CAPACITY_PROVISIONING:
    case CAPACITY_FOUND:
        start_on(world, deployment, capacity, names);
    }
    return true;
}

/* --- as many as may be ------------------------------------------------------------------------ */

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
                          struct task_names *names, const char **why_not)
{
    int64_t started = 0;
    while (started < count && start_one(world, deployment, names, why_not))
        started++;
    deployment->attempts += started > 0 && !deployment->service->launches_continue;
    if (started && !world->starting)
        launches_add(&deployment->service->launches, world->run->now, started);
    return started;
}

/* Returns whether all that may be launched now found a place. */
static bool start_wanted(struct world *world, struct deployment *deployment, int64_t wanted,
                         struct task_names *names)
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
bool launch_wanted(struct world *world, const struct parts *parts, const struct rollout_decision *decision)
{
    struct service *service = parts->deployments[0]->service;
    struct task_names names = {0};
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
