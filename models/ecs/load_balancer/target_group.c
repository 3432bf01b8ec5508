#include "models/ecs/load_balancer/target_group.h"
#include <string.h>

static struct registration to_target_group(const struct target_group_settings *group)
{
    return (struct registration){
        .name = group->name,
        .deregistration_delay = group->deregistration_delay,
        .slow_start = group->slow_start,
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

const char *registration_members(const struct registration *registration)
{
    return registration->classic ? "instances" : "targets";
}

bool registrations_classic(const struct registration *registrations, int count)
{
    return count && registrations[0].classic;
}

simtime registrations_slow_start(const struct registration *registrations, int count)
{
    simtime longest = 0;
    for (int i = 0; i < count; i++)
        if (registrations[i].slow_start > longest)
            longest = registrations[i].slow_start;
    return longest;
}

/* Those that it had before it was deleted go on: their targets may still drain. */
static struct target_counts *counts_of(struct world *world, struct service *service, const char *name)
{
    struct target_counts **link = &service->target_counts;
    uint64_t number = 0;
    for (; *link; link = &(*link)->next, number++)
        if (!strcmp((*link)->target_group, name))
            return *link;
    *link = arena_alloc(world->arena, sizeof **link);
    **link = (struct target_counts){.target_group = name, .number = number, .service = service};
    return *link;
}

/* A target group, not a Classic load balancer. */
static void join_group(struct world *world, struct target_counts *counts,
                       const struct target_group_settings *group)
{
    const struct target_group_settings *first = world->settings->target_groups.items;
    struct target_counts **link = &world->target_counts[group - first];
    for (; *link; link = &(*link)->next_of_group)
        if (*link == counts)
            return;
    *link = counts;
}

void registrations_begin(struct world *world, struct service *service)
{
    struct registration *registrations = arena_array(world->arena, MOST_TARGET_GROUPS, sizeof *registrations);
    service->registrations = registrations;
    service->registration_count = 0;
    EACH(struct service_load_balancer_settings, each, *service->load_balancers) {
        struct registration *registration = &registrations[service->registration_count++];
        const struct target_group_settings *group =
            settings_named(world->settings, NAMED_TARGET_GROUP, each->target_group);
        *registration =
            group ? to_target_group(group)
                  : to_classic(settings_named(world->settings, NAMED_LOAD_BALANCER, each->load_balancer));
        registration->container_name = each->container_name;
        registration->container_port = each->container_port;
        registration->counts = counts_of(world, service, registration->name);
        registration->counts->registration = registration;
        if (group)
            join_group(world, registration->counts, group);
    }
    simtime slow_start = registrations_slow_start(registrations, service->registration_count);
    if (slow_start > service->slow_start)
        service->slow_start = slow_start;
}
