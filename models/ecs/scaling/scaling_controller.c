#include "models/ecs/scaling/scaling_controller.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/service/service.h"
#include "models/scaling/scaling.h"
#include <string.h>

struct scaling_policy {
    const struct scaling_policy_settings *settings;
    struct metric *metric;
    simtime last_out_at, last_in_at;
    int64_t last_out_by;
};

struct scaling_controller {
    int64_t least, most;
    struct scaling_policy *policies;
    size_t count;
};

static const struct scalable_target_settings *target_of(const struct world *world,
                                                        const struct service *service)
{
    EACH(struct scalable_target_settings, each, world->settings->scalable_targets)
        if (!strcmp(each->service, service->name))
            return each;
    return NULL;
}

static struct metric *metric_followed(struct world *world, const struct service *service,
                                      const struct target_tracking *policy)
{
    struct metric_reference group = {.name = METRIC_REQUEST_COUNT_PER_TARGET,
                                     .subject = policy->resource_label};
    switch ((enum scaling_metric_type)policy->metric_type) {
    case METRIC_ECS_CPU:
        return metric_watch(world, METRIC_SERVICE_CPU, service->index, SCALING_POINTS);
    case METRIC_ECS_MEMORY:
        return metric_watch(world, METRIC_SERVICE_MEMORY, service->index, SCALING_POINTS);
    case METRIC_ALB_REQUEST_COUNT_PER_TARGET:
        return metric_watch_named(world, &group, SCALING_POINTS);
    }
    return NULL;
}

static void add_policies(struct world *world, struct scaling_controller *controller,
                         const struct service *service)
{
    const struct list *all = &world->settings->scaling_policies;
    controller->policies = arena_array(world->arena, all->count, sizeof *controller->policies);
    EACH(struct scaling_policy_settings, each, *all) {
        if (!each->target_tracking || !each->service || strcmp(each->service, service->name))
            continue;
        struct scaling_policy *policy = &controller->policies[controller->count++];
        policy->settings = each;
        policy->last_out_at = policy->last_in_at = SIMTIME_NEVER;
        policy->metric = metric_followed(world, service, each->target_tracking);
    }
}

void scaling_begin(struct world *world)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        const struct scalable_target_settings *target = target_of(world, service);
        if (!target)
            continue;
        int64_t quota = quota_of_tasks(&world->settings->quotas,
                                       service->settings->configuration[CONFIGURATION_REGISTRIES]);
        struct scaling_controller *controller = arena_alloc(world->arena, sizeof *controller);
        controller->least = target->min_capacity;
        controller->most = target->max_capacity < quota ? target->max_capacity : quota;
        add_policies(world, controller, service);
        service->scaling = controller;
    }
}

static struct scaling_metric points_of(const struct metric *metric)
{
    struct scaling_metric points;
    for (size_t i = 0; i < SCALING_POINTS; i++)
        points.points[i] = metric_value(metric, i, STATISTIC_AVERAGE);
    return points;
}

static struct scaling_answer ask(struct world *world, const struct service *service,
                                 const struct scaling_policy *policy)
{
    const struct scaling_policy_verbs *verbs = scaling_target_tracking.verbs;
    struct scaling_view view = {
        .now = world->run->now,
        .running = service->counts.running,
        .desired = service->desired_count,
        .least = service->scaling->least,
        .most = service->scaling->most,
        .scale_in_held = service_deploys(service),
        .metric = points_of(policy->metric),
        .last_out_at = policy->last_out_at,
        .last_in_at = policy->last_in_at,
        .last_out_by = policy->last_out_by,
    };
    return verbs->answer(policy->settings->target_tracking, &view);
}

static void carry_out(struct world *world, struct service *service, struct scaling_policy *policy,
                      struct scaling_answer answer)
{
    if (answer.desired > service->desired_count) {
        policy->last_out_at = world->run->now;
        policy->last_out_by = answer.added;
    } else {
        policy->last_in_at = world->run->now;
    }
    run_decide(world->run, &(struct decision){DECISION_SCALE, answer.desired > service->desired_count,
                                              service->who, (uint64_t)answer.desired});
    event_service_action(world, service, "INFO", "SERVICE_DESIRED_COUNT_UPDATED", answer.why);
    service_set_desired(world, service, answer.desired);
}

/* A policy that only adds has no say in a scale-in. [AAS target tracking considerations] */
static bool has_a_say(const struct scaling_policy *policy, struct scaling_answer answer,
                      const struct service *service)
{
    return !policy->settings->target_tracking->disable_scale_in || answer.desired > service->desired_count;
}

/* Out if any wants it; in only if all agree; the largest answer wins. [AAS] */
static void decide(struct world *world, struct service *service)
{
    struct scaling_policy *winner = NULL;
    struct scaling_answer best = {.desired = INT64_MIN};
    for (size_t i = 0; i < service->scaling->count; i++) {
        struct scaling_policy *policy = &service->scaling->policies[i];
        struct scaling_answer answer = ask(world, service, policy);
        if (answer.desired > best.desired && has_a_say(policy, answer, service))
            best = answer, winner = policy;
    }
    if (winner && best.desired != service->desired_count)
        carry_out(world, service, winner, best);
}

void scaling_react(struct world *world, enum metric_visibility visibility)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        if (visibility == METRIC_STANDARD && service->exists && service->scaling)
            decide(world, service);
    }
}
