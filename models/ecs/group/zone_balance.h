/* Where a group launches, where it scales in, and what it moves to be even over its zones. Pure. [EAS
 * auto-scaling-benefits; EAS termination-policies]
 *
 * An instance is launched into the zone with fewest, and scale-in takes from the zones with most, so a group
 * whose zones all work stays even. One that a zone had refused, or whose instances were terminated by hand,
 * is evened out when it can be: launches first, terminations afterwards.
 *
 * Of zones with equally many, the first in the scenario's order gets a launch (AWS does not say). */
#ifndef MODELS_ECS_ZONE_BALANCE_H
#define MODELS_ECS_ZONE_BALANCE_H

#include "models/settings/auto_scaling_group.h"

/* A group in one zone. */
struct zone_view {
    bool used;    /* it is one of the group's */
    bool refuses; /* launches */
    int64_t hosts;
    int64_t candidates; /* of these, hosts that scale-in may take */
};

enum { NO_ZONE = -1 };

/* The rounds in which a group evens itself out. */
struct group_rebalancing {
    int64_t ahead;          /* units that it has launched for others that are to go */
    bool under_way;         /* a round has begun, and the group has not been even since */
    struct zone_view *from; /* how the group was when the last one began; one per zone of the world */
};

/* Where the next instance is launched; NO_ZONE: nowhere now. */
int zone_for_launch(const struct zone_view *, int count, enum capacity_distribution);

/* Of the zones that have a candidate, one with most instances; zones that the group has left come first.
 * NO_ZONE: there is no candidate. */
int zone_with_most(const struct zone_view *, int count);
/* Whether scale-in chooses among the instances of this zone, too: all zones, where they are even. */
bool zone_scales_in(const struct zone_view *, const struct zone_view *with_most);

bool zones_alike(const struct zone_view *, const struct zone_view *, int count); /* candidates aside */

/* How many instances would have to go from one zone to another until no two zones differ by more than one, at
 * most `most`. Zones that refuse get none; a zone that is not the group's any more keeps none. Instances that
 * are protected from scale-in stay where they are: AWS lists what does not heed the protection, and
 * rebalancing is not on that list. The views are scratch. */
int64_t zone_moves(struct zone_view *, int count, int64_t most);

/* By how many instances a group may exceed its maximum capacity while it rebalances. */
int64_t zone_rebalancing_margin(int64_t max_size);

#endif
