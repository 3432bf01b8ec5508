/* The agent's process on a host: whether it makes the host a container instance, what becomes of it when it
 * ends, and whether it is there again after a boot. What a person forgot is in settings/host.h; who starts it
 * again in agent_restart.h.
 *
 * An agent that ends is silent at once; ECS notices after timing.agentDisconnectNotice, unless it is back
 * before, timing.agentStart after it was started again. Its containers live on meanwhile. [DG:troubleshoot:
 * agent disconnected; aws/containers-roadmap#2040] A host that does not join the cluster is running in EC2
 * and in service in its group, which is blind to agents; here it stays LAUNCHING. [EAS health-checks] */
#ifndef MODELS_ECS_HOST_AGENT_H
#define MODELS_ECS_HOST_AGENT_H

#include "sim/engine/queue.h"
#include "sim/engine/simtime.h"
#include <stdbool.h>
#include <stdint.h>

struct world;
struct container_instance;

struct host_agent {
    simtime started_at;         /* its process, when it was last started again */
    int64_t restarts, in_a_row; /* struct agent_end */
    bool is_new;                /* it was started since it last was connected */
    /* Its instance role (role.h). */
    bool barred;                /* it may not register, and tries again and again */
    simtime barred_at;          /* its first attempt failed */
    bool refused;               /* it may not connect anew */
    event_handle session_event; /* it will have to */
    /* Of a host that has registered anew (registration.h). */
    int64_t registrations;                             /* but the first */
    const char *machine_name;                          /* NULL: it is the name of the container instance */
    struct container_instance *first_left, *next_left; /* container instances that it has left behind */
    bool is_left;                                      /* it is one left behind */
    struct container_instance *machine;                /* and of this host; NULL: the host is gone */
};

/* Its host has booted for the first time. False: it makes no container instance of it, and why is told. */
bool host_agent_registers(struct world *, struct container_instance *);

/* The host has booted again, or the agent was started again. False: there is no agent, as nobody starts it
 * when the host boots; the host is up without it. */
bool host_agent_is_back(struct world *, struct container_instance *);

/* Its process ends. Whether it is started again. */
bool host_agent_ends(struct world *, struct container_instance *, int64_t exit_code);

/* A person starts it, if it is not there and the host is up. */
void host_agent_is_started(struct world *, struct container_instance *);

/* The role has been withdrawn, or given back; perhaps it is the host's. An agent that could not register does
 * so at its next attempt, if it is still started again; one that lost its connection after
 * timing.agentReconnect. */
void host_agent_role_changed(struct world *, struct container_instance *, const char *role);

/* Event: the agent connects anew, as it does now and then. */
void host_agent_session_ends(void *world, uint64_t instance, uint64_t unused);

/* Of the steady world: which hosts are missing from the cluster, and why. */
void host_agents_begin(struct world *);

#endif
