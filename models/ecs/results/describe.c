#include "models/ecs/results/describe.h"
#include "models/ecs/deployment/staged_deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/task/task.h"

/* --- who -------------------------------------------------------------------------------------- */

static const struct service *service_who(const struct world *world, uint64_t who)
{
    for (uint32_t i = 0; i < world->service_count; i++)
        if (world->services[i].who == who)
            return &world->services[i];
    return NULL;
}

static const struct auto_scaling_group *group_who(const struct world *world, uint64_t who)
{
    for (uint32_t i = 0; i < world->group_count; i++)
        if (world->groups[i].who == who)
            return &world->groups[i];
    return NULL;
}

/* A service, or the group of standalone tasks. */
static const char *owner_name(const struct world *world, uint64_t who)
{
    const struct service *service = service_who(world, who);
    size_t count = placement_group_count(world->placement);
    for (size_t i = 0; i < count && !service; i++) {
        const char *name = placement_group_name(world->placement, (placement_group)i);
        if (rng_name(name) == who)
            return name;
    }
    CHECK(service);
    return service->name;
}

static const char *owner_of(const struct task *task)
{
    return task->service ? task->service->name : task->group_name;
}

/* --- where ------------------------------------------------------------------------------------ */

static void add_host(struct text *text, const struct task *task)
{
    const struct container_instance *host = task->instance;
    const char *provider = task->provider ? task->provider->name : NULL;
    if (!host && provider)
        text_add_format(text, ", without a host of %s yet", provider);
    else if (!host)
        text_add(text, ", without a host yet");
    else
        text_add_format(text, " on %s (%s)", host->fargate ? provider : host->name, host->zone->name);
}

/* "web: start web-7 of WebApp:2 on fleet-3 (us-east-1a)" */
static void add_task(struct text *text, const struct world *world, const char *verb, uint64_t ref)
{
    const struct task *task = pool_find(&world->tasks, ref);
    CHECK(task);
    text_add_format(text, "%s: %s %s of %s", owner_of(task), verb, task->name, task->definition->name);
    add_host(text, task);
}

/* --- the words of each kind ------------------------------------------------------------------- */

typedef void describe_kind(const struct world *, const struct decision *, struct text *);

/* chosen: the task, which is there already. */
static void start_task(const struct world *world, const struct decision *decision, struct text *text)
{
    add_task(text, world, "start", decision->chosen);
}

static void place_task(const struct world *world, const struct decision *decision, struct text *text)
{
    add_task(text, world, "place", decision->chosen);
    text_add(text, ", for which it has waited");
}

/* chosen: the task; why: whether it is unhealthy. */
static void stop_task(const struct world *world, const struct decision *decision, struct text *text)
{
    add_task(text, world, "stop", decision->chosen);
    if (decision->why)
        text_add(text, ": it is unhealthy");
}

/* who: the service or the group of standalone tasks; chosen: the closest match, PLACEMENT_NONE: there is
 * none; why: enum placement_refusal. */
static void not_placed(const struct world *world, const struct decision *decision, struct text *text)
{
    text_add_format(text, "%s: no room: ", owner_name(world, decision->who));
    if (decision->why == REFUSED_INACTIVE)
        text_add(text, "no container instance is ACTIVE");
    else
        text_add(text, placement_refusal_names[decision->why]);
    if (decision->chosen != PLACEMENT_NONE)
        text_add_format(text, "; closest was %s", world->hosts[decision->chosen]->name);
}

static void blocked(const struct world *world, const struct decision *decision, struct text *text)
{
    const struct service *service = service_who(world, decision->who);
    text_add_format(text, "%s: minimumHealthyPercent %ld and maximumPercent %ld leave no move", service->name,
                    (long)service->minimum_healthy_percent, (long)service->maximum_percent);
}

/* chosen: the instance; why: whether it is one of the warm pool, not of the group. */
static const struct container_instance *instance_of(const struct world *world,
                                                    const struct decision *decision)
{
    const struct container_instance *instance = pool_find(&world->instances, decision->chosen);
    CHECK(instance && instance->group);
    return instance;
}

static void launch_instance(const struct world *world, const struct decision *decision, struct text *text)
{
    const struct container_instance *instance = instance_of(world, decision);
    text_add_format(text, "%s: launch %s (%s) in %s%s", instance->group->name, instance->name,
                    instance->type->name, instance->zone->name, decision->why ? " into its warm pool" : "");
}

static void terminate_instance(const struct world *world, const struct decision *decision, struct text *text)
{
    const struct container_instance *instance = instance_of(world, decision);
    text_add_format(text, "%s: terminate %s in %s%s", instance->group->name, instance->name,
                    instance->zone->name, decision->why ? " out of its warm pool" : "");
}

static void add_change(struct text *text, const char *name, const char *what, int64_t from, uint64_t to)
{
    text_add_format(text, "%s: %s %ld -> %lu", name, what, (long)from, (unsigned long)to);
}

static void scale_group(const struct world *world, const struct decision *decision, struct text *text)
{
    const struct auto_scaling_group *group = group_who(world, decision->who);
    add_change(text, group->name, "desired capacity", group->desired, decision->chosen);
}

/* who: a service, or a group of that name; chosen: the desired count to be; why: whether that is more. Where
 * a service and a group share a name it is the service if it moves that way. */
static void scale(const struct world *world, const struct decision *decision, struct text *text)
{
    const struct service *service = service_who(world, decision->who);
    bool more = service && (int64_t)decision->chosen > service->desired_count;
    if (service && (!group_who(world, decision->who) || more == decision->why))
        add_change(text, service->name, "desired count", service->desired_count, decision->chosen);
    else
        scale_group(world, decision, text);
}

/* chosen: the deployment. */
static void add_deployment(struct text *text, const struct world *world, const char *verb, uint64_t ref)
{
    const struct deployment *deployment = pool_find(&world->deployments, ref);
    CHECK(deployment);
    text_add_format(text, "%s: %s %s (%s)", deployment->service->name, verb, deployment->definition->name,
                    deployment->name);
}

static void deploy(const struct world *world, const struct decision *decision, struct text *text)
{
    add_deployment(text, world, "deploy", decision->chosen);
}

static void roll_back(const struct world *world, const struct decision *decision, struct text *text)
{
    add_deployment(text, world, "roll back to", decision->chosen);
}

/* why: enum lifecycle_stage. */
static void stage(const struct world *world, const struct decision *decision, struct text *text)
{
    add_deployment(text, world, "deployment of", decision->chosen);
    text_add_format(text, " enters %s", lifecycle_stage_names[decision->why]);
}

static describe_kind *const kinds[DECISION_COUNT] = {
    [DECISION_START_TASK] = start_task,
    [DECISION_STOP_TASK] = stop_task,
    [DECISION_NOT_PLACED] = not_placed,
    [DECISION_BLOCKED] = blocked,
    [DECISION_LAUNCH_INSTANCE] = launch_instance,
    [DECISION_TERMINATE_INSTANCE] = terminate_instance,
    [DECISION_SCALE] = scale,
    [DECISION_DEPLOY] = deploy,
    [DECISION_ROLL_BACK] = roll_back,
    [DECISION_STAGE] = stage,
    [DECISION_PLACE_TASK] = place_task,
    [DECISION_SCALE_GROUP] = scale_group,
};

void decision_describe(void *world, const struct decision *decision, struct text *text)
{
    CHECK(decision->kind < DECISION_COUNT && kinds[decision->kind]);
    kinds[decision->kind](world, decision, text);
}

/* --- events ----------------------------------------------------------------------------------- */

static const enum event_subject subjects[EVENT_COUNT] = {
#define EVENT(name, text, handler, subject) SUBJECT_##subject,
#include "models/ecs/events.def"
#undef EVENT
};

static const char *const words[EVENT_COUNT] = {
#define EVENT(name, text, handler, subject) text,
#include "models/ecs/events.def"
#undef EVENT
};

static bool add_task_subject(struct text *text, const struct task *task)
{
    if (task)
        text_add_format(text, "%s (%s): ", task->name, task_status_names[task->last_status]);
    return task;
}

/* A machine of Fargate has no name but its task's. */
static bool add_instance_subject(struct text *text, const struct container_instance *instance)
{
    if (!instance)
        return false;
    const char *name = instance->name         ? instance->name
                       : instance->first_task ? instance->first_task->name
                                              : NULL;
    if (name)
        text_add_format(text, "%s: ", name);
    return true;
}

static bool add_deployment_subject(struct text *text, const struct deployment *deployment)
{
    if (deployment)
        text_add_format(text, "%s (%s): ", deployment->service->name, deployment->name);
    return deployment;
}

/* False: it is gone. */
static bool add_subject(struct text *text, struct world *world, const struct event *event)
{
    switch (subjects[event->kind]) {
    case SUBJECT_TASK:
        return add_task_subject(text, pool_find(&world->tasks, event->subject));
    case SUBJECT_INSTANCE:
        return add_instance_subject(text, pool_find(&world->instances, event->subject));
    case SUBJECT_DEPLOYMENT:
        return add_deployment_subject(text, pool_find(&world->deployments, event->subject));
    case SUBJECT_SERVICE:
        text_add_format(text, "%s: ", world->services[event->subject].name);
        return true;
    case SUBJECT_GROUP:
        text_add_format(text, "%s: ", world->groups[event->subject].name);
        return true;
    case SUBJECT_NOBODY:
        return true;
    }
    return false;
}

void event_describe(void *world, const struct event *event, struct text *text)
{
    CHECK(event->kind < EVENT_COUNT);
    if (add_subject(text, world, event))
        text_add(text, words[event->kind]);
}
