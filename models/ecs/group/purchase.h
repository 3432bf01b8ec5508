/* What a group's launch gets. */
#ifndef MODELS_ECS_PURCHASE_H
#define MODELS_ECS_PURCHASE_H

#include "models/ecs/world.h"

struct purchase {
    const struct instance_type *type; /* NULL: the zone has nothing that the group would take now */
    const struct host_simulation_settings *simulation;
    int market;     /* enum market */
    int64_t weight; /* of the host, in units of the desired capacity */
};

struct purchase group_purchase(struct world *, const struct auto_scaling_group *, const struct zone *);

/* A host outside any group. */
struct purchase purchase_of_type(const struct instance_type *, const struct host_simulation_settings *);

#endif
