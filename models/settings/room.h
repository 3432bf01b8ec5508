/* How many tasks of a definition an empty host takes. Pure. */
#ifndef MODELS_SETTINGS_ROOM_H
#define MODELS_SETTINGS_ROOM_H

#include "models/settings/settings.h"

/* Hosts that are alike: what an instance type registers, but for what the agent keeps from tasks. */
struct host_kind {
    const struct instance_type *type;
    const struct ecs_config_settings *config;
    const struct host_settings *host;
};

enum room_limit { ROOM_CPU, ROOM_MEMORY, ROOM_GPUS, ROOM_INTERFACES, ROOM_PORTS, ROOM_LIMITS };
extern const char *const room_limit_names[ROOM_LIMITS]; /* "memory" */

struct room {
    int64_t tasks;
    enum room_limit limit; /* what lets no more of them in; of equal limits the first */
};

/* A task holds what its definition reserves; each host port that it names is there once, unless the agent
 * keeps it [API:PortMapping.hostPort]; in awsvpc mode it takes a network interface, of which the host keeps
 * one (instance_types.h). Constraints are left aside. `trunking`: the account has opted in to it. */
struct room room_on(const struct host_kind *, const struct task_definition_settings *, bool trunking);

bool room_is_reserved(const struct host_kind *, struct host_port); /* the agent keeps the port */

/* A fixed host port that is in both, so that no host takes a task of each; NULL: there is none. */
const struct host_port *room_shared_port(const struct task_definition_settings *,
                                         const struct task_definition_settings *);

#endif
