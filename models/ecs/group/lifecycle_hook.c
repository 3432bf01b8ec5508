#include "models/ecs/group/lifecycle_hook.h"
#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include <string.h>

simtime lifecycle_limit(simtime heartbeat_timeout, bool records_heartbeats)
{
    const simtime longest = 48 * SIMTIME_HOUR;
    if (!records_heartbeats)
        return heartbeat_timeout;
    return heartbeat_timeout < longest / 100 ? 100 * heartbeat_timeout : longest;
}

int group_add_hook(struct world *world, struct auto_scaling_group *group, const struct group_hook *hook)
{
    struct group_hooks *hooks = &group->hooks;
    CHECK(hooks->count < HOOK_BITS);
    if (!hooks->items)
        hooks->items = arena_array(world->arena, HOOK_BITS, sizeof *hooks->items);
    hooks->items[hooks->count] = *hook;
    return hooks->count++;
}

static uint64_t hooks_of(const struct auto_scaling_group *group, enum lifecycle_transition transition)
{
    uint64_t bits = 0;
    for (int i = 0; i < group->hooks.count; i++)
        if (group->hooks.items[i].transition == transition)
            bits |= UINT64_C(1) << i;
    return bits;
}

bool group_has_hooks(const struct auto_scaling_group *group, enum lifecycle_transition transition)
{
    return hooks_of(group, transition) != 0;
}

int group_hook_named(const struct auto_scaling_group *group, const char *name)
{
    for (int i = 0; i < group->hooks.count; i++)
        if (!strcmp(group->hooks.items[i].name, name))
            return i;
    return -1;
}

bool lifecycle_hook_waits(const struct container_instance *instance, int hook)
{
    return instance->hook_wait.hooks >> hook & 1;
}

/* What an event says: for which hook, in which round, with which result. */
static uint64_t pack(const struct container_instance *instance, int hook, enum lifecycle_result result)
{
    return (uint64_t)instance->hook_wait.rounds << 32 | (uint64_t)hook << 1 | result;
}

static void expect_result(struct world *world, const struct container_instance *instance, int number)
{
    const struct group_hook *hook = &instance->group->hooks.items[number];
    uint64_t nth = (uint64_t)instance->hook_wait.rounds << 8 | (uint64_t)number;
    simtime after = hook->completes_after
                        ? run_draw(world->run, hook->completes_after, DRAW_LIFECYCLE_HOOK, instance->who, nth)
                        : SIMTIME_NEVER;
    bool in_time = after < hook->limit;
    run_schedule(world->run, simtime_after(world->run->now, in_time ? after : hook->limit), PHASE_WORLD,
                 EVENT_LIFECYCLE_ACTION_ENDS, instance->ref,
                 pack(instance, number, in_time ? hook->result : hook->default_result));
}

void lifecycle_hooks_begin(struct world *world, struct container_instance *instance,
                           enum lifecycle_transition transition)
{
    const struct auto_scaling_group *group = instance->group;
    pool_ref ref = instance->ref;
    instance->hook_wait.hooks = hooks_of(group, transition);
    instance->hook_wait.rounds++;
    for (int i = 0; i < group->hooks.count; i++)
        if (lifecycle_hook_waits(instance, i))
            expect_result(world, instance, i);
    for (int i = 0; i < group->hooks.count && pool_find(&world->instances, ref); i++)
        if (lifecycle_hook_waits(instance, i) && group->hooks.items[i].begins)
            group->hooks.items[i].begins(world, instance, i);
}

void lifecycle_hook_complete(struct world *world, struct container_instance *instance, int hook,
                             enum lifecycle_result result)
{
    CHECK(lifecycle_hook_waits(instance, hook));
    instance->hook_wait.hooks &= ~(UINT64_C(1) << hook);
    if (result == RESULT_ABANDON)
        instance->hook_wait.hooks = 0;
    if (!instance->hook_wait.hooks)
        group_goes_on(world, instance, result);
}

void lifecycle_action_ends(void *context, uint64_t ref, uint64_t packed)
{
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    int hook = (int)((uint32_t)packed >> 1);
    if (instance && packed >> 32 == instance->hook_wait.rounds && lifecycle_hook_waits(instance, hook))
        lifecycle_hook_complete(world, instance, hook, (enum lifecycle_result)(packed & 1));
}
