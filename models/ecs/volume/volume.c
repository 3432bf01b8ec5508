/* What there is: the EBS volumes and file systems of the scenario, and which task definition uses which. */
#include "models/ecs/volume/volume.h"
#include "models/ecs/world.h"
#include <string.h>

/* --- what there is ---------------------------------------------------------------------------- */

static struct zone *find_zone(struct world *world, const char *name)
{
    for (uint32_t i = 0; i < world->zone_count; i++)
        if (!strcmp(world->zones[i].name, name))
            return &world->zones[i];
    return NULL;
}

/* One in a zone that is not the scenario's is out of reach. */
static void add_ebs_volume(struct world *world, const struct ebs_volume_settings *settings)
{
    const char *name = settings_ebs_name(settings);
    struct zone *zone = find_zone(world, settings->availability_zone);
    if (name && zone)
        volume_add(world, settings->id, name, zone);
}

/* Of a list, those that are of this file system or say nothing. */
static void add_targets(struct world *world, struct file_system *system, const struct list *targets)
{
    EACH(struct mount_target_settings, target, *targets) {
        const struct zone *zone = find_zone(world, target->availability_zone);
        if (zone && (!target->file_system || !strcmp(target->file_system, system->id)))
            system->targets[zone->index].exists = true;
    }
}

static void add_file_system(struct world *world, struct file_system *system,
                            const struct file_system_settings *settings)
{
    system->id = settings->id;
    system->targets = arena_array(world->arena, world->zone_count, sizeof *system->targets);
    add_targets(world, system, &settings->mount_targets);
    add_targets(world, system, &world->settings->mount_targets);
}

static void add_file_systems(struct world *world)
{
    const struct list *systems = &world->settings->file_systems;
    struct file_system *next =
        arena_array(world->arena, systems->count, sizeof *world->volumes->file_systems);
    world->volumes->file_systems = next;
    EACH(struct file_system_settings, each, *systems)
        add_file_system(world, next++, each);
}

/* --- who uses it ------------------------------------------------------------------------------ */

static bool matters(const struct volume_settings *volume)
{
    bool is_missed = volume->kind != VOLUME_ON_HOST || volume->simulation.keeps_data;
    return volume->mounted_by && volume->kind != VOLUME_SCRATCH && is_missed;
}

static uint32_t place_of(struct volumes *volumes, const char *name)
{
    for (uint32_t i = 0; i < volumes->place_count; i++)
        if (!strcmp(volumes->places[i], name))
            return i;
    volumes->places[volumes->place_count] = name;
    return volumes->place_count++;
}

static struct file_system *find_file_system(const struct world *world, const char *id)
{
    for (size_t i = 0; i < world->settings->file_systems.count; i++)
        if (!strcmp(world->volumes->file_systems[i].id, id))
            return &world->volumes->file_systems[i];
    CHECK(!"what a volume refers to is there");
    return NULL;
}

static struct volume_use use_of(struct world *world, const struct volume_settings *settings)
{
    struct volume_use use = {.settings = settings};
    use.why_not = arena_array(world->arena, (size_t)2 * MOUNTS, sizeof *use.why_not);
    if (settings->kind == VOLUME_EFS)
        use.file_system = find_file_system(world, settings->efs->file_system);
    if (settings->kind == VOLUME_ON_HOST)
        use.place = place_of(world->volumes, settings->place);
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
    volumes->impairments = arena_array(world->arena, world->zone_count, sizeof *volumes->impairments);
    volumes->places = arena_array(world->arena, uses, sizeof *volumes->places);
    volumes->was_written = arena_array(world->arena, uses, sizeof *volumes->was_written);
    EACH(struct ebs_volume_settings, each, world->settings->volumes)
        add_ebs_volume(world, each);
    add_file_systems(world);
    for (uint32_t i = 0; i < world->definition_count; i++)
        add_uses(world, world->definitions[i]);
}

struct ebs_volume *volume_named(const struct world *world, const char *name, const struct zone *zone)
{
    for (struct ebs_volume *each = world->volumes->first; each; each = each->next)
        if ((!zone || each->zone == zone) && !strcmp(each->name, name))
            return each;
    return NULL;
}

struct ebs_volume *volume_add(struct world *world, const char *id, const char *name, struct zone *zone)
{
    struct volumes *volumes = world->volumes;
    struct ebs_volume *volume = arena_alloc(world->arena, sizeof *volume);
    *volume = (struct ebs_volume){.id = id, .name = name, .zone = zone};
    *(volumes->last ? &volumes->last->next : &volumes->first) = volume;
    volumes->last = volume;
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
    struct task_volumes *volumes = NULL;
    if (!definition->volumes)
        return NULL;
    size_t size = sizeof *volumes + definition->volumes->count * sizeof *volumes->held;
    volumes = memory_grow(NULL, 1, size);
    memset(volumes, 0, size);
    return volumes;
}

bool volume_is_managed(const struct task_definition *definition)
{
    return definition->volumes && definition->volumes->managed;
}
