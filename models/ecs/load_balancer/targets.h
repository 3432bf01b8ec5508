/* Tasks as targets of their service's load balancers: registered, checked, deregistered, drained.
 *
 * Who does it and when. ECS's lifecycle page places the registration before RUNNING and the deregistration at
 * the stop [DG:task-lifecycle-explanation]; observed services do both in the scheduler's own rhythm:
 *
 *     a deployment of one task behind an ALB      a task that hangs
 *     +0   new task started                       +101  replacement created
 *     +41  its target registered                  +129  its target registered
 *     +51  old task told to stop                  +132  healthy
 *     +61  old target deregistered                +148  stop decided
 *                                                 +158  deregistered
 *                                                 +168  steady
 *
 * The gaps from registration to stop and from stop to deregistration are one tick of about 10 s, and a task
 * that needs some 20 s to RUNNING is registered 28 s after its creation: at the tick that follows. So a pass
 * of the scheduler begins with what is due since the one before: tasks that have become RUNNING are
 * registered, tasks that have been told to stop are deregistered. It decides after that; what it registers
 * cannot be healthy in time for the same pass, and what it stops is deregistered by the next. The defaults
 * (timing.serviceTick 10s, timing.targetsAwaitTick true) give registered = first tick from RUNNING on, stop =
 * registered + 10 s, deregistered = stop + 10 s. With targetsAwaitTick false targets are registered on
 * RUNNING and deregistered with the stop. A StopTask is deregistered at the next tick too.
 *
 * What happens then. The first check comes at once, and one success makes a new target healthy
 * [DG:load-balancer-healthcheck]. A deregistered target gets no new requests and reads `draining` until its
 * group's delay is over, then `unused`; ECS waits for the slowest group before it sends the stop signal
 * [DG:load-balancer-connection-draining]. Until it is deregistered, the target of a task that is to stop gets
 * requests and serves them; that of a task which is gone, an orphan, gets them in vain. An orphan keeps the
 * state that it had, which is a choice: two failed checks seldom come within a tick.
 *
 * `unavailable` is not among the states: it belongs to groups without health checks, which those of instances
 * and addresses always have [API elbv2:CreateTargetGroupInput.HealthCheckEnabled]. */
#ifndef MODELS_ECS_TARGETS_H
#define MODELS_ECS_TARGETS_H

#include "models/ecs/world.h"

/* Pure: what the load balancer says of a target. */
enum target_state target_state(bool registered, bool draining, enum health);
/* In the i-th of its deployment's registrations. */
enum target_state targets_state_of(const struct task *, int i);

void targets_await_registration(struct world *, struct task *); /* it is RUNNING */
/* It is told to stop. Whether targets are to be deregistered first; task_drain() follows when they are. */
bool targets_await_deregistration(struct world *, struct task *);
void targets_lose_task(struct world *, struct task *); /* its containers are gone */

/* The scheduler registers and deregisters what waits for it. */
void targets_catch_up(struct world *, struct service *);

void targets_count(const struct task *, int sign);  /* before and after every change of a task */
void targets_say(struct world *, struct service *); /* what was registered and deregistered at this instant */

/* Event. */
void target_drained(void *world, uint64_t service, uint64_t number);

#endif
