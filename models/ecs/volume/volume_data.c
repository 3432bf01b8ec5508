/* Data that live on one instance: who left them where, and who starts without them. */
#include "models/ecs/results/rows.h"
#include "models/ecs/volume/volume.h"
#include "models/ecs/world.h"

static bool other_volume_has_name(const struct world *world, const struct ebs_volume *volume)
{
    const struct ebs_volume *first = volume_named(world, volume->name, NULL);
    return first != volume || first->next_of_name;
}

/* A service lays them down in its first deployment. */
static bool is_laid_down(const struct task *task)
{
    return !task->service || task->service->completed;
}

static bool starts_without_ebs(const struct world *world, const struct task *task, size_t index)
{
    const struct held_volume *held = &task->volumes->held[index];
    bool keeps = task->definition->volumes->uses[index].settings->simulation.keeps_data;
    return lacks_data(keeps, is_laid_down(task) && other_volume_has_name(world, held->volume),
                      !held->was_made);
}

/* And leaves them. */
static bool starts_without_place(struct world *world, struct task *task, size_t place)
{
    struct container_instance *instance = task->instance;
    if (!instance->volume_data)
        instance->volume_data = memory_alloc((size_t)world->volumes->places.numbered);
    bool lacks = lacks_data(true, world->volumes->was_written[place] && is_laid_down(task),
                            instance->volume_data[place]);
    world->volumes->was_written[place] = instance->volume_data[place] = true;
    return lacks;
}

static bool starts_without(struct world *world, struct task *task, size_t index)
{
    const struct volume_use *use = &task->definition->volumes->uses[index];
    if (use->settings->kind == VOLUME_EBS)
        return starts_without_ebs(world, task, index);
    return use->settings->kind == VOLUME_ON_HOST && starts_without_place(world, task, use->place);
}

static void tell(struct world *world, const struct task *task)
{
    row_mark(world, task->service ? task->service->name : NULL, "failure",
             arena_format(world->arena, "%s started without its data", task->name));
    if (!task->service)
        return;
    task->service->data.starts_without++;
    index_set_add(&world->touched_services, task->service->index);
}

void volumes_find_data(struct world *world, struct task *task)
{
    bool lacks = false;
    for (size_t i = 0; i < task->definition->volumes->count; i++) {
        if (task->service && task->definition->volumes->uses[i].settings->simulation.keeps_data)
            task->service->data.keeps = true;
        lacks |= starts_without(world, task, i);
    }
    if (lacks)
        tell(world, task);
}
