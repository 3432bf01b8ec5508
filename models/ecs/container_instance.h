/* A container instance: launched, registered, lost, terminated. [ODG:ECS_instances,
 * deregister_container_instance]
 *
 * How hosts die differs by what ECS sees, and when: an instance that crashes is believed in until its agent's
 * silence is noticed and its group gives it up; one that is terminated is INACTIVE at once. Failures call
 * these verbs through faults.h. */
#ifndef MODELS_ECS_CONTAINER_INSTANCE_H
#define MODELS_ECS_CONTAINER_INSTANCE_H

#include "models/ecs/world.h"

extern const char *const instance_status_names[];

/* A launch request. `group` is NULL for hand-built hosts. */
struct container_instance *instance_launch(struct world *, struct auto_scaling_group *, struct zone *,
                                           const struct instance_type *,
                                           const struct host_simulation_settings *,
                                           const struct list *attributes);

/* The task's resources and ports, as ECS books them. */
void instance_reserve(struct world *, struct container_instance *, const struct task *);
void instance_unreserve(struct world *, struct container_instance *, const struct task *);
void instance_add_task(struct container_instance *, struct task *);
/* It is STOPPED: its network interface, which was still attached, is free too. */
void instance_remove_task(struct world *, struct container_instance *, struct task *);

bool instance_reachable(
    const struct container_instance *);                  /* the control plane and its agent hear each other */
bool instance_serves(const struct container_instance *); /* clients reach its containers */

bool instance_has_images(const struct container_instance *, const struct task_definition *);
void instance_remember_images(struct container_instance *, const struct task_definition *);

/* What may happen to a host. `reason` outlives the run. */
void instance_terminate(struct world *, struct container_instance *,
                        const char *reason); /* the pointer is gone afterwards */
void instance_crash(struct world *, struct container_instance *);
void instance_stop(struct world *, struct container_instance *);
void instance_lose_agent(struct world *, struct container_instance *);
void instance_repair(struct world *, struct container_instance *); /* it boots; its old tasks are dead */
void instance_network_changed(struct world *,
                              struct container_instance *); /* its zone was cut off, or is back */

/* At the end of the run: the row of a host that is still there. */
int64_t instance_cost(const struct container_instance *, simtime until); /* billionths of a dollar */

/* Events. */
void instance_ready(void *world, uint64_t instance, uint64_t unused);
void instance_silence_noticed(void *world, uint64_t instance, uint64_t unused);
void instance_status_check_failed(void *world, uint64_t instance, uint64_t unused);

#endif
