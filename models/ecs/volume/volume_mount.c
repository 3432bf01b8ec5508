/* Mounting: what a volume does to the start of a task, and who holds it. */
#include "models/ecs/ids.h"
#include "models/ecs/instance/registration.h"
#include "models/ecs/task/container.h"
#include "models/ecs/task/task.h"
#include "models/ecs/volume/volume.h"
#include <inttypes.h>

static const struct volume_use *use_at(const struct task *task, size_t index)
{
    return &task->definition->volumes->uses[index];
}

static simtime draw(struct world *world, const struct task *task, const struct dist *dist,
                    enum draw_purpose purpose, size_t index)
{
    return world->starting ? 0 : run_draw(world->run, dist, purpose, task->who, index);
}

/* --- what is seen of it ----------------------------------------------------------------------- */

/* The instance to which it is attached; NULL: none, or one that is no more. */
static struct container_instance *instance_of(const struct world *world, const struct ebs_volume *volume)
{
    struct container_instance *instance = pool_find(&world->instances, volume->instance);
    bool is_kept =
        instance && instance->terminated_at == SIMTIME_NEVER && (volume->users || !instance->host_up);
    return is_kept ? instance : NULL;
}

static struct ebs_volume *ebs_volume_for(const struct world *world, const struct task *task, size_t index)
{
    return volume_named(world, use_at(task, index)->settings->name, task->instance->zone);
}

static enum mount look_at_ebs(const struct world *world, const struct task *task, size_t index)
{
    const struct volume_settings *settings = use_at(task, index)->settings;
    const struct ebs_volume *volume = ebs_volume_for(world, task, index);
    const struct container_instance *instance = volume ? instance_of(world, volume) : NULL;
    int impairments = world->volumes->impairments[task->instance->zone->index];
    struct ebs_sight sight = {
        .is_found = volume,
        .is_here = instance == registration_machine(task->instance),
        .is_elsewhere = instance && instance != registration_machine(task->instance),
        .is_impaired = impairments || (volume && volume->impairments),
        .autoprovisions = settings->docker->autoprovision,
        .preempts = settings->simulation.preempts,
    };
    return mount_of_ebs(&sight);
}

static enum mount look_at(const struct world *world, const struct task *task, size_t index)
{
    const struct volume_use *use = use_at(task, index);
    const struct zone *zone = task->instance->zone;
    switch (use->settings->kind) {
    case VOLUME_EBS:
        return look_at_ebs(world, task, index);
    case VOLUME_EFS:
        return mount_of_efs(use->file_system->targets[zone->index].exists,
                            use->file_system->targets[zone->index].losses > 0);
    default:
        return MOUNT_SHARES; /* of the host, or attached already */
    }
}

bool volume_stalls(const struct world *world, const struct task *task, size_t index)
{
    const struct volume_use *use = use_at(task, index);
    uint32_t zone = task->instance->zone->index;
    const struct held_volume *held = &task->volumes->held[index];
    if (use->settings->kind == VOLUME_EFS)
        return use->file_system->targets[zone].losses > 0;
    if (use->settings->kind != VOLUME_EBS && use->settings->kind != VOLUME_MANAGED)
        return false;
    return held->was_taken || world->volumes->impairments[zone] ||
           (held->volume && held->volume->impairments);
}

/* --- taking it -------------------------------------------------------------------------------- */

/* NULL: all of them. */
static void take_from(struct world *world, struct task *task, const struct ebs_volume *taken)
{
    size_t count = task->volumes ? task->definition->volumes->count : 0;
    for (size_t i = 0; i < count; i++) {
        struct held_volume *held = &task->volumes->held[i];
        if (!held->volume || held->was_taken || (taken && held->volume != taken))
            continue;
        held->was_taken = true;
        held->volume->users--;
    }
    if (count)
        volumes_look(world, task);
}

static void take_from_tasks_of(struct world *world, const struct container_instance *instance,
                               const struct ebs_volume *taken)
{
    for (struct task *task = instance->first_task; task; task = task->next_on_instance)
        take_from(world, task, taken);
}

void volumes_let_go(struct world *world, struct task *task)
{
    take_from(world, task, NULL);
}

/* Another instance has it, whose tasks are left without: taken from it, or it is terminated and ECS does not
 * know. */
static void take_from_others(struct world *world, const struct ebs_volume *volume)
{
    const struct container_instance *instance = pool_find(&world->instances, volume->instance);
    take_from_tasks_of(world, instance, volume);
    for (const struct container_instance *left = instance->agent.first_left; left;
         left = left->agent.next_left)
        take_from_tasks_of(world, left, volume);
    CHECK(!volume->users);
}

static void attach(struct world *world, struct task *task, size_t index, struct ebs_volume *volume)
{
    simtime now = world->run->now;
    pool_ref machine = registration_machine(task->instance)->ref;
    if (volume->users && volume->instance != machine)
        take_from_others(world, volume);
    if (!volume->users) {
        simtime from = simtime_later(now, volume->ready_at);
        volume->ready_at = simtime_after(
            from, draw(world, task, &world->settings->timing.ebs_attach, DRAW_VOLUME_ATTACH, index));
    }
    volume->instance = machine;
    volume->users++;
    task->volumes->held[index].volume = volume;
}

/* When it is there. */
static simtime take(struct world *world, struct task *task, size_t index)
{
    simtime now = world->run->now;
    const struct volume_use *use = use_at(task, index);
    if (use->settings->kind == VOLUME_EFS)
        return simtime_after(
            now, draw(world, task, &world->settings->timing.efs_mount, DRAW_VOLUME_ATTACH, index));
    if (use->settings->kind != VOLUME_EBS)
        return now;
    struct ebs_volume *volume = ebs_volume_for(world, task, index);
    task->volumes->held[index].was_made = !volume;
    if (!volume)
        volume = volume_add(world, NULL, use->settings->name, task->instance->zone);
    attach(world, task, index, volume);
    return volume->ready_at;
}

void volumes_release(struct world *world, struct task *task)
{
    size_t count = task->volumes ? task->definition->volumes->count : 0;
    for (size_t i = 0; i < count; i++) {
        struct held_volume *held = &task->volumes->held[i];
        struct ebs_volume *volume = held->was_taken ? NULL : held->volume;
        held->volume = NULL;
        if (!volume || --volume->users || !registration_machine(task->instance)->host_up)
            continue;
        volume->instance = 0;
        volume->ready_at =
            simtime_after(simtime_later(world->run->now, volume->ready_at),
                          draw(world, task, &world->settings->timing.ebs_detach, DRAW_VOLUME_DETACH, i));
    }
}

/* --- when it cannot be ------------------------------------------------------------------------ */

/* [rexray/rexray#1284, #1314; libstorage ebs_storage.go] */
static const char *why_no_ebs(struct world *world, const char *name, enum mount mount)
{
    const char *why = mount == MOUNT_NOT_FOUND ? "resource not found"
                      : mount == MOUNT_HELD    ? "volume already attached to a host"
                                               : "error waiting for volume attach";
    return arena_format(
        world->arena,
        "CannotStartContainerError: Error response from daemon: error while mounting volume '': "
        "VolumeDriver.Mount: docker-legacy: Mount: %s: failed: %s",
        name, why);
}

/* [aws/efs-utils: mount_efs; aws/amazon-ecs-agent#2570] */
static const char *why_no_target(struct world *world, const char *file_system)
{
    return arena_format(
        world->arena,
        "Failed to resolve \"%s.efs.%s.amazonaws.com\" - check that your file system ID is "
        "correct, and ensure that the VPC has an EFS mount target for this file system ID. See "
        "https://docs.aws.amazon.com/console/efs/mount-dns-name for more detail.",
        file_system, world->region);
}

static const char *why_no_efs_on_fargate(struct world *world, const char *file_system, bool is_missing)
{
    const char *why = is_missing ? why_no_target(world, file_system) : "mount.nfs4: Connection timed out";
    return arena_format(
        world->arena,
        "ResourceInitializationError: failed to invoke EFS utils commands to set up EFS volumes: "
        "stderr: %s : unsuccessful EFS utils command execution; code: %d",
        why, is_missing ? 1 : 32);
}

static const char *why_no_efs(struct world *world, const struct task *task, const struct volume_use *use,
                              bool is_missing)
{
    char id[HEX_ID_SIZE];
    hex_id(id, "volume", use->settings->name); /* the agent draws it */
    const struct task_definition_settings *definition = task->definition->settings;
    const char *volume = arena_format(world->arena, "ecs-%s-%" PRId64 "-%s-%.20s", definition->family,
                                      definition->revision, use->settings->name, id);
    if (is_missing)
        return arena_format(
            world->arena,
            "Error response from daemon: create %s: VolumeDriver.Create: mounting volume failed: "
            "%s",
            volume, why_no_target(world, use->file_system->id));
    return arena_format(
        world->arena,
        "Error response from daemon: create %s: Post "
        "http://%%2Frun%%2Fdocker%%2Fplugins%%2Famazon-ecs-volume-plugin.sock/VolumeDriver.Create: "
        "context deadline exceeded",
        volume);
}

static const char *explain(struct world *world, const struct task *task, size_t index, enum mount mount)
{
    const struct volume_use *use = use_at(task, index);
    if (use->settings->kind == VOLUME_EBS)
        return why_no_ebs(world, use->settings->name, mount);
    bool is_missing = mount == MOUNT_NO_TARGET;
    return task->instance->fargate ? why_no_efs_on_fargate(world, use->file_system->id, is_missing)
                                   : why_no_efs(world, task, use, is_missing);
}

/* Said once for all tasks of the definition: many may fail. */
static const char *why_not(struct world *world, const struct task *task, size_t index, enum mount mount)
{
    const char **why = &use_at(task, index)->why_not[task->instance->fargate ? MOUNTS + mount : mount];
    if (!*why)
        *why = explain(world, task, index, mount);
    return *why;
}

static void fail(struct world *world, struct task *task, size_t index, enum mount mount)
{
    const char *why = why_not(world, task, index, mount);
    task->volumes->waits = false;
    if (use_at(task, index)->settings->kind == VOLUME_EBS)
        task->containers[__builtin_ctz(use_at(task, index)->settings->mounted_by)].reason = why;
    task_end(world, task, why);
}

/* --- at the start of a task ------------------------------------------------------------------- */

/* The first that cannot be mounted at all; the count where none is. */
static size_t find_failing(const struct world *world, const struct task *task, enum mount *mount)
{
    size_t i = 0, count = task->definition->volumes->count;
    while (i < count && !mount_fails(*mount = look_at(world, task, i)))
        i++;
    return i;
}

/* When all are there. */
static simtime take_all(struct world *world, struct task *task)
{
    simtime latest = world->run->now;
    for (size_t i = 0; i < task->definition->volumes->count; i++)
        latest = simtime_later(latest, take(world, task, i));
    return latest;
}

bool volumes_mount(struct world *world, struct task *task)
{
    enum mount mount;
    if (!task->volumes)
        return true;
    size_t failing = find_failing(world, task, &mount);
    if (failing < task->definition->volumes->count) {
        fail(world, task, failing, mount);
        return false;
    }
    simtime after = take_all(world, task) - world->run->now;
    volumes_look(world, task);
    task->volumes->waits = after > 0 || task->volumes->stalls;
    if (task->volumes->waits)
        task_step_after(world, task, task->volumes->stalls ? world->settings->timing.volume_timeout : after);
    else
        volumes_find_data(world, task);
    return !task->volumes->waits;
}

bool volumes_wait(const struct task *task)
{
    return task->volumes && task->volumes->waits;
}

void volumes_mounted(struct world *world, struct task *task)
{
    for (size_t i = 0; i < task->definition->volumes->count; i++)
        if (volume_stalls(world, task, i)) {
            fail(world, task, i, MOUNT_STALLS);
            return;
        }
    task->volumes->waits = false;
    volumes_find_data(world, task);
    containers_look(world, task);
}

bool volumes_mount_at_once(struct world *world, struct task *task)
{
    enum mount mount;
    if (!task->volumes)
        return true;
    if (find_failing(world, task, &mount) < task->definition->volumes->count)
        return false;
    take_all(world, task);
    volumes_find_data(world, task);
    return true;
}

/* --- a volume that ECS attaches --------------------------------------------------------------- */

static bool zone_is_impaired(const struct world *world, const struct task *task)
{
    return world->volumes->impairments[task->instance->zone->index] > 0;
}

simtime volume_attach_time(struct world *world, struct task *task)
{
    const struct timing_settings *timing = &world->settings->timing;
    if (!volume_is_managed(task->definition))
        return 0;
    task->volumes->stalls = zone_is_impaired(world, task);
    if (task->volumes->stalls)
        return timing->volume_timeout;
    return draw(world, task, &timing->ebs_attach, DRAW_MANAGED_VOLUME_ATTACH, 0);
}

simtime volume_detach_time(struct world *world, const struct task *task)
{
    if (!volume_is_managed(task->definition))
        return 0;
    return draw(world, task, &world->settings->timing.ebs_detach, DRAW_MANAGED_VOLUME_DETACH, 0);
}

const char *volume_attachment_failure(const struct world *world, const struct task *task)
{
    if (!volume_is_managed(task->definition) || !zone_is_impaired(world, task))
        return NULL;
    return "ECS timed out while configuring the EBS volume attachment to your Task";
}
