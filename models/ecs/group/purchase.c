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
    return purchase_of_type(group->settings->type, &group->settings->simulation);
}
