/* Health checks of a group, and the replacement of instances that fail them. [EAS health-checks]
 *
 * An instance that is not running any more is unhealthy at once, and replaced at once, even within its grace
 * period; so is one of which people say so, but not in its grace period if they heed that. One whose status
 * checks fail is given `timing.statusCheckPatience`, AWS's few minutes, and at least until its grace period
 * is over, which begins with InService. With ELB checks it has the time that the load balancer needs to find
 * its target unhealthy, where that is shorter: interval times unhealthy threshold, of the quickest target
 * group. What is unhealthy stays so until it is replaced, or people say that it is not.
 *
 * Of these as many go at a time as the group's instance maintenance policy lets; without one a tenth of the
 * group, one at least, and none while a tenth or more is missing (maintenance_policy.h). A zonal shift may
 * let them be ignored (zonal_shift.h). Where a load balancer finds all unhealthy, AWS may mark fewer at a
 * time; here it is one. Terminations do not wait for the launches that replace them; they ask no cooldown,
 * and scale-in protection does not stop them.
 *
 * What a group's own load balancer sees is the host: its targets are the instances, not their tasks, so they
 * answer as long as the host runs and its zone is not cut off (which port AWS would check, nobody says here).
 * Status checks do not see a cut, nor a lost agent. */
#ifndef MODELS_ECS_INSTANCE_HEALTH_H
#define MODELS_ECS_INSTANCE_HEALTH_H

#include "sim/engine/queue.h"
#include "sim/engine/simtime.h"
#include <stdbool.h>

struct world;
struct auto_scaling_group;
struct container_instance;

/* How a group looks at its instances. */
struct group_health {
    simtime grace_period;
    simtime load_balancer_patience; /* SIMTIME_NEVER: it does not ask one */
};

/* How its group sees an instance. */
struct instance_health {
    bool unhealthy;
    bool goes_at_once;     /* it is not running, or people say so: no limit holds it back */
    bool of_load_balancer; /* that is who says so */
    event_handle verdict;  /* it will be unhealthy if it does not recover */
};

/* Something happened to the host, or to its zone, or it came into service. */
void instance_health_look(struct world *, struct container_instance *);
/* EC2 stopped it. The pointer may be gone afterwards, as below. */
void instance_not_running(struct world *, struct container_instance *);
/* People say so. */
void instance_set_health(struct world *, struct container_instance *, bool healthy,
                         bool respects_grace_period);

void group_replace_unhealthy(struct world *, struct auto_scaling_group *);
void group_health_resumes(struct world *, struct auto_scaling_group *); /* the process HealthCheck */

/* Event. */
void instance_is_unhealthy(void *world, uint64_t instance, uint64_t unused);

#endif
