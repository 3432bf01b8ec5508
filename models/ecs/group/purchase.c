#include "models/ecs/group/purchase.h"

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
    const struct launch_option *option = LIST_AT(struct launch_option, group->settings->plan.options, 0);
    return purchase_of_type(option->type, &group->settings->simulation);
}
