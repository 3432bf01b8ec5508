#include "models/ecs/group/purchase.h"
#include <stdlib.h>

struct purchase purchase_of_type(const struct instance_type *type,
                                 const struct host_simulation_settings *simulation)
{
    return (struct purchase){
        .type = type,
        .simulation = simulation,
        .market = simulation->market,
        .weight = 1,
    };
}

struct purchase group_purchase(struct world *world, const struct auto_scaling_group *group,
                               const struct zone *zone)
{
    (void)world;
    (void)zone;
    const struct launch_option *option = LIST_AT(struct launch_option, group->plan->options, 0);
    struct purchase purchase = purchase_of_type(option->type, &group->settings->simulation);
    purchase.origin = group_launch_origin(group);
    return purchase;
}

/* Where the scenario does not hold the template, $Latest and $Default say no number. */
struct launch_origin launch_origin_of(const char *launch_configuration,
                                      const struct launch_template_specification_settings *specification)
{
    struct launch_origin origin = {.launch_configuration = launch_configuration};
    const struct launch_template_settings *template = specification ? specification->launch_template : NULL;
    if (template) {
        origin.launch_template = template->name ? template->name : template->id;
        origin.version = template->version;
    } else if (specification) {
        origin.launch_template = specification->name ? specification->name : specification->id;
        origin.version = specification->version ? atoll(specification->version) : 0;
    }
    return origin;
}

struct launch_origin group_launch_origin(const struct auto_scaling_group *group)
{
    bool has_been_refreshed = group->plan != &group->settings->plan;
    return launch_origin_of(has_been_refreshed ? NULL : group->settings->behaviour.launch_configuration,
                            group->plan->specification);
}

int group_surplus_market(const struct auto_scaling_group *group)
{
    (void)group;
    return EITHER_MARKET;
}

int64_t group_misfit(const struct auto_scaling_group *group, const struct container_instance *instance)
{
    (void)group;
    (void)instance;
    return 0;
}

int64_t group_largest_weight(const struct auto_scaling_group *group)
{
    (void)group;
    return 1;
}
