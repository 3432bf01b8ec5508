/* ECS Container Instance State Change. [ODG:ecs_cwe_events; fields of API:ContainerInstance] */
#include "models/ecs/events.h"
#include "models/ecs/ids.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/registration.h"
#include "models/ecs/results/event_document.h"

/* --- resources -------------------------------------------------------------------------------- */

static void add_integer_resource(struct json *json, const char *name, int64_t value)
{
    json_begin_object(json, NULL);
    json_string(json, "name", name);
    json_string(json, "type", "INTEGER");
    json_integer(json, "integerValue", value);
    json_end_object(json);
}

static void begin_set(struct json *json, const char *name)
{
    json_begin_object(json, NULL);
    json_string(json, "name", name);
    json_string(json, "type", "STRINGSET");
    json_begin_array(json, "stringSetValue");
}

static void end_set(struct json *json)
{
    json_end_array(json);
    json_end_object(json);
}

static void add_ports(struct json *json, const char *name, const struct host_port *ports, size_t count,
                      enum port_protocol protocol)
{
    char number[8];
    begin_set(json, name);
    for (size_t i = 0; i < count; i++) {
        if (ports[i].protocol != protocol)
            continue;
        snprintf(number, sizeof number, "%u", (unsigned)ports[i].port);
        json_string(json, NULL, number);
    }
    end_set(json);
}

/* Devices are alike; what is left is named from the first on. */
static void add_gpus(struct json *json, const struct container_instance *instance, int64_t count)
{
    char id[HEX_ID_SIZE], name[64];
    if (!instance->type->gpus)
        return;
    begin_set(json, "GPU");
    for (int64_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "%s/%ld", instance->name, (long)i);
        hex_id(id, "gpu", name);
        json_string(json, NULL, id);
    }
    end_set(json);
}

/* Of ports the lists say which are in use. [API:ContainerInstance.registeredResources] */
static void add_resources(struct json *json, const char *key, const struct container_instance *instance,
                          const struct placement_facts *left, const struct host_port *ports,
                          size_t port_count)
{
    json_begin_array(json, key);
    add_integer_resource(json, "CPU", left->cpu);
    add_integer_resource(json, "MEMORY", left->memory_mib);
    add_ports(json, "PORTS", ports, port_count, PORT_TCP);
    add_ports(json, "PORTS_UDP", ports, port_count, PORT_UDP);
    add_gpus(json, instance, left->gpus);
    json_end_array(json);
}

static void add_all_resources(struct json *json, const struct container_instance *instance,
                              const struct placement_facts *facts)
{
    const struct list *reserved = &instance->simulation->ecs_config.reserved_ports;
    struct placement_facts registered = {
        .cpu = instance->registered_cpu,
        .memory_mib = instance->registered_memory_mib,
        .gpus = instance->type->gpus,
    };
    add_resources(json, "registeredResources", instance, &registered, reserved->items, reserved->count);
    add_resources(json, "remainingResources", instance, facts, facts->ports, facts->port_count);
}

/* --- the event -------------------------------------------------------------------------------- */

static void add_attributes(struct json *json, const struct container_instance *instance)
{
    json_begin_array(json, "attributes");
    for (size_t i = 0; i < instance->attribute_count; i++) {
        json_begin_object(json, NULL);
        json_string(json, "name", instance->attributes[i].name);
        if (instance->attributes[i].value)
            json_string(json, "value", instance->attributes[i].value);
        json_end_object(json);
    }
    json_end_array(json);
}

static void add_versions(struct json *json, const struct placement_facts *facts)
{
    json_begin_object(json, "versionInfo");
    json_string(json, "agentVersion", facts->agent_version);
    json_end_object(json);
}

void event_instance_changed(struct world *world, struct container_instance *instance)
{
    instance->version++;
    if (!event_wanted(world, RECORDED_INSTANCE) || instance->placement == PLACEMENT_NONE)
        return;
    const struct placement_facts *facts = placement_see(world->placement, instance->placement);
    struct document document = {0};
    char id[EC2_ID_SIZE];
    struct json *json = event_begin(world, &document, "ECS Container Instance State Change",
                                    instance_arn(world, &document.arn, instance));
    ec2_instance_id(id, registration_machine_name(instance));
    json_bool(json, "agentConnected", instance->agent_connected);
    add_attributes(json, instance);
    json_string(json, "clusterArn", cluster_arn(world, &document.arn));
    json_string(json, "containerInstanceArn", instance_arn(world, &document.arn, instance));
    json_string(json, "ec2InstanceId", id);
    add_all_resources(json, instance, facts);
    json_string(json, "status", instance_status_names[instance->status]);
    json_integer(json, "version", instance->version);
    add_versions(json, facts);
    event_add_time(world, json, "updatedAt", world->run->now);
    event_end(world, &document);
}
