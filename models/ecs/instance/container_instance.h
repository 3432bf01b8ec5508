/* A container instance: launched, registered, drained, lost, terminated, deregistered. [ODG:ECS_instances,
 * DG:deregister_container_instance]
 *
 * It has two lives: the host's in EC2 and the container instance's in the books of ECS, where it is
 * LAUNCHING (not yet known), REGISTERING (its trunk is being attached), ACTIVE, DRAINING, DEREGISTERING (its
 * trunk is being detached) or INACTIVE. It is gone, and its row written, when both have ended.
 *
 *   terminated, agent connected      both end at once, tasks STOPPED
 *   dead, ended by its group         both end at once, tasks STOPPED, though its agent is silent: the group
 *                                    has waited, and ECS is told (a choice)
 *   terminated, agent not connected  the host ends; in the books it stays ACTIVE, agentConnected false, with
 *                                    its tasks, until it is deregistered
 *   stopped                          so too, but its tasks are STOPPED when its silence is noticed; a group
 *                                    replaces the host at once [EAS health-checks]
 *   deregistered                     INACTIVE; the host lives on, and its containers too, of which ECS knows
 *                                    nothing any more. It does not register again (a choice), and its group
 *                                    counts it as before
 *   registered anew                  by an agent that has forgotten (registration.h): the new one goes on
 *                                    with the host, what it leaves behind stays in the books
 *
 * How hosts die differs by what ECS sees, and when. Failures call these verbs through failure.h. */
#ifndef MODELS_ECS_CONTAINER_INSTANCE_H
#define MODELS_ECS_CONTAINER_INSTANCE_H

#include "models/ecs/world.h"

struct purchase; /* group/purchase.h */

extern const char *const instance_status_names[];

bool instance_is_launching(const struct container_instance *); /* not yet ACTIVE */
/* ECS has it, and is not about to forget it. */
bool instance_is_registered(const struct container_instance *);

/* --- container_instance.c: launching, draining, tasks ----------------------------------------- */

/* A launch request. `group` is NULL for hand-built hosts. EC2 says `running` timing.instanceRunning after it,
 * and ECS ACTIVE timing.instanceLaunch after it; what is ACTIVE runs, so the earlier of both draws is the
 * first. */
struct container_instance *instance_launch(struct world *, struct auto_scaling_group *, struct zone *,
                                           const struct purchase *, const struct list *attributes);

/* Tasks in awsvpc mode that a new host of the type has interfaces for. */
int64_t instance_interfaces(const struct world *, const struct instance_type *);

/* One of the warm pool is Pending now, and InService and ACTIVE `after`. */
void instance_leave_pool(struct world *, struct container_instance *, simtime after);

/* An ACTIVE one takes no more tasks; its service tasks that are not yet RUNNING stop at once, and those that
 * are RUNNING are replaced as the percentages allow (rolling_update.h). It stays DRAINING when it is empty.
 * [API:UpdateContainerInstancesState, DG:container-instance-draining] */
void instance_drain(struct world *, struct container_instance *);
void instance_take_back(struct world *, struct container_instance *); /* a DRAINING one is ACTIVE again */

/* The task's resources and ports, as ECS books them. */
void instance_reserve(struct world *, struct container_instance *, const struct task *);
void instance_unreserve(struct world *, struct container_instance *, const struct task *);
void instance_add_task(struct container_instance *, struct task *);
/* It is STOPPED: its network interface, which was still attached, is free too. */
void instance_remove_task(struct world *, struct container_instance *, struct task *);

/* The control plane and its agent hear each other. */
bool instance_reachable(const struct container_instance *);
bool instance_serves(const struct container_instance *); /* clients reach its containers */

bool instance_has_images(const struct container_instance *, const struct task_definition *);
void instance_remember_images(struct container_instance *, const struct task_definition *);

/* --- instance_loss.c: dead, cut off, back ----------------------------------------------------- */

void instance_crash(struct world *, struct container_instance *);
void instance_stop(struct world *, struct container_instance *); /* the pointer may be gone afterwards */
void instance_lose_agent(struct world *, struct container_instance *);
void instance_repair(struct world *, struct container_instance *); /* it boots; its old tasks are dead */
/* Its zone was cut off, or is back. */
void instance_network_changed(struct world *, struct container_instance *);

/* --- instance_end.c: the end of either life --------------------------------------------------- */

/* In EC2. `reason` outlives the run; the pointer may be gone afterwards. */
void instance_terminate(struct world *, struct container_instance *, const char *reason);
/* In ECS: its tasks, if it has any, are STOPPED in the books with this reason, and their targets leave the
 * load balancers. The pointer may be gone afterwards. */
void instance_deregister(struct world *, struct container_instance *, const char *reason);

int64_t instance_cost(const struct container_instance *, simtime until); /* billionths of a dollar */

void instance_free(struct container_instance *); /* what it has of its own */

/* Events. */
void instance_runs(void *world, uint64_t instance, uint64_t unused);
void instance_ready(void *world, uint64_t instance, uint64_t unused);
void instance_silence_noticed(void *world, uint64_t instance, uint64_t unused);
void instance_trunk_detached(void *world, uint64_t instance, uint64_t unused);

/* --- among these three ------------------------------------------------------------------------ */

void instance_set_state(struct world *, struct container_instance *, enum instance_status, bool connected);
void instance_link_to_launching(struct world *, struct container_instance *); /* and counts it */
void instance_unlink_from_launching(struct world *, struct container_instance *);
void instance_tasks_end(struct world *, struct container_instance *, enum stop_code, const char *reason);
void instance_containers_die(struct world *, struct container_instance *);
void instance_expect_notice(struct world *, struct container_instance *); /* of its silence */
void instance_call_later(struct world *, struct container_instance *); /* its agent tries again and again */
void instance_come_back(struct world *, struct container_instance *);
/* It is terminated, and ECS is told. */
void instance_replace(struct world *, struct container_instance *, const char *reason);
/* EC2 has ended it and ECS has not heard of it. */
void instance_vanish(struct world *, struct container_instance *, const char *reason);

#endif
