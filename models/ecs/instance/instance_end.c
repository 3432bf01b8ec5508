#include "models/ecs/events.h"
#include "models/ecs/group/auto_scaling_group.h"
#include "models/ecs/group/membership.h"
#include "models/ecs/image/download.h"
#include "models/ecs/image/housekeeping.h"
#include "models/ecs/image/image_store.h"
#include "models/ecs/instance/container_instance.h"
#include "models/ecs/instance/departed.h"
#include "models/ecs/instance/registration.h"
#include "models/ecs/results/rows.h"
#include "models/failure/failure.h"
#include <stdlib.h>

/* EC2 bills by the second while it runs, a minute at least. [EC2 pricing] */
int64_t instance_cost(const struct container_instance *instance, simtime until)
{
    if (instance->running_at >= until)
        return 0;
    simtime lived = until - instance->running_at;
    if (instance->price < 0)
        return 0; /* unknown; the reader has warned */
    if (lived < SIMTIME_MINUTE)
        lived = SIMTIME_MINUTE;
    return (int64_t)((__int128)instance->price * lived / SIMTIME_HOUR);
}

void instance_free(struct container_instance *instance)
{
    host_disk_free(instance);
    free(instance->cached);
    free(instance->volume_data);
    host_pulls_free(instance);
    if (instance->images)
        image_store_free(instance->images);
    free(instance->images);
}

/* --- both lives ------------------------------------------------------------------------------- */

static bool is_over(const struct container_instance *instance)
{
    return instance->status == INSTANCE_INACTIVE && instance->terminated_at != SIMTIME_NEVER;
}

/* Its attributes stay: placement still sees them. */
static void forget_if_over(struct world *world, struct container_instance *instance)
{
    if (!is_over(instance))
        return;
    row_instance(world, instance);
    registration_ends(instance);
    if (instance->placement != PLACEMENT_NONE)
        world->hosts[instance->placement] = NULL;
    instance_free(instance);
    pool_give(&world->instances, instance->ref);
}

/* --- in EC2 ----------------------------------------------------------------------------------- */

static void leave_group(struct world *world, struct container_instance *instance)
{
    struct auto_scaling_group *group = instance->group;
    if (!group)
        return;
    group_remove(group, instance);
    group_activity_ends(world, group);
    group_wake(world, group);
}

static void end_host(struct world *world, struct container_instance *instance, const char *reason)
{
    failures_host_gone(world, instance);
    leave_group(world, instance);
    spot_market_count(&world->spot_market, instance, -1);
    if (instance_is_launching(instance))
        instance_unlink_from_launching(world, instance);
    run_cancel(world->run, &instance->running_event);
    run_cancel(world->run, &instance->next_event);
    run_cancel(world->run, &instance->health.verdict);
    run_cancel(world->run, &instance->agent.session_event);
    run_cancel(world->run, &instance->interruption_event);
    run_cancel(world->run, &instance->interruption_seen_event);
    instance->host_up = false;
    registrations_die(world, instance);
    registrations_lose_machine(instance);
    instance->agent_up = false;
    instance->without_power = false;
    instance->terminated_at = world->run->now;
    instance->reason = reason;
    instance->lifecycle = LIFECYCLE_TERMINATED;
    instance->hook_wait.hooks = 0;
    housekeeping_look(world, instance);
}

/* --- in ECS ----------------------------------------------------------------------------------- */

static void become_inactive(struct world *world, struct container_instance *instance)
{
    if (instance->placement != PLACEMENT_NONE)
        departed_add(world, instance->name);
    run_cancel(world->run, &instance->notice_event);
    instance_set_state(world, instance, INSTANCE_INACTIVE, false);
    housekeeping_look(world, instance);
}

/* INACTIVE at once, and its tasks STOPPED. [ODG:ECS_instances] */
static void strike_off(struct world *world, struct container_instance *instance)
{
    if (instance->status == INSTANCE_INACTIVE)
        return;
    become_inactive(world, instance);
    instance_tasks_end(world, instance,
                       instance->interrupted ? STOP_SPOT_INTERRUPTION : STOP_TERMINATION_NOTICE,
                       arena_format(world->arena, "Host EC2 (instance %s) terminated.",
                                    registration_machine_name(instance)));
}

/* It is REGISTERING, and will not be ACTIVE. */
static void break_off_registration(struct world *world, struct container_instance *instance)
{
    instance_unlink_from_launching(world, instance);
    run_cancel(world->run, &instance->next_event);
}

void instance_deregister(struct world *world, struct container_instance *instance, const char *reason)
{
    run_cancel(world->run, &instance->notice_event);
    if (instance_is_launching(instance))
        break_off_registration(world, instance);
    if (!instance->has_trunk || !instance->host_up) {
        become_inactive(world, instance);
    } else {
        simtime after =
            run_draw(world->run, &world->settings->timing.trunk_detach, DRAW_TRUNK_DETACH, instance->who, 0);
        instance_set_state(world, instance, INSTANCE_DEREGISTERING, false);
        run_schedule(world->run, simtime_after(world->run->now, after), PHASE_WORLD,
                     EVENT_INSTANCE_TRUNK_DETACHED, instance->ref, 0);
    }
    /* Its containers run on; ECS has nobody left to tell. [API:DeregisterContainerInstanceRequest] */
    instance_tasks_end(world, instance, STOP_USER_INITIATED, reason);
    forget_if_over(world, instance);
}

void instance_trunk_detached(void *context, uint64_t ref, uint64_t unused)
{
    (void)unused;
    struct world *world = context;
    struct container_instance *instance = pool_find(&world->instances, ref);
    if (instance)
        become_inactive(world, instance);
}

/* --- both at once, or not --------------------------------------------------------------------- */

void instance_replace(struct world *world, struct container_instance *instance, const char *reason)
{
    end_host(world, instance, reason);
    strike_off(world, instance);
    forget_if_over(world, instance);
}

void instance_vanish(struct world *world, struct container_instance *instance, const char *reason)
{
    end_host(world, instance, reason);
    instance_containers_die(world, instance);
    instance_expect_notice(world, instance);
    forget_if_over(world, instance);
}

void instance_terminate(struct world *world, struct container_instance *instance, const char *reason)
{
    bool is_believed = instance_is_registered(instance) && !instance_is_launching(instance);
    bool is_heard = instance->agent_connected && instance_reachable(instance);
    (is_believed && !is_heard ? instance_vanish : instance_replace)(world, instance, reason);
}
