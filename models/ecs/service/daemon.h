/* A DAEMON service: exactly one task on each ACTIVE container instance that satisfies its constraints,
 * without a desired count, a placement strategy or service auto scaling. [DG:ecs_service-options]
 *
 * It is a service whose desired count is its eligible hosts (service_placement.h), counted as they change,
 * and whose tasks go where it has none; how many to stop and to start is decided in rolling_update.h as for
 * any other. Its maximumPercent is 100, so an update stops before it starts, on as many hosts at once as
 * minimumHealthyPercent lets it. A host has no second task before the first one is STOPPED, so stopping tasks
 * do not count towards the maximum: each host waits for its own.
 *
 * First to start: the CPU, memory and network interface of a task that is missing on a host are kept from all
 * other tasks there, and daemons are reconciled before replicas. A daemon itself may use what is kept for
 * another; if there is not room for all, the one declared first has it (AWS does not say).
 *
 * Last to stop: on a DRAINING host its task stays until no task of a REPLICA service is left there ("the last
 * task to stop after all replica tasks stop"); standalone tasks are not waited for.
 *
 * Changed constraints hold from the next deployment on, which forceNewDeployment begins: a daemon needs a
 * restart for them. Tasks on hosts that no longer meet them are then stopped at once, whatever the
 * percentages. [DG:ecs_service-options, ecs_service_events] */
#ifndef MODELS_ECS_DAEMON_H
#define MODELS_ECS_DAEMON_H

#include "models/ecs/world.h"

struct daemon {
    const struct world *world;
    const struct service *service;
    const struct task_definition **kept; /* whose room is kept, by placement_instance; NULL: none */
    uint32_t kept_capacity;
    bool suspicious; /* tasks may have to leave their hosts */
    struct placement_filter filter;
};

void daemon_begin(struct world *, struct service *); /* the service is one from now on */
void daemon_end(struct world *, struct service *);   /* nothing is kept for it any more */

/* UpdateService: what AWS answers; NULL if it takes it. */
const char *daemon_refuses(const struct update_service_settings *);

/* What a task of it asks of placement: a host of its own. */
struct placement_request daemon_request(const struct service *, const struct task_definition *);

/* The host, or what is booked of the service on it, has changed. */
void daemon_look_at_host(struct world *, struct service *, const struct container_instance *);
/* A task has left a DRAINING host. */
void daemons_task_left(struct world *, const struct container_instance *);

/* Whether some of its tasks may have to leave their hosts, since this was last asked; false for a REPLICA. */
bool daemon_take_suspicion(struct service *);

/* Why its task has to leave its host. */
enum misplacement { MISPLACED_NOT, MISPLACED_BY_DRAINING, MISPLACED_BY_CONSTRAINT };
enum misplacement daemon_misplacement(const struct task *);

#endif
