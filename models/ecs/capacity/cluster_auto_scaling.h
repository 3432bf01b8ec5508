/* Cluster auto scaling: the world's side of managed_scaling.h.
 *
 * Once a minute each capacity provider with managed scaling has its point of CapacityProviderReservation, a
 * metric like others (metric.h), and a row of managed-scaling.csv that says what made it. N is the hosts of
 * its group that are InService. Free room is that of its hosts that take tasks; a host that runs and has not
 * registered yet has none, since ECS does not know of it (AWS does not say), which is what the warm-up is
 * for.
 *
 * When a point becomes visible the group's desired capacity is set, within its minSize and maxSize, which
 * ECS never changes [API:ManagedScaling], unless the group's AlarmNotification is suspended: it is a scaling
 * policy's doing [EAS as-suspend-resume-processes]. Which hosts then go is the group's to say. */
#ifndef MODELS_ECS_CLUSTER_AUTO_SCALING_H
#define MODELS_ECS_CLUSTER_AUTO_SCALING_H

#include "models/ecs/metric/metric.h"

void cluster_auto_scaling_begin(struct world *); /* metrics can be watched */

/* When first after `from` it may do what it did not do before, of the same points and if nothing happens. */
simtime cluster_auto_scaling_steady_until(const struct world *, simtime from);

void cluster_auto_scaling_reacts(struct world *, enum metric_visibility);

#endif
