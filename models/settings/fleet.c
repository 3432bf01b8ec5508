/* containerInstances, instanceTypes: the hosts, and whether tasks fit on them. */
#include "models/settings/room.h"
#include "models/settings/tables.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_VCPU = 4096, MOST_ENIS = 1000, MOST_GPUS = 1000 };

/* --- tables ----------------------------------------------------------------------------------- */

static const char *const pull_behaviours[] = {[PULL_DEFAULT] = "default",
                                              [PULL_ALWAYS] = "always",
                                              [PULL_ONCE] = "once",
                                              [PULL_PREFER_CACHED] = "prefer-cached",
                                              NULL};
static const char *const registry_logins[] = {[LOGIN_RENEWED] = "renewed", [LOGIN_AT_BOOT] = "atBoot", NULL};

#define OF struct ecs_config_settings
static const struct param ecs_config_params[] = {
    ROW("ECS_RESERVED_MEMORY", MEMORY, reserved_memory_mib, "MiB that the agent keeps from tasks",
        DEFAULT("0"), RANGE(0, MOST_MEMORY_MIB)),
    ROW("ECS_RESERVED_PORTS", TEXTS, reserved_ports_written,
        "TCP ports that no task gets (default: ssh, Docker's and the agent's [AGENT:README.md])",
        DEFAULT("[22, 2375, 2376, 51678, 51679]")),
    ROW("ECS_CONTAINER_STOP_TIMEOUT", DURATION, container_stop_timeout,
        "from the stop signal until a container without a stopTimeout is killed; less than 1 s is 1 s "
        "[AGENT:agent/config/config.go]",
        DEFAULT("30s")),
    ROW("ECS_RESERVED_PORTS_UDP", TEXTS, reserved_udp_ports_written,
        "UDP ports that no task gets (default: none [AGENT:README.md])"),
    ROW("ECS_ENABLE_SPOT_INSTANCE_DRAINING", FLAG, spot_instance_draining,
        "whether the agent sets the host DRAINING at a Spot interruption notice [AGENT:README.md]",
        DEFAULT("false")),
    ROW("ECS_IMAGE_PULL_BEHAVIOR", CHOICE, image_pull_behaviour,
        "default: always pulled, the host's copy if that fails; always: without the copy; once: by this "
        "host; prefer-cached: only what the host has no copy of [AGENT:README.md]",
        DEFAULT("default"), ONE_OF(pull_behaviours)),
    ROW("ECS_WARM_POOLS_CHECK", FLAG, warm_pools_check,
        "whether the agent waits until the host has left its warm pool before it registers "
        "[AGENT:README.md]",
        DEFAULT("false")),
    ROW("ECS_CLUSTER", TEXT, agent.cluster,
        "the cluster into which the agent registers (default: the scenario's; on a bespoke host `default` "
        "[AGENT:README.md])"),
    ROW("ECS_DATADIR", TEXT, agent.data_folder,
        "where the agent keeps its state; empty: it keeps none (default: /data by ecs-init, none on a "
        "bespoke "
        "host [AGENT:README.md])"),
    ROW("ECS_ENABLE_TASK_IAM_ROLE", CHOICE, agent.task_iam_role,
        "whether tasks may have roles of their own (default: true by ecs-init, false on a bespoke host)",
        ONE_OF(settings_agent_flags)),
    ROW("ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST", CHOICE, agent.task_iam_role_network_host,
        "the same in networkMode host (default: as ECS_ENABLE_TASK_IAM_ROLE's)",
        ONE_OF(settings_agent_flags)),
    ROW("ECS_ENABLE_TASK_ENI", CHOICE, agent.task_eni,
        "whether tasks may have network interfaces of their own (default: true by ecs-init, false on a "
        "bespoke host)",
        ONE_OF(settings_agent_flags)),
    ROW("ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE", CHOICE, agent.awslogs_execution_role,
        "whether awslogs may use the task execution role (default: true by ecs-init, false on a bespoke "
        "host)",
        ONE_OF(settings_agent_flags)),
    ROW("ECS_AVAILABLE_LOGGING_DRIVERS", TEXTS, agent.logging_drivers,
        "log drivers of the host (default: json-file, syslog, awslogs, fluentd and none by ecs-init; "
        "json-file and none on a bespoke host [AGENT:README.md])"),
    ROWS_OF_HOUSEKEEPING,
    PARAM_END,
};
#undef OF

static void check_ecs_config(struct mistakes *, void *object, void *root);

const struct shape ecs_config_shape = {
    .name = "configuration of the container agent",
    .size = sizeof(struct ecs_config_settings),
    .params = ecs_config_params,
    .check = check_ecs_config,
};

#define OF struct pair
static const struct param attribute_params[] = {
    ROW("name", TEXT, key, "name of the attribute", REQUIRED),
    ROW("value", TEXT, value, "its value (default: it exists without one)"),
    PARAM_END,
};
#undef OF

/* Two texts: [{name: stack, value: prod}] may be written as {stack: prod}. */
static const struct shape attribute_shape = {
    .name = "attribute",
    .size = sizeof(struct pair),
    .params = attribute_params,
    .name_key = "name",
};

const char *const market_names[] = {[MARKET_ON_DEMAND] = "on-demand", [MARKET_SPOT] = "spot", NULL};

#define OF struct host_simulation_settings
static const struct param host_simulation_params[] = {
    ROW_LIST("attributes", attributes, attribute_shape, "custom attributes of the hosts: {stack: prod}"),
    ROW("market", CHOICE, market, "on-demand, or spot: the host can be interrupted", DEFAULT("on-demand"),
        ONE_OF(market_names)),
    ROW_STRUCT("ecsConfig", ecs_config, struct ecs_config_settings, ecs_config_shape,
               "what stands in /etc/ecs/ecs.config, or in docker run --env"),
    ROW_BYTES("pullBandwidth", pull_bandwidth, settings_parse_bandwidth,
              "at which a host pulls images at most: 30MB/s (default: timing.pullBandwidth)"),
    ROW("registryLogin", CHOICE, registry_login,
        "how they log in to ECR, whose tokens are good for 12 hours: renewed by the agent, or only atBoot",
        DEFAULT("renewed"), ONE_OF(registry_logins)),
    ROW("host", CHOICE, host.kind,
        "ecs-optimized: ecs-init keeps the agent running; bespoke: a person runs it by docker run, and what "
        "is not written is forgotten (default: ecs-init, and every capability)",
        ONE_OF(settings_host_kinds)),
    ROW_OPTIONAL("dockerRun", host.docker_run, struct docker_run_settings, docker_run_shape,
                 "how a bespoke host runs its agent"),
    ROW_STRUCT("iamInstanceProfile", host.instance_profile, struct instance_profile_settings,
               instance_profile_shape,
               "the role by which its agent calls ECS (default: the launch template's)"),
    PARAM_DIST("instanceLaunch", OF, host.launch, NULL,
               "from the launch request until the host is ACTIVE (default: timing.instanceLaunch)"),
    PARAM_DIST("instanceBoot", OF, host.boot, NULL,
               "a host that comes back: until its agent is connected (default: timing.instanceBoot)"),
    ROWS_OF_DISK,
    PARAM_END,
};
#undef OF

static void check_host_simulation(struct mistakes *mistakes, void *object, void *root)
{
    settings_derive_host(mistakes, root, object);
    settings_check_disk(mistakes, object);
}

const struct shape host_simulation_shape = {
    .name = "simulation of hosts",
    .size = sizeof(struct host_simulation_settings),
    .params = host_simulation_params,
    .check = check_host_simulation,
};

#define OF struct container_instance_settings
static const struct param container_instance_params[] = {
    ROW("count", INTEGER, count, "number of such hosts", DEFAULT("1"), RANGE(1, MOST_COUNT)),
    ROW("instanceType", TEXT, instance_type, "type of the host"),
    ROW("availabilityZone", TEXT, availability_zone, "its zone (default: the zones in turn)"),
    ROW("instanceLifecycle", TEXT, lifecycle, "spot, as EC2 prints it; the same as `market: spot`"),
    ROW_LIST("attributes", attributes, attribute_shape, "its attributes: {stack: prod}"),
    ROW_STRUCT("simulation", simulation, struct host_simulation_settings, host_simulation_shape,
               "what AWS does not say of it"),
    PARAM_END,
};
#undef OF

#define OF struct instance_type_settings
static const struct param instance_type_params[] = {
    ROW("instanceType", TEXT, name, "its name", REQUIRED),
    ROW("vcpu", INTEGER, vcpu, "number of vCPUs", RANGE(1, MOST_VCPU)),
    ROW("memoryMiB", MEMORY, memory_mib, "MiB that the agent registers before ECS_RESERVED_MEMORY",
        RANGE(1, MOST_MEMORY_MIB)),
    ROW("maxEnis", INTEGER, max_enis, "network interfaces; the host keeps one (default: 3)",
        RANGE(1, MOST_ENIS)),
    ROW("awsvpcTasksWithTrunking", INTEGER, awsvpc_tasks_with_trunking,
        "awsvpc tasks with trunking (default: unknown)", RANGE(0, MOST_ENIS)),
    ROW("gpus", INTEGER, gpus, "GPUs (default: 0)", RANGE(0, MOST_GPUS)),
    ROW("pricePerHour", NUMBER, price_per_hour, "dollars per hour (default: unknown)", RANGE(0, MOST_PRICE)),
    PARAM_END,
};
#undef OF

/* --- instance types --------------------------------------------------------------------------- */

/* What is not said is the catalogue's, where it has the type. */
static void derive_type(struct instance_type_settings *settings, const struct instance_type *known)
{
    static const struct instance_type unknown = {
        .arch = "amd64", .max_enis = 3, .awsvpc_tasks_with_trunking = -1, .price = -1};
    const struct instance_type *base = known ? known : &unknown;
    settings->type = *base;
    settings->type.name = settings->name;
    settings->type.vcpu = given_or(settings->vcpu, base->vcpu);
    settings->type.cpu_units = settings->type.vcpu * 1024; /* [DG:cloudwatch-metrics] */
    settings->type.memory_mib = given_or(settings->memory_mib, base->memory_mib);
    settings->type.memory_estimated = settings->memory_mib == ABSENT && base->memory_estimated;
    settings->type.max_enis = given_or(settings->max_enis, base->max_enis);
    settings->type.awsvpc_tasks_with_trunking =
        given_or(settings->awsvpc_tasks_with_trunking, base->awsvpc_tasks_with_trunking);
    settings->type.gpus = given_or(settings->gpus, base->gpus);
    settings->type.price = settings->price_per_hour != ABSENT ? settings->price_per_hour * 1000 : base->price;
}

static void check_instance_type(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct instance_type_settings *settings = object;
    const struct instance_type *known = instance_type_find(settings->name);
    if (!known && (settings->vcpu == ABSENT || settings->memory_mib == ABSENT))
        mistake(mistakes, settings, "instanceType",
                "`%s` is not in the catalogue, so it needs vcpu and memoryMiB", settings->name);
    derive_type(settings, known);
}

const struct shape instance_type_shape = {
    .name = "instance type",
    .size = sizeof(struct instance_type_settings),
    .params = instance_type_params,
    .collection = "instanceTypes",
    .name_key = "instanceType",
    .check = check_instance_type,
};

static const struct instance_type *find_type(const struct ecs_settings *settings, const char *name)
{
    const struct instance_type_settings *own = settings_named(settings, NAMED_INSTANCE_TYPE, name);
    return own ? &own->type : instance_type_find(name);
}

const struct instance_type *settings_instance_type(struct mistakes *mistakes,
                                                   const struct ecs_settings *settings, const void *object,
                                                   const char *name)
{
    const struct instance_type *type = find_type(settings, name);
    if (type)
        return type;
    const char *nearest = instance_type_nearest(name);
    if (nearest)
        mistake(mistakes, object, "instanceType", "there is no instance type `%s`; did you mean `%s`?", name,
                nearest);
    else
        mistake(mistakes, object, "instanceType",
                "there is no instance type `%s`; describe it under instanceTypes", name);
    return NULL;
}

/* --- hosts ------------------------------------------------------------------------------------ */

/* The agent's file has a JSON list, "[22, 80]"; YAML has its own. Returns whether all of it was ports. */
static bool add_ports(struct list *ports, const char *text, enum port_protocol protocol)
{
    static const char between[] = "[], ";
    for (text += strspn(text, between); *text; text += strspn(text, between)) {
        char *end;
        long port = strtol(text, &end, 10);
        if (end == text || port < 0 || port > MOST_PORT || strcspn(end, between) > 0)
            return false;
        ((struct host_port *)ports->items)[ports->count++] =
            (struct host_port){(uint16_t)port, (uint8_t)protocol};
        text = end;
    }
    return true;
}

static size_t most_ports(const struct list *written)
{
    size_t most = 0;
    EACH_TEXT(text, *written)
        most += strlen(*text);
    return most;
}

static void read_ports(struct mistakes *mistakes, struct ecs_config_settings *config, const char *key,
                       const struct list *written, enum port_protocol protocol)
{
    EACH_TEXT(text, *written) {
        if (!add_ports(&config->reserved_ports, *text, protocol))
            mistake(mistakes, config, key, "`%s` is not made of ports, 0 to %d", *text, MOST_PORT);
    }
}

static void check_ecs_config(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct ecs_config_settings *config = object;
    const struct list *tcp = &config->reserved_ports_written, *udp = &config->reserved_udp_ports_written;
    size_t most = most_ports(tcp) + most_ports(udp);
    config->reserved_ports =
        (struct list){0, arena_array(mistakes_arena(mistakes), most, sizeof(struct host_port))};
    read_ports(mistakes, config, "ECS_RESERVED_PORTS", tcp, PORT_TCP);
    read_ports(mistakes, config, "ECS_RESERVED_PORTS_UDP", udp, PORT_UDP);
    settings_check_housekeeping(mistakes, config);
}

static const char *attribute_value(const struct list *attributes, const char *name)
{
    EACH(struct pair, attribute, *attributes) {
        if (settings_same(attribute->key, name))
            return attribute->value;
    }
    return NULL;
}

/* What describe-container-instances prints has type and zone among the attributes. */
static const char *zone_of(const struct container_instance_settings *instance)
{
    return instance->availability_zone ? instance->availability_zone
                                       : attribute_value(&instance->attributes, "ecs.availability-zone");
}

static void check_container_instance(struct mistakes *mistakes, void *object, void *root)
{
    struct container_instance_settings *instance = object;
    if (!instance->instance_type)
        instance->instance_type = attribute_value(&instance->attributes, "ecs.instance-type");
    instance->availability_zone = zone_of(instance);
    if (settings_same(instance->lifecycle, market_names[MARKET_SPOT]))
        instance->simulation.market = MARKET_SPOT;
    if (instance->instance_type)
        instance->type = settings_instance_type(mistakes, root, instance, instance->instance_type);
    else
        mistake(mistakes, instance, NULL, "the container instance has no instanceType");
}

const struct shape container_instance_shape = {
    .name = "container instance",
    .size = sizeof(struct container_instance_settings),
    .params = container_instance_params,
    .check = check_container_instance,
};

/* --- zones ------------------------------------------------------------------------------------ */

bool settings_has_text(const struct list *list, const char *text)
{
    EACH_TEXT(item, *list) {
        if (settings_same(*item, text))
            return true;
    }
    return false;
}

static void check_zone(struct mistakes *mistakes, const struct ecs_settings *settings, const void *host,
                       const char *zone)
{
    if (zone && !settings_named(settings, NAMED_ZONE, zone))
        mistake(mistakes, host, "availabilityZone", "`%s` is not one of the scenario's availabilityZones",
                zone);
}

static void check_group_zones(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    EACH(struct auto_scaling_group_settings, group, settings->auto_scaling_groups) {
        EACH_TEXT(zone, group->availability_zones) {
            if (!settings_named(settings, NAMED_ZONE, *zone))
                mistake(mistakes, group, "availabilityZones",
                        "`%s` is not one of the scenario's availabilityZones", *zone);
        }
        EACH(struct group_instance_settings, instance, group->instances)
            check_zone(mistakes, settings, instance, instance->availability_zone);
    }
    EACH(struct container_instance_settings, instance, settings->container_instances)
        check_zone(mistakes, settings, instance, instance->availability_zone);
}

static void add_zone(struct ecs_settings *settings, const char *zone)
{
    struct list *zones = &settings->availability_zones;
    if (!zone || settings_named(settings, NAMED_ZONE, zone))
        return;
    const char **place = LIST_AT(const char *, *zones, zones->count++);
    *place = zone;
    symbol_enter(&settings->by_name[NAMED_ZONE], zone, place);
}

static size_t count_mentions(const struct ecs_settings *settings)
{
    size_t count = settings->container_instances.count + settings->subnets.count;
    EACH(struct auto_scaling_group_settings, group, settings->auto_scaling_groups)
        count += group->availability_zones.count;
    return count;
}

/* The zones that the hosts and the subnets name, in the order of their mention; one where they name none. */
static void collect_zones(struct ecs_settings *settings)
{
    struct arena *arena = settings->by_name[NAMED_ZONE].arena;
    struct list *zones = &settings->availability_zones;
    zones->items = arena_array(arena, count_mentions(settings) + 1, sizeof(const char *));
    EACH(struct auto_scaling_group_settings, group, settings->auto_scaling_groups) {
        EACH_TEXT(zone, group->availability_zones)
            add_zone(settings, *zone);
    }
    EACH(struct container_instance_settings, instance, settings->container_instances)
        add_zone(settings, zone_of(instance));
    EACH(struct subnet_settings, subnet, settings->subnets)
        add_zone(settings, subnet->availability_zone);
    settings->zones_source = zones->count ? ZONES_NAMED : ZONES_ASSUMED;
    if (zones->count == 0)
        add_zone(settings, "us-east-1a");
}

void settings_index_zones(struct ecs_settings *settings)
{
    EACH_TEXT(zone, settings->availability_zones)
        symbol_enter(&settings->by_name[NAMED_ZONE], *zone, zone);
    if (settings->availability_zones.count == 0)
        collect_zones(settings);
}

void settings_check_zones(struct mistakes *mistakes, const struct ecs_settings *settings)
{
    if (settings->zones_source == ZONES_LISTED)
        check_group_zones(mistakes, settings);
    settings_check_updated_zones(mistakes, settings);
}

/* --- whether tasks fit ------------------------------------------------------------------------ */

static struct list new_kinds(struct arena *arena, const struct ecs_settings *settings)
{
    size_t most = settings->container_instances.count;
    EACH(struct auto_scaling_group_settings, group, settings->auto_scaling_groups)
        most += group->plan.options.count;
    return (struct list){0, arena_array(arena, most, sizeof(struct host_kind))};
}

static void add_kind(struct list *kinds, const struct instance_type *type,
                     const struct host_simulation_settings *simulation)
{
    *LIST_AT(struct host_kind, *kinds, kinds->count++) =
        (struct host_kind){type, &simulation->ecs_config, &simulation->host};
}

/* One per type of each group, and one per entry of `containerInstances`. */
static struct list list_kinds(struct arena *arena, const struct ecs_settings *settings)
{
    struct list kinds = new_kinds(arena, settings);
    EACH(struct auto_scaling_group_settings, group, settings->auto_scaling_groups) {
        EACH(struct launch_option, option, group->plan.options)
            add_kind(&kinds, option->type, &group->simulation);
    }
    EACH(struct container_instance_settings, instance, settings->container_instances)
        add_kind(&kinds, instance->type, &instance->simulation);
    return kinds;
}

static bool has_room(const struct host_kind *host, const struct task_definition_settings *definition)
{
    return definition->reserved_cpu <= host->type->cpu_units &&
           definition->reserved_memory_mib <= host->type->memory_mib - host->config->reserved_memory_mib &&
           definition->reserved_gpus <= host->type->gpus;
}

static bool is_reserved_everywhere(const struct list *kinds, const struct port_mapping_settings *mapping)
{
    struct host_port port = {(uint16_t)mapping->host_port, (uint8_t)mapping->protocol};
    EACH(struct host_kind, host, *kinds) {
        if (!room_is_reserved(host, port))
            return false;
    }
    return kinds->count > 0;
}

static void warn_about_ports(struct mistakes *mistakes, const struct list *kinds,
                             const struct task_definition_settings *definition)
{
    EACH(struct container_settings, container, definition->containers) {
        EACH(struct port_mapping_settings, mapping, container->port_mappings) {
            bool taken = definition->network_mode != NETWORK_AWSVPC && mapping->host_port > 0;
            if (taken && is_reserved_everywhere(kinds, mapping))
                warn(mistakes, mapping, "hostPort",
                     "host port %" PRId64
                     " is reserved on every host, so no task of `%s` will ever be placed",
                     mapping->host_port, definition->name);
        }
    }
}

static void warn_about_room(struct mistakes *mistakes, const struct list *kinds,
                            const struct task_definition_settings *definition)
{
    if (settings_requires(definition, "FARGATE"))
        return; /* it brings its own machine */
    EACH(struct host_kind, host, *kinds) {
        if (has_room(host, definition))
            return;
    }
    int64_t number = definition->reserved_gpus;
    const char *gpus =
        number ? arena_format(mistakes_arena(mistakes), ", %" PRId64 " GPU%s", number, number == 1 ? "" : "s")
               : "";
    if (kinds->count > 0)
        warn(mistakes, definition, "family",
             "a task of `%s` reserves %" PRId64 " CPU units%s and %" PRId64
             " MiB, and no host of this scenario has that much",
             definition->name, definition->reserved_cpu, gpus, definition->reserved_memory_mib);
}

/* The first that the task definition needs and the host lacks; CAPABILITY_COUNT: none. */
static int first_lacking(const struct task_definition_settings *definition, const struct host_kind *host)
{
    unsigned lacking = definition->capabilities & ~host->host->capabilities;
    return lacking ? __builtin_ctz(lacking) : CAPABILITY_COUNT;
}

static void warn_about_capabilities(struct mistakes *mistakes, const struct list *kinds,
                                    const struct task_definition_settings *definition)
{
    const struct capability_definition *lacking = NULL;
    if (settings_requires(definition, "FARGATE"))
        return;
    EACH(struct host_kind, host, *kinds) {
        int first = first_lacking(definition, host);
        if (first == CAPABILITY_COUNT)
            return;
        lacking = &capability_definitions[first];
    }
    if (lacking)
        warn(mistakes, definition, "family",
             "no host has all that a task of `%s` needs: %s needs the attribute %s, which %s gives it",
             definition->name, lacking->needed_by, lacking->attribute, lacking->given_by);
}

void settings_check_rooms(struct mistakes *mistakes, struct ecs_settings *settings)
{
    struct list kinds = list_kinds(mistakes_arena(mistakes), settings);
    settings->host_kinds = kinds;
    EACH(struct task_definition_settings, definition, settings->task_definitions) {
        warn_about_room(mistakes, &kinds, definition);
        warn_about_ports(mistakes, &kinds, definition);
        warn_about_capabilities(mistakes, &kinds, definition);
    }
}
