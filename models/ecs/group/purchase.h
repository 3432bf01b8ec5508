/* What a group's launch gets: the market by the group's shares (purchase_split.h), then, in the zone that the
 * balance has chosen, the type by the allocation strategy (purchase_pools.h). [EAS mixed-instances-groups]
 *
 * A Spot pool that has no host to spare, or costs more than the group pays, refuses. Under instance weighting
 * the highest price is that of a unit. [EAS instance-weighting] */
#ifndef MODELS_ECS_PURCHASE_H
#define MODELS_ECS_PURCHASE_H

#include "models/ecs/world.h"

struct purchase {
    const struct instance_type *type; /* NULL: the zone has nothing that the group would take now */
    const struct host_simulation_settings *simulation;
    int market;     /* enum market */
    int64_t weight; /* of the host, in units of the desired capacity */
    int64_t price;  /* of an hour, billionths of a dollar; negative: unknown */
    struct launch_origin origin;
    bool warms; /* it goes into the warm pool, and not into the group */
};

struct purchase group_purchase(const struct world *, const struct auto_scaling_group *, const struct zone *);

/* Whether the group's next launch would find nothing there. */
bool group_zone_refuses(const struct world *, const struct auto_scaling_group *, const struct zone *);

/* What the group launches from now. */
struct launch_origin launch_origin_of(const char *launch_configuration,
                                      const struct launch_template_specification_settings *); /* or NULL */
bool launch_origins_are_same(struct launch_origin, struct launch_origin);
struct launch_origin group_launch_origin(const struct auto_scaling_group *);
/* It would launch the like of this host: an override may have a launch template of its own. [EAS
 * asg-instance-refresh-skip-matching] */
bool group_launches_like(const struct auto_scaling_group *, const struct container_instance *);

/* A host outside any group. */
struct purchase purchase_of_type(const struct world *, const struct instance_type *,
                                 const struct host_simulation_settings *, const struct zone *);

/* Of which market a mixed group that scales in has more than its share; EITHER_MARKET in a group of one. [EAS
 * termination-policies] */
enum { EITHER_MARKET = -1 };
int group_surplus_market(const struct auto_scaling_group *);

/* How badly the host fits the allocation strategy of a mixed group, the worst highest: a type that the group
 * would launch no more comes before all. EC2 Auto Scaling does not heed On-Demand's lowest-price here. [EAS
 * mixed-instances-groups] */
int64_t group_misfit(const struct world *, const struct auto_scaling_group *,
                     const struct container_instance *);

int64_t group_largest_weight(const struct auto_scaling_group *);

/* From now on the group launches by this plan; what it has stays. */
void group_adopt_plan(struct world *, struct auto_scaling_group *, const struct launch_plan *);

/* A host of the group counts from now (+1), or no longer (-1). */
void purchase_count(struct auto_scaling_group *, const struct container_instance *, int sign);

#endif
