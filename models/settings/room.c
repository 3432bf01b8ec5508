#include "models/settings/room.h"

const char *const room_limit_names[ROOM_LIMITS] = {
    [ROOM_CPU] = "CPU",          [ROOM_MEMORY] = "memory",
    [ROOM_GPUS] = "GPUs",        [ROOM_INTERFACES] = "network interfaces",
    [ROOM_PORTS] = "host ports",
};

static void limit(struct room *room, enum room_limit by, int64_t tasks)
{
    if (tasks < room->tasks)
        *room = (struct room){tasks, by};
}

/* What is not asked for limits nothing. */
static void limit_to(struct room *room, enum room_limit by, int64_t there_is, int64_t each)
{
    if (each > 0)
        limit(room, by, there_is > 0 ? there_is / each : 0);
}

static int64_t interfaces_of(const struct instance_type *type, bool trunking)
{
    int64_t own = type->max_enis - 1, trunked = type->awsvpc_tasks_with_trunking;
    return trunking && trunked > own ? trunked : own;
}

bool room_is_reserved(const struct host_kind *host, struct host_port port)
{
    EACH(struct host_port, reserved, host->config->reserved_ports) {
        if (reserved->port == port.port && reserved->protocol == port.protocol)
            return true;
    }
    return false;
}

struct room room_on(const struct host_kind *host, const struct task_definition_settings *definition,
                    bool trunking)
{
    const struct instance_type *type = host->type;
    struct room room = {INT64_MAX, ROOM_CPU};
    limit_to(&room, ROOM_CPU, type->cpu_units, definition->reserved_cpu);
    limit_to(&room, ROOM_MEMORY, type->memory_mib - host->config->reserved_memory_mib,
             definition->reserved_memory_mib);
    limit_to(&room, ROOM_GPUS, type->gpus, definition->reserved_gpus);
    if (definition->network_mode == NETWORK_AWSVPC)
        limit(&room, ROOM_INTERFACES, interfaces_of(type, trunking));
    for (size_t i = 0; i < definition->host_port_count; i++)
        limit(&room, ROOM_PORTS, !room_is_reserved(host, definition->host_ports[i]));
    return room;
}

const struct host_port *room_shared_port(const struct task_definition_settings *a,
                                         const struct task_definition_settings *b)
{
    for (size_t i = 0; i < a->host_port_count; i++)
        for (size_t k = 0; k < b->host_port_count; k++)
            if (a->host_ports[i].port == b->host_ports[k].port &&
                a->host_ports[i].protocol == b->host_ports[k].protocol)
                return &a->host_ports[i];
    return NULL;
}
