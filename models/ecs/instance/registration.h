/* An agent that keeps no state and is started again registers its host anew: a second container instance of
 * the same EC2 instance. [AGENT:README.md, ECS_DATADIR; aws/amazon-ecs-agent#73, #125]
 *
 * What it leaves behind stays in the books of ECS as it was, ACTIVE, and turns to agentConnected false after
 * timing.agentDisconnectNotice; nobody deregisters it but people. Its tasks stay RUNNING there, and their
 * containers live on as long as the EC2 instance does, unknown to the agent: what was being started or
 * stopped stays as it is. The new one, <name>.2, <name>.3, …, has all the room of the host, as the agent sees
 * none of them; CPU and memory are shared as Linux shares them, which is not asked. A port of the host is not
 * shared: a task that names one of a container that lives on fails to start. [aws/amazon-ecs-agent#843] In
 * networkMode host it would be the task's own process that fails; here it fails likewise (a choice).
 *
 * Here the struct of the host goes on as the new one, with its life in EC2, its group and what it costs; the
 * one left behind is another, of which `agent.machine` is the host. */
#ifndef MODELS_ECS_REGISTRATION_H
#define MODELS_ECS_REGISTRATION_H

#include <stdbool.h>

struct world;
struct container_instance;
struct task;

/* Whether the agent that is started now would do so. */
bool registration_is_forgotten(const struct container_instance *);

/* The host has no container instance now, and may register. */
void registration_leave_behind(struct world *, struct container_instance *);

/* The host's containers die, with its end in EC2 or before. */
void registrations_die(struct world *, struct container_instance *machine);
void registrations_lose_machine(struct container_instance *machine); /* it is gone for good */

/* It is INACTIVE, and about to be freed. */
void registration_ends(struct container_instance *);

/* Why the task cannot start: what its host's agent has left behind holds a port that it names; in the arena.
 * NULL: nothing does. */
const char *registration_port_taken(struct world *, const struct task *);

/* The host of a container instance, which may be itself; and what EC2 calls it. */
const struct container_instance *registration_machine(const struct container_instance *);
const char *registration_machine_name(const struct container_instance *);

#endif
