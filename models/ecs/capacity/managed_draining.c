#include "models/ecs/capacity/managed_draining.h"
#include "models/ecs/events.h"
#include "models/ecs/instance/container_instance.h"

static const char *const hook_name = "ecs-managed-draining-termination-hook";

static bool is_over(const struct container_instance *instance)
{
    return !instance->first_task || !instance_is_registered(instance) || !instance->agent_connected;
}

static bool is_waited_for(const struct container_instance *instance)
{
    if (!instance->hook_wait.hooks)
        return false;
    int hook = group_hook_named(instance->group, hook_name);
    return hook >= 0 && lifecycle_hook_waits(instance, hook);
}

static void begins(struct world *world, struct container_instance *instance, int hook)
{
    if (instance->status == INSTANCE_ACTIVE)
        instance_drain(world, instance);
    if (is_over(instance))
        lifecycle_hook_complete(world, instance, hook, RESULT_CONTINUE);
}

void managed_draining_look(struct world *world, const struct container_instance *instance)
{
    if (is_waited_for(instance) && is_over(instance))
        run_schedule(world->run, world->run->now, PHASE_WORLD, EVENT_MANAGED_DRAINING_ENDS, instance->ref, 0);
}

void managed_draining_ends(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (instance && is_waited_for(instance) && is_over(instance))
        lifecycle_hook_complete(world, instance, group_hook_named(instance->group, hook_name),
                                RESULT_CONTINUE);
}

/* AWS prints it among the group's own. */
void managed_draining_begin(struct world *world, struct auto_scaling_group *group)
{
    const struct group_hook hook = {
        .name = hook_name,
        .transition = TRANSITION_TERMINATING,
        .limit = lifecycle_limit(SIMTIME_HOUR, true),
        .default_result = RESULT_CONTINUE,
        .begins = begins,
    };
    int printed = group_hook_named(group, hook_name);
    if (printed >= 0)
        group->hooks.items[printed] = hook;
    else
        group_add_hook(world, group, &hook);
}
