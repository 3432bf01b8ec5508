/* What a group's launch gets. */
#ifndef MODELS_ECS_PURCHASE_H
#define MODELS_ECS_PURCHASE_H

#include "models/ecs/world.h"

struct purchase {
    const struct instance_type *type; /* NULL: the zone has nothing that the group would take now */
    const struct host_simulation_settings *simulation;
    int market;     /* enum market */
    int64_t weight; /* of the host, in units of the desired capacity */
    struct launch_origin origin;
    bool warms; /* it goes into the warm pool, and not into the group */
};

struct purchase group_purchase(struct world *, const struct auto_scaling_group *, const struct zone *);

/* What the group launches from now. */
struct launch_origin launch_origin_of(const char *launch_configuration,
                                      const struct launch_template_specification_settings *); /* or NULL */
struct launch_origin group_launch_origin(const struct auto_scaling_group *);

/* Of which market there are more hosts than the group's shares say, so that scale-in takes from those;
 * EITHER_MARKET in a group of one. [EAS default-termination-policy-mixed-instances-groups] */
enum { EITHER_MARKET = -1 };
int group_surplus_market(const struct auto_scaling_group *);

/* How badly the host fits the group's allocation strategy, the worst highest. */
int64_t group_misfit(const struct auto_scaling_group *, const struct container_instance *);

int64_t group_largest_weight(const struct auto_scaling_group *);

/* A host outside any group. */
struct purchase purchase_of_type(const struct instance_type *, const struct host_simulation_settings *);

#endif
