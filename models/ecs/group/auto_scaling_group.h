/* An Auto Scaling group keeps its desired capacity: what is missing is launched, what is too much is scaled
 * in, what is unhealthy is replaced, what is uneven over the zones is evened out. [EAS]
 *
 * It works as the service scheduler does: it looks at what is, never at why. Whoever changes something wakes
 * it; at that instant it replaces (instance_health.h), scales in (scale_in.h), launches (below) and
 * rebalances (zone_balance.h), each only if its process is not suspended. The capacity is counted in units,
 * one a host where the hosts have no weights.
 *
 *   suspended            what becomes of the group [EAS as-suspend-resume-processes]
 *   Launch               nothing is launched, nor rebalanced; what is unhealthy is terminated all the same
 *   Terminate            nothing is scaled in or replaced; what rebalancing launches stays
 *   AZRebalance          nothing is moved between zones; launches and scale-in heed them as ever
 *   HealthCheck          nothing becomes unhealthy; what still fails when it resumes has its patience anew
 *   ReplaceUnhealthy     what is unhealthy stays until it resumes
 *   AddToLoadBalancer    nothing changes: hosts are no targets here
 *   the others           are heeded by those who ask group_suspends()
 *
 * A host that EC2 itself has terminated has left the group, whatever is suspended (AWS does not say).
 *
 * Launches. EC2 lets an account launch so many instances at once and so many each second from then on (quotas
 * ec2LaunchBurst, ec2LaunchPerSecond); what is beyond waits. A launch that every zone refuses is tried again
 * after timing.groupRetry, or when a zone takes launches again. AWS suspends the launches of a group that has
 * failed for 24 hours; here it tries for ever. */
#ifndef MODELS_ECS_AUTO_SCALING_GROUP_H
#define MODELS_ECS_AUTO_SCALING_GROUP_H

#include "models/ecs/world.h"

void group_begin(struct world *, struct auto_scaling_group *); /* what its settings say of its behaviour */

/* Something changed: compare what is and what should be, at this instant. */
void group_wake(struct world *, struct auto_scaling_group *);
void group_launch_all(struct world *, struct auto_scaling_group *); /* the steady world's hosts, at once */
/* NULL, or why AWS refuses. */
const char *group_set_desired(struct world *, struct auto_scaling_group *, int64_t desired);
struct auto_scaling_group *group_find(const struct world *, const char *name); /* NULL: there is none */
struct auto_scaling_group *group_named(struct world *, const char *name);      /* the reader has seen to it */

bool group_suspends(const struct auto_scaling_group *, enum scaling_process);
/* By bits of enum scaling_process. */
void group_suspend(struct auto_scaling_group *, unsigned processes);
void group_resume(struct world *, struct auto_scaling_group *, unsigned processes);

/* [API autoscaling:UpdateAutoScalingGroupType] NULL, or why AWS refuses. */
const char *group_update(struct world *, struct auto_scaling_group *,
                         const struct update_auto_scaling_group_settings *);

/* The group gives the host up, which counts no longer: Terminating:Wait while termination hooks wait, then
 * terminated. `reason` outlives the run; the pointer may be gone afterwards. */
void group_terminate(struct world *, struct container_instance *, const char *reason);

/* EC2 says `running`; for a host outside any group, too. */
void group_instance_runs(struct world *, struct container_instance *);
/* All its hooks have their results. The pointer may be gone afterwards. */
void group_goes_on(struct world *, struct container_instance *, enum lifecycle_result);

/* Fills the group's views of its zones as they are now, without candidates. */
void group_look_at_zones(const struct world *, struct auto_scaling_group *);

/* Takes a launch from the rate at which EC2 lets the account launch; false: none is left now. */
bool ec2_lets_launch(struct world *);

/* Events. */
void group_acts(void *world, uint64_t group, uint64_t is_retry);

#endif
