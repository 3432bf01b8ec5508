#include "models/ecs/service/service_update.h"

static bool same_load_balancer(const struct service_load_balancer_settings *a,
                               const struct service_load_balancer_settings *b)
{
    return text_is_same(a->target_group, b->target_group) &&
           text_is_same(a->load_balancer, b->load_balancer) &&
           text_is_same(a->container_name, b->container_name) && a->container_port == b->container_port;
}

static bool same_load_balancers(const struct list *a, const struct list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!same_load_balancer(LIST_AT(struct service_load_balancer_settings, *a, i),
                                LIST_AT(struct service_load_balancer_settings, *b, i)))
            return false;
    return true;
}

static bool changes_network(const struct service *service, const struct update_service_settings *settings)
{
    const struct list *subnets = &settings->network_configuration.awsvpc.subnets;
    return subnets->count && !texts_are_same(subnets, &service->network_configuration->awsvpc.subnets);
}

static bool changes_configuration(const struct service *service,
                                  const struct update_service_settings *settings)
{
    for (int i = 0; i < CONFIGURATION_FIELDS; i++)
        if (settings->configuration[i] &&
            !text_is_same(settings->configuration[i], service->configuration[i]))
            return true;
    return settings->load_balancers.count &&
           !same_load_balancers(&settings->load_balancers, service->load_balancers);
}

bool update_deploys(const struct service *service, const struct task_definition *definition,
                    const struct update_service_settings *settings)
{
    return definition != service->primary->definition || settings->force_new_deployment ||
           changes_network(service, settings) || changes_configuration(service, settings);
}

bool update_may_deploy(const struct update_service_settings *settings)
{
    bool configures = settings->load_balancers.count || settings->network_configuration.awsvpc.subnets.count;
    for (int i = 0; i < CONFIGURATION_FIELDS; i++)
        configures = configures || settings->configuration[i];
    return settings->task_definition || settings->force_new_deployment || configures;
}
