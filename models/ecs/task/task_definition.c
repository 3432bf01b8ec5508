#include "models/ecs/task/task_definition.h"
#include <string.h>

static struct probe container_probe(const struct container_health_check_settings *settings)
{
    return (struct probe){
        .first_after = settings->interval,
        .interval = settings->interval,
        .timeout = settings->timeout,
        .start_period = settings->start_period,
        .first_successes = 1,
        .healthy_threshold = 1,
        .unhealthy_threshold = settings->retries,
    };
}

static void add_probes(struct task_definition *definition, bool essential)
{
    for (int i = 0; i < definition->container_count; i++) {
        const struct container_settings *container = definition->containers[i].settings;
        if (container->essential != essential || !container->health_check)
            continue;
        definition->probed[definition->probe_count] = (uint8_t)i;
        definition->probes[definition->probe_count++] = container_probe(container->health_check);
    }
}

/* What a container does not say of itself is said of its task. */
static struct container_dist dist_of(const struct dist *own, const struct dist *of_task)
{
    if (own && dist_given(own))
        return (struct container_dist){own, false};
    return (struct container_dist){dist_given(of_task) ? of_task : NULL, true};
}

/* The task definition's runtime is its first essential container's. One that others wait for to end does. */
static struct container_dist runtime_of(const struct task_definition *definition, int index, bool awaited)
{
    static const struct dist never, at_once;
    const struct container_simulation_settings *own = definition->containers[index].settings->simulation;
    bool main = index == definition->main;
    struct container_dist runtime =
        dist_of(own ? &own->runtime : NULL, main ? &definition->settings->simulation.runtime : &never);
    if (!runtime.dist && awaited)
        runtime.dist = &at_once;
    return runtime;
}

static int64_t exit_code_of(const struct task_definition *definition, int index)
{
    const struct container_simulation_settings *own = definition->containers[index].settings->simulation;
    if (own && own->exit_code != ABSENT)
        return own->exit_code;
    return index == definition->main ? definition->settings->simulation.exit_code : 0;
}

static void order_containers(struct task_definition *definition)
{
    struct container_definition *containers = definition->containers;
    for (int i = 0; i < definition->container_count; i++)
        for (int condition = 0; condition < CONDITION_COUNT; condition++) {
            uint16_t after = containers[i].settings->after[condition];
            containers[i].order.after[condition] = after;
            for (int j = 0; j < definition->container_count; j++)
                containers[j].order.before |= after >> j & 1 ? 1u << i : 0;
        }
}

/* Whether another waits for its end. */
static bool is_awaited(const struct task_definition *definition, int index)
{
    uint16_t awaited = 0;
    for (int i = 0; i < definition->container_count; i++)
        awaited |= definition->containers[i].order.after[CONDITION_COMPLETE] |
                   definition->containers[i].order.after[CONDITION_SUCCESS];
    return awaited >> index & 1;
}

static void add_behaviour(struct task_definition *definition, int index)
{
    struct container_definition *container = &definition->containers[index];
    const struct task_simulation_settings *of_task = &definition->settings->simulation;
    const struct container_simulation_settings *own = container->settings->simulation;
    container->startup = dist_of(own ? &own->startup : NULL, &of_task->startup);
    container->stop_time = dist_of(own ? &own->stop_time : NULL, &of_task->stop_time);
    container->unhealthy_after = dist_of(own ? &own->unhealthy_after : NULL, &of_task->unhealthy_after);
    container->never_healthy = of_task->never_healthy || (own && own->never_healthy);
    container->needs_task_role =
        (own && own->needs_task_role) || (of_task->needs_task_role && index == definition->main);
    container->is_over = is_awaited(definition, index);
    container->runtime = runtime_of(definition, index, container->is_over);
    container->exit_code = (int)exit_code_of(definition, index);
}

static int first_essential(const struct task_definition *definition)
{
    int i = 0;
    while (!definition->containers[i].settings->essential)
        i++;
    return i;
}

static void add_containers(struct arena *arena, struct task_definition *definition)
{
    const struct list *containers = &definition->settings->containers;
    definition->container_count = (int)containers->count;
    definition->containers = arena_array(arena, containers->count, sizeof *definition->containers);
    for (size_t i = 0; i < containers->count; i++)
        definition->containers[i].settings = LIST_AT(struct container_settings, *containers, i);
    definition->main = first_essential(definition);
    order_containers(definition);
    for (int i = 0; i < definition->container_count; i++)
        add_behaviour(definition, i);
}

/* It begins with its first definition. */
static struct task_family *family_named(struct world *world, const char *name)
{
    struct task_family *family = symbol_entered(&world->family_names, name);
    if (family)
        return family;
    family = &world->families[world->family_count];
    symbol_enter(&world->family_names, name, family);
    family->index = world->family_count++;
    family->family = name;
    family->name = arena_format(world->arena, "family:%s", name);
    family->who = rng_name(family->name);
    family->counts.desired = ABSENT;
    family->zones = arena_array(world->arena, world->zone_count, sizeof *family->zones);
    return family;
}

/* Behind those of its name. */
static void enter(struct symbols *names, struct task_definition *definition)
{
    struct task_definition *namesake = symbol_entered(names, definition->name);
    symbol_enter(names, definition->name, definition);
    while (namesake && namesake->next_of_name)
        namesake = namesake->next_of_name;
    if (namesake)
        namesake->next_of_name = definition;
}

static struct task_definition *add_definition(struct world *world,
                                              const struct task_definition_settings *settings)
{
    struct task_definition *definition = arena_alloc(world->arena, sizeof *definition);
    definition->settings = settings;
    definition->family = family_named(world, settings->family);
    definition->images = definition;
    definition->name = settings->name;
    add_containers(world->arena, definition);
    definition->containers[definition->main].download = volume_download_time(world, definition);
    add_probes(definition, false);
    definition->aside_count = definition->probe_count;
    add_probes(definition, true);
    world->definitions[world->definition_count++] = definition;
    enter(&world->definition_names, definition);
    return definition;
}

static void become_registered(struct task_definition *definition)
{
    const struct task_definition **highest = &definition->family->highest;
    definition->registered = true;
    if (!*highest || definition->settings->revision > (*highest)->settings->revision)
        *highest = definition;
}

void definitions_begin(struct world *world)
{
    const struct ecs_settings *settings = world->settings;
    size_t most = settings->task_definitions.count + settings->timeline.count;
    world->definitions = arena_array(world->arena, most + 1, sizeof *world->definitions);
    world->families = arena_array(world->arena, most + 1, sizeof *world->families);
    world->definition_names.arena = world->family_names.arena = world->arena;
    EACH(struct task_definition_settings, each, settings->task_definitions)
        become_registered(add_definition(world, each));
    EACH(struct timeline_settings, entry, settings->timeline) {
        const struct task_definition_settings *registered =
            settings_of_action(entry, "registerTaskDefinition");
        if (registered)
            add_definition(world, registered);
    }
}

const struct task_definition *definition_find(const struct world *world, const char *name)
{
    const struct task_family *family = symbol_entered(&world->family_names, name);
    const struct task_definition *definition = symbol_entered(&world->definition_names, name);
    while (definition && !definition->registered)
        definition = definition->next_of_name;
    return definition ? definition : family ? family->highest : NULL;
}

int definition_container(const struct task_definition *definition, const char *name)
{
    for (int i = 0; i < definition->container_count; i++)
        if (!strcmp(definition->containers[i].settings->name, name))
            return i;
    return definition->main;
}

struct placement_request definition_request(const struct task_definition *definition)
{
    const struct task_definition_settings *settings = definition->settings;
    return (struct placement_request){
        .cpu = settings->reserved_cpu,
        .memory_mib = settings->reserved_memory_mib,
        .gpus = settings->reserved_gpus,
        .enis = settings->network_mode == NETWORK_AWSVPC,
        .capabilities = settings->capabilities,
        .ports = settings->host_ports,
        .port_count = settings->host_port_count,
        .constraints = {&settings->placement_constraints},
    };
}

const struct list *definition_zones(const struct task_definition *definition,
                                    const struct network_configuration_settings *network)
{
    bool has_interface = definition->settings->network_mode == NETWORK_AWSVPC;
    return has_interface ? &network->awsvpc.availability_zones : NULL;
}

const char *definition_register(struct world *world, const struct task_definition_settings *settings)
{
    struct task_definition *definition = symbol_entered(&world->definition_names, settings->name);
    while (definition->settings != settings)
        definition = definition->next_of_name;
    become_registered(definition);
    return settings->name;
}
