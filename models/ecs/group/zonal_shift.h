/* A zonal shift: for a while a group launches nothing in one of its zones. What is there stays; an unhealthy
 * instance there is replaced elsewhere, or ignored, as the group's availabilityZoneImpairmentPolicy says.
 * When the shift ends the group rebalances. [API autoscaling:AvailabilityZoneImpairmentPolicy]
 *
 * A group has one shift at a time. Zonal shifts of load balancers are not modelled. */
#ifndef MODELS_ECS_ZONAL_SHIFT_H
#define MODELS_ECS_ZONAL_SHIFT_H

#include "models/ecs/world.h"

/* NULL, or how AWS refuses. */
const char *zonal_shift_start(struct world *, struct auto_scaling_group *, const char *zone,
                              simtime expires_in);
const char *zonal_shift_cancel(struct world *, struct auto_scaling_group *);

/* The group is shifted away from this zone. */
bool zone_is_shifted(const struct auto_scaling_group *, const struct zone *);
/* The health of the group's instances in this zone does not matter now. */
bool zonal_shift_ignores(const struct auto_scaling_group *, uint32_t zone);

/* Ends what has expired. Returns when time alone could change something, or SIMTIME_NEVER. */
simtime zonal_shift_look(struct world *, struct auto_scaling_group *);

#endif
