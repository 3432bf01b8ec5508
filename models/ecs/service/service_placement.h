/* Where the tasks of a service may go: what it asks of placement, and which hosts are eligible.
 *
 * A host is eligible while it is ACTIVE, its agent connected or not, and met the memberOf constraints of the
 * service and of its newest task definition when it was last looked at: when its state changed, or the
 * constraints or the task definition did; and if its capacity provider strategy uses the host. AWS does not
 * say how often it looks; so rarely, a constraint on what tasks themselves change (runningTasksCount,
 * task:group) cannot chase them from host to host.
 *
 * Eligible hosts are what a daemon counts (daemon.h), and the zones that have some are those over which a
 * service is balanced (zone_rebalancer.h); on Fargate, where there are no hosts, these are the zones that
 * take launches. Nobody counts them anew: each change of a host or a service is taken into the set that the
 * service has (eligible_hosts.h) and into service->zones. */
#ifndef MODELS_ECS_SERVICE_PLACEMENT_H
#define MODELS_ECS_SERVICE_PLACEMENT_H

#include "models/ecs/capacity/capacity.h"

struct placement_request service_request(const struct service *, const struct task_definition *,
                                         rng_key draw);
struct capacity_seeker service_seeker(const struct deployment *);

/* Its constraints or its newest task definition have changed. */
void service_look_at_hosts(struct world *, struct service *);

/* Told by hosts. */
void services_host_changed(struct world *, const struct container_instance *);
/* It takes launches again, or no longer. */
void services_zone_changed(struct world *, const struct zone *);

#endif
