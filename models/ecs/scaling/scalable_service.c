#include "models/ecs/deployment/deployment.h"
#include "models/ecs/events.h"
#include "models/ecs/scaling/scalable.h"
#include "models/ecs/service/service.h"

static struct service *service_of(const struct world *world, const struct scalable *scalable)
{
    return &world->services[scalable->subject];
}

static bool service_exists(const struct world *world, const struct scalable *scalable)
{
    return service_of(world, scalable)->exists;
}

static int64_t service_desired(const struct world *world, const struct scalable *scalable)
{
    return service_of(world, scalable)->desired_count;
}

static int64_t service_running(const struct world *world, const struct scalable *scalable, simtime warmup)
{
    (void)warmup;
    return service_of(world, scalable)->counts.running;
}

static simtime service_steady_until(const struct world *world, const struct scalable *scalable,
                                    simtime warmup, simtime from)
{
    (void)world, (void)scalable, (void)warmup, (void)from;
    return SIMTIME_NEVER;
}

/* The quota of a service stands above its scalable target's limit. */
static void service_limits(const struct world *world, const struct scalable *scalable, int64_t *least,
                           int64_t *most)
{
    const struct service *service = service_of(world, scalable);
    int64_t quota =
        quota_of_tasks(&world->settings->quotas, service->settings->configuration[CONFIGURATION_REGISTRIES]);
    *most = scalable->most < quota ? scalable->most : quota;
    *least = scalable->least < *most ? scalable->least : *most;
}

/* A running deployment holds scale-in. [G:service-auto-scaling] */
static enum scaling_why service_scale_in_held_by(const struct world *world, const struct scalable *scalable,
                                                 simtime warmup)
{
    (void)warmup;
    if (scalable->suspended.dynamic_scaling_in)
        return WHY_SUSPENDED;
    return service_deploys(service_of(world, scalable)) ? WHY_UNSCALABLE : WHY_OK;
}

static enum scaling_why service_scale_out_held_by(const struct world *world, const struct scalable *scalable)
{
    (void)world;
    return scalable->suspended.dynamic_scaling_out ? WHY_SUSPENDED : WHY_OK;
}

static simtime service_idle_since(const struct world *world, const struct scalable *scalable)
{
    (void)world, (void)scalable;
    return 0; /* simple scaling is of groups */
}

static bool service_scheduled_suspended(const struct world *world, const struct scalable *scalable)
{
    (void)world;
    return scalable->suspended.scheduled_scaling;
}

static void set_service(struct world *world, struct scalable *scalable, int64_t desired, const char *reason)
{
    struct service *service = service_of(world, scalable);
    event_service_action(world, service, "INFO", "SERVICE_DESIRED_COUNT_UPDATED", reason);
    service_set_desired(world, service, desired);
}

static void set_service_limits(struct world *world, struct scalable *scalable, int64_t least, int64_t most)
{
    (void)world;
    scalable->least = least;
    scalable->most = most;
}

static const struct scalable_verbs service_verbs = {
    .exists = service_exists,
    .desired = service_desired,
    .running = service_running,
    .steady_until = service_steady_until,
    .limits = service_limits,
    .scale_in_held_by = service_scale_in_held_by,
    .scale_out_held_by = service_scale_out_held_by,
    .idle_since = service_idle_since,
    .scheduled_suspended = service_scheduled_suspended,
    .set = set_service,
    .set_limits = set_service_limits,
};

struct scalable scalable_of_service(struct world *world, const struct service *service,
                                    const struct scalable_target_settings *target)
{
    return (struct scalable){
        .verbs = &service_verbs,
        .name = service->name,
        .subject = service->index,
        .resource_id = arena_format(world->arena, "service/%s/%s", world->cluster_name, service->name),
        .who = service->who,
        .least = target->min_capacity,
        .most = target->max_capacity,
        .suspended = target->suspended,
        .role = target->role,
    };
}
