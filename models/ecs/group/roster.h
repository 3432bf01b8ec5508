/* Who is who among the hosts of a group, kept as it changes, so that an act of the group costs what it
 * changes and not a look at each host. All orders are those of launch, but for that of the warming.
 *
 * Membership, which is the one door (membership.h), keeps it; the audit recounts it. A cohort is hosts that
 * scale-in tells apart by their age alone; a group has few of them, and they stay when they are empty. */
#ifndef MODELS_ECS_ROSTER_H
#define MODELS_ECS_ROSTER_H

#include "models/ecs/group/termination_policy.h"
#include "sim/engine/order.h"

struct arena;
struct zone;
struct container_instance;
struct auto_scaling_group;

struct cohort {
    struct cohort *next;
    const struct zone *zone;
    const struct instance_type *type;
    int market;
    int64_t weight;
    struct launch_origin origin;
    struct order candidates; /* of scale-in: those that count and are not protected */
};

/* Of a group. The unhealthy stand in their zones (lifecycle.h). */
struct roster {
    struct arena *arena;
    int64_t joined, entered; /* hosts so far, and those of them that began to warm up */
    struct cohort *cohorts;
    size_t cohort_count;
    struct order at_risk; /* of those that count; empty where the group does not rebalance them */
    struct order warming; /* InService, and warming up or just done with it; the first in service first */
    int64_t terminating;  /* Terminating:Wait */
    int64_t unhealthy_otherwise; /* unhealthy in any state, and not by a load balancer */
};

/* Of a host. */
struct roster_places {
    int64_t launch; /* of two hosts of a group the one launched first has the lower one */
    struct cohort *cohort;
    struct order_place among_candidates, among_unhealthy, among_at_risk, among_warming;
    bool has_warmed;
};

/* --- for membership --------------------------------------------------------------------------- */

void roster_begin(struct auto_scaling_group *, struct arena *);
void roster_host_joins(struct container_instance *);
void roster_look(struct container_instance *); /* what is said of it has changed */
void roster_host_leaves(struct container_instance *);

/* --- for the group ---------------------------------------------------------------------------- */

/* Hosts in their default instance warm-up (upkeep.h), and when the first of them is over; SIMTIME_NEVER:
 * there is none. */
int64_t roster_warming_up(struct auto_scaling_group *, simtime now);
simtime roster_next_warm(struct auto_scaling_group *, simtime now);

/* The host launched next after this one (0: the first of all) that is at risk, or that is unhealthy in a zone
 * whose health matters (zonal_shift.h). NULL: there is none. */
struct container_instance *roster_next_at_risk(const struct auto_scaling_group *, int64_t launch);
struct container_instance *roster_next_unhealthy(const struct auto_scaling_group *, int64_t launch);

#endif
