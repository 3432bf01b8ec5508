/* Capacity rebalancing: a Spot host that EC2 finds at an elevated risk of interruption is replaced before it
 * is interrupted. [EAS capacity-rebalancing]
 *
 * The group launches first, up to a tenth of its desired capacity beyond it and beyond its maximum (here at
 * least one host, as where zones are rebalanced), and gives up a host at risk when without it the desired
 * capacity is in service: so a scale-out that is under way comes first. It keeps trying where nothing can be
 * launched; the old host is then interrupted in its time. With the notice itself the group calls its
 * termination hooks, which may take what is left of the two minutes; where it has none the host runs on
 * (AWS does not say). Protection from scale-in does not matter: the host is lost either way (AWS does not
 * say). */
#ifndef MODELS_ECS_CAPACITY_REBALANCING_H
#define MODELS_ECS_CAPACITY_REBALANCING_H

#include "models/ecs/world.h"

/* Units beyond the desired capacity that replace `at_risk` ones before they go. */
int64_t capacity_ahead(int64_t at_risk, int64_t desired, int64_t largest_weight);

int64_t group_capacity_ahead(const struct auto_scaling_group *);

/* Gives up those whose replacements are in service. */
void group_rebalance_capacity(struct world *, struct auto_scaling_group *);

/* EC2's recommendation, and its notice, which comes with one where there was none. The pointer may be gone
 * after the notice. */
void capacity_rebalancing_recommended(struct world *, struct container_instance *);
void capacity_rebalancing_noticed(struct world *, struct container_instance *);

#endif
