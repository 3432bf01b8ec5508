/* Volumes that do not answer: the verbs of models/failure, and what they do to tasks. */
#include "models/ecs/results/rows.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task.h"
#include "models/ecs/volume/volume.h"
#include "models/failure/failure.h"
#include <string.h>

/* --- one task --------------------------------------------------------------------------------- */

static uint16_t stalled_containers(const struct world *world, const struct task *task)
{
    uint16_t stalled = 0;
    for (size_t i = 0; i < task->definition->volumes->count; i++)
        if (volume_stalls(world, task, i))
            stalled |= task->definition->volumes->uses[i].settings->mounted_by;
    return stalled;
}

/* Its mounts, or its attachment, are waited for anew: until they are given up, or no longer. */
static void wait_again(struct world *world, struct task *task)
{
    const struct task_volumes *volumes = task->volumes;
    bool attaches = task->last_status == TASK_PROVISIONING && volume_is_managed(task->definition);
    if (task->stopping || !task->life_event || (!volumes->waits && !attaches))
        return;
    run_cancel(world->run, &task->life_event);
    if (attaches)
        task_attach(world, task);
    else
        task_step_after(world, task, volumes->stalls ? world->settings->timing.volume_timeout : 0);
}

void volumes_look(struct world *world, struct task *task)
{
    uint16_t stalled = stalled_containers(world, task);
    containers_stall(world, task, stalled);
    if (task->volumes->stalls == (stalled != 0))
        return;
    task->volumes->stalls = stalled;
    wait_again(world, task);
}

/* --- all of a zone ---------------------------------------------------------------------------- */

static void look_at_tasks(struct world *world, const struct container_instance *instance)
{
    for (struct task *task = instance->first_task; task; task = task->next_on_instance)
        if (task->volumes)
            volumes_look(world, task);
}

static void look_at_zone(struct world *world, const struct zone *zone)
{
    for (uint32_t i = 0; i < world->host_count; i++)
        if (world->hosts[i] && world->hosts[i]->zone == zone)
            look_at_tasks(world, world->hosts[i]);
    for (struct container_instance *each = world->fargate.first; each; each = each->next_in_group)
        if (each->zone == zone)
            look_at_tasks(world, each);
}

static void change(struct world *world, int *count, bool more, const struct zone *zone)
{
    *count += more ? 1 : -1;
    CHECK(*count >= 0);
    if (*count == (more ? 1 : 0))
        look_at_zone(world, zone);
}

static bool is_meant(const char *name, const char *meant)
{
    return !meant || !strcmp(name, meant);
}

static void change_targets(struct world *world, struct file_system *system, const char *zone, bool lost)
{
    for (uint32_t i = 0; i < world->zone_count; i++)
        if (system->targets[i].exists && is_meant(world->zones[i].name, zone))
            change(world, &system->targets[i].losses, lost, &world->zones[i]);
}

void fault_mount_targets(struct world *world, const char *file_system, const char *zone, bool lost)
{
    if (lost)
        row_mark(world, NULL, "failure",
                 arena_format(world->arena, "mount target of %s lost%s%s", file_system, zone ? " in " : "",
                              zone ? zone : " everywhere"));
    if (world->volumes)
        change_targets(world, file_system_named(world, file_system), zone, lost);
}

void fault_volume(struct world *world, const char *id, bool impaired)
{
    if (impaired)
        row_mark(world, NULL, "failure", arena_format(world->arena, "volume %s is impaired", id));
    for (struct ebs_volume *each = world->volumes ? world->volumes->first : NULL; each; each = each->next)
        if (each->id && !strcmp(each->id, id))
            change(world, &each->impairments, impaired, each->zone);
}

void fault_volumes_of_zone(struct world *world, const char *zone, bool impaired)
{
    if (impaired)
        row_mark(world, NULL, "failure", arena_format(world->arena, "volumes in %s are impaired", zone));
    struct zone *found = zone_named(world, zone);
    if (world->volumes && found)
        change(world, &world->volumes->impairments[found->index], impaired, found);
}
