#include "models/ecs/target_group.h"
#include <string.h>

static const struct target_group_settings *find_target_group(const struct world *world, const char *name)
{
    EACH(struct target_group_settings, each, world->settings->target_groups)
        if (!strcmp(each->name, name))
            return each;
    CHECK(!"the reader has resolved target groups");
    return NULL;
}

static const struct classic_load_balancer_settings *find_classic(const struct world *world, const char *name)
{
    EACH(struct classic_load_balancer_settings, each, world->settings->load_balancers)
        if (!strcmp(each->name, name))
            return each;
    CHECK(!"the reader has resolved load balancers");
    return NULL;
}

static struct registration to_target_group(const struct target_group_settings *group)
{
    return (struct registration){
        .name = group->name,
        .deregistration_delay = group->deregistration_delay,
        .probe =
            {
                .interval = group->interval,
                .timeout = group->timeout,
                .first_successes = 1, /* [DG:load-balancer-healthcheck] */
                .healthy_threshold = group->healthy_threshold,
                .unhealthy_threshold = group->unhealthy_threshold,
            },
    };
}

static struct registration to_classic(const struct classic_load_balancer_settings *balancer)
{
    const struct classic_health_check_settings *check = &balancer->health_check;
    const struct connection_draining_settings *draining = &balancer->attributes.connection_draining;
    return (struct registration){
        .name = balancer->name,
        .classic = true,
        .deregistration_delay = draining->enabled ? draining->timeout : 0,
        .probe =
            {
                .interval = check->interval,
                .timeout = check->timeout,
                .first_successes = check->healthy_threshold,
                .healthy_threshold = check->healthy_threshold,
                .unhealthy_threshold = check->unhealthy_threshold,
            },
    };
}

const char *registration_kind(const struct registration *registration)
{
    return registration->classic ? "elb" : "target-group";
}

void registrations_begin(struct world *world, struct service *service)
{
    service->registrations = arena_array(world->arena, MOST_TARGET_GROUPS, sizeof *service->registrations);
    service->registration_count = 0;
    EACH(struct service_load_balancer_settings, each, *service->load_balancers) {
        struct registration *registration = &service->registrations[service->registration_count++];
        *registration = each->target_group ? to_target_group(find_target_group(world, each->target_group))
                                           : to_classic(find_classic(world, each->load_balancer));
        registration->container_port = each->container_port;
    }
}
