/* What there is: the EBS volumes and file systems of the scenario, and which task definition uses which. */
#include "models/ecs/volume/volume.h"
#include "models/ecs/world.h"

/* --- what there is ---------------------------------------------------------------------------- */

/* One in a zone that is not the scenario's is out of reach. */
static void add_ebs_volume(struct world *world, const struct ebs_volume_settings *settings)
{
    const char *name = settings_ebs_name(settings);
    struct zone *zone = zone_named(world, settings->availability_zone);
    if (name && zone)
        volume_add(world, settings->id, name, zone);
}

struct file_system *file_system_named(const struct world *world, const char *id)
{
    int64_t number = symbol_number(&world->volumes->file_system_ids, id);
    CHECK(number); /* what refers to one is checked */
    return &world->volumes->file_systems[number - 1];
}

/* Those that do not say whose they are, are of `id`. */
static void add_targets(struct world *world, const char *id, const struct list *targets)
{
    EACH(struct mount_target_settings, target, *targets) {
        const struct zone *zone = zone_named(world, target->availability_zone);
        const char *owner = target->file_system ? target->file_system : id;
        if (zone)
            file_system_named(world, owner)->targets[zone->index].exists = true;
    }
}

static void add_file_systems(struct world *world)
{
    struct volumes *volumes = world->volumes;
    const struct list *systems = &world->settings->file_systems;
    struct file_system *next = arena_array(world->arena, systems->count, sizeof *next);
    volumes->file_systems = next;
    EACH(struct file_system_settings, each, *systems) {
        symbol_give_number(&volumes->file_system_ids, each->id);
        next->id = each->id;
        next->targets = arena_array(world->arena, world->zone_count, sizeof *next->targets);
        next++;
    }
    EACH(struct file_system_settings, each, *systems)
        add_targets(world, each->id, &each->mount_targets);
    add_targets(world, NULL, &world->settings->mount_targets);
}

/* --- who uses it ------------------------------------------------------------------------------ */

static bool matters(const struct volume_settings *volume)
{
    bool is_missed = volume->kind != VOLUME_ON_HOST || volume->simulation.keeps_data;
    return volume->mounted_by && volume->kind != VOLUME_SCRATCH && is_missed;
}

static struct volume_use use_of(struct world *world, const struct volume_settings *settings)
{
    struct volume_use use = {.settings = settings};
    use.why_not = arena_array(world->arena, (size_t)2 * MOUNTS, sizeof *use.why_not);
    if (settings->kind == VOLUME_EFS)
        use.file_system = file_system_named(world, settings->efs->file_system);
    if (settings->kind == VOLUME_ON_HOST)
        use.place = (size_t)symbol_give_number(&world->volumes->places, settings->place) - 1;
    return use;
}

/* It has those of its EBS volumes that there are. */
static bool has_volumes(const struct world *world, const struct volume_uses *uses, const struct zone *zone)
{
    bool any = false;
    for (size_t i = 0; i < uses->count; i++) {
        const struct volume_settings *volume = uses->uses[i].settings;
        if (volume->kind != VOLUME_EBS || !volume_named(world, volume->name, NULL))
            continue;
        if (!volume_named(world, volume->name, zone))
            return false;
        any = true;
    }
    return any;
}

static struct list zones_of(struct world *world, const struct volume_uses *uses)
{
    const char **zones = arena_array(world->arena, world->zone_count, sizeof *zones);
    struct list list = {0, zones};
    for (uint32_t i = 0; i < world->zone_count; i++)
        if (has_volumes(world, uses, &world->zones[i]))
            zones[list.count++] = world->zones[i].name;
    return list;
}

static size_t count_uses(const struct task_definition_settings *definition)
{
    size_t count = 0;
    EACH(struct volume_settings, volume, definition->volumes)
        count += matters(volume);
    return count;
}

static void add_uses(struct world *world, struct task_definition *definition)
{
    size_t count = count_uses(definition->settings);
    if (!count)
        return;
    struct volume_uses *uses = arena_alloc(world->arena, sizeof *uses + count * sizeof *uses->uses);
    EACH(struct volume_settings, volume, definition->settings->volumes) {
        if (!matters(volume))
            continue;
        uses->managed |= volume->kind == VOLUME_MANAGED;
        uses->uses[uses->count++] = use_of(world, volume);
    }
    uses->zones = zones_of(world, uses);
    definition->volumes = uses;
}

static size_t count_all_uses(const struct world *world)
{
    size_t count = 0;
    for (uint32_t i = 0; i < world->definition_count; i++)
        count += count_uses(world->definitions[i]->settings);
    return count;
}

void volumes_begin(struct world *world)
{
    size_t uses = count_all_uses(world);
    if (!uses)
        return;
    struct volumes *volumes = arena_alloc(world->arena, sizeof *volumes);
    world->volumes = volumes;
    volumes->ebs_names.arena = volumes->file_system_ids.arena = volumes->places.arena = world->arena;
    volumes->impairments = arena_array(world->arena, world->zone_count, sizeof *volumes->impairments);
    volumes->names = arena_array(world->arena, world->settings->volumes.count + uses, sizeof *volumes->names);
    volumes->was_written = arena_array(world->arena, uses, sizeof *volumes->was_written);
    EACH(struct ebs_volume_settings, each, world->settings->volumes)
        add_ebs_volume(world, each);
    add_file_systems(world);
    for (uint32_t i = 0; i < world->definition_count; i++)
        add_uses(world, world->definitions[i]);
}

struct ebs_volume *volume_named(const struct world *world, const char *name, const struct zone *zone)
{
    int64_t number = symbol_number(&world->volumes->ebs_names, name);
    struct ebs_volume *volume = number ? world->volumes->names[number - 1].first : NULL;
    while (volume && zone && volume->zone != zone)
        volume = volume->next_of_name;
    return volume;
}

struct ebs_volume *volume_add(struct world *world, const char *id, const char *name, struct zone *zone)
{
    struct volumes *volumes = world->volumes;
    struct ebs_name *of_name = &volumes->names[symbol_give_number(&volumes->ebs_names, name) - 1];
    struct ebs_volume *volume = arena_alloc(world->arena, sizeof *volume);
    *volume = (struct ebs_volume){.id = id, .name = name, .zone = zone};
    *(volumes->last ? &volumes->last->next : &volumes->first) = volume;
    volumes->last = volume;
    *(of_name->last ? &of_name->last->next_of_name : &of_name->first) = volume;
    of_name->last = volume;
    return volume;
}

/* --- asked by the world ----------------------------------------------------------------------- */

simtime volume_download_time(const struct world *world, const struct task_definition *definition)
{
    simtime time = 0;
    EACH(struct download_settings, download, definition->settings->simulation.downloads)
        time = simtime_after(time, download->size_mib * SIMTIME_SECOND /
                                       world->settings->timing.download_per_second_mib);
    return time;
}

void volumes_steer(const struct world *world, const struct task_definition *definition,
                   struct placement_request *request)
{
    const struct list *own = request->availability_zones;
    if (world->starting && definition->volumes && definition->volumes->zones.count && !(own && own->count))
        request->availability_zones = &definition->volumes->zones;
}

struct task_volumes *volumes_of_task(const struct task_definition *definition)
{
    if (!definition->volumes)
        return NULL;
    return memory_alloc(sizeof(struct task_volumes) +
                        definition->volumes->count * sizeof(struct held_volume));
}

bool volume_is_managed(const struct task_definition *definition)
{
    return definition->volumes && definition->volumes->managed;
}
