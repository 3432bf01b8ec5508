#include "models/ecs/task_definition.h"
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

/* Task health looks only at essential containers that define a check. [DG:healthcheck] */
static void add_probes(struct task_definition *definition)
{
    EACH(struct container_settings, container, definition->settings->containers)
        if (container->essential && container->health_check)
            definition->probes[definition->probe_count++] = container_probe(container->health_check);
}

static struct task_definition *add_definition(struct world *world,
                                              const struct task_definition_settings *settings)
{
    struct task_definition *definition = arena_alloc(world->arena, sizeof *definition);
    definition->settings = settings;
    definition->name = settings->name;
    add_probes(definition);
    world->definitions[world->definition_count++] = definition;
    return definition;
}

static void add_family(struct world *world, const struct task_definition *definition)
{
    for (uint32_t i = 0; i < world->family_count; i++)
        if (!strcmp(world->families[i].family, definition->settings->family))
            return;
    struct task_family *family = &world->families[world->family_count];
    family->index = world->family_count++;
    family->family = definition->settings->family;
    family->name = arena_format(world->arena, "family:%s", family->family);
    family->counts.desired = ABSENT;
}

void definitions_begin(struct world *world)
{
    const struct ecs_settings *settings = world->settings;
    size_t most = settings->task_definitions.count + settings->timeline.count;
    world->definitions = arena_array(world->arena, most + 1, sizeof *world->definitions);
    world->families = arena_array(world->arena, most + 1, sizeof *world->families);
    EACH(struct task_definition_settings, each, settings->task_definitions)
        add_definition(world, each)->registered = true;
    EACH(struct timeline_settings, entry, settings->timeline)
        if (!strcmp(entry->action.variant->name, "registerTaskDefinition"))
            add_definition(world, entry->action.settings);
    for (uint32_t i = 0; i < world->definition_count; i++)
        add_family(world, world->definitions[i]);
}

const struct task_definition *definition_find(const struct world *world, const char *name)
{
    const struct task_definition *highest = NULL;
    for (uint32_t i = 0; i < world->definition_count; i++) {
        const struct task_definition *each = world->definitions[i];
        if (!each->registered)
            continue;
        if (!strcmp(each->name, name))
            return each;
        if (!strcmp(each->settings->family, name) &&
            (!highest || each->settings->revision > highest->settings->revision))
            highest = each;
    }
    return highest;
}

struct placement_request definition_request(const struct task_definition *definition)
{
    const struct task_definition_settings *settings = definition->settings;
    return (struct placement_request){
        .cpu = settings->reserved_cpu,
        .memory_mib = settings->reserved_memory_mib,
        .gpus = settings->reserved_gpus,
        .enis = settings->network_mode == NETWORK_AWSVPC,
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
    for (uint32_t i = 0; i < world->definition_count; i++)
        if (world->definitions[i]->settings == settings)
            world->definitions[i]->registered = true;
    return settings->name;
}

struct task_family *task_family_of(struct world *world, const struct task_definition *definition)
{
    for (uint32_t i = 0; i < world->family_count; i++)
        if (!strcmp(world->families[i].family, definition->settings->family))
            return &world->families[i];
    CHECK(!"every definition has a family");
    return NULL;
}
