#include "models/ecs/scaling/scaling_controller.h"
#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/load_balancer/load.h"
#include "models/ecs/service/service.h"
#include "models/scaling/scaling.h"
#include <string.h>

struct scaling_policy {
    const struct scaling_policy_settings *settings;
    struct scaling_metric metric;
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
        for (int i = 0; i < SCALING_POINTS; i++)
            policy->metric.points[i] = ABSENT;
    }
}

static void schedule_minute(struct world *world, const struct service *service)
{
    run_schedule(world->run, world->run->now + SIMTIME_MINUTE, PHASE_CONTROL, EVENT_SCALING_MINUTE,
                 service->index, 0);
}

void scaling_begin(struct world *world)
{
    for (uint32_t i = 0; i < world->service_count; i++) {
        struct service *service = &world->services[i];
        const struct scalable_target_settings *target = target_of(world, service);
        if (!target || !service->load)
            continue;
        int64_t quota = quota_of_tasks(&world->settings->quotas,
                                       service->settings->configuration[CONFIGURATION_REGISTRIES]);
        struct scaling_controller *controller = arena_alloc(world->arena, sizeof *controller);
        controller->least = target->min_capacity;
        controller->most = target->max_capacity < quota ? target->max_capacity : quota;
        add_policies(world, controller, service);
        service->scaling = controller;
        if (controller->count)
            schedule_minute(world, service);
    }
}

static int64_t point_for(const struct scaling_policy *policy, const struct load_minute *minute)
{
    switch ((enum scaling_metric_type)policy->settings->target_tracking->metric_type) {
    case METRIC_ECS_CPU:
        return minute->cpu_percent;
    case METRIC_ECS_MEMORY:
        return minute->memory_percent;
    case METRIC_ALB_REQUEST_COUNT_PER_TARGET:
        return minute->requests_per_target;
    }
    return ABSENT;
}

static void remember_point(struct scaling_policy *policy, int64_t point)
{
    memmove(policy->metric.points + 1, policy->metric.points,
            (SCALING_POINTS - 1) * sizeof policy->metric.points[0]);
    policy->metric.points[0] = point;
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
        .metric = policy->metric,
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

static void remember_minute(struct world *world, struct service *service)
{
    struct load_minute minute = load_take_minute(world, service);
    for (size_t i = 0; i < service->scaling->count; i++)
        remember_point(&service->scaling->policies[i], point_for(&service->scaling->policies[i], &minute));
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

/* The minutes go on where the service is not yet created or deleted. */
void scaling_minute(void *context, uint64_t index, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct service *service = &world->services[index];
    remember_minute(world, service);
    if (service->exists)
        decide(world, service);
    schedule_minute(world, service);
}
