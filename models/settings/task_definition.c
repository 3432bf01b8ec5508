/* taskDefinitions: RegisterTaskDefinition, and how the containers behave. */
#include "models/settings/tables.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST_CONTAINER_MIB = 6 /* what Docker reserves at least [API:ContainerDefinition.memory] */
};

/* --- tables ----------------------------------------------------------------------------------- */

static const char *const protocols[] = {[PORT_TCP] = "tcp", [PORT_UDP] = "udp", NULL};
static const char *const network_modes[] = {[NETWORK_BRIDGE] = "bridge",
                                            [NETWORK_HOST] = "host",
                                            [NETWORK_AWSVPC] = "awsvpc",
                                            [NETWORK_NONE] = "none",
                                            NULL};
static const char *const cpu_architectures[] = {
    [ARCHITECTURE_X86_64] = "X86_64", [ARCHITECTURE_ARM64] = "ARM64", NULL};

#define OF struct port_mapping_settings
static const struct param port_mapping_params[] = {
    ROW("containerPort", INTEGER, container_port, "port on which the container listens", REQUIRED,
        RANGE(1, MOST_PORT)),
    ROW("hostPort", INTEGER, host_port,
        "port of the host; 0 is a free one of 32768 to 60999 in bridge mode, the container's own otherwise",
        DEFAULT("0"), RANGE(0, MOST_PORT)),
    ROW("protocol", CHOICE, protocol, "tcp or udp", DEFAULT("tcp"), ONE_OF(protocols)),
    PARAM_END,
};
#undef OF

static const struct shape port_mapping_shape = {
    .name = "port mapping",
    .size = sizeof(struct port_mapping_settings),
    .params = port_mapping_params,
};

#define OF struct container_health_check_settings
static const struct param health_check_params[] = {
    ROW("command", TEXTS, command,
        "what the check runs; how it answers is said in the task definition's `simulation:`", REQUIRED),
    ROW("interval", DURATION, interval, "seconds between checks [API:HealthCheck]", DEFAULT("30"),
        SECONDS(5, 300)),
    ROW("timeout", DURATION, timeout, "seconds until a check has failed [API:HealthCheck]", DEFAULT("5"),
        SECONDS(2, 60)),
    ROW("retries", INTEGER, retries, "failures in a row that make it UNHEALTHY [API:HealthCheck]",
        DEFAULT("3"), RANGE(1, 10)),
    ROW("startPeriod", DURATION, start_period,
        "seconds in which failures do not count; 0 is off [API:HealthCheck]", DEFAULT("0"), SECONDS(0, 300)),
    PARAM_END,
};
#undef OF

static const struct shape health_check_shape = {
    .name = "health check",
    .size = sizeof(struct container_health_check_settings),
    .params = health_check_params,
    .shorthand = "command",
};

static const char *const requirements[] = {
    [REQUIRES_GPU] = "GPU", [REQUIRES_INFERENCE_ACCELERATOR] = "InferenceAccelerator", NULL};

#define OF struct resource_requirement_settings
static const struct param resource_requirement_params[] = {
    ROW("type", CHOICE, type, "GPU: whole devices; InferenceAccelerator is not modelled", REQUIRED,
        ONE_OF(requirements)),
    ROW("value", TEXT, value, "number of GPUs, or the accelerator's deviceName", REQUIRED),
    PARAM_END,
};
#undef OF

static void check_resource_requirement(struct mistakes *, void *object, void *root);

static const struct shape resource_requirement_shape = {
    .name = "resource requirement",
    .size = sizeof(struct resource_requirement_settings),
    .params = resource_requirement_params,
    .check = check_resource_requirement,
};

#define OF struct container_settings
static const struct param container_params[] = {
    ROW("name", TEXT, name, "name of the container within its task", REQUIRED),
    ROW("image", TEXT, image,
        "image with its tag or digest; its pull brings what `images` says, or takes timing.imagePull"),
    ROW("cpu", CPU, cpu, "CPU units reserved, 1024 to the vCPU", DEFAULT("0"), RANGE(0, MOST_CPU)),
    ROW("memory", MEMORY, memory_mib, "MiB at which the container is killed", RANGE(1, MOST_MEMORY_MIB)),
    ROW("memoryReservation", MEMORY, memory_reservation_mib, "MiB reserved, if less than `memory`",
        RANGE(1, MOST_MEMORY_MIB)),
    ROW("essential", FLAG, essential, "whether its exit stops the task [API:ContainerDefinition.essential]",
        DEFAULT("true")),
    ROW_LIST("portMappings", port_mappings, port_mapping_shape, "ports that the host passes on"),
    ROW("links", TEXTS, links, "containers of the task that this one reaches by name, in bridge mode"),
    ROW_OPTIONAL("healthCheck", health_check, struct container_health_check_settings, health_check_shape,
                 "the container's own health check"),
    ROW("stopTimeout", DURATION, stop_timeout,
        "seconds from the stop signal until the container is killed (default: the host's "
        "ECS_CONTAINER_STOP_TIMEOUT) [API:ContainerDefinition.stopTimeout]",
        SECONDS(1, 86400)),
    ROW("secrets", UNREAD, has_secrets, "what is read by the task execution role before it starts"),
    ROW("versionConsistency", FLAG, version_consistency,
        "whether a deployment turns its tag into a digest [API:ContainerDefinition.versionConsistency]",
        DEFAULT("enabled")),
    ROW_LIST("dependsOn", depends_on, container_dependency_shape,
             "containers that must have started, completed, succeeded or be healthy before it starts"),
    ROW("startTimeout", DURATION, start_timeout,
        "seconds from its start in which it must have met what others wait for, or the task stops (default: "
        "no limit) [API:ContainerDefinition.startTimeout]",
        SECONDS(1, 86400)),
    ROW_OPTIONAL("restartPolicy", restart_policy, struct restart_policy_settings, restart_policy_shape,
                 "whether it is started again in its task"),
    ROW_OPTIONAL("simulation", simulation, struct container_simulation_settings, container_simulation_shape,
                 "how it behaves, where not as its task definition's `simulation:` says"),
    ROW_LIST("resourceRequirements", resource_requirements, resource_requirement_shape,
             "whole GPUs that the container gets"),
    ROW_OPTIONAL("repositoryCredentials", repository_credentials, struct repository_credentials_settings,
                 repository_credentials_shape, "for a registry that requires credentials"),
    ROW_LIST("mountPoints", mount_points, mount_point_shape, "volumes of the task that the container mounts"),
    ROW_OPTIONAL("logConfiguration", log_configuration, struct log_configuration_settings,
                 log_configuration_shape, "where it writes its log (default: nowhere that is modelled)"),
    PARAM_END,
};
#undef OF

static const struct shape container_shape = {
    .name = "container definition",
    .size = sizeof(struct container_settings),
    .params = container_params,
    .name_key = "name",
};

#define OF struct task_simulation_settings
static const struct param simulation_params[] = {
    PARAM_DIST("startup", OF, startup, "0s", "from the start of a container until it answers health checks"),
    PARAM_DIST("runtime", OF, runtime, NULL,
               "from the start of the first essential container until it exits by itself (default: never)"),
    ROW("exitCode", INTEGER, exit_code,
        "its exit code at the end of `runtime`, and of a start failure (1 there, if it is 0)", DEFAULT("0"),
        RANGE(0, MOST_EXIT_CODE)),
    ROW("startFailure", NUMBER, start_failure, "probability that a task stops before it is RUNNING",
        DEFAULT("0"), RANGE(0, MILLION)),
    ROW("neverHealthy", FLAG, never_healthy, "whether no check ever succeeds", DEFAULT("false")),
    ROWS_OF_LOG_WRITING(DEFAULT("0"), DEFAULT("200")),
    PARAM_DIST("unhealthyAfter", OF, unhealthy_after, NULL,
               "from healthy until checks fail for good (default: never)"),
    PARAM_DIST("stopTime", OF, stop_time, "10s",
               "from the stop signal until a container has exited, at most its `stopTimeout` (default: 10 s; "
               "one task on EC2 was measured at 12.4 s from STOPPING to STOPPED, all included)"),
    ROW("needsTaskRole", FLAG, needs_task_role,
        "whether the first essential container exits with 1 where the taskRoleArn may not what it is for",
        DEFAULT("false")),
    ROW("digestFailures", INTEGER, digest_failures,
        "attempts of a deployment to turn its tags into digests that fail; after 3 it goes on with tags, or "
        "fails under the circuit breaker [DG:deployment-type-ecs]",
        DEFAULT("0"), RANGE(0, MOST_COUNT)),
    ROW("cpuPerRequest", DURATION, cpu_per_request, "time of one vCPU that a request takes", DEFAULT("0s")),
    ROW("cpuIdle", CPU, cpu_idle, "CPU units used without requests", DEFAULT("0"), RANGE(0, MOST_CPU)),
    ROW("memoryIdle", MEMORY, memory_idle_mib, "MiB used without requests", DEFAULT("0"),
        RANGE(0, MOST_MEMORY_MIB)),
    ROW("memoryPerRequest", NUMBER, memory_per_request, "MiB more for each request per second", DEFAULT("0")),
    ROW("maxRequestsPerSecond", NUMBER, most_requests_per_second,
        "requests per second that a task can serve (default: any number)"),
    ROW_LIST("downloads", downloads, download_shape,
             "what its first essential container downloads at each start before `startup` begins, at "
             "timing.downloadPerSecond"),
    ROW("disk", MEMORY, disk.mib, "MiB that its containers take of their host's disk from their creation on",
        DEFAULT("0"), RANGE(0, MOST_DISK_MIB)),
    ROW("diskGrowth", MEMORY, disk.growth_mib, "MiB that they write there per hour, while the task runs",
        DEFAULT("0"), RANGE(0, MOST_DISK_MIB)),
    PARAM_END,
};
#undef OF

static const struct shape simulation_shape = {
    .name = "simulation of a task",
    .size = sizeof(struct task_simulation_settings),
    .params = simulation_params,
};

#define OF struct runtime_platform_settings
static const struct param runtime_platform_params[] = {
    ROW("cpuArchitecture", CHOICE, cpu_architecture, "X86_64 or ARM64; what a task on Fargate costs",
        DEFAULT("X86_64"), ONE_OF(cpu_architectures)),
    PARAM_END,
};
#undef OF

static const struct shape runtime_platform_shape = {
    .name = "runtime platform",
    .size = sizeof(struct runtime_platform_settings),
    .params = runtime_platform_params,
};

#define OF struct ephemeral_storage_settings
static const struct param ephemeral_storage_params[] = {
    ROW("sizeInGiB", INTEGER, size_gib, "GiB of a task on Fargate; told in its events [API:EphemeralStorage]",
        DEFAULT("20"), RANGE(20, 200)),
    PARAM_END,
};
#undef OF

static const struct shape ephemeral_storage_shape = {
    .name = "ephemeral storage",
    .size = sizeof(struct ephemeral_storage_settings),
    .params = ephemeral_storage_params,
};

#define OF struct task_definition_settings
static const struct param task_definition_params[] = {
    ROW("family", NAME, family, "name shared by all revisions", REQUIRED),
    ROW("revision", INTEGER, revision, "number within the family (default: one more than its highest so far)",
        RANGE(1, INT32_MAX)),
    ROW("networkMode", CHOICE, network_mode,
        "how its ports appear: bridge, host, awsvpc (one network interface per task) or none",
        DEFAULT("bridge"), ONE_OF(network_modes)),
    ROW("cpu", CPU, cpu, "CPU units that the task reserves, instead of the sum of its containers",
        RANGE(128, MOST_CPU)),
    ROW("memory", MEMORY, memory_mib, "MiB that the task reserves, instead of the sum of its containers",
        RANGE(1, MOST_MEMORY_MIB)),
    ROW_LIST("containerDefinitions", containers, container_shape, "its containers, 1 to 10", REQUIRED),
    ROW_LIST("placementConstraints", placement_constraints, placement_constraint_shape,
             "where its tasks may go at all (memberOf)"),
    ROW_LIST("volumes", volumes, volume_shape, "what its containers may mount"),
    ROW("requiresCompatibilities", TEXTS, requires_compatibilities,
        "launch types for which it is held against the rules when it is registered"),
    ROW("taskRoleArn", NAME, task_role, "the role of its containers; hosts need the capability"),
    ROW("executionRoleArn", NAME, execution_role,
        "the role by which its agent pulls images, reads secrets and writes logs"),
    ROW_STRUCT("runtimePlatform", runtime_platform, struct runtime_platform_settings, runtime_platform_shape,
               "what its containers are built for"),
    ROW_STRUCT("ephemeralStorage", ephemeral_storage, struct ephemeral_storage_settings,
               ephemeral_storage_shape, "disk of a task on Fargate"),
    ROW_STRUCT("simulation", simulation, struct task_simulation_settings, simulation_shape,
               "how its containers behave, which AWS cannot know"),
    PARAM_END,
};
#undef OF

/* --- what a task reserves --------------------------------------------------------------------- */

static int64_t container_reserved_memory(const struct container_settings *container)
{
    int64_t given = container->memory_reservation_mib != ABSENT ? container->memory_reservation_mib
                                                                : container->memory_mib;
    return given > LEAST_CONTAINER_MIB ? given : LEAST_CONTAINER_MIB;
}

static int64_t sum_of_cpu(const struct task_definition_settings *definition)
{
    int64_t sum = 0;
    EACH(struct container_settings, container, definition->containers)
        sum += container->cpu;
    return sum;
}

static int64_t sum_of_memory(const struct task_definition_settings *definition)
{
    int64_t sum = 0;
    EACH(struct container_settings, container, definition->containers)
        sum += container_reserved_memory(container);
    return sum;
}

static int64_t sum_of_gpus(const struct task_definition_settings *definition)
{
    int64_t sum = 0;
    EACH(struct container_settings, container, definition->containers) {
        EACH(struct resource_requirement_settings, requirement, container->resource_requirements)
            sum += requirement->gpus;
    }
    return sum;
}

/* Only bridge mode passes one port on to another [API:PortMapping.hostPort]. */
static void derive_host_ports_of(struct task_definition_settings *definition,
                                 const struct container_settings *container)
{
    struct port_mapping_settings *mappings = container->port_mappings.items;
    for (size_t i = 0; i < container->port_mappings.count; i++) {
        if (definition->network_mode != NETWORK_BRIDGE)
            mappings[i].host_port = mappings[i].container_port;
        if (definition->network_mode != NETWORK_AWSVPC && mappings[i].host_port > 0)
            definition->host_ports[definition->host_port_count++] =
                (struct host_port){(uint16_t)mappings[i].host_port, (uint8_t)mappings[i].protocol};
    }
}

static void derive_host_ports(struct arena *arena, struct task_definition_settings *definition)
{
    size_t most = 0;
    EACH(struct container_settings, container, definition->containers)
        most += container->port_mappings.count;
    definition->host_ports = arena_array(arena, most, sizeof *definition->host_ports);
    EACH(struct container_settings, container, definition->containers)
        derive_host_ports_of(definition, container);
}

static unsigned needed_capabilities(const struct task_definition_settings *definition)
{
    struct capability_needs needs = {
        .task_role = definition->task_role,
        .execution_role = definition->execution_role,
        .network_mode = definition->network_mode,
        .logging_drivers = settings_logging_drivers(definition),
    };
    return capabilities_needed(&needs);
}

static void derive(struct arena *arena, struct task_definition_settings *definition)
{
    definition->name = arena_format(arena, "%s:%" PRId64, definition->family, definition->revision);
    definition->reserved_cpu = definition->cpu != ABSENT ? definition->cpu : sum_of_cpu(definition);
    definition->reserved_memory_mib =
        definition->memory_mib != ABSENT ? definition->memory_mib : sum_of_memory(definition);
    definition->reserved_gpus = sum_of_gpus(definition);
    definition->capabilities = needed_capabilities(definition);
    derive_host_ports(arena, definition);
    definition->fargate_compatible = settings_supports_fargate(definition);
}

static bool read_gpus(struct resource_requirement_settings *requirement)
{
    size_t digits = strspn(requirement->value, "0123456789");
    bool is_number = digits > 0 && digits < 5 && requirement->value[digits] == '\0';
    requirement->gpus = is_number ? strtol(requirement->value, NULL, 10) : 0;
    return requirement->gpus > 0;
}

/* [API:ResourceRequirement] */
static void check_resource_requirement(struct mistakes *mistakes, void *object, void *root)
{
    (void)root;
    struct resource_requirement_settings *requirement = object;
    if (requirement->type == REQUIRES_INFERENCE_ACCELERATOR)
        settings_warn_unmodelled(mistakes, requirement, "type", "an inference accelerator");
    else if (!read_gpus(requirement))
        mistake(mistakes, requirement, "value", "`%s` is no number of GPUs", requirement->value);
}

/* --- what AWS would refuse -------------------------------------------------------------------- */

static void check_container_memory(struct mistakes *mistakes,
                                   const struct task_definition_settings *definition,
                                   const struct container_settings *container)
{
    int64_t memory = container->memory_mib, reservation = container->memory_reservation_mib;
    if (memory == ABSENT && reservation == ABSENT && definition->memory_mib == ABSENT)
        mistake(mistakes, container, NULL,
                "container `%s` has neither memory nor memoryReservation, and its task definition no memory",
                container->name);
    if (memory != ABSENT && reservation != ABSENT && reservation >= memory)
        mistake(mistakes, container, "memoryReservation",
                "a memoryReservation of %" PRId64 " MiB must be less than the memory of %" PRId64 " MiB",
                reservation, memory);
    if (memory != ABSENT && definition->memory_mib != ABSENT && memory > definition->memory_mib)
        mistake(mistakes, container, "memory",
                "%" PRId64 " MiB is more than the %" PRId64 " MiB of the whole task", memory,
                definition->memory_mib);
}

/* [API:RegisterTaskDefinitionRequest.cpu, .memory] */
static void check_task_size(struct mistakes *mistakes, const struct task_definition_settings *definition)
{
    int64_t cpu = sum_of_cpu(definition), memory = sum_of_memory(definition);
    if (definition->cpu != ABSENT && cpu > definition->cpu)
        mistake(mistakes, definition, "cpu",
                "the containers ask for %" PRId64 " CPU units, the task has %" PRId64, cpu, definition->cpu);
    if (definition->memory_mib != ABSENT && memory > definition->memory_mib)
        mistake(mistakes, definition, "memory",
                "the containers reserve %" PRId64 " MiB, the task has %" PRId64, memory,
                definition->memory_mib);
}

static void check_links(struct mistakes *mistakes, const struct task_definition_settings *definition,
                        const struct container_settings *container)
{
    if (container->links.count > 0 && definition->network_mode != NETWORK_BRIDGE)
        mistake(mistakes, container, "links", "links need networkMode: bridge, and this is %s",
                network_modes[definition->network_mode]);
    EACH_TEXT(link, container->links) {
        const char *name = arena_copy(mistakes_arena(mistakes), *link, strcspn(*link, ":"));
        if (!settings_container(definition, name))
            mistake(mistakes, container, "links", "no container of this task definition is named `%s`", name);
    }
}

static void check_container_name(struct mistakes *mistakes, const struct task_definition_settings *definition,
                                 const struct container_settings *container)
{
    if (settings_container(definition, container->name) != container)
        mistake(mistakes, container, "name", "another container of this task definition is named `%s`",
                container->name);
}

/* [API:PortMapping.hostPort, API:NetworkMode] */
static void check_mode_of_port(struct mistakes *mistakes, const struct task_definition_settings *definition,
                               const struct port_mapping_settings *mapping)
{
    const char *mode = network_modes[definition->network_mode];
    if (definition->network_mode == NETWORK_NONE)
        mistake(mistakes, mapping, NULL, "in network mode none a container has no ports");
    else if (definition->network_mode != NETWORK_BRIDGE && mapping->host_port > 0 &&
             mapping->host_port != mapping->container_port)
        mistake(mistakes, mapping, "hostPort",
                "in %s mode hostPort is the containerPort, %" PRId64 ", or not given", mode,
                mapping->container_port);
}

/* The port that a task takes wherever it runs, or 0. */
static int64_t taken_port(const struct task_definition_settings *definition,
                          const struct port_mapping_settings *mapping)
{
    return definition->network_mode == NETWORK_BRIDGE ? mapping->host_port : mapping->container_port;
}

static bool taken_before(const struct task_definition_settings *definition,
                         const struct port_mapping_settings *mapping)
{
    EACH(struct container_settings, container, definition->containers) {
        EACH(struct port_mapping_settings, other, container->port_mappings) {
            if (other == mapping)
                return false;
            if (other->protocol == mapping->protocol &&
                taken_port(definition, other) == taken_port(definition, mapping))
                return true;
        }
    }
    return false;
}

static void check_ports(struct mistakes *mistakes, const struct task_definition_settings *definition,
                        const struct container_settings *container)
{
    EACH(struct port_mapping_settings, mapping, container->port_mappings) {
        check_mode_of_port(mistakes, definition, mapping);
        if (taken_port(definition, mapping) > 0 && taken_before(definition, mapping))
            mistake(mistakes, mapping,
                    definition->network_mode == NETWORK_BRIDGE ? "hostPort" : "containerPort",
                    "port %" PRId64 "/%s is taken twice by one task", taken_port(definition, mapping),
                    protocols[mapping->protocol]);
    }
}

static void check_containers(struct mistakes *mistakes, const struct task_definition_settings *definition)
{
    bool essential = false;
    if (definition->containers.count > MOST_CONTAINERS) {
        mistake(mistakes, definition, "containerDefinitions",
                "%zu containers; a task definition has at most %d", definition->containers.count,
                MOST_CONTAINERS);
        return;
    }
    EACH(struct container_settings, container, definition->containers) {
        essential = essential || container->essential;
        check_container_name(mistakes, definition, container);
        check_container_memory(mistakes, definition, container);
        check_links(mistakes, definition, container);
        check_ports(mistakes, definition, container);
        settings_check_logs(mistakes, container);
    }
    if (!essential)
        mistake(mistakes, definition, "containerDefinitions", "at least one container must be essential");
}

/* [API:RegisterTaskDefinitionRequest.requiresCompatibilities] */
static void check_compatibilities(struct mistakes *mistakes,
                                  const struct task_definition_settings *definition)
{
    EACH_TEXT(type, definition->requires_compatibilities) {
        if (!settings_is_launch_type(*type))
            mistake(mistakes, definition, "requiresCompatibilities",
                    "`%s` is no launch type; there are EC2, FARGATE, EXTERNAL and MANAGED_INSTANCES", *type);
    }
    if (settings_requires(definition, "FARGATE"))
        settings_check_fargate(mistakes, definition, NULL, NULL);
}

static bool needs_task_role(const struct task_definition_settings *definition)
{
    bool needs = definition->simulation.needs_task_role;
    EACH(struct container_settings, container, definition->containers)
        needs |= container->simulation && container->simulation->needs_task_role;
    return needs;
}

static void check_roles(struct mistakes *mistakes, const struct ecs_settings *settings,
                        const struct task_definition_settings *definition)
{
    settings_check_role(mistakes, settings, definition, "taskRoleArn", definition->task_role);
    settings_check_role(mistakes, settings, definition, "executionRoleArn", definition->execution_role);
    if (needs_task_role(definition) && !definition->task_role)
        warn(mistakes, definition, "family",
             "a container of `%s` needs a task role and there is no taskRoleArn, so it exits",
             definition->family);
}

static void check_task_definition(struct mistakes *mistakes, void *object, void *root)
{
    struct task_definition_settings *definition = object;
    settings_check_name(mistakes, definition, "family", definition->family);
    check_containers(mistakes, definition);
    check_task_size(mistakes, definition);
    placement_check_task_definition(mistakes, definition, &definition->placement_constraints);
    settings_order_containers(mistakes, definition);
    check_roles(mistakes, root, definition);
    settings_check_volumes(mistakes, root, definition);
    check_compatibilities(mistakes, definition);
    derive(mistakes_arena(mistakes), definition);
}

const struct shape task_definition_shape = {
    .name = "task definition",
    .size = sizeof(struct task_definition_settings),
    .params = task_definition_params,
    .collection = "taskDefinitions",
    .name_key = "family",
    .revision_key = "revision",
    .check = check_task_definition,
};

/* --- asked by the others ---------------------------------------------------------------------- */

const struct container_settings *settings_container(const struct task_definition_settings *definition,
                                                    const char *name)
{
    EACH(struct container_settings, container, definition->containers) {
        if (settings_same(container->name, name))
            return container;
    }
    return NULL;
}

/* "WebApp:2", or "WebApp" for the highest revision. */
static void index_definition(struct symbols *index, const struct task_definition_settings *definition,
                             bool listed)
{
    struct symbol *of_family = symbol_named(index, definition->family);
    const struct task_definition_settings *best = of_family->pointer;
    if (!best || (listed && definition->revision > best->revision))
        of_family->pointer = definition;
    symbol_enter(index, arena_format(index->arena, "%s:%" PRId64, definition->family, definition->revision),
                 definition);
}

void settings_index_definitions(struct ecs_settings *settings)
{
    struct symbols *index = &settings->by_name[NAMED_TASK_DEFINITION];
    EACH(struct task_definition_settings, definition, settings->task_definitions) {
        if (definition->family)
            index_definition(index, definition, true);
        EACH(struct container_settings, container, definition->containers)
            symbol_enter(&settings->by_name[NAMED_CONTAINER], container->name, container);
    }
    EACH(struct timeline_settings, entry, settings->timeline) {
        const struct task_definition_settings *definition =
            settings_of_action(entry, "registerTaskDefinition");
        if (definition && definition->family)
            index_definition(index, definition, false);
    }
}
