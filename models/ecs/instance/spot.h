/* Spot: EC2 takes a host back, two minutes after a notice. [EC2 spot-instance-termination-notices]
 *
 * The agent asks for the notice every second if it is told to (ECS_ENABLE_SPOT_INSTANCE_DRAINING), and then
 * sets its host DRAINING. [AGENT:agent/app/agent.go] Without that the tasks die with
 * their host. The group launches a replacement when the host has ended, unless it rebalances its capacity
 * (capacity_rebalancing.h). */
#ifndef MODELS_ECS_SPOT_H
#define MODELS_ECS_SPOT_H

#include "models/ecs/world.h"

/* The host will be stopped, or terminated. A host gets one notice. The pointer may be gone afterwards. */
void spot_give_notice(struct world *, struct container_instance *, bool stops);
bool spot_may_be_interrupted(const struct container_instance *);

/* Events. */
void spot_notice_seen(void *world, uint64_t instance, uint64_t unused);
void spot_interrupts(void *world, uint64_t instance, uint64_t unused);

#endif
